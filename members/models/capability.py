"""What organisations offer and seek, in the words of the tree."""

import pghistory
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cluster_portal.common.constraints import one_of
from members.enums import CapabilityKind, ControlCategory, ControlClass, ControlGroup, Side, Visibility
from members.models.organisation import Organisation, shown_to
from members.models.texts import InTwoLanguages

MOST_OFFERS, MOST_NEEDS = 20, 12
"""How many of each an organisation states: enough to be found, too few to be in everybody's list."""


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), append_only=True)
class Capability(InTwoLanguages, models.Model):
    """What an organisation offers or seeks: one word of the tree, how mature, on which side, who may see it.

    `trl` is the maturity of an offer, or the least maturity that a need accepts (empty: any).
    `weight` of a need: 2 must, 1 should. After `expires_on` matching passes it over.
    `control` is what the member says of an offer under the dual-use list; never a verdict of the portal.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="capabilities")
    direction = models.CharField(
        _("direction"), max_length=8, choices=[("offered", _("We offer")), ("sought", _("We seek"))]
    )
    tag = models.ForeignKey("Tag", models.PROTECT, related_name="capabilities", verbose_name=_("capability"))
    kind = models.CharField(_("kind"), max_length=14, choices=CapabilityKind, blank=True)
    side = models.CharField(_("side"), max_length=8, choices=Side)
    trl = models.PositiveSmallIntegerField(
        _("maturity (TRL)"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    weight = models.PositiveSmallIntegerField(_("weight"), default=1, choices=[(1, _("Should")), (2, _("Must"))])
    references = models.PositiveSmallIntegerField(_("projects, patents or contracts"), default=0)
    note_ro = models.CharField(_("note in Romanian"), max_length=500, blank=True)
    note_en = models.CharField(_("note in English"), max_length=500, blank=True)
    evidence = models.CharField(_("evidence"), max_length=300, blank=True)
    visibility = shown_to(_("seen by"), Visibility.MEMBERS)
    expires_on = models.DateField(_("stands until"), null=True, blank=True)
    control = models.CharField(_("dual-use list"), max_length=8, choices=ControlClass, blank=True)
    control_category = models.CharField(_("category"), max_length=1, choices=ControlCategory, blank=True)
    control_group = models.CharField(_("group"), max_length=1, choices=ControlGroup, blank=True)

    class Meta:
        verbose_name = _("capability")
        verbose_name_plural = _("capabilities")
        ordering = ("direction", "tag__position", "id")
        constraints = (
            models.UniqueConstraint(fields=("organisation", "direction", "tag"), name="a_capability_is_stated_once"),
            one_of("direction", ["offered", "sought"], "a_capability_is_offered_or_sought"),
            one_of("side", Side.values, "a_capability_stands_on_a_known_side"),
            one_of("visibility", Visibility.values, "a_capability_has_a_known_visibility"),
            one_of("kind", ["", *CapabilityKind.values], "a_capability_is_of_a_known_kind"),
            one_of("control", ["", *ControlClass.values], "an_offer_is_classified_in_known_words"),
            one_of("control_category", ["", *ControlCategory.values], "a_dual_use_category_is_on_the_list"),
            one_of("control_group", ["", *ControlGroup.values], "a_dual_use_group_is_on_the_list"),
            models.CheckConstraint(
                condition=Q(control="dual_use") & ~Q(control_category="") & ~Q(control_group="")
                | ~Q(control="dual_use") & Q(control_category="", control_group=""),
                name="a_dual_use_offer_names_category_and_group",
            ),
            models.CheckConstraint(condition=Q(direction="offered") | Q(control=""), name="only_offers_are_classified"),
            models.CheckConstraint(
                condition=Q(trl__isnull=True) | Q(trl__gte=1, trl__lte=9), name="maturity_is_from_one_to_nine"
            ),
            models.CheckConstraint(condition=Q(weight__in=[1, 2]), name="a_need_is_a_must_or_a_should"),
        )

    def __str__(self) -> str:
        return str(self.tag)

    @property
    def note(self) -> str:
        return self.in_language("note")
