"""A brokerage day: who comes, whom they want to meet, and the timetable in which nobody is in two places."""

import uuid
from datetime import datetime, timedelta
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cluster_portal.common.constraints import ClockTimestamp, one_of, together
from matchmaking.enums import DayState, MeetingState, WishAnswer
from members.models import Organisation
from members.models.texts import InTwoLanguages

MOST_SLOTS, MOST_TABLES = 60, 300


class BrokerageDay(InTwoLanguages, models.Model):
    """A day of short meetings: `slots` of `slot_minutes` each from `starts_at` on, at `tables` tables.

    Slots and tables count from 0. `breaks` are the slots in which nobody meets. `gathering` is the key of the event to
    which the day belongs, when there is one. `inputs` grows with everything that a timetable depends on, so that a plan
    which was computed meanwhile is not written over newer wishes; `planned_inputs` is what it was for the timetable
    that is there. `planned_bound` is a weight of wishes that no timetable can exceed.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    gathering = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    title_ro = models.CharField(_("title in Romanian"), max_length=160)
    title_en = models.CharField(_("title in English"), max_length=160, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    starts_at = models.DateTimeField(_("first meeting at"))
    slot_minutes = models.PositiveSmallIntegerField(
        _("minutes of a meeting"), default=20, validators=[MinValueValidator(5), MaxValueValidator(120)]
    )
    slots = models.PositiveSmallIntegerField(
        _("meetings one after the other"), default=12, validators=[MinValueValidator(1), MaxValueValidator(MOST_SLOTS)]
    )
    tables = models.PositiveSmallIntegerField(
        _("tables"), default=10, validators=[MinValueValidator(1), MaxValueValidator(MOST_TABLES)]
    )
    breaks = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True, verbose_name=_("breaks"))
    wishes_until = models.DateTimeField(_("wishes until"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=DayState, default=DayState.PREPARED, editable=False)
    seed = models.PositiveIntegerField(_("number of the draw"), default=1)
    version = models.PositiveIntegerField(default=1, editable=False)
    inputs = models.PositiveIntegerField(default=0, editable=False)
    plan_asked_at = models.DateTimeField(_("timetable asked for at"), null=True, editable=False)
    plan_started_at = models.DateTimeField(_("computing since"), null=True, editable=False)
    planned_at = models.DateTimeField(_("timetable made at"), null=True, editable=False)
    planned_inputs = models.PositiveIntegerField(null=True, editable=False)
    planned_bound = models.PositiveIntegerField(null=True, editable=False)
    trouble = models.CharField(_("why there is no timetable"), max_length=300, blank=True, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)
    demonstration = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("brokerage day")
        verbose_name_plural = _("brokerage days")
        ordering = ("-starts_at", "-id")
        constraints = (
            one_of("state", DayState.values, "a_brokerage_day_is_in_a_known_state"),
            models.CheckConstraint(condition=Q(slots__gte=1, slots__lte=MOST_SLOTS), name="a_day_has_slots"),
            models.CheckConstraint(condition=Q(tables__gte=1, tables__lte=MOST_TABLES), name="a_day_has_tables"),
            models.CheckConstraint(
                condition=Q(slot_minutes__gte=5, slot_minutes__lte=120), name="a_meeting_lasts_minutes"
            ),
            together("a_timetable_is_published_by_someone", "published_by", "published_at"),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False), name="a_published_day_has_its_time"
            ),
        )
        triggers: ClassVar = [
            pgtrigger.FSM(
                name="lawful_steps",
                field="state",
                transitions=[
                    ("prepared", "wishes"),
                    ("wishes", "planned"),
                    ("planned", "wishes"),
                    ("planned", "published"),
                    ("wishes", "cancelled"),
                    ("planned", "cancelled"),
                    ("published", "cancelled"),
                ],
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return self.in_language("title")

    def starts(self, slot: int) -> datetime:
        """When the meetings of a slot begin."""
        return self.starts_at + timedelta(minutes=self.slot_minutes * slot)

    def ends(self, slot: int) -> datetime:
        return self.starts(slot + 1)


class DayMember(models.Model):
    """A member that comes to the day. `away`: slots in which it is not there; `most`: the most meetings it wants.

    `left_at` without `left_by`: its membership ended or was suspended.
    """

    day = models.ForeignKey(BrokerageDay, models.PROTECT, related_name="members")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="brokerage_days")
    attends = models.CharField(_("who comes"), max_length=200, blank=True)
    away = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True, verbose_name=_("not there at"))
    most = models.PositiveSmallIntegerField(
        _("meetings at most"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(MOST_SLOTS)]
    )
    added_at = models.DateTimeField(db_default=ClockTimestamp())
    left_at = models.DateTimeField(_("does not come any more"), null=True, editable=False)
    left_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False)

    class Meta:
        verbose_name = _("participant of a brokerage day")
        verbose_name_plural = _("participants of brokerage days")
        ordering = ("organisation__sort_key", "id")
        constraints = (
            models.UniqueConstraint(fields=("day", "organisation"), name="a_member_comes_to_a_day_once"),
            models.UniqueConstraint(fields=("id", "day"), name="a_participant_belongs_to_its_day"),
            models.CheckConstraint(
                condition=Q(left_by__isnull=True) | Q(left_at__isnull=False), name="who_says_so_says_when"
            ),
        )

    def __str__(self) -> str:
        return str(self.organisation)


class Wish(models.Model):
    """What one participant says of a meeting with another."""

    day = models.ForeignKey(BrokerageDay, models.PROTECT, related_name="wishes")
    member = models.ForeignKey(DayMember, models.PROTECT, related_name="wishes")
    partner = models.ForeignKey(DayMember, models.PROTECT, related_name="wishes_received")
    answer = models.CharField(_("wish"), max_length=4, choices=WishAnswer)
    message = models.CharField(_("what about"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=ClockTimestamp())

    class Meta:
        verbose_name = _("wish for a meeting")
        verbose_name_plural = _("wishes for meetings")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("member", "partner"), name="a_wish_is_stated_once"),
            models.CheckConstraint(condition=~Q(member=F("partner")), name="nobody_wishes_to_meet_itself"),
            one_of("answer", WishAnswer.values, "a_wish_is_stated_in_known_words"),
        )

    def __str__(self) -> str:
        return f"{self.member} → {self.partner}: {self.get_answer_display()}"


class Meeting(models.Model):
    """Two participants at a table in a slot. `locked` meetings stay where they are when the timetable is made again.

    `added_by`: who of the office put the two together by hand; every other meeting rests on a wish.
    """

    day = models.ForeignKey(BrokerageDay, models.PROTECT, related_name="meetings")
    slot = models.PositiveSmallIntegerField(_("slot"))
    table = models.PositiveSmallIntegerField(_("table"))
    state = models.CharField(_("state"), max_length=11, choices=MeetingState, default=MeetingState.PROVISIONAL)
    locked = models.BooleanField(_("stays where it is"), default=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ("slot", "table")
        constraints = (
            models.UniqueConstraint(fields=("day", "slot", "table"), name="a_table_seats_one_meeting_at_a_time"),
            models.UniqueConstraint(fields=("id", "day", "slot"), name="a_meeting_has_its_day_and_slot"),
            one_of("state", MeetingState.values, "a_meeting_is_in_a_known_state"),
        )

    def __str__(self) -> str:
        return f"{self.slot + 1}/{self.table + 1}"


class MeetingSeat(models.Model):
    """One of the two at a meeting. Day and slot stand here again so that the database itself refuses a double booking.

    Keys over several columns, which the migration adds, hold them to those of the meeting and of the participant.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="seats")
    day = models.ForeignKey(BrokerageDay, models.PROTECT, related_name="+")
    slot = models.PositiveSmallIntegerField()
    member = models.ForeignKey(DayMember, models.PROTECT, related_name="seats")

    class Meta:
        verbose_name = _("seat at a meeting")
        verbose_name_plural = _("seats at meetings")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("day", "slot", "member"), name="nobody_is_in_two_meetings_at_once"),
            models.UniqueConstraint(fields=("meeting", "member"), name="nobody_meets_itself"),
        )

    def __str__(self) -> str:
        return f"{self.meeting}: {self.member}"
