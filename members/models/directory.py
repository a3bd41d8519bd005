"""The directory as it is read: one row per listed member and audience, rebuilt with every change of the member.

A row holds only what its audience may see, so that search, facets, sorting, page and export cannot
say more than the profile does.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from cluster_portal.common.constraints import one_of
from members.models.organisation import Organisation


class Audience(models.TextChoices):
    PUBLIC = "public"
    MEMBERS = "members"


class DirectoryEntry(models.Model):
    """What the directory knows of a member for one audience. Codes, not labels; texts in both languages."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="entries")
    audience = models.CharField(max_length=7, choices=Audience)
    slug = models.CharField(max_length=80)
    name = models.CharField(max_length=250)
    sort_key = models.CharField(max_length=250)
    helix_role = models.CharField(max_length=14)
    helix_subtype = models.CharField(max_length=60, blank=True)
    side = models.CharField(max_length=8)
    country = models.CharField(max_length=2)
    county = models.CharField(max_length=2, blank=True)
    place = models.CharField(max_length=200, blank=True)
    size_class = models.CharField(max_length=8, blank=True)
    sectors = ArrayField(models.CharField(max_length=60), default=list)
    offers = ArrayField(models.IntegerField(), default=list)
    offers_and_above = ArrayField(models.IntegerField(), default=list)
    needs = ArrayField(models.IntegerField(), default=list)
    trl = models.PositiveSmallIntegerField(null=True)
    summary_ro = models.CharField(max_length=300, blank=True)
    summary_en = models.CharField(max_length=300, blank=True)
    offers_ro = models.TextField(blank=True)
    offers_en = models.TextField(blank=True)
    needs_ro = models.TextField(blank=True)
    needs_en = models.TextField(blank=True)
    website = models.CharField(max_length=200, blank=True)
    admitted_on = models.DateField()
    search = SearchVectorField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("organisation", "audience"), name="a_member_is_listed_once_per_audience"),
            one_of("audience", Audience.values, "a_listing_has_a_known_audience"),
        )
        indexes: ClassVar = (
            models.Index(fields=("audience", "sort_key", "id"), name="directory_in_order"),
            GinIndex(fields=("search",), name="directory_search"),
            GinIndex(fields=("sort_key",), opclasses=("gin_trgm_ops",), name="directory_names"),
        )

    def __str__(self) -> str:
        return self.name
