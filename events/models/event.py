"""The event itself: what, when, where, for whom, how many; who is invited, and which seats are kept for whom."""

import uuid
from datetime import datetime
from typing import ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.common.constraints import one_of, together
from events.enums import EventAudience, EventKind, EventState, ListOrder, Mode, Spoken
from events.rules.lifecycle import EVENT_TRANSITIONS
from events.wording import when
from members.enums import HelixRole, Side
from members.models import Organisation, Tag
from members.models.texts import Titled

_LAWFUL = sorted({(str(step.source), str(step.target)) for step in EVENT_TRANSITIONS})
MOST_OFFER_HOURS = 14 * 24


class EventQuerySet(models.QuerySet["Event"]):
    def announced(self) -> "EventQuerySet":
        """Everything that was ever published: a draft belongs to the office alone."""
        return self.exclude(state=EventState.DRAFT)

    def published(self) -> "EventQuerySet":
        return self.filter(state=EventState.PUBLISHED)

    def upcoming(self, now: datetime) -> "EventQuerySet":
        """Not over yet, soonest first."""
        return self.filter(ends_at__gt=now).order_by("starts_at", "pk")

    def past(self, now: datetime) -> "EventQuerySet":
        """Over, latest first."""
        return self.filter(ends_at__lte=now).order_by("-starts_at", "-pk")


@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), append_only=True, exclude=["taken"]
)
class Event(Titled, models.Model):
    """An event of the cluster. Instants are kept in UTC; people read and write the wall clock of Bucharest.

    `taken` counts the seats that registrations hold (confirmed, or offered to somebody); the database refuses more than
    `capacity`, whatever code forgets. `version` grows with every edit, so that a form in a second tab is told so;
    `sequence` grows with every change that calendars must take over (RFC 5545).
    Events of one series share `series`.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("address of the page"), max_length=80, unique=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    kind = models.CharField(_("kind"), max_length=13, choices=EventKind, default=EventKind.SEMINAR)
    state = models.CharField(_("state"), max_length=9, choices=EventState, default=EventState.DRAFT, editable=False)

    title_ro = models.CharField(_("title in Romanian"), max_length=160)
    title_en = models.CharField(_("title in English"), max_length=160, blank=True)
    summary_ro = models.CharField(_("summary in Romanian"), max_length=300, blank=True)
    summary_en = models.CharField(_("summary in English"), max_length=300, blank=True)
    description_ro = models.TextField(_("description in Romanian"), max_length=8000, blank=True)
    description_en = models.TextField(_("description in English"), max_length=8000, blank=True)

    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    all_day = models.BooleanField(
        _("whole days"), default=False, help_text=_("Calendars show days instead of hours; for events of several days.")
    )
    mode = models.CharField(_("how one takes part"), max_length=7, choices=Mode, default=Mode.ON_SITE)
    place_name = models.CharField(_("place"), max_length=160, blank=True)
    place_address = models.CharField(_("address"), max_length=250, blank=True)
    online_link = models.URLField(
        _("link to the online room"), blank=True, help_text=_("Shown to confirmed participants only.")
    )
    languages = ArrayField(
        models.CharField(max_length=2, choices=Spoken), default=list, blank=True, verbose_name=_("languages spoken")
    )
    tags = models.ManyToManyField(Tag, blank=True, related_name="events", verbose_name=_("capabilities"))
    contact_name = models.CharField(_("contact person"), max_length=150, blank=True)
    contact_email = models.EmailField(_("e-mail of the contact person"), blank=True)

    audience = models.CharField(_("for whom"), max_length=7, choices=EventAudience, default=EventAudience.PUBLIC)
    audience_roles = ArrayField(
        models.CharField(max_length=14, choices=HelixRole), default=list, blank=True, verbose_name=_("helix roles")
    )
    audience_sides = ArrayField(
        models.CharField(max_length=8, choices=Side), default=list, blank=True, verbose_name=_("sides")
    )
    audience_tags = models.ManyToManyField(
        Tag, blank=True, related_name="+", verbose_name=_("capabilities of those invited")
    )

    capacity = models.PositiveIntegerField(
        _("seats"), null=True, blank=True, validators=[MinValueValidator(1)], help_text=_("Empty: no limit.")
    )
    taken = models.PositiveIntegerField(_("seats taken"), default=0, editable=False)
    opens_at = models.DateTimeField(_("registration opens at"), null=True, blank=True)
    closes_at = models.DateTimeField(_("registration closes at"), null=True, blank=True)
    approval_required = models.BooleanField(_("the office approves each registration"), default=False)
    guests_allowed = models.BooleanField(_("guests without an account may register"), default=True)
    list_order = models.CharField(
        _("order of the waiting list"), max_length=13, choices=ListOrder, default=ListOrder.FIRST_COME
    )
    offer_hours = models.PositiveSmallIntegerField(
        _("hours that an offered place is kept"),
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_OFFER_HOURS)],
    )
    valid_months = models.PositiveSmallIntegerField(
        _("months that the training is valid"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text=_("Empty: it does not run out. For trainings only."),
    )

    series = models.UUIDField(_("series"), null=True, blank=True, db_index=True, editable=False)
    duplicated_from = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+", editable=False)
    demonstration = models.BooleanField(default=False, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)
    postponed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    postponed_at = models.DateTimeField(_("postponed at"), null=True, editable=False)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, editable=False)
    reason = models.TextField(_("reason"), max_length=2000, blank=True, editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ("starts_at", "id")
        indexes = (
            models.Index(fields=("starts_at", "id"), name="events_by_time", condition=~Q(state="draft")),
            models.Index(fields=("ends_at",), name="events_by_end"),
        )
        constraints = (
            one_of("kind", EventKind.values, "an_event_is_of_a_known_kind"),
            one_of("state", EventState.values, "an_event_is_in_a_known_state"),
            one_of("mode", Mode.values, "an_event_is_on_site_or_online"),
            one_of("audience", EventAudience.values, "an_event_has_a_known_audience"),
            one_of("list_order", ListOrder.values, "a_waiting_list_has_a_known_order"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="an_event_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(taken__lte=F("capacity")),
                name="an_event_seats_no_more_than_its_capacity",
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__gte=1), name="an_event_has_a_seat_or_no_limit"
            ),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(closes_at__isnull=True) | Q(closes_at__gt=F("opens_at")),
                name="registration_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(offer_hours__gte=1, offer_hours__lte=MOST_OFFER_HOURS),
                name="an_offered_place_is_kept_for_hours_or_days",
            ),
            models.CheckConstraint(
                condition=Q(online_link="") | Q(online_link__startswith="https://"),
                name="an_online_room_is_reached_safely",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(mode="online") | ~Q(place_name=""),
                name="a_published_event_on_site_has_its_place",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", published_at__isnull=True)
                | (~Q(state="draft") & Q(published_at__isnull=False)),
                name="only_drafts_are_unpublished",
            ),
            models.CheckConstraint(
                condition=Q(state="postponed", postponed_at__isnull=False)
                | (~Q(state="postponed") & Q(postponed_at__isnull=True)),
                name="a_postponed_event_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(state="cancelled", cancelled_at__isnull=False)
                | (~Q(state="cancelled") & Q(cancelled_at__isnull=True)),
                name="a_cancelled_event_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["postponed", "cancelled"]) | ~Q(reason=""),
                name="a_postponed_or_cancelled_event_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(valid_months__isnull=True) | Q(kind="training"), name="only_a_training_runs_out"
            ),
            together("an_event_is_published_by_someone", "published_by", "published_at"),
            together("an_event_is_postponed_by_someone", "postponed_by", "postponed_at"),
            together("an_event_is_cancelled_by_someone", "cancelled_by", "cancelled_at"),
        )
        triggers: ClassVar = [
            pgtrigger.FSM(name="lawful_steps", field="state", transitions=_LAWFUL),
            pgtrigger.Protect(
                name="published_events_stay",
                operation=pgtrigger.Delete,
                condition=~pgtrigger.Q(old__state="draft"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def name(self) -> str:
        return self.title

    @property
    def description(self) -> str:
        return self.in_language("description")

    @property
    def when(self) -> str:
        """Day and hours by the wall clock, in the reader's language."""
        return when(self.starts_at, self.ends_at, all_day=self.all_day)

    @property
    def where(self) -> str:
        """Place and address, or that it is online, in the reader's language."""
        if self.mode == Mode.ONLINE:
            return str(Mode.ONLINE.label)
        also = _("and online")
        return f"{self.place} ({also})" if self.mode == Mode.HYBRID else self.place

    @property
    def place(self) -> str:
        """Name and address of the place, the same in every language."""
        return ", ".join(part for part in (self.place_name, self.place_address) if part)

    @property
    def is_past(self) -> bool:
        """Over by the clock; nobody has to say so."""
        return self.ends_at <= timezone.now()

    @property
    def seats_left(self) -> int | None:
        """Seats that nobody holds, quotas not looked at; None: no limit."""
        return None if self.capacity is None else self.capacity - self.taken


