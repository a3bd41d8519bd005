"""The directory as it is read: one row per listed member and audience, rebuilt with every change of the member.

A row holds only what its audience may see, so that search, facets, sorting, page and export cannot
say more than the profile does.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from cluster_portal.common.constraints import one_of
from members.models.organisation import Organisation


class Audience(models.TextChoices):
    PUBLIC = "public"
    MEMBERS = "members"


class DirectoryEntry(models.Model):
    """What the directory knows of a member for one audience. Codes, not labels; texts in both languages.

    `sort_key` is the folded name in plain code point order, so that PostgreSQL and Python sort alike.
    `area` is "RO-CJ" in Romania and a country code abroad. `…_and_above` are ids of tags with all their ancestors;
    `title` holds the words of names and offers, for relevance; `search` all words, for finding.
    `banded` says on which level of maturity: tag id * 4 + band (1 research, 2 development, 3 deployment).
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="entries")
    audience = models.CharField(max_length=7, choices=Audience)
    slug = models.CharField(max_length=80)
    name = models.CharField(max_length=250)
    sort_key = models.CharField(max_length=500, db_collation="C")
    helix_role = models.CharField(max_length=14)
    helix_subtype = models.CharField(max_length=60, blank=True)
    side = models.CharField(max_length=8)
    area = models.CharField(max_length=5)
    place = models.CharField(max_length=120, blank=True)
    size_class = models.CharField(max_length=8, blank=True)
    sectors = ArrayField(models.CharField(max_length=60), default=list)
    offers_and_above = ArrayField(models.IntegerField(), default=list)
    needs_and_above = ArrayField(models.IntegerField(), default=list)
    banded = ArrayField(models.IntegerField(), default=list)
    bands = ArrayField(models.SmallIntegerField(), default=list)
    trl = models.PositiveSmallIntegerField(default=0)
    summary_ro = models.CharField(max_length=300, blank=True)
    summary_en = models.CharField(max_length=300, blank=True)
    offers_ro = ArrayField(models.CharField(max_length=160), default=list)
    offers_en = ArrayField(models.CharField(max_length=160), default=list)
    needs_ro = ArrayField(models.CharField(max_length=160), default=list)
    needs_en = ArrayField(models.CharField(max_length=160), default=list)
    website = models.CharField(max_length=200, blank=True)
    admitted_on = models.DateField()
    title = SearchVectorField()
    search = SearchVectorField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("organisation", "audience"), name="a_member_is_listed_once_per_audience"),
            one_of("audience", Audience.values, "a_listing_has_a_known_audience"),
        )
        indexes: ClassVar = (
            models.Index(fields=("audience", "sort_key", "organisation"), name="directory_in_order"),
            GinIndex(fields=("search",), name="directory_for_everybody", condition=Q(audience="public")),
            GinIndex(fields=("search",), name="directory_for_members", condition=Q(audience="members")),
        )

    def __str__(self) -> str:
        return self.name


class DirectoryChange(models.Model):
    """The set of these ids says which state of the directory one reads; a change replaces what it finds by a new id.

    Inserting locks nobody out and becomes visible with the change itself, so a process that keeps the
    directory in memory knows by comparing the set whether it is still the present one.
    """

    at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return str(self.pk)
