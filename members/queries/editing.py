"""Reads for a member's own people: how complete the profile is, what needs them, who acts for it, what it waits for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils import timezone

from cluster_portal.common.coming import Awaited
from cluster_portal.common.models import AuditEvent, User
from members.enums import ChangeState, Direction, HelixRole
from members.models import (
    AdhesionRequest,
    Capability,
    Certificate,
    ChangeRequest,
    HelixSubtype,
    Invitation,
    Membership,
    Organisation,
    Representation,
    Tag,
)
from members.permissions import standing
from members.queries.due import RENEWAL_DAYS
from members.rules.text import fold

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

SOON = timedelta(days=60)
"""How long before its end a certificate is worth a word."""
FIELDS = {field.name: field for field in Organisation._meta.concrete_fields}
TEXTS = ("summary_ro", "summary_en", "description_ro", "description_en")
CONTACT = ("website", "email", "phone")
CLASSES = ("helix_subtype", "tier", "size_class", "employees", "ownership")
MOST_WORDS = 40


def members_ever() -> QuerySet[Organisation]:
    """Organisations that are or were members: those that have a profile to edit."""
    return Organisation.objects.filter(Exists(Membership.objects.filter(organisation=OuterRef("pk"))))


def organisation_called(slug: str) -> Organisation | None:
    """A member by the address of its page."""
    return members_ever().select_related("legal_form", "helix_subtype").filter(slug=slug).first()


@dataclass(frozen=True)
class Part:
    """One part of the profile: how many of its things are there, and which are not (labels of fields)."""

    code: str
    done: int
    total: int
    lacking: "tuple[StrPromise | str, ...]" = ()
    count: int | None = None
    """How many rows it has, where it is a list."""
    over: int = 0
    """How many of them have run out."""


@dataclass(frozen=True)
class Complete:
    """The whole profile."""

    parts: list[Part]

    @property
    def done(self) -> int:
        return sum(part.done for part in self.parts)

    @property
    def total(self) -> int:
        return sum(part.total for part in self.parts)

    def part(self, code: str) -> Part:
        return next(part for part in self.parts if part.code == code)


def complete(organisation: Organisation, today: date | None = None) -> Complete:
    """What the profile has and lacks. Certificates and a needs list may be empty: they do not count, or count once."""
    today = today or timezone.localdate()
    people = [person for person in organisation.people.all() if person.ends_on is None or person.ends_on >= today]
    stated = [capability.direction for capability in organisation.capabilities.all()]
    certificates = list(organisation.certificates.all())
    return Complete(
        [
            _of_fields("texts", organisation, TEXTS),
            _of_fields("contact", organisation, CONTACT),
            _classes(organisation),
            _of_rows("people", len(people)),
            _of_rows("offers", stated.count(Direction.OFFERED)),
            _of_rows("needs", stated.count(Direction.SOUGHT)),
            Part("certificates", 0, 0, count=len(certificates), over=sum(c.valid_until < today for c in certificates)),
            Part("logo", int(bool(organisation.logo)), 1),
        ]
    )


def _of_fields(code: str, organisation: Organisation, names: Iterable[str]) -> Part:
    names = tuple(names)
    lacking = tuple(
        FIELDS[name].verbose_name for name in names if getattr(organisation, FIELDS[name].attname) in ("", None)
    )
    return Part(code, len(names) - len(lacking), len(names), lacking)


def _classes(organisation: Organisation) -> Part:
    """Only what concerns this helix role is counted."""
    industry = organisation.helix_role == HelixRole.INDUSTRY
    subtypes = HelixSubtype.objects.filter(role=organisation.helix_role).exists()
    skipped = {"tier"} if not industry else set()
    skipped |= set() if subtypes else {"helix_subtype"}
    columns = _of_fields("classification", organisation, [name for name in CLASSES if name not in skipped])
    sectors = bool(organisation.sectors.all())
    label = Organisation._meta.get_field("sectors").verbose_name
    lacking = columns.lacking if sectors else (*columns.lacking, label)
    return Part("classification", columns.done + sectors, columns.total + 1, lacking)


def _of_rows(code: str, count: int) -> Part:
    return Part(code, min(count, 1), 1, count=count)


# ------------------------------------------------------------------ who changed it last
def last_edit(organisation: Organisation) -> AuditEvent | None:
    """The newest line of the trail about this profile."""
    lines = AuditEvent.objects.filter(target_type="members.organisation", target_id=str(organisation.pk))
    return lines.order_by("-id").first()


# ------------------------------------------------------------------ the words of capabilities
@dataclass(frozen=True)
class Word:
    """A word that can be chosen, with the path that leads to it."""

    tag: Tag
    path: str
    stated: bool
    has_narrower: bool


def words(query: str, organisation: Organisation, direction: str) -> list[Word]:
    """Words of the tree whose name, path, code or other words hold every word of `query`, in any writing.

    Without a query, the words right below the roots. `stated`: on the member's list already.
    """
    tags = {tag.pk: tag for tag in Tag.objects.order_by("position")}
    stated = set(organisation.capabilities.filter(direction=direction).values_list("tag_id", flat=True))
    parents = {tag.parent_id for tag in tags.values() if tag.active}
    asked = fold(query).split()
    found = []
    for tag in tags.values():
        if not tag.active or tag.parent_id is None:
            continue
        above = _above(tag, tags)
        text = fold(" ".join([tag.name_ro, tag.name_en, tag.code, *tag.aliases, *(one.name for one in above)]))
        own = fold(" ".join([tag.name_ro, tag.name_en, tag.code, *tag.aliases]))
        if asked and all(word in text for word in asked):
            rank = 0 if any(word in own for word in asked) else 1
        elif not asked and len(above) == 1:
            rank = 0
        else:
            continue
        found.append((rank, Word(tag, " / ".join(one.name for one in above), tag.pk in stated, tag.pk in parents)))
    return [word for _rank, word in sorted(found, key=lambda pair: pair[0])][:MOST_WORDS]


def _above(tag: Tag, tags: dict[int, Tag]) -> list[Tag]:
    """The words above a word, the root first."""
    chain: list[Tag] = []
    current = tags.get(tag.parent_id or 0)
    while current is not None and current not in chain:
        chain.append(current)
        current = tags.get(current.parent_id or 0)
    return chain[::-1]


def word_called(pk: object) -> Tag | None:
    """A word that can be chosen."""
    if not str(pk).isdecimal() or len(str(pk)) > 9:
        return None
    found = Tag.objects.filter(pk=int(str(pk)), active=True, parent__isnull=False).select_related("parent")
    chosen: Tag | None = found.first()
    return chosen


# ------------------------------------------------------------------ people and requests
def colleagues(organisation: Organisation) -> QuerySet[Representation]:
    """Who acts for the member today, representatives first."""
    return (
        Representation.objects.current()
        .filter(organisation=organisation)
        .select_related("user")
        .order_by("-role", "user__full_name", "id")
    )


def open_invitations(organisation: Organisation) -> QuerySet[Invitation]:
    return Invitation.objects.open(timezone.now()).filter(organisation=organisation).select_related("invited_by")


def invitation_with(digest: str) -> Invitation | None:
    """The invitation with the key of this digest, while it waits for its answer and its member takes people."""
    return (
        Invitation.objects.open(timezone.now())
        .filter(digest=digest, organisation__in=Membership.objects.live().values("organisation_id"))
        .select_related("organisation", "invited_by")
        .first()
    )


def changes_of(organisation: Organisation) -> QuerySet[ChangeRequest]:
    """Requests for changes of identity, newest first."""
    return organisation.change_requests.select_related("asked_by", "decided_by").order_by("-id")


# ------------------------------------------------------------------ "My organisation"
@dataclass(frozen=True)
class Mine:
    """One organisation of the reader, with what needs them."""

    organisation: Organisation
    role: str
    state: str
    complete: Complete
    ending: list[Certificate]
    expiring: list[Capability]
    pending: ChangeRequest | None
    waiting: list[Awaited]  # what other apps say needs an answer

    @property
    def in_good_standing(self) -> bool:
        return self.state in {"active", "notice_given"}


def mine(user: User, waiting: Mapping[int | None, list[Awaited]]) -> list[Mine]:
    """The members for which a person acts; `waiting`: what the apps say needs the person."""
    who, today = standing(user), timezone.localdate()
    rows = (
        members_ever()
        .filter(pk__in=list(who.representations))
        .select_related("helix_subtype")
        .prefetch_related(
            "people",
            Prefetch("capabilities", Capability.objects.select_related("tag")),
            "sectors",
            Prefetch("certificates", Certificate.objects.order_by("valid_until")),
            Prefetch("change_requests", ChangeRequest.objects.filter(state=ChangeState.PENDING), "pending"),
        )
    )
    return [
        Mine(
            organisation=row,
            role=who.representations[row.pk],
            state=who.membership_states.get(row.pk, ""),
            complete=complete(row, today),
            ending=[one for one in row.certificates.all() if one.valid_until < today + SOON],
            expiring=_expiring(row, today),
            pending=_first(row.pending),  # prefetched above
            waiting=waiting.get(row.pk, []),
        )
        for row in rows
    ]


def _expiring(organisation: Organisation, today: date) -> list[Capability]:
    """The offers and needs that run out within the days of their reminder, or have."""
    last = today + timedelta(days=RENEWAL_DAYS)
    dated = [(one.expires_on, one) for one in organisation.capabilities.all() if one.expires_on]
    return [one for day, one in sorted(dated, key=lambda pair: (pair[0], pair[1].pk)) if day <= last]


def _first(rows: list[Any]) -> Any:
    return rows[0] if rows else None


def my_requests(user: User) -> QuerySet[AdhesionRequest]:
    """The adhesion requests that a person made, newest first."""
    return AdhesionRequest.objects.filter(applicant=user).select_related("organisation").order_by("-id")
