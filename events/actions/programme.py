"""The parts of an event: sessions, speakers, materials, questions, invitees. Removing keeps what others rest on."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID, uuid4

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.db.models import Max, Q

from cluster_portal.common import audit
from cluster_portal.common.models import User
from cluster_portal.common.uploads import EXTENSIONS, check_document, stored
from events.actions.registering import tidy_address
from events.actions.steps import check_manager, managed
from events.enums import EventState, MaterialAccess, QuestionKind
from events.models import Event, Invitee, Material, Question, Session, Speaker, Talk
from events.rules.windows import check_session
from members.rules.errors import RuleError

SESSION = ("title_ro", "title_en", "summary_ro", "summary_en", "starts_at", "ends_at", "room")
SPEAKER = (
    "full_name", "post_ro", "post_en", "biography_ro", "biography_en", "organisation", "organisation_name",
)  # fmt: skip
QUESTION = ("kind", "text_ro", "text_en", "choices_ro", "choices_en", "required", "position")
MATERIAL = ("title_ro", "title_en", "access", "position", "session", "speaker")


@transaction.atomic
def save_session(
    event_pk: int,
    *,
    by: User,
    values: Mapping[str, Any],
    speakers: Iterable[int] = (),
    pk: int | None = None,
    edition: int | None = None,
    key: UUID | None = None,
) -> Session:
    """Add a session, or change the one of number `pk`; `speakers` come in this order.

    A new one that is there already, by its `key` or to the letter, is a second click. `edition`: see `edition_of`.
    """
    event = _open(event_pk, by)
    known = event.sessions.filter(Q(key=key) if key else Q(**values)).first() if pk is None else None
    if known is not None:
        return known
    session = event.sessions.get(pk=pk) if pk is not None else Session(event=event, key=key or uuid4())
    _check_edition(session, edition)
    _set(session, SESSION, values)
    check_session(session.starts_at, session.ends_at, event.starts_at, event.ends_at)
    session.save()
    wanted = list(dict.fromkeys(speakers))
    gone = session.talks.exclude(speaker__in=wanted)
    for talk in gone.select_related("speaker"):
        _keep_slides(event, talk.speaker, session)
    gone.delete()
    for position, speaker in enumerate(wanted):
        Talk.objects.update_or_create(session=session, speaker_id=speaker, defaults={"position": position})
    audit.record("session_saved", event, by=by, session=session.pk)
    return session


@transaction.atomic
def remove_session(event_pk: int, *, by: User, pk: int) -> None:
    """Take a session out of the agenda; its materials have to be moved or removed first."""
    event = _open(event_pk, by)
    session = event.sessions.filter(pk=pk).first()
    if session is None:
        return  # a second click
    if session.materials.exists():
        raise RuleError("session_has_slides", {"session": session.title, "count": session.materials.count()})
    session.delete()
    audit.record("session_removed", event, by=by)


@transaction.atomic
def save_speaker(*, by: User, values: Mapping[str, Any], pk: int | None = None, edition: int | None = None) -> Speaker:
    """Add a speaker, or change one; the same person may speak at many events.

    A new one who is there already, to the letter, is a second click.
    """
    check_manager(by)
    with connection.cursor() as cursor:  # nothing else is locked here that a second click would wait for
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('speakers'))")
    known = Speaker.objects.filter(**values).first() if pk is None else None
    if known is not None:
        return known
    speaker = Speaker.objects.select_for_update(of=("self",)).get(pk=pk) if pk is not None else Speaker()
    _check_edition(speaker, edition)
    _set(speaker, SPEAKER, values)
    if not speaker.full_name.strip():
        raise RuleError("name_needed")
    speaker.save()
    audit.record("speaker_saved", speaker, by=by)
    return speaker


@transaction.atomic
def remove_speaker(pk: int, *, by: User) -> None:
    """Remove a speaker whom nothing needs; who has slides or speaks somewhere stays, and the sentence says where."""
    check_manager(by)
    speaker = Speaker.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if speaker is None:
        return  # a second click
    slides = speaker.materials.count()
    if slides:
        raise RuleError("speaker_has_slides", {"speaker": speaker.full_name, "count": slides})
    talks = speaker.talks.count()
    if talks:
        raise RuleError("speaker_has_sessions", {"speaker": speaker.full_name, "count": talks})
    audit.record("speaker_removed", speaker, by=by)
    speaker.delete()


def _keep_slides(event: Event, speaker: Speaker, session: Session) -> None:
    """A speaker whose slides belong to a session is not taken out of it."""
    slides = Material.objects.filter(event=event, speaker=speaker, session=session).count()
    if slides:
        raise RuleError("speaker_has_slides", {"speaker": speaker.full_name, "count": slides})


def add_file(event_pk: int, *, by: User, values: Mapping[str, Any], upload: "UploadedFile[Any]") -> Material:
    """Add slides or a paper as a file, checked by its content; raises UploadRefused with what to do."""
    checked = check_document(upload)
    with stored(upload, "materials", EXTENSIONS[checked.content_type]) as name, transaction.atomic():
        material = _material(event_pk, by, values)
        same = {"sha256": checked.sha256, "title_ro": material.title_ro, "session": material.session}
        known = Material.objects.filter(event=material.event, **same).first()
        if known is not None:  # a second click
            default_storage.delete(name)
            return known
        material.file.name = name
        material.original_name, material.content_type = checked.name, checked.content_type
        material.size, material.sha256 = checked.size, checked.sha256
        material.save()
        audit.record("material_added", material.event, by=by, material=material.pk)
    return material


@transaction.atomic
def add_link(event_pk: int, *, by: User, values: Mapping[str, Any], link: str) -> Material:
    """Add a recording or slides that are elsewhere, reached by https."""
    if not link.startswith("https://"):
        raise RuleError("link_not_safe", {"link": link[:200]})
    material = _material(event_pk, by, values)
    known = Material.objects.filter(event=material.event, link=link).first()
    if known is not None:
        return known  # a second click
    material.link = link
    material.save()
    audit.record("material_added", material.event, by=by, material=material.pk)
    return material


def _material(event_pk: int, by: User, values: Mapping[str, Any]) -> Material:
    event = managed(event_pk, by)
    material = Material(event=event, added_by=by)
    _set(material, MATERIAL, {"access": MaterialAccess.REGISTERED, **values})
    _check_parts(event, material)
    return material


def _check_parts(event: Event, material: Material) -> None:
    if not material.title_ro.strip():
        raise RuleError("title_needed")
    if material.session is not None and material.session.event_id != event.pk:
        raise RuleError("session_of_another_event")


@transaction.atomic
def edit_material(
    event_pk: int, *, by: User, pk: int, values: Mapping[str, Any], edition: int | None = None
) -> Material:
    """Change the title, the place or the circle of a material."""
    event = managed(event_pk, by)
    material = event.materials.get(pk=pk)
    _check_edition(material, edition)
    _set(material, MATERIAL, values)
    _check_parts(event, material)
    material.save()
    audit.record("material_edited", event, by=by, material=pk)
    return material


@transaction.atomic
def remove_material(event_pk: int, *, by: User, pk: int) -> None:
    """Remove a material; its file goes once the transaction is committed."""
    event = managed(event_pk, by)
    material = event.materials.filter(pk=pk).first()
    if material is None:
        return  # a second click
    file = material.file
    material.delete()
    if file:
        transaction.on_commit(lambda: file.storage.delete(file.name or ""))
    audit.record("material_removed", event, by=by, material=pk)


@transaction.atomic
def save_question(
    event_pk: int, *, by: User, values: Mapping[str, Any], pk: int | None = None, edition: int | None = None
) -> Question:
    """Add a question to registrants, or change one. What has been answered keeps its kind and its choices.

    A new one that is there already, to the letter, is a second click.
    """
    event = _open(event_pk, by)
    known = event.questions.filter(**values).first() if pk is None else None
    if known is not None:
        return known
    question = event.questions.get(pk=pk) if pk is not None else Question(event=event)
    answered = pk is not None and question.answers.exists()
    was = (question.kind, list(question.choices_ro))
    _check_edition(question, edition)
    _set(question, QUESTION, values)
    if not question.text_ro.strip():
        raise RuleError("question_needs_text")
    if question.kind == QuestionKind.CHOICE and len(question.choices_ro) < 2:
        raise RuleError("choice_needs_answers")
    if question.choices_en and len(question.choices_en) != len(question.choices_ro):
        raise RuleError("choices_do_not_match", {"ro": len(question.choices_ro), "en": len(question.choices_en)})
    if answered and was != (question.kind, question.choices_ro[: len(was[1])]):
        raise RuleError("question_answered_already", {"count": question.answers.count()})
    question.save()
    audit.record("question_saved", event, by=by, question=question.pk)
    return question


@transaction.atomic
def remove_question(event_pk: int, *, by: User, pk: int) -> None:
    """Remove a question that nobody has answered yet."""
    event = _open(event_pk, by)
    question = event.questions.filter(pk=pk).first()
    if question is None:
        return  # a second click
    if question.answers.exists():
        raise RuleError("question_answered_already", {"count": question.answers.count()})
    question.delete()
    audit.record("question_removed", event, by=by)


@transaction.atomic
def invite(event_pk: int, *, by: User, emails: Iterable[str] = (), organisations: Iterable[int] = ()) -> int:
    """Open an event by invitation to addresses and organisations; returns how many are new."""
    event = _open(event_pk, by)
    addresses = {tidy_address(email) for email in emails}
    known = set(event.invitees.exclude(email="").values_list("email", flat=True))
    houses = set(organisations)
    known_houses = set(event.invitees.exclude(organisation=None).values_list("organisation_id", flat=True))
    new = [Invitee(event=event, email=email, invited_by=by) for email in sorted(addresses - known)]
    new += [Invitee(event=event, organisation_id=pk, invited_by=by) for pk in sorted(houses - known_houses)]
    Invitee.objects.bulk_create(new)
    if new:
        audit.record("event_invited", event, by=by, count=len(new))
    return len(new)


@transaction.atomic
def uninvite(event_pk: int, *, by: User, pk: int) -> None:
    """Take an invitation back; who is registered already stays so."""
    event = _open(event_pk, by)
    if event.invitees.filter(pk=pk).delete()[0]:
        audit.record("event_uninvited", event, by=by)


def edition_of(row: Any) -> int:
    """The state of a part that a form shows: its newest line of history."""
    return int(row.events.aggregate(newest=Max("pgh_id"))["newest"] or 0)


def _check_edition(row: Any, edition: int | None) -> None:
    """Refuse an edit that began on an older state of the row; the event it belongs to is locked."""
    if row.pk is not None and edition is not None and edition_of(row) != edition:
        raise RuleError("part_overtaken")


def _open(pk: int, by: User) -> Event:
    """The locked event, while it can still be changed."""
    event = managed(pk, by)
    if event.state == EventState.CANCELLED:
        raise RuleError("event_cancelled")
    return event


def _set(row: Any, columns: Iterable[str], values: Mapping[str, Any]) -> None:
    unknown = set(values) - set(columns)
    if unknown:
        raise TypeError(f"no form may set {sorted(unknown)}")
    for name, value in values.items():
        setattr(row, name, value)
