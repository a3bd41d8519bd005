"""The board of opportunities: one row per offer or need, derived from the profile by the database, and who may see it.

The functions and triggers that write it are in the migration `opportunities`; docs/opportunities.md says in words what
they do. What a row says stands in the capability itself; here is only what searching, links and letters need.
"""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from cluster_portal.common.visibility import Level, Viewer
from matchmaking.models.choices import OptOut
from members.models import Capability, Membership


class OpportunityQuerySet(models.QuerySet["Opportunity"]):
    def of_members(self) -> "OpportunityQuerySet":
        """Those of members in good standing that take part in matchmaking."""
        owner = OuterRef("capability__organisation")
        return self.filter(
            Exists(Membership.objects.listed().filter(organisation=owner)),
            ~Exists(OptOut.objects.filter(member=owner)),
        )

    def standing(self, on: date) -> "OpportunityQuerySet":
        """Those that have not run out."""
        return self.filter(Q(capability__expires_on__isnull=True) | Q(capability__expires_on__gte=on))

    def visible_to(self, viewer: Viewer) -> "OpportunityQuerySet":
        """What this reader may see, by the same rule as the profile: the item's level and the page's."""
        levels = [str(level) for level in viewer.levels]
        seen = Q(capability__visibility__in=levels)
        if viewer.partners:
            shown = Q(capability__visibility=Level.CONTACT, capability__organisation__in=viewer.partners)
            seen |= shown
        if not {Level.OFFICE, Level.BOARD} & viewer.levels:
            seen &= Q(capability__organisation__show_profile__in=levels)
        if viewer.own:
            seen |= Q(capability__organisation__in=viewer.own)
        return self.filter(seen)


class Opportunity(models.Model):
    """An offer or a need on the board. `tags` are the ids of its word and of all words above it.

    `title` holds the words of its name, `search` those of its text too; `digest` tells whether what is published
    changed. `changed_at` moves with it and when its owner becomes visible; the letters of that change have been written
    at `announced_at`.
    """

    capability = models.OneToOneField(Capability, models.DO_NOTHING, primary_key=True, db_constraint=False)
    key = models.UUIDField(unique=True, db_default=RandomUUID(), editable=False)
    tags = ArrayField(models.BigIntegerField())
    title = SearchVectorField()
    search = SearchVectorField()
    digest = models.CharField(max_length=32)
    published_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    announced_at = models.DateTimeField(null=True)

    objects = OpportunityQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = (
            GinIndex(fields=("search",), name="words_of_opportunities"),
            GinIndex(fields=("tags",), name="tags_of_opportunities"),
            models.Index(fields=("-published_at",), name="opportunities_by_age"),
            models.Index(
                fields=("changed_at",), condition=Q(announced_at__isnull=True), name="opportunities_to_announce"
            ),
        )

    def __str__(self) -> str:
        return str(self.capability)

    def get_absolute_url(self) -> str:
        return reverse("matchmaking:opportunity", args=[self.key])
