"""Memberships and the register: every change with its basis and its day, so that the register of any day is a query."""

from datetime import date
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cluster_portal.common.constraints import (
    ClockTimestamp,
    TransactionId,
    append_only,
    one_of,
)
from members.enums import MembershipBasis, MembershipState, RegisterVerb
from members.models.board import Resolution
from members.models.organisation import Organisation
from members.models.statute import MembershipType
from members.rules.lifecycle import MEMBERSHIP_TRANSITIONS

_LAWFUL = sorted(
    {(str(step.source), str(step.target)) for step in MEMBERSHIP_TRANSITIONS if step.source != step.target}
)
LIVE = ("active", "suspended", "notice_given")
LISTED = ("active", "notice_given")


class MembershipQuerySet(models.QuerySet["Membership"]):
    def live(self) -> "MembershipQuerySet":
        return self.filter(state__in=LIVE)

    def listed(self) -> "MembershipQuerySet":
        """Members that the public sees: a suspended member is hidden from the collective offer."""
        return self.filter(state__in=LISTED)


class Membership(models.Model):
    """The quality of member of one organisation, from admission to its end."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="memberships", verbose_name=_("organisation")
    )
    type = models.ForeignKey(MembershipType, models.PROTECT, verbose_name=_("membership type"))
    state = models.CharField(_("state"), max_length=12, choices=MembershipState, default=MembershipState.ACTIVE)
    basis = models.CharField(_("basis"), max_length=10, choices=MembershipBasis)
    resolution = models.OneToOneField(Resolution, models.PROTECT, null=True, blank=True, verbose_name=_("resolution"))
    admitted_on = models.DateField(_("member since"))
    ended_on = models.DateField(_("member until"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ("organisation", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("organisation",), condition=Q(state__in=LIVE), name="an_organisation_is_a_member_once"
            ),
            one_of("state", MembershipState.values, "a_membership_is_in_a_known_state"),
            models.CheckConstraint(
                condition=Q(basis="founding", resolution__isnull=True)
                | Q(basis="resolution", resolution__isnull=False),
                name="a_membership_rests_on_the_founding_act_or_a_resolution",
            ),
            models.CheckConstraint(
                condition=Q(state__in=LIVE, ended_on__isnull=True) | (~Q(state__in=LIVE) & Q(ended_on__isnull=False)),
                name="an_ended_membership_has_its_day",
            ),
        )
        triggers: ClassVar = [
            pgtrigger.FSM(name="lawful_changes", field="state", transitions=_LAWFUL),
            pgtrigger.Protect(name="memberships_stay", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.type}"


class RegisterQuerySet(models.QuerySet["RegisterEvent"]):
    def until(self, day: date) -> "RegisterQuerySet":
        return self.filter(effective_on__lte=day)


class RegisterEvent(models.Model):
    """A line of the register of members. What the register said on a day is the last line of each member until then."""

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="events")
    verb = models.CharField(_("what happened"), max_length=12, choices=RegisterVerb)
    basis = models.TextField(_("basis"))
    article = models.CharField(_("article"), max_length=10, blank=True)
    resolution = models.ForeignKey(Resolution, models.PROTECT, null=True, blank=True, related_name="+")
    effective_on = models.DateField(_("in effect from"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    recorded_at = models.DateTimeField(_("recorded at"), db_default=ClockTimestamp())
    transaction = models.BigIntegerField(db_default=TransactionId(), editable=False)

    objects = RegisterQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of the register")
        verbose_name_plural = _("register of members")
        ordering = ("effective_on", "id")
        constraints = (one_of("verb", RegisterVerb.values, "the_register_uses_its_own_words"),)
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return f"{self.effective_on} {self.get_verb_display()}"
