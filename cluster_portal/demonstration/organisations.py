"""The organisations of the demonstration: profiles with capabilities, certificates, people and marks."""

from datetime import date, timedelta

from django.core.files.base import ContentFile
from django.utils import timezone
from stdnum.iso7064 import mod_97_10
from stdnum.ro import cui

from cluster_portal.common.models import User
from cluster_portal.demonstration.marks import mark
from cluster_portal.demonstration.reading import Company, Skill
from members.actions.adhesion import free_slug
from members.enums import CertificateKind, PersonRole
from members.models import Capability, Certificate, HelixSubtype, Organisation, Person, Sector, Tag
from members.rules.text import fold

COUNTY_NUMBERS = {code: number for number, code in enumerate(
    "AB AR AG BC BH BN BT BV BR BZ CS CJ CT CV DB DJ GL GJ HR HD IL IS IF MM MH MS NT OT PH SJ SM SB SV TR TM TL VS VL "
    "VN B".split(), start=1,
)} | {"CL": 51, "GR": 52}  # fmt: skip
"""Numbers of counties in the trade register, in the order of the old car plates."""
EVIDENCE = ("Contract de livrare din 2025", "Raport de încercări din 2024", "Proiect de cercetare încheiat în 2025", "")
LOGO_EVERY = 3
KINDS = {"serv": "service", "edu": "training"}
"""Beginnings of the codes of words whose kind they tell."""
CONTROLLED = {"c2-sdr": "5A", "cyber-pqc": "5D", "cyber-hsm": "5A", "mat-carbon": "1C", "isr-counter-uas": "6A"}
"""Words under which members of the demonstration put their offers on the dual-use list."""


def describe(organisation: Organisation, company: Company) -> None:
    """Fill in an organisation that has no profile yet, with everything the file says of it."""
    values = dict(company.values)
    organisation.helix_subtype = HelixSubtype.objects.get(code=values.pop("subtype"))
    organisation.founded_on = date(values.pop("since"), 1 + company.number % 12, 1 + company.number % 28)
    for name, value in values.items():
        setattr(organisation, name, value)
    organisation.sort_key = fold(organisation.legal_name)[:250]
    organisation.website = f"https://{company.host}"
    organisation.email = f"contact@{company.host}"
    organisation.phone = f"+40 700 000 {company.number:03d}"
    organisation.demonstration = True
    register(organisation, company)
    organisation.save()
    if company.number % LOGO_EVERY == 2:
        organisation.logo.save(f"{company.key}.png", ContentFile(mark(company.number)), save=True)
    organisation.sectors.set(Sector.objects.filter(code__in=company.sectors))
    _capabilities(organisation, company)
    _certificates(organisation, company)


def register(organisation: Organisation, company: Company) -> None:
    """Numbers with right checksums that no register has given out.

    The CUI begins with 99: real ones have far fewer digits. The trade register number has a serial above 99 000.
    Abroad an LEI stands for all; no issuer has the prefix 9999.
    """
    if organisation.country == "RO":
        serial = f"99{company.number:07d}"
        organisation.tax_id = serial + cui.calc_check_digit(serial)
        if organisation.helix_role == "industry":
            county = COUNTY_NUMBERS[organisation.county]
            year = min(organisation.founded_on.year if organisation.founded_on else 2024, 2024)
            organisation.trade_register = f"J{county:02d}/{99000 + company.number}/{year}"
        return
    stem = f"9999{company.number:04d}" + "DEMO00".ljust(10, "0")
    organisation.lei = stem + mod_97_10.calc_check_digits(stem)


def begin(company: Company) -> Organisation:
    """A new organisation that nobody applied for: a founding member."""
    organisation = Organisation(legal_name=company.values["legal_name"])
    organisation.slug = free_slug(company.values["short_name"] or company.values["legal_name"])
    describe(organisation, company)
    return organisation


def staff(organisation: Organisation, company: Company, representative: User, others: list[str]) -> None:
    """The people that the profile names: the representative and, in larger organisations, those for other matters."""
    people = [(PersonRole.LEGAL, representative.full_name, representative.email, "Director")]
    functions = [PersonRole.TECHNICAL, PersonRole.EXPORT_CONTROL, PersonRole.FINANCE]
    for function, name in zip(functions, others, strict=False):
        people.append((function, name, f"{function.value.replace('_', '-')}@{company.host}", ""))
    Person.objects.bulk_create(
        Person(organisation=organisation, role=role, full_name=name, email=email, position=position)
        for role, name, email, position in people
    )


def _capabilities(organisation: Organisation, company: Company) -> None:
    tags = Tag.objects.in_bulk([skill.code for skill in (*company.offers, *company.needs)], field_name="code")

    today = timezone.localdate()

    def row(index: int, skill: Skill, direction: str) -> Capability:
        return Capability(
            organisation=organisation,
            direction=direction,
            tag=tags[skill.code],
            kind=KINDS.get(skill.code.partition("-")[0], "technology" if index % 2 else "product"),
            side=skill.side,
            trl=skill.trl,
            weight=2 if skill.must else 1,
            references=(company.number * 7 + index * 3) % 9 if direction == "offered" else 0,
            note_ro=skill.note_ro,
            note_en=skill.note_en,
            evidence=EVIDENCE[(company.number + index) % len(EVIDENCE)] if direction == "offered" else "",
            visibility=skill.audience,
            expires_on=today + timedelta(days=45) if direction == "sought" and company.number % 6 == 0 else None,
            **_control(skill.code, direction),
        )

    Capability.objects.bulk_create(
        [row(index, skill, "offered") for index, skill in enumerate(company.offers)]
        + [row(index, skill, "sought") for index, skill in enumerate(company.needs)]
    )


def _control(code: str, direction: str) -> dict[str, str]:
    """What the member says of an offer under the dual-use list; words of the list itself say it by their code."""
    number = CONTROLLED.get(code) or (code if len(code) == 2 and code[0].isdigit() else "")
    if direction != "offered" or not number:
        return {}
    return {"control": "dual_use", "control_category": number[0], "control_group": number[1]}


def _certificates(organisation: Organisation, company: Company) -> None:
    """Most industry has one or two; of the whole, some run out soon and some have run out."""
    if organisation.helix_role not in {"industry", "university"} or company.number % 4 == 3:
        return
    kinds = [CertificateKind.ISO_9001]
    if organisation.side != "civil" and company.number % 2:
        kinds.append(CertificateKind.AQAP_2110)
    if company.number % 5 == 0:
        kinds.append(CertificateKind.ISO_27001)
    today = timezone.localdate()
    for index, kind in enumerate(kinds):
        left = {1: -40, 2: 18}.get(company.number % 9, 200 + 37 * (company.number % 11)) + 90 * index
        ends = today + timedelta(days=left)
        Certificate.objects.create(
            organisation=organisation,
            kind=kind,
            number=f"DEMO-{company.number:03d}-{index + 1}",
            issuer="Organismul de Certificare Busola (inventat)",
            scope=organisation.summary_ro or organisation.summary_en,
            valid_from=ends - timedelta(days=3 * 365),
            valid_until=ends,
        )
