"""Registrations: who takes part, what they were asked, and every step of theirs."""

import uuid
from typing import ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from cluster_portal.common.constraints import ClockTimestamp, TransactionId, append_only, one_of, together
from events.enums import QuestionKind, RegistrationState
from events.models.event import Event, Quota
from events.rules.lifecycle import LIVE_STATES, REGISTRATION_TRANSITIONS, SEATED_STATES
from members.enums import HelixRole, Side
from members.models import Organisation
from members.models.texts import InTwoLanguages

_LAWFUL = sorted({(str(step.source), str(step.target)) for step in REGISTRATION_TRANSITIONS if step.source})
LIVE = sorted(str(state) for state in LIVE_STATES)
SEATED = sorted(str(state) for state in SEATED_STATES)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), append_only=True)
class Question(InTwoLanguages, models.Model):
    """Something that registrants are asked. The answers to choose from stand in the same order in both languages."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="questions")
    kind = models.CharField(_("kind of answer"), max_length=6, choices=QuestionKind, default=QuestionKind.TEXT)
    text_ro = models.CharField(_("question in Romanian"), max_length=300)
    text_en = models.CharField(_("question in English"), max_length=300, blank=True)
    choices_ro = ArrayField(
        models.CharField(max_length=120), default=list, blank=True, verbose_name=_("answers in Romanian")
    )
    choices_en = ArrayField(
        models.CharField(max_length=120), default=list, blank=True, verbose_name=_("answers in English")
    )
    required = models.BooleanField(_("must be answered"), default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ("event", "position", "id")
        constraints = (
            one_of("kind", QuestionKind.values, "a_question_is_of_a_known_kind"),
            models.CheckConstraint(
                condition=~Q(kind="choice") | Q(choices_ro__len__gte=2), name="a_choice_has_two_answers"
            ),
            models.CheckConstraint(
                condition=Q(choices_en__len=0)
                | Q(choices_en__len__isnull=True)
                | Q(choices_en__len=F("choices_ro__len")),
                name="answers_stand_in_the_same_order",
            ),
        )

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        return self.in_language("text")

    @property
    def choices(self) -> list[str]:
        return self.in_language("choices")  # type: ignore[return-value]  # a list in this field


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def live(self) -> "RegistrationQuerySet":
        """Those that count as registered, whatever they wait for."""
        return self.filter(state__in=LIVE)

    def confirmed(self) -> "RegistrationQuerySet":
        return self.filter(state=RegistrationState.CONFIRMED)

    def seated(self) -> "RegistrationQuerySet":
        """Those that hold a seat: confirmed, or offered one."""
        return self.filter(state__in=SEATED)

    def listed(self) -> "RegistrationQuerySet":
        """The waiting list in its order."""
        return self.filter(state=RegistrationState.LISTED).order_by("position")


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    append_only=True,
    exclude=["position", "salt", "digest"],
)
class Registration(models.Model):
    """One person at one event, from the first word to the day itself.

    `side`, `helix_role` and `member` are those of the organisation when it registered: quotas and order rest on them.
    `queued_at` is when the person first asked for a seat: the order of the list. `quota` is the quota whose seat is
    held; empty: one of the seats for everybody. People without an account hold a key instead: `salt` and `digest`
    belong to it, the key itself is in their letters only.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(Event, models.PROTECT, related_name="registrations")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="event_registrations"
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="event_registrations",
        verbose_name=_("organisation"),
    )
    organisation_name = models.CharField(_("organisation, as a guest names it"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    full_name = models.CharField(_("full name"), max_length=150)
    language = models.CharField(_("language of letters"), max_length=2, choices=settings.LANGUAGES)
    side = models.CharField(_("side"), max_length=8, choices=Side, blank=True)
    helix_role = models.CharField(_("helix role"), max_length=14, choices=HelixRole, blank=True)
    member = models.BooleanField(_("of a member"), default=False)

    state = models.CharField(_("state"), max_length=11, choices=RegistrationState)
    queued_at = models.DateTimeField(_("asked for a seat at"), null=True, editable=False)
    position = models.PositiveIntegerField(_("position on the list"), null=True, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, editable=False)
    offered_until = models.DateTimeField(_("place offered until"), null=True, editable=False)
    quota = models.ForeignKey(Quota, models.PROTECT, null=True, related_name="registrations", editable=False)
    reason = models.TextField(_("reason"), max_length=2000, blank=True, editable=False)

    salt = models.CharField(max_length=32, blank=True, editable=False)
    digest = models.CharField(max_length=64, null=True, unique=True, editable=False)  # noqa: DJ001 unique
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("registered by")
    )
    agreed_to_be_shown = models.BooleanField(_("participants may see name and organisation"), default=False)
    created_at = models.DateTimeField(_("registered at"), auto_now_add=True)

    walk_in = models.BooleanField(_("came without registering"), default=False)
    checked_in_at = models.DateTimeField(_("checked in at"), null=True, editable=False)
    checked_in_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ("event", "id")
        indexes = (
            models.Index(fields=("event", "state", "position"), name="registrations_in_order"),
            models.Index(fields=("offered_until",), name="offers_due", condition=Q(state="offered")),
            models.Index(fields=("email",), name="registrations_of_an_address"),
        )
        constraints = (
            one_of("state", RegistrationState.values, "a_registration_is_in_a_known_state"),
            models.CheckConstraint(condition=Q(email=Lower(F("email"))), name="a_registered_address_is_in_lower_case"),
            models.CheckConstraint(condition=~Q(email="") | Q(walk_in=True), name="only_who_walks_in_has_no_address"),
            models.UniqueConstraint(
                fields=("event", "email"),
                condition=Q(state__in=LIVE) & ~Q(email=""),
                name="an_address_is_registered_once_for_an_event",
            ),
            models.UniqueConstraint(
                fields=("event", "user"),
                condition=Q(state__in=LIVE, user__isnull=False),
                name="a_person_is_registered_once_for_an_event",
            ),
            models.UniqueConstraint(
                fields=("event", "position"),
                name="a_position_on_the_list_is_taken_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(state="listed", position__gte=1) | (~Q(state="listed") & Q(position__isnull=True)),
                name="only_the_list_has_positions",
            ),
            models.CheckConstraint(
                condition=Q(state="offered", offered_until__isnull=False)
                | (~Q(state="offered") & Q(offered_until__isnull=True)),
                name="an_offered_place_is_kept_until_a_time",
            ),
            models.CheckConstraint(
                condition=Q(quota__isnull=True) | Q(state__in=SEATED), name="only_who_is_seated_holds_a_quota"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["listed", "offered", "confirmed"]) | Q(queued_at__isnull=False),
                name="who_waits_or_sits_has_asked_for_a_seat",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(confirmed_at__isnull=False), name="a_confirmed_place_has_its_time"
            ),
            models.CheckConstraint(
                condition=Q(checked_in_at__isnull=True) | Q(state="confirmed"), name="only_the_confirmed_are_checked_in"
            ),
            models.CheckConstraint(condition=~Q(state="declined") | ~Q(reason=""), name="a_declined_person_learns_why"),
            together("a_person_is_checked_in_by_someone", "checked_in_at", "checked_in_by"),
            models.CheckConstraint(
                condition=(Q(user__isnull=False, digest__isnull=True)) | Q(user__isnull=True, digest__isnull=False),
                name="who_has_no_account_has_a_key",
            ),
        )
        triggers: ClassVar = [
            pgtrigger.FSM(name="lawful_moves", field="state", transitions=_LAWFUL),
            pgtrigger.Protect(name="registrations_stay", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @property
    def comes_from(self) -> str:
        """The organisation, as it is named."""
        if self.organisation is not None:
            return self.organisation.short_name or self.organisation.legal_name
        return self.organisation_name


class RegistrationStep(models.Model):
    """One step of a registration: what was done, from where to where, by whom, when and with what words."""

    registration = models.ForeignKey(Registration, models.PROTECT, related_name="steps")
    verb = models.CharField(_("what was done"), max_length=20)
    source = models.CharField(_("from"), max_length=11, choices=RegistrationState, blank=True)
    target = models.CharField(_("to"), max_length=11, choices=RegistrationState)
    actor = models.CharField(_("acting as"), max_length=8)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), db_default=ClockTimestamp())
    note = models.TextField(_("note"), blank=True)
    transaction = models.BigIntegerField(db_default=TransactionId(), editable=False)

    class Meta:
        verbose_name = _("step of a registration")
        verbose_name_plural = _("steps of registrations")
        ordering = ("id",)
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"


