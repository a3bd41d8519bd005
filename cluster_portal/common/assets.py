"""The stylesheets and the icon sprite: many small files in the tree, one answer each for the browser.

A bundle is assembled in memory, so there is no build step; its address carries a digest of its content,
so the browser keeps it for ever and a change is seen at once.
"""

import gzip
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from hashlib import sha256
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import lucide
from django.conf import settings
from django.urls import reverse

STATIC = Path(settings.BASE_DIR) / "static"

# The order of the sheets does not matter inside a layer; between layers this line decides.
LAYERS = "@layer reset, tokens, base, layout, components, utilities, print;\n"
# What the pages need that most people see first, the directory and the members; everything else is in work.css.
FIRST = tuple(
    f"css/components/{name}.css"
    for name in (
        "button crumbs directory facets foot input masthead matrix pager profile rows side status table trl words"
    ).split()
)
SHEETS: dict[str, tuple[str, ...]] = {
    "portal.css": (
        "css/reset.css",
        "css/tokens.css",
        "css/base.css",
        "css/layout.css",
        *FIRST,
        "css/utilities.css",
        "css/print.css",
    ),
    "work.css": ("css/components/form.css", "css/components/*.css", *(f"!{path}" for path in FIRST)),
    # Django's own admin pages keep their markup: they get the tokens and the words that fit in a list.
    "admin.css": (
        "css/tokens.css",
        "css/components/side.css",
        "css/components/status.css",
        "css/components/trl.css",
        "css/components/words.css",
        "css/components/rows.css",
        "css/components/month.css",
        "css/components/progress.css",
        "css/components/desk.css",
        "css/admin.css",
    ),
}

# Interface icons from lucide; a name that is not here is an error when a page asks for it.
ICONS = (
    "arrow-left arrow-right bell calendar check chevron-down clock copy download external-link eye file-text info "
    "key-round lock log-out mail map-pin minus pencil plus printer rotate-ccw search send shield-alert shield-check "
    "trash-2 triangle-alert upload user users x"
).split()

# The helix roles are shapes of our own: 16 grid, solid, told apart without colour.
GLYPHS: dict[str, str] = {
    "industry": "M8 .8l6.3 3.6v7.2L8 15.2l-6.3-3.6V4.4z",
    "university": "M8 1.5L15.5 14.5H.5z",
    "government": "M1.5 1.5h13v13h-13z",
    "catalyst": "M5.5 1h5v4.5H15v5h-4.5V15h-5v-4.5H1v-5h4.5z",
    "funder": "M8 .8a7.2 7.2 0 1 0 0 14.4A7.2 7.2 0 0 0 8 .8zm0 4.7a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z",
    "civil_society": "M.8 12.5a7.2 7.2 0 0 1 14.4 0z",
    "other": "M8 1.2L14.8 8 8 14.8 1.2 8z",
}

TYPES = {"css": "text/css; charset=utf-8", "svg": "image/svg+xml"}


@dataclass(frozen=True)
class Asset:
    """One answer: its bytes, the same bytes compressed, and the digest that names them."""

    content_type: str
    body: bytes
    compressed: bytes
    digest: str


def sheet(patterns: tuple[str, ...]) -> str:
    """Join the files that the patterns name (and those after a "!" do not), without what only writers need."""
    left_out = {STATIC / pattern[1:] for pattern in patterns if pattern.startswith("!")}
    named = dict.fromkeys(path for pattern in patterns if pattern[0] != "!" for path in sorted(STATIC.glob(pattern)))
    text = "\n".join(path.read_text(encoding="utf-8") for path in named if path not in left_out)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"\s*([{};,])\s*", r"\1", text).replace(": ", ":").replace(";}", "}")
    return LAYERS + re.sub(r"\s*\n\s*", "\n", text).strip() + "\n"


def sprite() -> str:
    """One SVG with a symbol for every icon (`i-…`) and every helix role (`r-…`)."""
    symbols = []
    with ZipFile(BytesIO(files(lucide).joinpath("lucide.zip").read_bytes())) as archive:
        for name in ICONS:
            source = archive.read(f"{name}.svg").decode()
            shapes = re.sub(r"\s+", " ", source[source.index(">") + 1 : source.rindex("</svg>")]).strip()
            symbols.append(f'<symbol id="i-{name}" viewBox="0 0 24 24">{shapes}</symbol>')
    for name, path in GLYPHS.items():
        shape = f'<path fill-rule="evenodd" d="{path}"/>'
        symbols.append(f'<symbol id="r-{name}" viewBox="0 0 16 16">{shape}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">' + "".join(symbols) + "</svg>"


MAKERS: dict[str, Callable[[], str]] = {
    **{name: partial(sheet, patterns) for name, patterns in SHEETS.items()},
    "sprite.svg": sprite,
    "mark.svg": (STATIC / "img" / "mark.svg").read_text,
}


def build(name: str) -> Asset:
    """Assemble one bundle; an unknown name raises KeyError."""
    body = MAKERS[name]().encode()
    digest = sha256(body).hexdigest()[:12]
    return Asset(TYPES[name.rpartition(".")[2]], body, gzip.compress(body, 9, mtime=0), digest)


kept = lru_cache(maxsize=8)(build)


def asset(name: str) -> Asset:
    """The bundle as it is served: assembled once a process; under DEBUG anew, to show an edit at once."""
    return build(name) if settings.DEBUG and name.endswith(".css") else kept(name)


@lru_cache(maxsize=64)
def address(digest: str, name: str) -> str:
    return reverse("common:asset", args=[digest, name])


def asset_url(name: str) -> str:
    """The address of a bundle, with its digest."""
    return address(asset(name).digest, name)
