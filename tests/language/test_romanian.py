"""Romanian is whole: every string translated, none doubtful, letters with comma, compiled as written."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import ngettext

ROOT = Path(settings.BASE_DIR)
PO = ROOT / "locale" / "ro" / "LC_MESSAGES" / "django.po"
CEDILLA = re.compile("[ŞşŢţ]")
WRITTEN = (".html", ".txt", ".toml", ".py", ".md", ".po")
FOLDS_CEDILLA = ("rules/text.py", "rules/preset_reading.py", "tests/")  # their business is to find and change them


def catalogue() -> polib.POFile:
    return polib.pofile(str(PO))


def test_every_string_is_translated() -> None:
    missing = [entry.msgid for entry in catalogue() if not entry.obsolete and not entry.translated()]
    assert missing == []


def test_no_translation_is_doubtful() -> None:
    assert [entry.msgid for entry in catalogue() if entry.fuzzy] == []


def test_placeholders_are_those_of_the_source() -> None:
    pattern = re.compile(r"%\(\w+\)[sd]")
    wrong = []
    for entry in catalogue():
        if entry.msgid_plural:
            allowed = set(pattern.findall(entry.msgid_plural))
            wrong += [text for text in entry.msgstr_plural.values() if not set(pattern.findall(text)) <= allowed]
        elif sorted(pattern.findall(entry.msgid)) != sorted(pattern.findall(entry.msgstr)):
            wrong.append(entry.msgid)
    assert wrong == []


def test_the_compiled_catalogue_says_what_the_written_one_says() -> None:
    compiled = {(e.msgctxt, e.msgid): (e.msgstr, e.msgstr_plural) for e in polib.mofile(str(PO.with_suffix(".mo")))}
    written = {(e.msgctxt, e.msgid): (e.msgstr, e.msgstr_plural) for e in catalogue() if not e.obsolete}
    assert compiled == written


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "0 zile"), (1, "1 zi"), (2, "2 zile"), (19, "19 zile"), (20, "20 de zile"), (101, "101 zile")],
)
def test_romanian_has_three_plural_forms(number: int, words: str) -> None:
    with translation.override("ro"):
        assert ngettext("%(number)d day", "%(number)d days", number) % {"number": number} == words


def tracked() -> list[str]:
    """Files of the project as they stand, those not yet committed included."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return [name for name in listed if (ROOT / name).is_file()]


def test_no_text_uses_cedilla_letters() -> None:
    wrong = [
        name
        for name in tracked()
        if name.endswith(WRITTEN)
        and not any(part in name for part in FOLDS_CEDILLA)
        and CEDILLA.search((ROOT / name).read_text(encoding="utf-8"))
    ]
    assert wrong == []


def test_the_catalogue_holds_every_string_of_the_code(tmp_path: Path) -> None:
    """Collects the strings again, when gettext's tools are installed, and compares."""
    if shutil.which("xgettext") is None:
        pytest.skip("xgettext is not installed")
    copy = tmp_path / "portal"
    for name in tracked():
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, copy / name)
    clean = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    command = [sys.executable, "manage.py", "makemessages", "--locale=ro", "--no-location", "--no-obsolete"]
    subprocess.run(
        command, cwd=copy, check=True, capture_output=True, env={**clean, "DATA_DIR": str(tmp_path / "data")}
    )
    fresh = {e.msgid for e in polib.pofile(str(copy / "locale" / "ro" / "LC_MESSAGES" / "django.po"))}
    assert fresh - {e.msgid for e in catalogue()} == set()