class Answer(models.Model):
    """What a registrant answered: a text, the number of the chosen answer from 1, or yes / no."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    value = models.CharField(_("answer"), max_length=1000)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ("question__position", "question_id")
        constraints = (
            models.UniqueConstraint(fields=("registration", "question"), name="a_question_is_answered_once"),
            models.CheckConstraint(condition=~Q(value=""), name="an_answer_says_something"),
        )

    def __str__(self) -> str:
        return self.shown

    @property
    def shown(self) -> str:
        """The answer in words."""
        if self.question.kind == QuestionKind.YES_NO:
            return str(_("Yes") if self.value == "yes" else _("No"))
        if self.question.kind == QuestionKind.CHOICE:
            choices = self.question.choices
            place = int(self.value) - 1
            return choices[place] if place < len(choices) else self.value
        return self.value


class ScanReceipt(models.Model):
    """An act at the door that has arrived: a phone that was offline may send it again, and it counts once."""

    key = models.UUIDField(primary_key=True, editable=False)
    registration = models.ForeignKey(Registration, models.PROTECT, related_name="scans")
    verb = models.CharField(max_length=8)
    scanned_at = models.DateTimeField(help_text=_("By the clock of the phone."))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    received_at = models.DateTimeField(db_default=ClockTimestamp())

    class Meta:
        verbose_name = _("act at the door")
        verbose_name_plural = _("acts at the door")
        constraints = (one_of("verb", ["check_in", "undo", "walk_in"], "an_act_at_the_door_is_known"),)
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return f"{self.verb} {self.registration_id}"
