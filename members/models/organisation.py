"""Organisations: members, applicants and those the cluster only knows of."""

import uuid
from typing import TYPE_CHECKING

import pghistory
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from cluster_portal.common.constraints import one_of, together
from members.enums import (
    CertificateKind,
    County,
    HelixRole,
    Ownership,
    PersonRole,
    Side,
    SizeClass,
    Tier,
    Visibility,
)
from members.models.texts import InTwoLanguages
from members.models.vocabulary import Sector

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

DRAFT_SLUG = "draft-"
"""How the address of an organisation begins that so far exists in a draft only: nobody else's number is taken by it."""


def shown_to(label: "StrPromise", default: Visibility) -> "models.CharField[str, str]":
    """The visibility of a group of fields."""
    return models.CharField(label, max_length=8, choices=Visibility, default=default)


@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), append_only=True, exclude=["search"]
)
class Organisation(InTwoLanguages, models.Model):
    """An organisation with its profile.

    `version` grows with every edit: a form that was opened before someone else's edit is told so.
    What others may see is decided by the `show_…` columns; the name, side, role and county of a member
    are in the public register whatever they say.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("address of the page"), max_length=80, unique=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    legal_name = models.CharField(_("legal name"), max_length=250)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    sort_key = models.CharField(max_length=250, editable=False, db_index=True)
    legal_form = models.ForeignKey("LegalForm", models.PROTECT, null=True, verbose_name=_("legal form"))
    country = CountryField(_("country"), default="RO")
    tax_id = models.CharField(
        _("tax number"), max_length=30, blank=True, help_text=_("In Romania the CUI, digits only.")
    )
    trade_register = models.CharField(_("trade register number"), max_length=40, blank=True)
    euid = models.CharField("EUID", max_length=60, blank=True)
    lei = models.CharField("LEI", max_length=20, blank=True)
    ncage = models.CharField("NCAGE", max_length=5, blank=True)
    founded_on = models.DateField(_("founded on"), null=True, blank=True)

    street = models.CharField(_("street and number"), max_length=200, blank=True)
    locality = models.CharField(_("locality"), max_length=120, blank=True)
    county = models.CharField(_("county"), max_length=2, choices=County, blank=True)
    postcode = models.CharField(_("postcode"), max_length=12, blank=True)
    website = models.URLField(_("website"), blank=True)
    email = models.EmailField(_("e-mail of the organisation"), blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)

    helix_role = models.CharField(_("helix role"), max_length=14, choices=HelixRole, blank=True)
    helix_subtype = models.ForeignKey("HelixSubtype", models.PROTECT, null=True, blank=True, verbose_name=_("sub-type"))
    side = models.CharField(_("side"), max_length=8, choices=Side, blank=True)
    tier = models.CharField(_("place in the supply chain"), max_length=12, choices=Tier, blank=True)
    sectors = models.ManyToManyField(Sector, blank=True, related_name="organisations", verbose_name=_("sectors"))
    employees = models.PositiveIntegerField(_("employees"), null=True, blank=True)
    size_class = models.CharField(_("size"), max_length=8, choices=SizeClass, blank=True)
    ownership = models.CharField(_("ownership"), max_length=18, choices=Ownership, blank=True)

    summary_ro = models.CharField(_("one sentence in Romanian"), max_length=300, blank=True)
    summary_en = models.CharField(_("one sentence in English"), max_length=300, blank=True)
    description_ro = models.TextField(_("presentation in Romanian"), max_length=8000, blank=True)
    description_en = models.TextField(_("presentation in English"), max_length=8000, blank=True)
    logo = models.ImageField(_("logo"), upload_to="logos/", blank=True)

    show_profile = models.CharField(
        _("the profile page"),
        max_length=8,
        choices=Visibility.choices[:2],
        default=Visibility.PUBLIC,
    )
    show_texts = shown_to(_("presentation"), Visibility.PUBLIC)
    show_contact = shown_to(_("address, e-mail and telephone"), Visibility.MEMBERS)
    show_registration = shown_to(_("registration numbers"), Visibility.OFFICE)
    show_size = shown_to(_("size and ownership"), Visibility.MEMBERS)
    show_people = shown_to(_("people"), Visibility.CONTACT)
    show_certificates = shown_to(_("certificates"), Visibility.MEMBERS)

    demonstration = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ("sort_key", "id")
        indexes = (GinIndex(name="organisation_name_like", fields=("sort_key",), opclasses=("gin_trgm_ops",)),)
        constraints = (
            models.UniqueConstraint(
                fields=("country", "tax_id"),
                condition=~Q(tax_id="") & ~Q(slug__startswith=DRAFT_SLUG),
                name="a_tax_number_names_one_organisation",
            ),
            models.UniqueConstraint(
                Upper("lei"),
                condition=~Q(lei="") & ~Q(slug__startswith=DRAFT_SLUG),
                name="a_lei_names_one_organisation",
            ),
            one_of("helix_role", ["", *HelixRole.values], "an_organisation_has_a_known_helix_role"),
            one_of("side", ["", *Side.values], "an_organisation_stands_on_a_known_side"),
            one_of("size_class", ["", *SizeClass.values], "an_organisation_has_a_known_size"),
            one_of("county", ["", *County.values], "a_county_is_a_romanian_county"),
            one_of("show_profile", [Visibility.PUBLIC, Visibility.MEMBERS], "a_profile_is_for_all_or_for_members"),
            *(
                one_of(f"show_{group}", Visibility.values, f"{group}_have_a_known_visibility")
                for group in ("texts", "contact", "registration", "size", "people", "certificates")
            ),
        )

    def __str__(self) -> str:
        return self.legal_name

    def get_absolute_url(self) -> str:
        return reverse("members:profile", args=[self.slug])

    @property
    def display_name(self) -> str:
        return self.short_name or self.legal_name

    @property
    def summary(self) -> str:
        return self.in_language("summary")

    @property
    def description(self) -> str:
        return self.in_language("description")

    @property
    def place(self) -> str:
        """Locality and county, or country when abroad."""
        area = self.get_county_display() if self.country == "RO" else self.country.name
        return ", ".join(part for part in dict.fromkeys([self.locality, str(area)]) if part)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), append_only=True)
class Person(models.Model):
    """A named person of an organisation in one function, with its days; not necessarily someone who signs in."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="people")
    role = models.CharField(_("function"), max_length=14, choices=PersonRole)
    full_name = models.CharField(_("full name"), max_length=150)
    position = models.CharField(_("position"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=[("ro", "Română"), ("en", "English")], default="ro"
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("person of an organisation")
        verbose_name_plural = _("people of organisations")
        ordering = ("id",)
        constraints = (
            one_of("role", PersonRole.values, "a_person_has_a_known_function"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="a_function_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return f"{self.full_name}, {self.get_role_display()}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), append_only=True)
class Certificate(models.Model):
    """A certificate that an organisation holds, with the day it ends."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="certificates")
    kind = models.CharField(_("certificate"), max_length=12, choices=CertificateKind)
    title = models.CharField(_("name, if other"), max_length=120, blank=True)
    number = models.CharField(_("number"), max_length=60, blank=True)
    issuer = models.CharField(_("issued by"), max_length=150)
    scope = models.CharField(_("scope"), max_length=300, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"))
    file = models.FileField(_("file"), upload_to="certificates/", blank=True)
    verified_by = models.ForeignKey("common.User", models.PROTECT, null=True, blank=True, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ("kind", "id")
        constraints = (
            together("a_certificate_is_verified_by_someone", "verified_by", "verified_at"),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_until__gte=models.F("valid_from")),
                name="a_certificate_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=~Q(kind="other") | ~Q(title=""), name="another_certificate_has_a_name"),
        )

    def __str__(self) -> str:
        return self.title or self.get_kind_display()
