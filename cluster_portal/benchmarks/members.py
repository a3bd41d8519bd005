"""Invents members by the thousand, for measuring: plausible names, texts, capabilities and visibilities."""

from datetime import date, timedelta
from itertools import accumulate, islice
from random import Random

from django.db import transaction

from members.actions.directory import refresh_directory
from members.enums import County, HelixRole, MembershipBasis, Side, SizeClass, Visibility
from members.models import (
    Capability,
    Certificate,
    HelixSubtype,
    Membership,
    MembershipType,
    Organisation,
    Person,
    Sector,
    Tag,
)
from members.rules.text import fold

AT_ONCE = 1_000
FIRST = (
    "Țesătura Filatura Optica Forja Atelierul Laboratorul Institutul Centrul Uzina Fabrica Agenția Asociația Fundația "
    "Sistemele Senzorii Compozitele Electronica Mecanica Aeronautica Hidraulica Metrologia Cibernetica Robotica Energia"
).split()
SECOND = (
    "Înălțimii Țărmului Văii Câmpiei Nordului Munților Șoimului Stejarului Fagului Zimbrului Cerbului Izvorului "
    "Podului Punții Colinelor Dealului Luncii Pădurii Stâncii Albastrului Orizontului Meridianului Răsăritului Iernii"
).split()
THIRD = (
    "Brădet Făget Șipote Țibleș Bârsa Olteț Mureșel Șureanu Ciucaș Retezat Godeanu Călimani Bistra Arieș Crișul".split()
)
TOWNS = "Sibiu Brașov Iași Cluj-Napoca Timișoara Craiova Ploiești Oradea Galați Constanța Pitești Botoșani".split()
WORDS_RO = (
    "proiectăm producem încercăm detectoare senzori filtre materiale compozite textile rețele securitate energie date "
    "pentru apărare intervenție spitale porturi aeroporturi cercetare instruire mentenanță certificare etalonare"
).split()
WORDS_EN = (
    "design produce test detectors sensors filters composite materials textiles networks security energy data for "
    "defence response hospitals ports airports research training maintenance certification calibration"
).split()
ROLES = [HelixRole.INDUSTRY] * 12 + [HelixRole.UNIVERSITY] * 4 + [HelixRole.GOVERNMENT] * 2
ROLES += [HelixRole.CATALYST, HelixRole.FUNDER, HelixRole.CIVIL_SOCIETY]
SEEN = [Visibility.PUBLIC] * 6 + [Visibility.MEMBERS] * 3 + [Visibility.CONTACT, Visibility.OFFICE]


@transaction.atomic
def invent_members(count: int, *, seed: int = 1, stated: bool = True) -> list[int]:
    """Add `count` founding members with all that a profile has, and their rows of the directory; returns their ids.

    The same seed gives the same members; a cluster with members of that seed already cannot have them twice.
    `stated`: with offers and needs.
    """
    chance = Random(seed)  # noqa: S311  # invented data, no secret
    inventor = Inventor(chance, f"{seed:x}")
    made: list[int] = []
    numbers = iter(range(count))
    while chunk := list(islice(numbers, AT_ONCE)):
        made += inventor.make(chunk, stated=stated)
    refresh_directory(made)
    return made


