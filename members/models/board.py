"""The Board: dated mandates, rounds of voting with frozen seats, ballots and numbered resolutions."""

from datetime import date
from typing import ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cluster_portal.common.constraints import (
    ClockTimestamp,
    DateRange,
    TransactionId,
    append_only,
    in_order,
    one_of,
)
from members.enums import BoardRole, Choice, DecidingBody, Outcome, Procedure, Result
from members.models.adhesion import AdhesionRequest
from members.models.statute import StatuteVersion


class DirectorshipQuerySet(models.QuerySet["Directorship"]):
    def in_office(self, on: date) -> "DirectorshipQuerySet":
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), append_only=True)
class Directorship(models.Model):
    """The mandate of a director, with its days; both ends included."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="directorships", verbose_name=_("person")
    )
    role = models.CharField(_("office"), max_length=14, choices=BoardRole, default=BoardRole.MEMBER)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = DirectorshipQuerySet.as_manager()

    class Meta:
        verbose_name = _("mandate of a director")
        verbose_name_plural = _("mandates of directors")
        ordering = ("starts_on", "id")
        constraints = (
            one_of("role", BoardRole.values, "a_director_has_a_known_office"),
            in_order("a_mandate_ends_after_it_begins", "starts_on", "ends_on"),
            ExclusionConstraint(
                name="a_person_has_one_mandate_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    (DateRange(F("starts_on"), F("ends_on")), RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="one_president_and_one_secretary_at_a_time",
                expressions=[
                    ("role", RangeOperators.EQUAL),
                    (DateRange(F("starts_on"), F("ends_on")), RangeOperators.OVERLAPS),
                ],
                condition=Q(role__in=["president", "secretary"]),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}"


class RoundQuerySet(models.QuerySet["Round"]):
    def open(self) -> "RoundQuerySet":
        return self.filter(closed_at__isnull=True)


class Round(models.Model):
    """One round of voting on one request. Its seats are frozen at the opening; its result is set by the engine only."""

    request = models.ForeignKey(AdhesionRequest, models.PROTECT, related_name="rounds")
    statute = models.ForeignKey(StatuteVersion, models.PROTECT, related_name="+")
    matter = models.CharField(_("matter"), max_length=30, default="admission")
    number = models.PositiveSmallIntegerField(_("round"))
    convening = models.PositiveSmallIntegerField(_("convening"), default=1)
    procedure = models.CharField(_("procedure"), max_length=8, choices=Procedure, default=Procedure.WRITTEN)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("opened by")
    )
    opened_at = models.DateTimeField(_("opened at"), db_default=ClockTimestamp())
    closes_at = models.DateTimeField(_("closes at"))
    reminded_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(_("closed at"), null=True)
    result = models.CharField(_("result"), max_length=10, choices=Result, blank=True)
    digest = models.CharField(_("hash of the ballots"), max_length=64, blank=True, editable=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ("request", "number")
        constraints = (
            models.UniqueConstraint(fields=("request", "number"), name="rounds_of_a_request_are_numbered"),
            models.UniqueConstraint(
                fields=("request",), condition=Q(closed_at__isnull=True), name="a_request_has_one_open_round"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, result="", digest="")
                | (Q(closed_at__isnull=False) & ~Q(result="") & ~Q(digest="")),
                name="a_closed_round_has_its_result",
            ),
            models.CheckConstraint(condition=Q(convening__in=[1, 2]), name="a_round_is_convened_once_or_twice"),
        )
        triggers: ClassVar = [
            pgtrigger.Protect(name="rounds_stay", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="closed_rounds_stay_closed",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__closed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request.number} · {self.number}"


class Seat(models.Model):
    """A director's seat in a round: frozen mandate, declaration of interest, presence at a meeting.

    Who declared an interest is recused: no ballot, not counted, does not see the ballots, named in the minutes.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="seats")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="seats")
    role = models.CharField(_("office"), max_length=14, choices=BoardRole)
    declared_at = models.DateTimeField(_("declared at"), null=True)
    recused = models.BooleanField(_("recused"), default=False)
    interest = models.TextField(_("interest declared"), max_length=2000, blank=True)
    present = models.BooleanField(_("present"), default=False)

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("round", "user"), name="a_director_has_one_seat_in_a_round"),
            models.CheckConstraint(
                condition=Q(recused=False) | Q(declared_at__isnull=False), name="a_recusal_is_declared"
            ),
        )
        triggers: ClassVar = [
            pgtrigger.Protect(name="seats_stay", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="seats_freeze_with_the_round",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                declare=[("closing", "timestamptz")],
                func="""
                    SELECT closed_at INTO closing FROM members_round WHERE id = NEW.round_id;
                    IF closing IS NOT NULL THEN
                        RAISE EXCEPTION 'the round is closed' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)


class Ballot(models.Model):
    """A ballot as it was cast. A director who changes their mind adds a row; the last row of a seat counts."""

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="ballots")
    choice = models.CharField(_("vote"), max_length=7, choices=Choice)
    motive = models.TextField(_("motive"), max_length=4000, blank=True)
    cast_at = models.DateTimeField(_("cast at"), db_default=ClockTimestamp())

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")
        ordering = ("id",)
        constraints = (
            one_of("choice", Choice.values, "a_ballot_is_for_against_or_abstain"),
            models.CheckConstraint(condition=~Q(choice="against") | ~Q(motive=""), name="a_vote_against_has_a_motive"),
        )
        triggers: ClassVar = [
            *append_only(),
            pgtrigger.Trigger(
                name="cast_by_the_entitled_while_open",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("recusal", "boolean"), ("declaration", "timestamptz"), ("closing", "timestamptz")],
                func="""
                    SELECT s.recused, s.declared_at, r.closed_at INTO recusal, declaration, closing
                    FROM members_seat s JOIN members_round r ON r.id = s.round_id WHERE s.id = NEW.seat_id;
                    IF closing IS NOT NULL THEN
                        RAISE EXCEPTION 'the round is closed' USING ERRCODE = 'check_violation';
                    ELSIF recusal OR declaration IS NULL THEN
                        RAISE EXCEPTION 'no ballot without a declaration of no interest'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.get_choice_display()


class Counter(models.Model):
    """The last number given in a series in a year; the row is locked while one is given: no gap, no number twice."""

    series = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("series", "year"), name="a_series_counts_once_a_year"),)

    def __str__(self) -> str:
        return f"{self.series} {self.year}"