@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), append_only=True, exclude=["taken"]
)
class Quota(models.Model):
    """Seats of an event that are kept for one side or one helix role; `taken` counts those that are held.

    Whoever belongs to it takes one of these seats first, then one of the seats that are for everybody.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="quotas")
    side = models.CharField(_("side"), max_length=8, choices=Side, blank=True)
    helix_role = models.CharField(_("helix role"), max_length=14, choices=HelixRole, blank=True)
    seats = models.PositiveIntegerField(_("seats"))
    taken = models.PositiveIntegerField(_("seats taken"), default=0, editable=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("quota")
        verbose_name_plural = _("quotas")
        ordering = ("event", "position", "id")
        constraints = (
            models.UniqueConstraint(fields=("event", "side", "helix_role"), name="a_quota_is_stated_once"),
            models.CheckConstraint(
                condition=(~Q(side="") & Q(helix_role="")) | (Q(side="") & ~Q(helix_role="")),
                name="a_quota_is_for_a_side_or_a_helix_role",
            ),
            one_of("side", ["", *Side.values], "a_quota_is_for_a_known_side"),
            one_of("helix_role", ["", *HelixRole.values], "a_quota_is_for_a_known_helix_role"),
            models.CheckConstraint(condition=Q(seats__gte=1), name="a_quota_keeps_a_seat"),
            models.CheckConstraint(condition=Q(taken__lte=F("seats")), name="a_quota_seats_no_more_than_it_keeps"),
        )

    def __str__(self) -> str:
        return str(self.get_side_display() if self.side else self.get_helix_role_display())


class Invitee(models.Model):
    """A person (by address) or an organisation that an event by invitation is open to."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="invitees")
    email = models.EmailField(_("e-mail"), blank=True)
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("invitee")
        verbose_name_plural = _("invitees")
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=(Q(email="") & Q(organisation__isnull=False)) | (~Q(email="") & Q(organisation__isnull=True)),
                name="an_invitee_is_a_person_or_an_organisation",
            ),
            models.UniqueConstraint(
                fields=("event", "email"), condition=~Q(email=""), name="a_person_is_invited_once_to_an_event"
            ),
            models.UniqueConstraint(
                fields=("event", "organisation"), name="an_organisation_is_invited_once_to_an_event"
            ),
        )

    def __str__(self) -> str:
        return self.email or str(self.organisation)
