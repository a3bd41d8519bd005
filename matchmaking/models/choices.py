"""What members decide about their own list, and what the nightly work keeps about places in lists."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cluster_portal.common.constraints import ClockTimestamp, one_of
from matchmaking.enums import NotInterestedReason
from members.models import Organisation


class OptOut(models.Model):
    """A member that wants no matches and is in nobody's list. The row goes when it comes back."""

    member = models.OneToOneField(Organisation, models.CASCADE, related_name="match_opt_out")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=ClockTimestamp())

    class Meta:
        verbose_name = _("opt-out of matchmaking")
        verbose_name_plural = _("opt-outs of matchmaking")

    def __str__(self) -> str:
        return str(self.member)


class NotInterested(models.Model):
    """`member` does not want to see `partner` in its list; the partner never learns of it."""

    member = models.ForeignKey(Organisation, models.CASCADE, related_name="not_interested")
    partner = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    reason = models.CharField(_("reason"), max_length=10, choices=NotInterestedReason)
    note = models.CharField(_("note"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=ClockTimestamp())

    class Meta:
        verbose_name = _("pair that a member does not want to see")
        verbose_name_plural = _("pairs that members do not want to see")
        ordering = ("member", "id")
        constraints = (
            models.UniqueConstraint(fields=("member", "partner"), name="a_partner_is_put_aside_once"),
            models.CheckConstraint(condition=~Q(member=F("partner")), name="nobody_puts_itself_aside"),
            one_of("reason", NotInterestedReason.values, "a_partner_is_put_aside_for_a_known_reason"),
        )

    def __str__(self) -> str:
        return f"{self.member}, {self.partner}"


class Exposure(models.Model):
    """In how many lists of twenty a member stood when the places of the night were given: a figure for the office."""

    member = models.OneToOneField(Organisation, models.CASCADE, related_name="exposure")
    lists = models.PositiveIntegerField(_("lists that show it"))
    computed_at = models.DateTimeField(_("counted at"))

    class Meta:
        verbose_name = _("exposure of a member")
        verbose_name_plural = _("exposure of members")
        ordering = ("lists", "member")

    def __str__(self) -> str:
        return f"{self.member}: {self.lists}"


class ListSeen(models.Model):
    """When a person last said that they had seen the list of a member, and which partners stood in it then."""

    member = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    partners = ArrayField(models.BigIntegerField(), default=list)
    at = models.DateTimeField(db_default=ClockTimestamp())

    class Meta:
        verbose_name = _("list that was seen")
        verbose_name_plural = _("lists that were seen")
        ordering = ("member", "user")
        constraints = (models.UniqueConstraint(fields=("member", "user"), name="a_list_is_seen_once_by_a_person"),)

    def __str__(self) -> str:
        return f"{self.member}, {self.user}"


class Backfill(models.Model):
    """A place "you could help them" in a member's list, made every night from what both sides share."""

    member = models.ForeignKey(Organisation, models.CASCADE, related_name="backfills")
    partner = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    rank = models.PositiveSmallIntegerField()
    computed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("place for a member that few lists show")
        verbose_name_plural = _("places for members that few lists show")
        ordering = ("member", "rank")
        constraints = (
            models.UniqueConstraint(fields=("member", "rank"), name="a_place_is_given_once"),
            models.UniqueConstraint(fields=("member", "partner"), name="a_partner_has_one_place_in_a_list"),
        )

    def __str__(self) -> str:
        return f"{self.member}, {self.partner}"
