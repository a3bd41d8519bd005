"""The groups of people who work at a desk, and what the admin lets them see, as one readable table.

A director's right to vote does not come from here but from a mandate in office on that day.
Nobody has a right to add, change or delete what the engine owns: requests, rounds, ballots, resolutions,
memberships, the register, the trail.
"""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q

OFFICE = "office"
DIRECTORS = "directors"

_READ = ("view",)
_EDIT = ("view", "add", "change")

TABLE: dict[str, dict[str, tuple[str, ...]]] = {
    OFFICE: {
        "common.cluster": ("view", "change"),
        "common.outgoingmail": _READ,
        "common.auditevent": _READ,
        "members.organisation": _READ,
        "members.membership": _READ,
        "members.registerevent": _READ,
        "members.adhesionrequest": _READ,
        "members.resolution": _READ,
        "members.statuteversion": _READ,
        "members.directorship": _READ,
        "members.changerequest": _READ,
        "members.sector": _EDIT,
        "members.tag": _EDIT,
        "members.documenttype": ("view", "change"),
        "events.event": _READ,
        "events.speaker": _READ,
    },
    DIRECTORS: {
        "common.auditevent": _READ,
        "members.organisation": _READ,
        "members.membership": _READ,
        "members.registerevent": _READ,
        "members.adhesionrequest": _READ,
        "members.resolution": _READ,
        "members.statuteversion": _READ,
        "members.directorship": _READ,
    },
}


@transaction.atomic
def apply() -> dict[str, int]:
    """Make the groups match the table; returns the number of permissions of each. Harmless when repeated."""
    counts = {}
    for name, rights in TABLE.items():
        group, _created = Group.objects.get_or_create(name=name)
        wanted = Q(pk__in=[])
        for label, verbs in rights.items():
            app, model = label.split(".")
            wanted |= Q(content_type__app_label=app, codename__in=[f"{verb}_{model}" for verb in verbs])
        permissions = Permission.objects.filter(wanted)
        expected = sum(len(verbs) for verbs in rights.values())
        if len(permissions) != expected:
            found = {f"{p.content_type.app_label}.{p.codename}" for p in permissions.select_related("content_type")}
            raise LookupError(f"roles: {name} names {expected} rights, the database knows {sorted(found)}")
        group.permissions.set(permissions)
        counts[name] = expected
    return counts
