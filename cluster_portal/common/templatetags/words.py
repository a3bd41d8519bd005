"""Tags of words: those of the statute that explain themselves, and texts that are there in one language only."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import get_language

from cluster_portal.common.glossary import TERMS
from cluster_portal.common.models import Written
from cluster_portal.common.templatetags.drawing import draw, kept


def term(key: str, label: object = "") -> SafeString:
    """A word that explains itself where it stands; once on a page. `key`: of the glossary; `label`: if not its word."""
    return kept_term(get_language(), key, str(label))


@kept
def kept_term(language: str | None, key: str, label: str) -> SafeString:
    return draw("term", term=TERMS[key], label=label or TERMS[key].short)


def terms(keys: str) -> SafeString:
    """The words that a task needs, in a line beside it. `keys`: of the glossary, "quorum recusal"."""
    return kept_terms(get_language(), keys)


@kept
def kept_terms(language: str | None, keys: str) -> SafeString:
    return draw("terms", words=[kept_term(language, key, "") for key in keys.split()])


def written(text: str, long: bool = False, most: int = 0) -> SafeString:
    """A text of people; it says so where it is there in the other language only.

    `long`: in paragraphs; `most`: so many words of it.
    """
    shown = Truncator(text).words(most) if most else text
    return draw("written", text=shown, long=long, language=language_of(text))


def said_in(*texts: object) -> SafeString:
    """Only the sign, beside texts that stand together, where one of them is there in the other language only."""
    return kept_sign(get_language(), next(filter(None, map(language_of, texts)), ""))


@kept
def kept_sign(language: str | None, other: str) -> SafeString:
    return draw("written", text="", long=False, language=other)


def tongue(text: object) -> str:
    """The attribute for an element that holds a text in the language that is not the page's; otherwise nothing."""
    language = language_of(text)
    return format_html(' lang="{}"', language) if language else ""


def language_of(text: object) -> str:
    return text.language if isinstance(text, Written) else ""
