"""The tokens keep the contrast that the design promises, computed from the sheet itself (WCAG 1.4.3 and 1.4.11)."""

import math
import re
from itertools import product

import pytest

from cluster_portal.common.assets import STATIC

Lab = tuple[float, float, float]
THEMES = ("light", "dark")
SHEET = (STATIC / "css/tokens.css").read_text(encoding="utf-8")


def oklch(text: str) -> Lab:
    light, chroma, hue = (float(part) for part in text.split())
    return light, chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))


def token(name: str, theme: str) -> Lab:
    """The value of a token in a theme, as oklab."""
    plain = re.search(rf"--{name}: light-dark\(oklch\(([^)]*)\), oklch\(([^)]*)\)\);", SHEET)
    if plain:
        return oklch(plain[THEMES.index(theme) + 1])
    if name == "dual":
        return between(token("civil", theme), token("defence", theme))
    percent = re.search(rf"--{name}: .*?(\d+)%.*?(?:(\d+)%|;)", SHEET)
    assert percent, f"no token {name}"
    share = float(percent[2] if theme == "dark" and percent[2] else percent[1]) / 100
    tone, paper = token(name.removesuffix("-tint"), theme), token("paper", theme)
    return (
        tone[0] * share + paper[0] * (1 - share),
        tone[1] * share + paper[1] * (1 - share),
        tone[2] * share + paper[2] * (1 - share),
    )


def between(first: Lab, second: Lab) -> Lab:
    """The middle of two colours in oklch, as color-mix makes it: the hue goes the shorter way."""
    light = (first[0] + second[0]) / 2
    chroma = (math.hypot(first[1], first[2]) + math.hypot(second[1], second[2])) / 2
    hues = [math.degrees(math.atan2(colour[2], colour[1])) % 360 for colour in (first, second)]
    turn = (hues[1] - hues[0] + 180) % 360 - 180
    hue = math.radians(hues[0] + turn / 2)
    return light, chroma * math.cos(hue), chroma * math.sin(hue)


def luminance(colour: Lab) -> float:
    """Relative luminance of an oklab colour, through linear sRGB (Björn Ottosson's matrices), clipped to the gamut."""
    lightness, a, b = colour
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short
    red, green, blue = (min(max(part, 0.0), 1.0) for part in (red, green, blue))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: Lab, second: Lab) -> float:
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def test_the_arithmetic_agrees_with_known_figures() -> None:
    assert contrast(oklch("0 0 0"), oklch("1 0 0")) == pytest.approx(21, abs=0.01)
    assert contrast(token("civil", "light"), token("paper", "light")) == pytest.approx(5.6, abs=0.1)
    assert contrast(token("dual", "dark"), token("paper", "dark")) == pytest.approx(9.4, abs=0.1)


TEXT = ("ink", "ink-soft", "civil", "defence", "dual", "stop", "heed")
GROUNDS = ("paper", "raised", "sunk", "civil-tint", "defence-tint", "dual-tint", "stop-tint", "heed-tint")


@pytest.mark.parametrize(("text", "ground", "theme"), [*product(TEXT, GROUNDS, THEMES)])
def test_text_can_be_read_on_every_ground(text: str, ground: str, theme: str) -> None:
    if ground.endswith("-tint") and text not in {"ink", "ink-soft", ground.removesuffix("-tint")}:
        return  # a tint carries ink and its own tone, nothing else
    assert contrast(token(text, theme), token(ground, theme)) >= 4.5


@pytest.mark.parametrize(("tone", "theme"), [*product(("civil", "defence", "dual", "stop", "ink"), THEMES)])
def test_paper_can_be_read_on_a_solid_tone(tone: str, theme: str) -> None:
    assert contrast(token("paper", theme), token(tone, theme)) >= 4.5


@pytest.mark.parametrize(("ground", "theme"), [*product(("paper", "raised", "sunk"), THEMES)])
def test_the_edge_of_a_control_can_be_seen(ground: str, theme: str) -> None:
    assert contrast(token("rule-firm", theme), token(ground, theme)) >= 3


def test_no_sheet_but_the_tokens_holds_a_raw_colour() -> None:
    raw = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch|oklab)\((?!from)", re.IGNORECASE)
    for path in sorted((STATIC / "css").rglob("*.css")):
        declarations = re.sub(
            r"/\*.*?\*/|^[^{}:;]*\{", "", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE
        )
        assert path.name == "tokens.css" or not raw.search(declarations), path


def test_every_component_lives_in_the_components_layer() -> None:
    for path in (STATIC / "css/components").glob("*.css"):
        assert re.fullmatch(r"/\*.*?\*/\n@layer components \{\n.*\n\}\n", path.read_text("utf-8"), re.DOTALL), path
