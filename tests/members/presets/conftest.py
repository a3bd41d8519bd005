"""The two presets of the portal, read once, and as raw tables that a test may spoil."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from members.rules import presets
from members.rules.preset_shapes import Preset

FOLDER = Path(presets.__file__).resolve().parents[1] / "presets"
FILES = tuple(sorted(FOLDER.glob("*.toml")))


@pytest.fixture(scope="session", params=FILES, ids=lambda path: path.stem)
def preset(request: pytest.FixtureRequest) -> Preset:
    """Each preset in turn."""
    path: Path = request.param
    return presets.load(path)


@pytest.fixture(scope="session")
def dual_use() -> Preset:
    return presets.load(FOLDER / "dual-use.toml")


@pytest.fixture(scope="session")
def cbrne() -> Preset:
    return presets.load(FOLDER / "proeco-cbrne.toml")


@pytest.fixture
def content() -> dict[str, Any]:
    """The dual-use file as raw tables."""
    return tomllib.loads((FOLDER / "dual-use.toml").read_text(encoding="utf-8"))


@pytest.fixture
def mistakes_of() -> Callable[[dict[str, Any]], dict[str, str]]:
    """Place and sentence of every mistake in raw tables."""

    def read(content: dict[str, Any]) -> dict[str, str]:
        with pytest.raises(presets.PresetError) as caught:
            presets.parse(content, source="spoiled.toml")
        return {mistake.place: mistake.sentence for mistake in caught.value.mistakes}

    return read
