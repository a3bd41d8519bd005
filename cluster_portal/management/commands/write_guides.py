"""The guides and the glossary as files of docs/, made of what the portal shows: `manage.py write_guides`."""

from pathlib import Path
from textwrap import fill
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.urls import reverse
from django.utils.translation import gettext, override

from cluster_portal.common.glossary import GROUPS, Term
from cluster_portal.common.guide import GUIDES

FOLDER = settings.BASE_DIR / "docs"
MADE = "<!-- Made by `manage.py write_guides`; the words are in cluster_portal/common/{room}/. -->"
WIDTH = 118


def glossary() -> str:
    """Every word in English with its Romanian word, and the type that carries it."""
    parts = [
        MADE.format(room="glossary"),
        "# Glossary",
        _flowing(
            "The words of the field as the portal uses them, in code and on pages, each with its Romanian word. Where "
            "the code has a name for it, the name stands in `this type`. The explanations say what the portal means; "
            "a cluster's own statute may mean more."
        ),
    ]
    for group in GROUPS:
        parts += [f"## {group.title}", *(_entry(term) for term in group.terms)]
    return "\n\n".join(parts) + "\n"


def _entry(term: Term) -> str:
    with override("ro"):
        romanian = str(term.word)
    code = f", `{term.code}`" if term.code else ""
    return _flowing(f"**{term.word}** ({romanian}){code}. {term.meaning}")


def guide() -> str:
    """All guides, in the language that is active."""
    parts = [
        MADE.format(room="guide"),
        f"# {gettext('Guide')}",
        _flowing(gettext("What one does on the portal, by role. Each task leads to the page where it is done.")),
    ]
    for one in GUIDES.values():
        parts += [f"## {one.title}", _flowing(str(one.lede))]
        parts += [
            _flowing(f"{n}. **{task.title}** (`{reverse(task.door)}`). {task.how}")
            for n, task in enumerate(one.tasks, 1)
        ]
    return "\n\n".join(parts) + "\n"


def _flowing(text: str) -> str:
    return fill(text, WIDTH, break_long_words=False, break_on_hyphens=False)


def pages() -> dict[Path, str]:
    """File -> what it says."""
    with override("en"):
        found = {FOLDER / "glossary.md": glossary(), FOLDER / "guide.md": guide()}
    with override("ro"):
        found[FOLDER / "ghid.md"] = guide()
    return found


class Command(BaseCommand):
    help = "Write docs/guide.md, docs/ghid.md and docs/glossary.md anew."

    def handle(self, *args: Any, **options: Any) -> None:
        for path, text in pages().items():
            path.write_text(text)
            self.stdout.write(f"{path.relative_to(settings.BASE_DIR)} written")
