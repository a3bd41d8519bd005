"""Searches of the board that people keep, what they wish to hear of, and what they have been told already."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQueryField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cluster_portal.common.constraints import ClockTimestamp, one_of
from matchmaking.enums import DigestRhythm, LetterRhythm, Weight
from matchmaking.models.opportunity import Opportunity
from members.enums import CapabilityKind, County, Direction, HelixRole, Side
from members.models import Organisation, Tag

MOST_SEARCHES = 20
"""Searches that one person keeps; the database gives each a place from 1 to this."""
THRESHOLD = 40
"""Points of a hundred from which a match is told, as long as a person has chosen nothing else."""


def _words(choices: type[models.TextChoices], length: int) -> "ArrayField[list[str], list[str]]":
    return ArrayField(models.CharField(max_length=length, choices=choices), default=list, blank=True)


def _known(field: str, choices: type[models.TextChoices], name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__contained_by": list(choices.values)}), name=name)


class SavedSearch(models.Model):
    """A search of the board under a name, as data: what is empty is not asked.

    `wanted` is the text cut into words as the board cuts it, so that the database can hold a new opportunity against
    all searches in one statement. Only opportunities that appear or change after `saved_at` are told.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches")
    place = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=80)
    text = models.CharField(_("words"), max_length=200, blank=True)
    wanted = SearchQueryField(null=True, editable=False)
    direction = models.CharField(_("offers or needs"), max_length=8, choices=Direction, blank=True)
    sides = _words(Side, 8)
    roles = _words(HelixRole, 14)
    county = models.CharField(_("county"), max_length=2, choices=County, blank=True)
    kinds = _words(CapabilityKind, 14)
    tag = models.ForeignKey(Tag, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("capability"))
    trl = models.PositiveSmallIntegerField(_("least TRL"), null=True, blank=True)
    weight = models.PositiveSmallIntegerField(_("importance"), null=True, blank=True, choices=Weight)
    rhythm = models.CharField(_("letters"), max_length=7, choices=LetterRhythm, default=LetterRhythm.WEEKLY)
    saved_at = models.DateTimeField(db_default=ClockTimestamp())

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ("person", "place")
        constraints = (
            models.UniqueConstraint(fields=("person", "place"), name="a_saved_search_has_its_own_place"),
            models.UniqueConstraint(fields=("person", "name"), name="a_person_names_a_search_once"),
            models.CheckConstraint(
                condition=Q(place__gte=1, place__lte=MOST_SEARCHES), name="a_person_keeps_at_most_twenty_searches"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="a_saved_search_has_a_name"),
            models.CheckConstraint(
                condition=Q(text="", wanted__isnull=True) | ~Q(text="") & Q(wanted__isnull=False),
                name="a_saved_search_looks_for_its_words",
            ),
            one_of("direction", ["", *Direction.values], "a_saved_search_knows_offers_and_needs"),
            _known("sides", Side, "a_saved_search_knows_its_sides"),
            _known("roles", HelixRole, "a_saved_search_knows_its_roles"),
            one_of("county", ["", *County.values], "a_saved_search_knows_its_county"),
            _known("kinds", CapabilityKind, "a_saved_search_knows_its_kinds"),
            one_of("rhythm", LetterRhythm.values, "a_saved_search_writes_in_a_known_rhythm"),
            models.CheckConstraint(
                condition=Q(trl__isnull=True) | Q(trl__gte=1, trl__lte=9), name="a_saved_search_asks_for_a_real_trl"
            ),
            models.CheckConstraint(
                condition=Q(weight__isnull=True) | Q(weight__in=Weight.values),
                name="a_saved_search_knows_must_and_should",
            ),
        )
        indexes: ClassVar = (models.Index(fields=("rhythm", "person"), name="searches_by_rhythm"),)

    def __str__(self) -> str:
        return f"{self.person_id}: {self.pk}"  # the trail reads this, and the name is the person's own

    @property
    def word(self) -> Tag | None:
        """Its word of the tree, or the one that took its place."""
        return (self.tag.merged_into or self.tag) if self.tag else None


class OpportunityNotice(models.Model):
    """An opportunity that a person has been written to about; nobody reads of the same one twice."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    opportunity = models.ForeignKey(Opportunity, models.DO_NOTHING, related_name="+", db_constraint=False)
    rhythm = models.CharField(max_length=7, choices=LetterRhythm)
    told_at = models.DateTimeField(db_default=ClockTimestamp())

    class Meta:
        verbose_name = _("opportunity that was told")
        verbose_name_plural = _("opportunities that were told")
        constraints = (
            models.UniqueConstraint(fields=("person", "opportunity"), name="an_opportunity_is_told_once"),
            one_of("rhythm", ["instant", "weekly"], "an_opportunity_is_told_at_once_or_weekly"),
        )

    def __str__(self) -> str:
        return f"{self.person_id}: {self.opportunity_id}"


class DigestChoice(models.Model):
    """How often a person hears of new matches, and from how many points of a hundred on. Without a row: the usual."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="digest")
    rhythm = models.CharField(_("letters about new matches"), max_length=7, choices=DigestRhythm)
    threshold = models.PositiveSmallIntegerField(_("from how many points"), default=THRESHOLD)

    class Meta:
        verbose_name = _("choice about letters of matches")
        verbose_name_plural = _("choices about letters of matches")
        constraints = (
            one_of("rhythm", DigestRhythm.values, "matches_are_told_in_a_known_rhythm"),
            models.CheckConstraint(
                condition=Q(threshold__gte=1, threshold__lte=100), name="a_threshold_is_of_a_hundred"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id}: {self.rhythm}"


class MatchNotice(models.Model):
    """A match of a member that a person has been written to about; nobody reads of the same one twice."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    member = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    partner = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    told_at = models.DateTimeField(db_default=ClockTimestamp())

    class Meta:
        verbose_name = _("match that was told")
        verbose_name_plural = _("matches that were told")
        constraints = (models.UniqueConstraint(fields=("person", "member", "partner"), name="a_match_is_told_once"),)

    def __str__(self) -> str:
        return f"{self.person_id}: {self.member_id}, {self.partner_id}"
