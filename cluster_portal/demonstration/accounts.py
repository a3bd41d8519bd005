"""The people of the demonstration: accounts with confirmed addresses, all opened by one published password."""

from collections.abc import Iterable, Iterator
from datetime import date

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db.models import Q, QuerySet

from cluster_portal.common.demonstration import PASSWORD, SIGN_INS
from cluster_portal.common.models import User
from cluster_portal.common.roles import OFFICE
from cluster_portal.demonstration.reading import Company
from members.actions.mandates import appoint_director
from members.enums import BoardRole
from members.rules.text import fold

FIRST = (
    "Ilinca Sabin Aglaia Traian Minodora Cezar Otilia Lucian Despina Matei Veronica Iustin Zenovia Barbu Catrina "
    "Remus Paraschiva Nectarie Salomeea Doru Eufrosina Ștefan Anghelina Vlaicu"
).split()
LAST = (
    "Vrânceanca Podarul Morăruș Stejărel Cuibăreanca Vântureanu Făgețel Râureanu Ciocârlău Pietrișanu Brădățel "
    "Sâmburel Luncașu Grindeiu Mălinescu Câmpulețu Izvorașu Prundaru Zăvoianca Dumbrăvel Arinaru Scorușel Plopșoru "
    "Teișanu Colinescu Vâlcelaru Poienaru Nuferescu Salcieru"
).split()
MANDATES_FROM = date(2024, 6, 1)
BOARD = {
    "president": BoardRole.PRESIDENT,
    "vice-president": BoardRole.VICE_PRESIDENT,
    "secretary": BoardRole.SECRETARY,
}


def names() -> Iterator[str]:
    """Invented full names; no two alike before some seven hundred."""
    for shift in range(len(LAST)):
        for index, first in enumerate(FIRST):
            yield f"{first} {LAST[(index + shift * len(FIRST) + shift) % len(LAST)]}"


def sign_ins() -> dict[str, User]:
    """The documented accounts by their keys: the superuser, the office, the Board and the others."""
    people = {
        one.key: User(
            email=one.email,
            full_name=one.full_name,
            language=one.language,
            is_superuser=one.key == "admin",
            is_staff=one.key in {"admin", "office"},
        )
        for one in SIGN_INS
    }
    _admit(people.values())
    people["office"].groups.add(Group.objects.get(name=OFFICE))
    return people


def appoint_board(people: dict[str, User]) -> list[User]:
    """Give the seven directors their mandates; president, vice-president and secretary come first."""
    board = [people[key] for key in people if key in BOARD or key.startswith("director")]
    for key, person in people.items():
        if person in board:
            appoint_director(
                by=people["office"], email=person.email, role=BOARD.get(key, BoardRole.MEMBER), starts_on=MANDATES_FROM
            )
    return [User.objects.get(pk=person.pk) for person in board]


def representatives(companies: Iterable[Company], known: dict[str, User]) -> dict[str, User]:
    """Somebody who acts for each company: the documented account where one is named, else an invented person."""
    invented = names()
    people = {}
    new = []
    for company in companies:
        person = known.get(company.key)
        if person is None:
            name = next(invented)
            address = f"{fold(name).replace(' ', '.')}@{company.host}"
            language = "ro" if company.values["country"] in {"RO", "MD"} and company.number % 5 else "en"
            person = User(email=address, full_name=name, language=language)
            new.append(person)
        people[company.key] = person
    _admit(new)
    return people


def of_the_demonstration() -> QuerySet[User]:
    """Everybody whom the published password lets in."""
    documented = Q(email__in=[one.email for one in SIGN_INS])
    acting = Q(representations__organisation__demonstration=True, email__endswith=".example.org")
    return User.objects.filter(pk__in=User.objects.filter(documented | acting).values("pk"))


def close_accounts() -> int:
    """Let nobody in by the published password: for a portal that is no demonstration any more. How many were open."""
    return of_the_demonstration().filter(is_active=True).update(is_active=False)


def reopen_accounts() -> int:
    """Open the accounts again where all of them had been closed."""
    everybody = of_the_demonstration()
    return 0 if everybody.filter(is_active=True).exists() else everybody.update(is_active=True)


def _admit(people: Iterable[User]) -> None:
    """Save accounts with confirmed addresses; the password is hashed once, as hashing is slow on purpose."""
    hashed = make_password(PASSWORD)
    saved = []
    for person in people:
        person.password = hashed
        person.save()
        saved.append(EmailAddress(user=person, email=person.email, verified=True, primary=True))
    EmailAddress.objects.bulk_create(saved)
