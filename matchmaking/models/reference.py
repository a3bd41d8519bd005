"""References: projects, contracts and products that organisations have done, alone or together."""

from typing import ClassVar

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cluster_portal.common.constraints import one_of
from members.enums import Visibility
from members.models import Organisation, Tag
from members.models.texts import InTwoLanguages


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), append_only=True)
class Reference(InTwoLanguages, models.Model):
    """Something that was done and may be cited. `stated_by` wrote it down and may change it."""

    stated_by = models.ForeignKey(
        Organisation, models.CASCADE, related_name="references_stated", verbose_name=_("stated by")
    )
    organisations = models.ManyToManyField(
        Organisation, through="ReferenceParty", related_name="references", verbose_name=_("carried out by")
    )
    title_ro = models.CharField(_("title in Romanian"), max_length=250, blank=True)
    title_en = models.CharField(_("title in English"), max_length=250, blank=True)
    text_ro = models.TextField(_("what was done, in Romanian"), max_length=4000, blank=True)
    text_en = models.TextField(_("what was done, in English"), max_length=4000, blank=True)
    year = models.PositiveSmallIntegerField(
        _("year"), null=True, blank=True, validators=[MinValueValidator(1900), MaxValueValidator(2200)]
    )
    trl = models.PositiveSmallIntegerField(
        _("maturity reached (TRL)"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(9)]
    )
    tags = models.ManyToManyField(Tag, blank=True, related_name="references", verbose_name=_("capabilities"))
    visibility = models.CharField(_("seen by"), max_length=8, choices=Visibility, default=Visibility.MEMBERS)

    class Meta:
        verbose_name = _("reference")
        verbose_name_plural = _("references")
        ordering = ("-year", "id")
        constraints = (
            models.CheckConstraint(condition=~Q(title_ro="") | ~Q(title_en=""), name="a_reference_has_a_title"),
            models.CheckConstraint(
                condition=Q(year__isnull=True) | Q(year__gte=1900, year__lte=2200), name="a_reference_has_a_sane_year"
            ),
            models.CheckConstraint(
                condition=Q(trl__isnull=True) | Q(trl__gte=1, trl__lte=9),
                name="maturity_of_a_reference_is_from_one_to_nine",
            ),
            one_of("visibility", Visibility.values, "a_reference_has_a_known_visibility"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return self.in_language("title")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), append_only=True)
class ReferenceParty(models.Model):
    """An organisation took part in what a reference tells of.

    Only confirmed rows count: nobody gains or loses a place by what another organisation says of it.
    """

    reference = models.ForeignKey(Reference, models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="reference_parties")
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)

    class Meta:
        verbose_name = _("organisation of a reference")
        verbose_name_plural = _("organisations of references")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("reference", "organisation"), name="an_organisation_takes_part_in_a_reference_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.reference}"
