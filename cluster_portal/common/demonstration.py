"""Who can sign in to a demonstration: one invented person per role, all with one published password."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

PASSWORD = "demonstration"  # noqa: S105  # published on purpose; it opens invented accounts of a demonstration only
DOMAIN = "demo.example.org"


@dataclass(frozen=True)
class SignIn:
    """One documented account. `key` names it in the demonstration's data."""

    key: str
    role: "StrPromise"
    full_name: str
    language: str = "ro"

    @property
    def email(self) -> str:
        return f"{self.key}@{DOMAIN}"


SIGN_INS: tuple[SignIn, ...] = (
    SignIn("president", _("President of the Board"), "Ileana Străjescu"),
    SignIn("vice-president", _("Vice-president, has not voted yet"), "Horațiu Bâlteanu"),
    SignIn("secretary", _("Secretary of the Board"), "Smaranda Țintea"),
    SignIn("director1", _("Director"), "Valeriu Cornățel"),
    SignIn("director2", _("Director"), "Ruxandra Păltinel"),
    SignIn("director3", _("Director, has not voted yet"), "Emanuel Zărnescu", "en"),
    SignIn("director4", _("Director, has an interest in the open vote"), "Anca Drăgulinescu"),
    SignIn("office", _("Cluster office"), "Camelia Ursăcescu"),
    SignIn("admin", _("Superuser"), "Petru Lăcătușu", "en"),
    SignIn("member", _("Representative of a member"), "Tudor Aripescu"),
    SignIn("contributor", _("Contributor of the same member"), "Daria Pilotescu"),
    SignIn("suspended", _("Representative of a suspended member"), "Octavian Negustoru"),
    SignIn("applicant", _("Applicant with a draft"), "Sorina Lămpescu"),
    SignIn("returned", _("Applicant whose file was returned"), "Mihnea Izvoreanu"),
    SignIn("person", _("Registered, without an organisation"), "Irina Călătoru", "en"),
)
