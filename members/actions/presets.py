"""Fills an empty portal from a preset. Adds what is missing; what is there, edited or not, stays as it is."""

from dataclasses import asdict
from typing import Any

from django.db import models, transaction

from cluster_portal.common import audit, roles
from cluster_portal.common.models import Cluster
from members.models import (
    Article,
    Declaration,
    DocumentType,
    HelixSubtype,
    LegalForm,
    MembershipType,
    Sector,
    StatuteVersion,
    Tag,
)
from members.rules.errors import RuleError
from members.rules.preset_shapes import Tag as Word
from members.rules.presets import Preset

Counts = dict[str, tuple[int, int]]
"""Table -> (rows added, rows that were there)."""


@transaction.atomic
def load_preset(preset: Preset) -> Counts:
    """Load a preset; running it again adds nothing. RuleError("other_cluster") when the database serves another one."""
    if preset.statute.rules.president_veto or preset.statute.rules.assembly_confirmation:
        raise RuleError("statute_not_supported")
    counts: Counts = {"cluster": _cluster(preset)}
    counts["sectors"] = _named(Sector, preset.sectors)
    counts["helix_subtypes"] = _subtypes(preset)
    counts["legal_forms"] = _named(LegalForm, preset.legal_forms, "legal_person")
    counts["membership_types"] = _named(MembershipType, preset.statute.membership_types)
    counts["documents"] = _named(DocumentType, preset.statute.documents, "hint_ro", "hint_en")
    counts["declarations"] = _declarations(preset)
    counts["statute"] = _statute(preset)
    counts["capabilities"] = _tags(preset)
    roles.apply()
    if any(added for added, _kept in counts.values()):
        audit.record("preset_loaded", Cluster.objects.get(), by=None, added={k: v[0] for k, v in counts.items()})
    return counts


def _cluster(preset: Preset) -> tuple[int, int]:
    there = Cluster.objects.first()
    if there is not None:
        if there.code != preset.cluster.code:
            raise RuleError("other_cluster", {"here": there.code, "asked": preset.cluster.code})
        return 0, 1
    identity = asdict(preset.cluster)
    columns = {field.name for field in Cluster._meta.get_fields()}
    values = {name: value for name, value in identity.items() if name in columns and name != "id"}
    matrix = {
        **asdict(preset.matrix),
        "axes": [asdict(axis) for axis in preset.axes],
        "fields": preset.statute.field_root,
    }
    Cluster.objects.create(id=1, matrix=matrix, **values)
    return 1, 0


def _named(model: type[models.Model], items: Any, *extra: str) -> tuple[int, int]:
    """Add rows of a table with code, two names and a position."""
    there = set(model._default_manager.values_list("code", flat=True))
    new = [
        model(
            code=item.code,
            name_ro=item.name_ro,
            name_en=item.name_en,
            position=position,
            **{name: getattr(item, name) for name in extra},
        )
        for position, item in enumerate(items, start=1)
        if item.code not in there
    ]
    model._default_manager.bulk_create(new)
    return len(new), len(items) - len(new)


def _subtypes(preset: Preset) -> tuple[int, int]:
    there = set(HelixSubtype.objects.values_list("code", flat=True))
    every = [(role.code, item) for role in preset.helix_roles for item in role.subtypes]
    new = [
        HelixSubtype(code=item.code, role=role, name_ro=item.name_ro, name_en=item.name_en, position=position)
        for position, (role, item) in enumerate(every, start=1)
        if item.code not in there
    ]
    HelixSubtype.objects.bulk_create(new)
    return len(new), len(every) - len(new)


def _declarations(preset: Preset) -> tuple[int, int]:
    there = set(Declaration.objects.values_list("code", "version"))
    every = preset.statute.declarations
    new = [
        Declaration(position=position, **{f: getattr(item, f) for f in (
            "code", "version", "name_ro", "name_en", "text_ro", "text_en",
        )})
        for position, item in enumerate(every, start=1)
        if (item.code, item.version) not in there
    ]  # fmt: skip
    Declaration.objects.bulk_create(new)
    return len(new), len(every) - len(new)


def _statute(preset: Preset) -> tuple[int, int]:
    """The statute of the preset, unless the cluster has one already: a new version is entered on purpose."""
    if StatuteVersion.objects.exists():
        return 0, 1
    written = preset.statute
    version = StatuteVersion.objects.create(
        label=written.version, in_force_from=written.in_force_from, rules=written.rules.to_dict()
    )
    Article.objects.bulk_create(
        Article(
            statute=version,
            position=position,
            number=str(item.number),
            heading_ro=item.heading_ro,
            heading_en=item.heading_en,
            paragraphs_ro=list(item.paragraphs_ro),
            paragraphs_en=list(item.paragraphs_en),
        )
        for position, item in enumerate(written.articles, start=1)
    )
    return 1, 0


def _tags(preset: Preset) -> tuple[int, int]:
    """Add the words of the tree that are not there, a level of the tree at a time: a parent before its children."""
    known = dict(Tag.objects.values_list("code", "pk"))
    waiting = [(place, item) for place, item in enumerate(preset.vocabulary, start=1) if item.code not in known]
    added = len(waiting)
    while waiting:
        level = [(place, item) for place, item in waiting if not item.parent or item.parent in known]
        made = Tag.objects.bulk_create(_tag(item, place, known) for place, item in level)
        known |= {tag.code: tag.pk for tag in made}
        waiting = [(place, item) for place, item in waiting if item.code not in known]
    return added, len(preset.vocabulary) - added


def _tag(item: Word, place: int, known: dict[str, int]) -> Tag:
    return Tag(
        code=item.code,
        name_ro=item.name_ro,
        name_en=item.name_en,
        aliases=list(item.aliases),
        scored=item.scored,
        row=item.row,
        column=item.column,
        parent_id=known[item.parent] if item.parent else None,
        position=place,
    )
