"""Who may see an event, register, read what belongs to it, and run it. Pages, feeds, exports and letters ask here.

A page passes `AnonymousUser()` for staff who have not shown their second factor: they see what everybody sees.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from cluster_portal.common.models import User
from cluster_portal.common.roles import OFFICE
from events.enums import EventAudience, EventState, MaterialAccess, RegistrationState
from events.models import Event, Invitee, Material, Registration
from events.models.event import EventQuerySet
from members.models import Capability, Directorship, Organisation, Representation
from members.models.membership import LISTED
from members.permissions import Anyone, acts_for, standing


@dataclass(frozen=True)
class Eyes:
    """What decides which events a person sees: their organisations in good standing, and what those are."""

    everything: bool = False
    director: bool = False
    organisations: frozenset[int] = frozenset()
    roles: frozenset[str] = frozenset()
    sides: frozenset[str] = frozenset()

    @property
    def member(self) -> bool:
        return bool(self.organisations) or self.director


def eyes(user: Anyone) -> Eyes:
    """With whose eyes events are seen; kept on the user object, which lives as long as one request."""
    who = standing(user)
    if who.office or who.superuser:
        return Eyes(everything=True)
    if not user.is_authenticated:
        return Eyes()
    known: Eyes | None = user.__dict__.get("_event_eyes")
    if known is None:
        good = frozenset(pk for pk, state in who.membership_states.items() if state in LISTED)
        kinds = Organisation.objects.filter(pk__in=good).values_list("helix_role", "side") if good else ()
        pairs = list(kinds)
        known = Eyes(
            director=who.director,
            organisations=good,
            roles=frozenset(role for role, _side in pairs),
            sides=frozenset(side for _role, side in pairs),
        )
        user.__dict__["_event_eyes"] = known
    return known


def forget_eyes(user: Anyone) -> None:
    """Read them again: what the person is has just changed in this request."""
    user.__dict__.pop("_event_eyes", None)
    user.__dict__.pop("_standing", None)


def visible_to(user: Anyone) -> EventQuerySet:
    """The events that this person may know of. Drafts are the office's; the Board sees what is for members."""
    who = eyes(user)
    every: EventQuerySet = Event.objects.all()
    if who.everything:
        return every
    seen = Q(audience=EventAudience.PUBLIC)
    if who.member:
        seen |= Q(audience=EventAudience.MEMBERS)
        seen |= Q(audience=EventAudience.ROLES, audience_roles__overlap=sorted(who.roles))
        seen |= Q(audience=EventAudience.SIDES, audience_sides__overlap=sorted(who.sides))
        tagged = Event.audience_tags.through.objects.filter(event=OuterRef("pk")).filter(
            Exists(Capability.objects.filter(organisation__in=who.organisations, tag=OuterRef("tag")))
        )
        seen |= Q(Exists(tagged), audience=EventAudience.TAGS)
    if who.director:
        seen |= Q(audience__in=[EventAudience.ROLES, EventAudience.SIDES, EventAudience.TAGS])
    if user.is_authenticated:
        addresses = EmailAddress.objects.filter(user=user.pk, verified=True).values("email")
        invited = Invitee.objects.filter(event=OuterRef("pk")).filter(
            Q(email__in=addresses) | Q(organisation__in=who.organisations)
        )
        seen |= Q(Exists(invited), audience=EventAudience.INVITED)
    return every.announced().filter(seen)


def can_see(user: Anyone, event: Event) -> bool:
    """Whether the event exists for this person."""
    return visible_to(user).filter(pk=event.pk).exists()


def can_manage(user: Anyone) -> bool:
    """Create, edit, publish, cancel, see who comes, check in, issue certificates: the office, and the superuser."""
    who = standing(user)
    return who.office or who.superuser


def can_register(user: Anyone, event: Event) -> bool:
    """Register oneself: whoever sees a published event; without an account, where guests are welcome.

    Whether registration is open on this day is a rule (`events.rules.windows`), not a right.
    """
    if not user.is_authenticated:
        return can_register_as_guest(event)
    return event.state != EventState.DRAFT and can_see(user, event)


