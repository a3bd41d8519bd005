"""What a right form of each door sends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from members.actions.profile_parts import edition_of
from members.models import Capability, Certificate, Membership, Organisation, Person, Round, Seat, Tag
from tests import factories
from tests.permissions.payloads_editing import EDITING
from tests.permissions.world import World, a_picture
from tests.permissions.world_calls import CALLS
from tests.permissions.world_day import key_of, letters_of
from tests.permissions.world_days import frame, free_pair, newcomer
from tests.permissions.world_words import WORDS

Payload = dict[str, Any]
Maker = Callable[[World, dict[str, Any]], Payload]


def _version(thing: dict[str, Any]) -> int:
    return Organisation.objects.values_list("version", flat=True).filter(slug=thing["slug"]).first() or 0


def _upload(name: str, body: bytes, kind: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, body, kind)


def _today(days: int = 0) -> str:
    return (timezone.localdate() + timedelta(days)).isoformat()


def _seats(_world: World, thing: dict[str, Any]) -> Payload:
    vote = Round.objects.filter(request=thing["pk"]).first()
    return {"present": [str(seat.pk) for seat in Seat.objects.filter(round=vote, recused=False)] if vote else []}


def _identity(_world: World, thing: dict[str, Any]) -> Payload:
    row = Organisation.objects.filter(slug=thing["slug"]).first()
    if row is None:
        return {}
    names = "legal_name short_name country tax_id trade_register street locality county postcode helix_role side"
    values = {name: str(getattr(row, name) or "") for name in names.split()}
    return values | {"legal_form": row.legal_form_id or "", "street": "Strada Nouă 7", "reason": "We moved."}


def _votes(_world: World, thing: dict[str, Any]) -> Payload:
    form = f"f{thing['pk']}"
    return {"ids": str(thing["pk"]), f"{form}-interest": "none", f"{form}-choice": "for"}


PERSON = {"full_name": "Ilinca Vrânceanu", "role": "technical", "language": "ro", "position": "Engineer"}
CERTIFICATE = {"kind": "iso_9001", "issuer": "Registru", "valid_until": "2031-01-01"}
OFFER = {"side": "civil", "trl": "6", "references": "1", "evidence": "Contract 4", "visibility": "public"}
VISIBILITY = {
    f"show_{group}": "members" for group in ("profile", "texts", "contact", "size", "people", "certificates")
} | {"show_registration": "office"}

GUEST = {"full_name": "Oaspete Trei", "email": "third@example.org"}
MEETING: dict[str, Payload | Maker] = {
    "matchmaking:express": {"message": "We would like to meet you."},
    "matchmaking:aside": {"reason": "known"},
    "matchmaking:introduction-stage": {"stage": "pilot"},
    "matchmaking:introduction-confirm": {"confirms": "on", "care": "1"},
    "matchmaking:office-propose": {"one_words": "They test.", "other_words": "They build.", "one_named": "on"},
}
PAYLOADS: dict[str, Payload | Maker] = {
    **MEETING,
    **WORDS,
    "events:calendar-make": {"scope": "mine"},
    "events:register-guest": GUEST,
    "events:register-colleagues": lambda world, _thing: {
        "people": "Coleg Unu, colleague1@example.org",
        "organisation": world.things["own"]["pk"],
    },
    "events:registration-cancel": {"reason": "The room is too small."},
    "events:registration-answers": {"agreed_to_be_shown": "on"},
    "events:held-answers": {"agreed_to_be_shown": "on"},
    "events:registration-feedback": {"overall": "4"},
    **EDITING,
    **CALLS,
    "matchmaking:day-new": lambda _w, thing: frame(thing),
    "matchmaking:day-edit": lambda _w, thing: frame(thing),
    "matchmaking:day-participants": lambda _w, thing: newcomer(
        thing, list(Membership.objects.listed().values_list("organisation_id", flat=True))
    ),
    "matchmaking:day-wishes": lambda _w, thing: {f"answer-{thing['partner']}": "like"},
    "matchmaking:day-hours": {"there": ["1", "2"], "attends": "Ana Pop"},
    "matchmaking:day-plan": {"seed": "3"},
    "matchmaking:day-cancel": {"reason": "The hall is under water."},
    "matchmaking:day-lock": lambda _w, thing: {"seen": [thing["part"]], "locked": [thing["part"]]},
    "matchmaking:day-meeting": {"slot": "3", "table": "1"},
    "matchmaking:day-meeting-new": lambda _w, thing: free_pair(thing),
    "set_language": {"language": "ro", "next": "/"},
    "members:profile-section texts": lambda _w, thing: {"version": _version(thing), "summary_en": "We measure."},
    "members:profile-section contact": lambda _w, thing: {"version": _version(thing), "email": "us@example.org"},
    "members:profile-section classification": lambda _w, thing: {"version": _version(thing), "size_class": "medium"},
    "members:profile-section visibility": lambda _w, thing: {"version": _version(thing), **VISIBILITY},
    "members:profile-logo": lambda _w, _t: {"logo": _upload("logo.png", a_picture(), "image/png")},
    "members:part-add people": PERSON,
    "members:part-edit people": lambda _w, thing: PERSON | _edition(Person, thing["person"]),
    "members:part-add offers": lambda _w, _t: {"tag": _a_word(), **OFFER},
    "members:part-edit offers": lambda _w, thing: OFFER | _edition(Capability, thing["offer"]),
    "members:part-add certificates": CERTIFICATE,
    "members:part-edit certificates": lambda _w, thing: CERTIFICATE | _edition(Certificate, thing["certificate"]),
    "members:people-invite": {"email": "new@example.org", "role": "contributor", "language": "en"},
    "members:people-role": {"role": "representative"},
    "members:change-ask": _identity,
    "members:announced-request": lambda world, _t: {
        "organisation": world.things["own_quiet"]["pk"],
        "reasons": "They copied our detector.",
    },
    "members:request-step organisation": {"legal_name": "Atelierul Nou SRL", "country": "RO", "stay": "1"},
    "members:request-appeal": {"reasons": "We have shown it."},
    "members:document-add onrc": lambda _w, _t: {
        "onrc-file": _upload("onrc.pdf", factories.PDF, "application/pdf"),
        "onrc-issued_on": _today(-5),
    },
    "matchmaking:search-save": {"name": "Radios", "rhythm": "weekly", "trl": "5"},
    "matchmaking:search": {"name": "Radios", "rhythm": "weekly", "trl": "6"},
    "matchmaking:digest": {"rhythm": "weekly", "threshold": "60"},
    "common:topics": {"events.invitations": ""},
    "account_login": {"login": "nobody@example.org", "password": "not this one, surely"},
    "account_signup": {"email": "fresh@example.org", "password1": "correct horse 9", "password2": "correct horse 9"},
    "account_reset_password": {"email": "nobody@example.org"},
    "account_change_password": {
        "oldpassword": factories.PASSWORD, "password1": "correct horse 9", "password2": "correct horse 9",
    },
    "account_email": {"email": "second@example.org", "action_add": "1"},
    "account_reauthenticate": {"password": factories.PASSWORD},
    "admin:members_adhesionrequest_return": {"other": "A stamp is missing."},
    "admin:members_adhesionrequest_appeal": {"upheld": "no", "motive": "Assembly 3/2026."},
    "admin:members_adhesionrequest_open": lambda _w, _t: {
        "procedure": "written", "closes_on": _today(20), "closes_time": "18:00",
    },
    "admin:members_adhesionrequest_ballot": {"interest": "none", "choice": "for"},
    "admin:members_adhesionrequest_aside": {"interest_words": "My cousin works there."},
    "admin:members_adhesionrequest_presence": _seats,
    "admin:members_adhesionrequest_demand": {"reasons": "Too large for letters."},
    "admin:members_adhesionrequest_votes": _votes,
    "admin:members_changerequest_refuse": {"answer": "The papers do not show it."},
    "admin:members_directorship_appoint": lambda _w, _t: {
        "email": "applicant@example.org", "role": "member", "starts_on": _today(),
    },
    "admin:members_directorship_end": lambda _w, _t: {"ends_on": _today()},
    **{
        f"admin:members_membership_{verb}": (
            lambda _w, _t: {"basis": "Resolution 12/2026", "article": "7", "on": _today()}
        )
        for verb in ("suspend", "reinstate", "give_notice", "cease")
    },
    "admin:common_cluster_change": {
        "name_ro": "Clusterul", "name_en": "The cluster", "short_name": "C", "tagline_ro": "t", "tagline_en": "t",
        "description_ro": "d", "description_en": "d", "email": "office@example.org",
    },
    "admin:common_user_change": {"full_name": "Renamed", "language": "en", "is_active": "on"},
    "admin:mfa_authenticator_delete": {"post": "yes"},
    "admin:members_sector_add": {"code": "new", "name_ro": "Nou", "name_en": "New", "position": "9"},
    "admin:members_sector_change": {"name_ro": "Altul", "name_en": "Other", "position": "9"},
    "admin:members_documenttype_change": {"name_ro": "Altul", "name_en": "Other", "position": "9"},
    "events:manage-approve": lambda _w, thing: {"people": [thing["part"]]},
    "events:manage-registration-decline": {"reason": "The hall is too small."},
    "events:manage-registration-cancel": {"reason": "The person has asked for it."},
    "events:manage-registrations-add": {"people": "Nou Venit <new@example.org>", "language": "ro", "confirmed": "1"},
    "events:manage-campaign-new": {"key": str(UUID(int=8)), "text_ro": "Veniți.", "people": ["representative"]},
    "events:manage-campaign-edit": {"key": str(UUID(int=8)), "text_ro": "Altfel.", "people": ["representative"]},
    "events:manage-campaign-start": lambda _w, thing: {"letters": str(letters_of(thing.get("part", 0)))},
    "events:manage-badges": {"layout": "10"},
    "events:manage-door-arrived": lambda _w, thing: {"registration": key_of(thing.get("seated", 0))},
    "events:manage-door-undo": lambda _w, thing: {"registration": key_of(thing.get("seated", 0))},
    "events:manage-door-walk-in": {"full_name": "Nou Sosit", "language": "ro", "scan": str(UUID(int=7))},
}  # fmt: skip


def _a_word() -> str:
    """A capability word that no member of the world offers yet."""
    return str(Tag.objects.filter(scored=True, children__isnull=True, parent__isnull=False)[5].pk)


def _edition(model: type[Person | Capability | Certificate], pk: int) -> Payload:
    """The state of a row that the form was opened on."""
    row = model._default_manager.filter(pk=pk).first()
    return {"version": edition_of(row)} if row else {}


def payload(door: str, world: World, thing: dict[str, Any]) -> Payload:
    """What is sent to this door; nothing where it asks for nothing."""
    found = PAYLOADS.get(door.split("?", maxsplit=1)[0], {})
    return found(world, thing) if callable(found) else dict(found)
