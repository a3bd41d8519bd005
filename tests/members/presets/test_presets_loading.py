"""The files as the command loads them into the real tables: whole, once, and never half."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cluster_portal.common.models import Cluster
from members.models import Article, Tag
from members.rules import presets
from tests.members.presets.conftest import FILES, FOLDER

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_preset_fits_the_tables_and_loading_it_again_adds_nothing(path: Path) -> None:
    preset = presets.load(path)
    call_command("load_preset", str(path), verbosity=0)
    assert Tag.objects.count() == len(preset.vocabulary)
    assert Article.objects.count() == len(preset.statute.articles)
    again = StringIO()
    call_command("load_preset", str(path), stdout=again)
    assert {line.split(": ")[1].split(" added")[0] for line in again.getvalue().splitlines()} == {"0"}


def test_a_preset_with_mistakes_tells_them_all_and_loads_nothing(tmp_path: Path) -> None:
    spoiled = tmp_path / "spoiled.toml"
    text = (FOLDER / "dual-use.toml").read_text(encoding="utf-8")
    text = text.replace('country = "RO"', 'country = "Romania"').replace("director_count = 7", "director_count = 0")
    spoiled.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError) as caught:
        call_command("load_preset", str(spoiled))
    assert str(caught.value).splitlines() == [
        f"{spoiled} has 2 mistakes:",
        "- cluster.country: is “Romania”; write two capital letters, such as RO",
        "- cluster.director_count: is 0; the least is 1",
    ]
    assert not Cluster.objects.exists()