def may_register(event: Event, people: Iterable[int]) -> set[int]:
    """Which of these accounts may register: `can_register` asked for many at once, in one query."""
    accounts = User.objects.filter(pk__in=set(people), is_active=True)
    if event.state == EventState.DRAFT:
        return set()
    if event.audience == EventAudience.PUBLIC:
        return set(accounts.values_list("pk", flat=True))
    today = timezone.localdate()
    acting = Representation.objects.current().filter(user=OuterRef("pk"), organisation__memberships__state__in=LISTED)
    allowed = Q(is_superuser=True) | Q(is_staff=True, pk__in=User.objects.filter(groups__name=OFFICE).values("pk"))
    if event.audience == EventAudience.INVITED:
        invitees = Invitee.objects.filter(event=event)
        addresses = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
        allowed |= Q(Exists(addresses.filter(email__in=invitees.exclude(email="").values("email"))))
        acting = acting.filter(organisation__in=invitees.exclude(organisation=None).values("organisation"))
    else:
        mandates = Directorship.objects.filter(user=OuterRef("pk"), starts_on__lte=today)
        allowed |= Q(Exists(mandates.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today))), is_staff=True)
        if event.audience == EventAudience.ROLES:
            acting = acting.filter(organisation__helix_role__in=event.audience_roles)
        elif event.audience == EventAudience.SIDES:
            acting = acting.filter(organisation__side__in=event.audience_sides)
        elif event.audience == EventAudience.TAGS:
            acting = acting.filter(organisation__capabilities__tag__in=event.audience_tags.values("pk"))
    return set(accounts.filter(allowed | Exists(acting)).values_list("pk", flat=True))


def can_register_as_guest(event: Event) -> bool:
    """Register without an account: public events that allow it."""
    return event.guests_allowed and event.audience == EventAudience.PUBLIC and event.state != EventState.DRAFT


def can_register_colleagues(user: Anyone, event: Event, organisation: Organisation | int) -> bool:
    """Register people of an organisation: its own people while it is a member in good standing, and the office."""
    pk = organisation if isinstance(organisation, int) else organisation.pk
    return can_manage(user) or (pk in eyes(user).organisations and can_see(user, event))


def can_see_registration(user: Anyone, registration: Registration) -> bool:
    """Read and cancel one registration: its person, whoever registered them and still acts for them, the office.

    People without an account come by their key instead: see `events.queries.tokens`.
    """
    if not user.is_authenticated:
        return False
    if registration.user_id == user.pk or can_manage(user):
        return True
    own = registration.organisation_id is not None and acts_for(user, registration.organisation_id)
    return registration.registered_by_id == user.pk and own


def can_see_registrations(user: Anyone) -> bool:
    """The list of who comes, with addresses and answers."""
    return can_manage(user)


def can_see_participants(user: Anyone, event: Event) -> bool:
    """The names of those who agreed to be shown: confirmed participants who still see the event, and the office."""
    return can_manage(user) or (takes_part(user, event) and can_see(user, event))


def takes_part(user: Anyone, event: Event) -> bool:
    """Whether this person has a confirmed place."""
    if not user.is_authenticated:
        return False
    return Registration.objects.filter(event=event.pk, user=user.pk, state=RegistrationState.CONFIRMED).exists()


def can_see_online_link(user: Anyone, event: Event, registration: Registration | None = None) -> bool:
    """The link to the online room: confirmed participants (`registration`: the one that a key opened), the office."""
    if can_manage(user):
        return True
    if registration is not None:
        return registration.event_id == event.pk and registration.state == RegistrationState.CONFIRMED
    return takes_part(user, event)


def can_read_material(user: Anyone, material: Material, registration: Registration | None = None) -> bool:
    """Open slides and recordings: what is public, whoever sees the event; the rest, confirmed participants."""
    if can_manage(user):
        return True
    held = registration is not None and registration.event_id == material.event_id
    if material.access == MaterialAccess.PUBLIC and (held or can_see(user, material.event)):
        return True
    if held and registration is not None:
        return registration.state == RegistrationState.CONFIRMED
    return takes_part(user, material.event) and can_see(user, material.event)


def can_give_feedback(registration: Registration) -> bool:
    """Whoever was there may say how it was, once the event is over."""
    return registration.state == RegistrationState.CONFIRMED and registration.event.ends_at <= timezone.now()
