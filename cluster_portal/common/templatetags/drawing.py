"""How components are drawn: their template, and the memory of what was drawn before."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, ParamSpec, TypeVar, cast

from django.conf import settings
from django.template import Context, Node, NodeList
from django.template.base import Parser, Token
from django.template.loader import render_to_string
from django.templatetags.i18n import TranslateNode, do_translate
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language

P = ParamSpec("P")
R = TypeVar("R")


def kept(maker: Callable[P, R]) -> Callable[P, R]:
    """Remember what was drawn for the same values: pages show the same few pieces many times.

    The first value is the language. While templates are being edited (DEBUG) nothing is remembered.
    """
    return maker if settings.DEBUG else cast("Callable[P, R]", lru_cache(maxsize=1024)(maker))


def draw(component: str, **values: object) -> SafeString:
    """Render templates/components/<component>.html without the space around it."""
    return SafeString(render_to_string(f"components/{component}.html", values).strip())


def pick(source: Any, key: str) -> Any:
    """`key` of a dict or an object, None when it is missing."""
    return source.get(key) if isinstance(source, Mapping) else getattr(source, key, None)


def picked(source: Any, keys: tuple[str, ...]) -> tuple[Any, ...]:
    """Several keys of a dict or an object, as plain values that can be remembered."""
    values = source.get if isinstance(source, dict) else lambda key: pick(source, key)
    return tuple(str(value) if isinstance(value, Promise) else value for value in map(values, keys))


class Fixed(Node):
    """A part of a template that is the same for everybody, drawn once in each language."""

    def __init__(self, content: NodeList) -> None:
        self.content = content
        self.drawn: dict[str | None, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        language = get_language()
        if language not in self.drawn or settings.DEBUG:
            # Drawn without a single value of the page, so that nothing of one reader can reach another.
            self.drawn[language] = self.content.render(context.new({}))
        return self.drawn[language]


def fixed(parser: Parser, _token: Token) -> Fixed:
    """`{% fixed %}…{% endfixed %}` around words, addresses and icons that depend on nothing but the language."""
    content = parser.parse(("endfixed",))
    parser.delete_first_token()
    return Fixed(content)


class Said(Node):
    """A word of a template in the language of the reader, looked up once in each."""

    def __init__(self, word: TranslateNode) -> None:
        self.word = word
        self.known: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        language, name = get_language(), self.word.asvar
        if language not in self.known or settings.DEBUG:
            apart = context.new({})
            said = self.word.render(apart)
            self.known[language] = apart[name] if name else said
        if not name:
            return self.known[language]
        context[name] = self.known[language]
        return ""


def translate(parser: Parser, token: Token) -> Node:
    """Django's tag of this name. Written words are looked up once, not at every visit; values as Django does."""
    word: TranslateNode = do_translate(parser, token)
    written, context = word.filter_expression, word.message_context
    stands = written.var.literal is not None and not written.filters and (context is None or not context.is_var)
    return Said(word) if stands else word
