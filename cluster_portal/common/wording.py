"""What a line of the trail says, in the reader's language; each app adds the sentences of its own acts."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from cluster_portal.common.models import AuditEvent, RefusalWay

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

TOLD: "dict[str, StrPromise]" = {
    "cluster_edited": _("The identity of the cluster was edited (%(fields)s)"),
    "factor_removed": _("A lost second factor was removed (%(kind)s)"),
    "letter_sent_again": _("A letter was sent again"),
    "person_edited": _("The account was edited (%(fields)s)"),
    "topic_accepted": _("Letters of a kind were wanted again (%(topic)s)"),
    "topic_refused": _("Letters of a kind were refused (%(topic)s, %(way)s)"),
    "word_added": _("The word was added to the vocabulary"),
    "word_edited": _("The word was edited (%(fields)s)"),
}
"""Verb -> sentence; `%(name)s` is a parameter of the line."""

NAMES: "dict[str, StrPromise | str]" = {str(value): label for value, label in RefusalWay.choices}
"""Words for values that are codes, such as "written"."""


def learn(sentences: "Mapping[str, StrPromise]", names: "Mapping[str, StrPromise | str] | None" = None) -> None:
    """Add the sentences of an app's acts, and the words for the codes in their parameters."""
    TOLD.update(sentences)
    NAMES.update(names or {})


def told(event: AuditEvent) -> str:
    """The sentence of a line; plain words for a verb without a sentence, or when details are missing."""
    sentence = TOLD.get(event.verb)
    plain = event.verb.replace("_", " ").capitalize()
    if sentence is None:
        return plain
    values = {name: _shown(value) for name, value in {**event.params, "target": event.target_name}.items()}
    try:
        return str(sentence) % values
    except KeyError:
        return plain


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_shown(one) for one in value)
    return str(NAMES.get(str(value), value))
