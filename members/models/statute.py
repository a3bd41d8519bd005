"""The statute as data: versions with their days of validity, articles, documents and declarations they ask for."""

from datetime import date
from typing import ClassVar

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cluster_portal.common.constraints import DateRange, append_only, in_order
from members.models.texts import InTwoLanguages
from members.rules.statute import StatuteRules


class StatuteQuerySet(models.QuerySet["StatuteVersion"]):
    def in_force(self, on: date) -> "StatuteQuerySet":
        return self.filter(Q(in_force_until__isnull=True) | Q(in_force_until__gte=on), in_force_from__lte=on)


class StatuteVersion(models.Model):
    """A statute with its rule parameters. Its rules never change: a change of statute is a new version.

    A request is judged by the version in force when it was submitted.
    """

    label = models.CharField(_("version"), max_length=120, unique=True)
    in_force_from = models.DateField(_("in force from"))
    in_force_until = models.DateField(_("in force until"), null=True, blank=True)
    rules = models.JSONField(_("rule parameters"))

    objects = StatuteQuerySet.as_manager()

    class Meta:
        verbose_name = _("statute version")
        verbose_name_plural = _("statute versions")
        ordering = ("-in_force_from",)
        constraints = (
            in_order("a_statute_ends_after_it_begins", "in_force_from", "in_force_until"),
            ExclusionConstraint(
                name="one_statute_is_in_force_on_a_day",
                expressions=[(DateRange(F("in_force_from"), F("in_force_until")), RangeOperators.OVERLAPS)],
            ),
        )
        triggers: ClassVar = [
            pgtrigger.ReadOnly(name="rules_never_change", fields=["rules", "in_force_from"]),
        ]

    def __str__(self) -> str:
        return self.label

    @cached_property
    def parameters(self) -> StatuteRules:
        """The rule parameters as the engine reads them."""
        return StatuteRules.parse(self.rules)


class Article(InTwoLanguages, models.Model):
    """An article; its paragraphs are numbered from 1 in the order of the list."""

    statute = models.ForeignKey(StatuteVersion, models.CASCADE, related_name="articles")
    position = models.PositiveSmallIntegerField()
    number = models.CharField(_("number"), max_length=10)
    heading_ro = models.CharField(_("heading in Romanian"), max_length=200)
    heading_en = models.CharField(_("heading in English"), max_length=200)
    paragraphs_ro = ArrayField(models.TextField(), verbose_name=_("paragraphs in Romanian"))
    paragraphs_en = ArrayField(models.TextField(), verbose_name=_("paragraphs in English"))

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ("statute", "position")
        constraints = (
            models.UniqueConstraint(fields=("statute", "number"), name="an_article_has_one_number"),
            models.CheckConstraint(
                condition=Q(paragraphs_ro__len=F("paragraphs_en__len")), name="an_article_is_whole_in_both_languages"
            ),
        )

    def __str__(self) -> str:
        return f"{self.number}. {self.heading}"

    @property
    def heading(self) -> str:
        return self.in_language("heading")

    @property
    def paragraphs(self) -> list[str]:
        return self.in_language("paragraphs")  # type: ignore[return-value]  # an array column, read the same way


class MembershipType(InTwoLanguages, models.Model):
    """The name of a kind of membership; what it allows is a rule parameter of the statute."""

    code = models.SlugField(_("code"), primary_key=True)
    name_ro = models.CharField(_("name in Romanian"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("membership type")
        verbose_name_plural = _("membership types")
        ordering = ("position",)

    def __str__(self) -> str:
        return self.name


class DocumentType(InTwoLanguages, models.Model):
    """A document that a file may hold; which of them are required is a rule parameter of the statute."""

    code = models.SlugField(_("code"), primary_key=True)
    name_ro = models.CharField(_("name in Romanian"), max_length=160)
    name_en = models.CharField(_("name in English"), max_length=160)
    hint_ro = models.CharField(_("hint in Romanian"), max_length=400, blank=True)
    hint_en = models.CharField(_("hint in English"), max_length=400, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("kind of document")
        verbose_name_plural = _("kinds of documents")
        ordering = ("position",)

    def __str__(self) -> str:
        return self.name

    @property
    def hint(self) -> str:
        return self.in_language("hint")


class Declaration(InTwoLanguages, models.Model):
    """The text of a declaration in one version; a new wording is a new row."""

    code = models.SlugField(_("code"))
    version = models.CharField(_("version"), max_length=20)
    name_ro = models.CharField(_("name in Romanian"), max_length=160)
    name_en = models.CharField(_("name in English"), max_length=160)
    text_ro = models.TextField(_("text in Romanian"))
    text_en = models.TextField(_("text in English"))
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("declaration")
        verbose_name_plural = _("declarations")
        ordering = ("position", "code", "version")
        constraints = (
            models.UniqueConstraint(fields=("code", "version"), name="a_declaration_has_one_text_per_version"),
        )
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return f"{self.name} ({self.version})"

    @property
    def text(self) -> str:
        return self.in_language("text")
