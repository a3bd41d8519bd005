"""A second accessibility engine beside axe: IBM's Equal Access rules for WCAG 2.2, on every page as each role."""

from __future__ import annotations

from typing import Any

from tests.audit.tools import MODULES, Figure, version
from tests.browser.conftest import Look
from tests.browser.world import WHO, World

ENGINE = MODULES / "accessibility-checker-engine" / "ace.js"
CHECK = """async () => {
  for (const one of document.querySelectorAll("details")) one.open = true;
  const found = await new ace.Checker().check(document, ["WCAG_2_2"]);
  return found.results.filter((one) => one.value[0] === "VIOLATION" && one.value[1] === "FAIL")
    .map((one) => `${one.ruleId}: ${one.message} ${one.snippet.slice(0, 160)}`);
}"""
"""What is folded away is unfolded: the engine reads it as if it were there without being seen."""
NOT_COUNTED = {
    ("aria_form_label_unique", ""): "forms without a name: they are no landmarks, so they need none that is unique",
    ("fieldset_label_valid", 'class="module aligned'): "the frame that Django's administration draws around all fields",
    ("fieldset_label_valid", "/style-guide/"): "the style guide shows one field in several states",
    ("table_headers_related", "field-__str__"): "the only column of a list in Django's administration",
}
"""Rule, and a part of the element or of the path: why it is left alone."""
THEMES = {"en": "dark", "ro": "light"}
"""The other way round than in the tests with axe."""


def check(world: World, look: Look) -> tuple[Figure, list[str]]:
    """The violations on all pages."""
    engine, wrong, count = ENGINE.read_text(), [], 0
    for who in WHO:
        for language, theme in THEMES.items():
            page = look(world.person(who), language, color_scheme=theme, bypass_csp=True).new_page()
            for path in world.pages(who):
                page.goto(path)
                page.evaluate(engine)
                found: Any = page.evaluate(CHECK)
                count += 1
                told = [f"{language} {who} {path}: {one}" for one in found]
                wrong += [one for one in told if counted(one)]
            page.context.close()
    what = f"Violations of WCAG 2.2 A and AA on {count} pages: every kind of page, each role, both languages"
    figure = str(len(wrong)) if wrong else "none"
    tool = f"Equal Access {version('accessibility-checker-engine')}"
    return Figure(what, tool, figure, "none", not wrong), wrong


def counted(told: str) -> bool:
    return not any(f": {rule}: " in told and part in told for rule, part in NOT_COUNTED)
