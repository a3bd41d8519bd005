"""Which cluster this portal serves: one row, first filled from a preset, then the office's own."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Written(str):
    """A text that stands in the language that is not the reader's, because theirs is empty."""

    __slots__ = ("language",)
    language: str

    def __new__(cls, text: str, language: str) -> "Written":
        made = super().__new__(cls, text)
        made.language = language
        return made

    def __deepcopy__(self, memo: dict[int, object]) -> "Written":
        return self  # nothing of it ever changes


def in_reach(ro: str, en: str) -> str:
    """The text in the language of the reader; the other one, which then says so, when theirs is empty."""
    first, second, other = (ro, en, "en") if get_language() == "ro" else (en, ro, "ro")
    return first or (Written(second, other) if second and isinstance(second, str) else second)  # lists come by as well


class Cluster(models.Model):
    """Identity of the cluster as its pages show it. There is exactly one row, number 1."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    code = models.SlugField(_("code"), unique=True)
    name_ro = models.CharField(_("name in Romanian"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=60)
    tagline_ro = models.CharField(_("one sentence in Romanian"), max_length=200)
    tagline_en = models.CharField(_("one sentence in English"), max_length=200)
    headline_ro = models.CharField(_("headline in Romanian"), max_length=120, blank=True)
    headline_en = models.CharField(_("headline in English"), max_length=120, blank=True)
    description_ro = models.TextField(_("what it is, in Romanian"))
    description_en = models.TextField(_("what it is, in English"))
    seat = models.CharField(_("seat"), max_length=200, blank=True)
    email = models.EmailField(_("office e-mail"))
    website = models.URLField(_("website"), blank=True)
    founded_on = models.CharField(_("founded"), max_length=10, blank=True, help_text=_("Year, or year and month."))
    matrix = models.JSONField(_("axes of the capability matrix"), default=dict, editable=False)
    preset_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("cluster")
        verbose_name_plural = _("cluster")
        constraints = (models.CheckConstraint(condition=Q(id=1), name="a_portal_serves_one_cluster"),)

    def __str__(self) -> str:
        return self.short_name

    def in_language(self, field: str) -> str:
        """`field` in the language of the reader; the other one when theirs is empty."""
        return in_reach(getattr(self, f"{field}_ro"), getattr(self, f"{field}_en"))

    @property
    def name(self) -> str:
        return self.in_language("name")

    @property
    def tagline(self) -> str:
        return self.in_language("tagline")

    @property
    def description(self) -> str:
        return self.in_language("description")

    @property
    def headline(self) -> str:
        return self.in_language("headline") or self.tagline
