"""Interests and what becomes of them: introductions, their stages, and proposals that the office makes."""

import uuid
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cluster_portal.common.constraints import ClockTimestamp, append_only, one_of, together
from matchmaking.enums import Answer, InterestState, Origin, ProposalState, StageName
from members.models import Capability, Organisation, Tag


class IntroductionQuerySet(models.QuerySet["Introduction"]):
    def live(self) -> "IntroductionQuerySet":
        return self.filter(closed_at__isnull=True)

    def of(self, organisation: Organisation | int) -> "IntroductionQuerySet":
        return self.filter(Q(first=organisation) | Q(second=organisation))

    def between(self, one: int, other: int) -> "IntroductionQuerySet":
        first, second = sorted((one, other))
        return self.filter(first=first, second=second)


class Introduction(models.Model):
    """Two members that both said yes; `first` has the lower id. From `made_at` on each sees the other's contacts."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    first = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    second = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    origin = models.CharField(_("how it came about"), max_length=8, choices=Origin)
    brokered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("proposed by")
    )
    controlled = models.BooleanField(_("touches the dual-use list"), default=False)
    made_at = models.DateTimeField(_("introduced at"), db_default=ClockTimestamp())
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        verbose_name = _("introduction")
        verbose_name_plural = _("introductions")
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="an_introduction_names_a_pair_one_way"),
            models.UniqueConstraint(
                fields=("first", "second"), condition=Q(closed_at__isnull=True), name="a_pair_is_introduced_once"
            ),
            one_of("origin", Origin.values, "an_introduction_has_a_known_origin"),
            models.CheckConstraint(
                condition=Q(origin__in=["interest", "call"], brokered_by__isnull=True)
                | Q(origin="office", brokered_by__isnull=False),
                name="an_introduction_of_the_office_names_who_made_it",
            ),
        )
        triggers: ClassVar = [pgtrigger.Protect(name="introductions_stay", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.first} – {self.second}"

    def other(self, organisation: Organisation | int) -> Organisation:
        """The side that is not this one."""
        pk = organisation if isinstance(organisation, int) else organisation.pk
        return self.second if self.first_id == pk else self.first


class Stage(models.Model):
    """How far one side says that the two have come; written once, the newest holds."""

    introduction = models.ForeignKey(Introduction, models.PROTECT, related_name="stages")
    member = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    name = models.CharField(_("stage"), max_length=8, choices=StageName)
    note = models.CharField(_("note"), max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=ClockTimestamp())

    class Meta:
        verbose_name = _("stage of an introduction")
        verbose_name_plural = _("stages of introductions")
        ordering = ("id",)
        constraints = (
            one_of("name", StageName.values, "an_introduction_is_at_a_known_stage"),
            models.CheckConstraint(condition=~Q(name="closed") | ~Q(note=""), name="closing_has_a_reason"),
        )
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return f"{self.introduction}: {self.get_name_display()}"


class InterestQuerySet(models.QuerySet["Interest"]):
    def open(self) -> "InterestQuerySet":
        return self.filter(state=InterestState.OPEN)

    def waiting(self) -> "InterestQuerySet":
        """Those whose sender still waits: unanswered, or declined without their knowing."""
        return self.filter(Q(state=InterestState.OPEN) | Q(state=InterestState.DECLINED, told_at__isnull=True))


class Interest(models.Model):
    """`member` would like to be introduced to `partner`. Who declines does so in silence.

    The sender learns of a refusal neither at once nor ever: when the time is over (`told_at`) it is told that no
    answer came, the same words on the same day as if nobody had answered.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    member = models.ForeignKey(Organisation, models.PROTECT, related_name="interests_sent")
    partner = models.ForeignKey(Organisation, models.PROTECT, related_name="interests_received")
    about = models.ForeignKey(Tag, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("about"))
    message = models.TextField(_("message"), max_length=2000)
    state = models.CharField(_("state"), max_length=9, choices=InterestState, default=InterestState.OPEN)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(db_default=ClockTimestamp())
    expires_on = models.DateField(_("answer until"))
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    introduction = models.ForeignKey(
        Introduction, models.PROTECT, null=True, blank=True, related_name="interests", verbose_name=_("introduction")
    )

    objects = InterestQuerySet.as_manager()

    class Meta:
        verbose_name = _("interest")
        verbose_name_plural = _("interests")
        ordering = ("-id",)
        indexes = (models.Index(fields=("state", "expires_on"), name="interests_by_their_end"),)
        constraints = (
            models.CheckConstraint(condition=~Q(member=F("partner")), name="nobody_is_interested_in_itself"),
            models.UniqueConstraint(
                fields=("member", "partner"),
                condition=Q(state="open") | Q(state="declined", told_at__isnull=True),
                name="one_interest_waits_at_a_time",
            ),
            one_of("state", InterestState.values, "an_interest_is_in_a_known_state"),
            together("an_interest_is_answered_by_someone", "answered_by", "answered_at"),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "declined"]) | Q(answered_at__isnull=False),
                name="an_answer_has_its_person",
            ),
            models.CheckConstraint(
                condition=Q(state="accepted", introduction__isnull=False)
                | (~Q(state="accepted") & Q(introduction__isnull=True)),
                name="an_accepted_interest_leads_to_an_introduction",
            ),
        )
        triggers: ClassVar = [
            pgtrigger.Protect(name="interests_stay", operation=pgtrigger.Delete),
            pgtrigger.FSM(
                name="lawful_steps",
                field="state",
                transitions=[
                    *(("open", end) for end in ("accepted", "declined", "withdrawn", "expired", "ended")),
                    *(("declined", end) for end in ("accepted", "withdrawn")),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} → {self.partner}"


class Proposal(models.Model):
    """The office proposes two members to each other. A side that is not named stays unknown until both say yes."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(_("state"), max_length=9, choices=ProposalState, default=ProposalState.OPEN)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made at"), db_default=ClockTimestamp())
    expires_on = models.DateField(_("answer until"))
    introduction = models.OneToOneField(
        Introduction, models.PROTECT, null=True, blank=True, related_name="proposal", verbose_name=_("introduction")
    )

    class Meta:
        verbose_name = _("proposal of the office")
        verbose_name_plural = _("proposals of the office")
        ordering = ("-id",)
        constraints = (
            one_of("state", ProposalState.values, "a_proposal_is_in_a_known_state"),
            models.CheckConstraint(
                condition=Q(state="made", introduction__isnull=False)
                | (~Q(state="made") & Q(introduction__isnull=True)),
                name="a_proposal_with_two_yes_is_an_introduction",
            ),
        )
        triggers: ClassVar = [pgtrigger.Protect(name="proposals_stay", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class ProposalSide(models.Model):
    """One of the two members of a proposal. `words` is what the *other* side reads about this one."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="sides")
    member = models.ForeignKey(Organisation, models.PROTECT, related_name="proposals")
    item = models.ForeignKey(Capability, models.SET_NULL, null=True, blank=True, related_name="+")
    named = models.BooleanField(_("the other side reads its name"), default=True)
    words = models.TextField(_("what the other side reads"), max_length=2000)
    answer = models.CharField(_("answer"), max_length=7, choices=Answer, default=Answer.WAITING)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("side of a proposal")
        verbose_name_plural = _("sides of proposals")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("proposal", "member"), name="a_member_is_one_side_of_a_proposal"),
            one_of("answer", Answer.values, "a_side_answers_in_known_words"),
            together("a_side_is_answered_by_someone", "answered_by", "answered_at"),
            models.CheckConstraint(
                condition=Q(answer="waiting", answered_at__isnull=True)
                | (~Q(answer="waiting") & Q(answered_at__isnull=False)),
                name="a_side_waits_or_has_answered",
            ),
        )

    def __str__(self) -> str:
        return f"{self.proposal}: {self.member}"


class ExportConfirmation(models.Model):
    """A side confirmed that no controlled technology is exchanged with `partner` without authorisation.

    `offers`: control numbers and words of the offers concerned, as they stood. `wording`: which version of the text
    of `matchmaking.wording` was confirmed; empty for confirmations from before the versions were kept.
    """

    member = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    partner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    offers = ArrayField(models.CharField(max_length=200), default=list)
    wording = models.CharField(_("version of the text"), max_length=12, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=ClockTimestamp())

    class Meta:
        verbose_name = _("export-control confirmation")
        verbose_name_plural = _("export-control confirmations")
        ordering = ("id",)
        indexes = (models.Index(fields=("member", "partner"), name="confirmations_of_a_pair"),)
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return f"{self.member}, {self.partner}"
