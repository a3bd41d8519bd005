"""Makes the people, organisations and requests that tests need, by the portal's own actions."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone

from cluster_portal.common.models import Cluster, User
from cluster_portal.common.roles import DIRECTORS, OFFICE
from members.actions import adhesion, board, office
from members.actions.membership import admit
from members.actions.presets import load_preset
from members.enums import AccessRole, BoardRole, MembershipBasis, PersonRole
from members.models import (
    AdhesionDocument,
    AdhesionRequest,
    Capability,
    Declaration,
    DeclarationTick,
    Directorship,
    Membership,
    Organisation,
    Person,
    Representation,
    Round,
    Tag,
)
from members.rules import presets
from members.rules.text import fold
from tests import kept

PRESETS = Path(presets.__file__).resolve().parent.parent / "presets"
PASSWORD = "a long enough password"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%%EOF\n"
_serial = itertools.count(1)


def a_cluster(code: str = "dual-use") -> Cluster:
    """The cluster of a preset, loaded when it is not there."""
    if not Cluster.objects.exists():
        if code in kept.Kept.filled:
            kept.put_back(code)
        else:
            load_preset(presets.load(PRESETS / f"{code}.toml"))
    return Cluster.objects.get()


def a_user(email: str = "", *, language: str = "en", **fields: Any) -> User:
    """A person with a confirmed address."""
    email = email or f"person{next(_serial)}@example.org"
    user = User.objects.create_user(email, PASSWORD, language=language, **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def an_office_person(email: str = "", **fields: Any) -> User:
    user = a_user(email, is_staff=True, **fields)
    user.groups.add(Group.objects.get(name=OFFICE))
    return user


def a_director(email: str = "", role: str = BoardRole.MEMBER, *, since: date | None = None, **fields: Any) -> User:
    user = a_user(email, is_staff=True, **fields)
    user.groups.add(Group.objects.get(name=DIRECTORS))
    Directorship.objects.create(user=user, role=role, starts_on=since or timezone.localdate() - timedelta(days=400))
    return user


def a_board(size: int = 7) -> list[User]:
    """A Board: the president first, then the vice-president, the secretary and directors."""
    roles = [BoardRole.PRESIDENT, BoardRole.VICE_PRESIDENT, BoardRole.SECRETARY, *[BoardRole.MEMBER] * size]
    return [a_director(role=role, full_name=f"Director {number}") for number, role in enumerate(roles[:size], 1)]


def a_cui(number: int) -> str:
    """A Romanian tax number with a right check digit, made from `number`."""
    digits = str(number)
    weights = (7, 5, 3, 2, 1, 7, 5, 3, 2)[-len(digits) :]
    check = sum(int(d) * w for d, w in zip(digits, weights, strict=True)) * 10 % 11 % 10
    return f"{digits}{check}"


def an_organisation(name: str = "", **fields: Any) -> Organisation:
    """An organisation with everything a Romanian company states."""
    serial = next(_serial)
    name = name or f"Atelierul {serial} SRL"
    values: dict[str, Any] = {
        "legal_name": name,
        "slug": adhesion.free_slug(name),
        "sort_key": fold(name),
        "legal_form_id": "srl",
        "country": "RO",
        "tax_id": a_cui(1000000 + serial),
        "trade_register": f"J40/{1000 + serial}/2015",
        "street": "Strada Lungă 1",
        "locality": "Sibiu",
        "county": "SB",
        "postcode": "550001",
        "website": f"https://organisation{serial}.example.org",
        "email": f"contact{serial}@example.org",
        "helix_role": "industry",
        "side": "civil",
        "size_class": "small",
        "summary_ro": "Construim detectoare pentru ateliere.",
        "summary_en": "We build detectors for workshops.",
        **fields,
    }
    return Organisation.objects.create(**values)


def a_capability(organisation: Organisation, tag: Tag | str | None = None, **fields: Any) -> Capability:
    """An offer (or, with direction="sought", a need) under a leaf of the vocabulary."""
    leaves = Tag.objects.filter(scored=True, children__isnull=True, parent__isnull=False)
    if isinstance(tag, str):
        tag = Tag.objects.get(code=tag)
    chosen: Any = tag or leaves.order_by("position")[0]
    values = {"direction": "offered", "side": "civil", "trl": 6, "visibility": "public", "evidence": "Contract 12/2025"}
    return Capability.objects.create(organisation=organisation, tag=chosen, **{**values, **fields})


def a_member(name: str = "", *, user: User | None = None, type_code: str = "founding", **fields: Any) -> Membership:
    """A founding member with a representative."""
    organisation = an_organisation(name, **fields)
    a_capability(organisation)
    Representation.objects.create(organisation=organisation, user=user or a_user(), role=AccessRole.REPRESENTATIVE)
    return admit(
        organisation,
        type_code,
        basis=MembershipBasis.FOUNDING,
        words="Founding act",
        resolution=None,
        by=None,
        on=date(2020, 3, 1),
    )


def a_document(request: AdhesionRequest, code: str, **fields: Any) -> AdhesionDocument:
    """A small PDF in the file."""
    values = {
        "original_name": f"{code}.pdf",
        "content_type": "application/pdf",
        "size": len(PDF),
        "sha256": "0" * 64,
        "issued_on": timezone.localdate() - timedelta(days=10),
        "uploaded_by": request.applicant,
        **fields,
    }
    document = AdhesionDocument(request=request, kind_id=code, **values)
    document.file.save("document.pdf", ContentFile(PDF), save=True)
    return document


def a_draft(applicant: User | None = None, **fields: Any) -> AdhesionRequest:
    """A draft that lacks nothing."""
    request = adhesion.start_adhesion(by=applicant or a_user())
    model = an_organisation(**fields)
    organisation = request.organisation
    for column in model._meta.concrete_fields:
        if column.name not in {"id", "key", "slug", "created_at"}:
            setattr(organisation, column.name, getattr(model, column.name))
    model.delete()
    organisation.save()
    a_capability(organisation)
    Person.objects.create(
        organisation=organisation, role=PersonRole.LEGAL, full_name="Ilinca Vrânceanu", email="ilinca@example.org"
    )
    request.contribution = "We give the cluster a laboratory for trace detection and two trained operators."
    request.motive = "We look for partners in protection."
    request.membership_type_id = "associate"
    request.save()
    for code in ("form", "reg_cert", "onrc", "const_act", "join_decision", "mandate", "presentation", "contribution"):
        a_document(request, code)
    for declaration in Declaration.objects.all():
        DeclarationTick.objects.create(request=request, declaration=declaration, by=request.applicant, language="en")
    return request


def a_submitted_request(applicant: User | None = None, **fields: Any) -> AdhesionRequest:
    draft = a_draft(applicant, **fields)
    return adhesion.submit_adhesion(draft.pk, by=draft.applicant)


def a_complete_request(by: User | None = None, **fields: Any) -> AdhesionRequest:
    """Declared complete, and past the window for objections where there is one."""
    request = a_submitted_request(**fields)
    request = office.declare_complete(request.pk, by=by or an_office_person())
    if request.objections_until:
        AdhesionRequest.objects.filter(pk=request.pk).update(objections_until=timezone.localdate() - timedelta(days=1))
        office.end_objections(request.pk)
    request.refresh_from_db()
    return request


def an_open_round(directors: list[User], **fields: Any) -> Round:
    """A written procedure on a complete request; `directors[0]` is the president."""
    return board.open_round(a_complete_request(**fields).pk, by=directors[0])


def votes(vote: Round, director: User, choice: str, motive: str = "") -> Round:
    """Declare no interest, then vote."""
    board.declare_interest(vote.pk, by=director, has_interest=False)
    return board.cast_ballot(
        vote.pk, by=director, choice=choice, motive=motive or ("No." if choice == "against" else "")
    )