class Inventor:
    """The vocabulary of the cluster, read once, and the chance that picks from it."""

    def __init__(self, chance: Random, mark: str) -> None:
        self.chance, self.mark = chance, mark
        self.words = {language: Words(chance, words) for language, words in (("ro", WORDS_RO), ("en", WORDS_EN))}
        self.tags = list(Tag.objects.filter(active=True, parent__isnull=False).order_by("position"))
        self.sectors = list(Sector.objects.all())
        self.type = MembershipType.objects.order_by("position")[0]
        self.subtypes: dict[str, list[HelixSubtype]] = {}
        for subtype in HelixSubtype.objects.all():
            self.subtypes.setdefault(subtype.role, []).append(subtype)

    def make(self, numbers: list[int], *, stated: bool) -> list[int]:
        organisations = Organisation.objects.bulk_create([self.organisation(number) for number in numbers])
        Membership.objects.bulk_create(
            Membership(organisation=o, type=self.type, basis=MembershipBasis.FOUNDING, admitted_on=self.day())
            for o in organisations
        )
        through = Organisation.sectors.through
        through.objects.bulk_create(
            through(organisation_id=o.pk, sector_id=sector.pk)
            for o in organisations
            for sector in self.chance.sample(self.sectors, min(len(self.sectors), self.chance.randint(1, 3)))
        )
        if stated:
            Capability.objects.bulk_create(item for o in organisations for item in self.capabilities(o))
        Person.objects.bulk_create(self.person(o) for o in organisations)
        Certificate.objects.bulk_create(self.certificate(o) for o in organisations if self.chance.random() < 0.5)
        return [organisation.pk for organisation in organisations]

    def organisation(self, number: int) -> Organisation:
        pick = self.chance.choice
        name = f"{pick(FIRST)} {pick(SECOND)} {pick(THIRD)} {number} SRL"
        role = pick(ROLES)
        abroad = self.chance.random() < 0.1
        subtypes = self.subtypes.get(role)
        return Organisation(
            slug=f"m{self.mark}-{number}",
            legal_name=name,
            sort_key=fold(name),
            country=pick(["MD", "DE", "FR", "PL"]) if abroad else "RO",
            county="" if abroad else pick(County.values),
            locality=pick(TOWNS),
            website=f"https://m{number}.example.org",
            email=f"office@m{number}.example.org",
            helix_role=role,
            helix_subtype=pick(subtypes) if subtypes else None,
            side=pick(Side.values),
            size_class=pick(SizeClass.values),
            summary_ro=self.words["ro"].text(14),
            summary_en=self.words["en"].text(14),
            description_ro=self.words["ro"].text(60),
            description_en=self.words["en"].text(60),
            show_profile=pick([Visibility.PUBLIC] * 9 + [Visibility.MEMBERS]),
            demonstration=True,
        )

    def capabilities(self, organisation: Organisation) -> list[Capability]:
        chance = self.chance
        most = min(len(self.tags), chance.randint(3, 9))
        tags = chance.sample(self.tags, most)
        return [
            Capability(
                organisation=organisation,
                tag=tag,
                direction="offered" if place < 2 or chance.random() < 0.7 else "sought",
                side=chance.choice(Side.values),
                trl=chance.choice([None, *range(1, 10)]),
                weight=chance.choice([1, 2]),
                visibility=chance.choice(SEEN),
            )
            for place, tag in enumerate(tags)
        ]

    def person(self, organisation: Organisation) -> Person:
        return Person(organisation=organisation, role="technical", full_name=f"Persoana {organisation.pk}")

    def certificate(self, organisation: Organisation) -> Certificate:
        return Certificate(
            organisation=organisation, kind="iso_9001", issuer="Certificatorul", valid_until=date(2028, 1, 1)
        )

    def day(self) -> date:
        return date(2020, 3, 1) + timedelta(days=self.chance.randrange(2_000))


class Words:
    """Texts in which, as in any language, a few words are frequent and most are rare."""

    def __init__(self, chance: Random, known: list[str]) -> None:
        syllables = [first + second for first in "bcdfglmnprstvz" for second in "aeiou"]
        invented = ["".join(chance.choices(syllables, k=chance.randint(2, 4))) for _ in range(2_000)]
        self.chance = chance
        self.words = [word for pair in zip(known, invented, strict=False) for word in pair] + invented[len(known) :]
        self.weights = list(accumulate(1 / (rank + 4) for rank in range(len(self.words))))

    def text(self, count: int) -> str:
        return " ".join(self.chance.choices(self.words, cum_weights=self.weights, k=count)).capitalize()
