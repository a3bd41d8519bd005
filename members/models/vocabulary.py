"""What members can do, in the words of the cluster: sectors, helix sub-types and the tree of capabilities."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from tree_queries.models import TreeNode

from cluster_portal.common.constraints import one_of
from members.enums import HelixRole
from members.models.texts import InTwoLanguages


class Sector(InTwoLanguages, models.Model):
    """A field of activity that the cluster publishes."""

    code = models.SlugField(_("code"), unique=True)
    name_ro = models.CharField(_("name in Romanian"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")
        ordering = ("position",)

    def __str__(self) -> str:
        return self.name


class HelixSubtype(InTwoLanguages, models.Model):
    """A finer word within a helix role, such as SME or regional development agency."""

    code = models.SlugField(_("code"), unique=True)
    role = models.CharField(_("helix role"), max_length=14, choices=HelixRole)
    name_ro = models.CharField(_("name in Romanian"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("helix sub-type")
        verbose_name_plural = _("helix sub-types")
        ordering = ("position",)
        constraints = (one_of("role", HelixRole.values, "a_subtype_belongs_to_a_helix_role"),)

    def __str__(self) -> str:
        return self.name


class LegalForm(InTwoLanguages, models.Model):
    """A legal form of an organisation, such as SRL or public university."""

    code = models.SlugField(_("code"), primary_key=True)
    name_ro = models.CharField(_("name in Romanian"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120)
    legal_person = models.BooleanField(_("has legal personality"), default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("legal form")
        verbose_name_plural = _("legal forms")
        ordering = ("position",)

    def __str__(self) -> str:
        return self.name


class Tag(InTwoLanguages, TreeNode):
    """A capability word in the tree. Roots group and never score; cells of a matrix know their row and column."""

    code = models.CharField(_("code"), max_length=60, unique=True)
    name_ro = models.CharField(_("name in Romanian"), max_length=160)
    name_en = models.CharField(_("name in English"), max_length=160)
    aliases = ArrayField(models.CharField(max_length=120), default=list, blank=True, verbose_name=_("other words"))
    scored = models.BooleanField(_("counts in matching"), default=True)
    active = models.BooleanField(_("may be chosen"), default=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    row = models.CharField(_("row of the matrix"), max_length=60, blank=True)
    column = models.CharField(_("column of the matrix"), max_length=60, blank=True)
    position = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("capability word")
        verbose_name_plural = _("capability words")
        ordering = ("position",)
        indexes = (GinIndex(fields=("aliases",), name="tag_aliases"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(active=False), name="a_merged_word_is_retired"
            ),
        )

    def __str__(self) -> str:
        return self.name