class Resolution(models.Model):
    """A numbered decision, with the figures it rests on. Written once by the engine.

    The Board decides by a round; the assembly, asked by an appeal, meets elsewhere and its decision is recorded.
    """

    body = models.CharField(_("body"), max_length=10, choices=DecidingBody, default=DecidingBody.BOARD)
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("number"))
    round = models.OneToOneField(Round, models.PROTECT, null=True, related_name="resolution")
    request = models.ForeignKey(AdhesionRequest, models.PROTECT, related_name="resolutions")
    statute = models.ForeignKey(StatuteVersion, models.PROTECT, related_name="+")
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome)
    motive = models.TextField(_("motive"), blank=True)
    articles = models.JSONField(_("articles"), default=list)
    figures = models.JSONField(_("figures"))
    decided_at = models.DateTimeField(_("decided at"), db_default=ClockTimestamp())
    transaction = models.BigIntegerField(db_default=TransactionId(), editable=False)

    class Meta:
        verbose_name = _("resolution")
        verbose_name_plural = _("resolutions")
        ordering = ("-year", "-number")
        constraints = (
            models.UniqueConstraint(fields=("body", "year", "number"), name="a_resolution_has_its_own_number"),
            models.CheckConstraint(condition=~Q(outcome="rejected") | ~Q(motive=""), name="a_rejection_has_a_motive"),
            one_of("outcome", Outcome.values, "a_resolution_approves_or_rejects"),
            models.CheckConstraint(
                condition=Q(body="board", round__isnull=False) | Q(body="assembly", round__isnull=True),
                name="the_board_decides_by_a_round",
            ),
        )
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return f"{self.number}/{self.year}"
