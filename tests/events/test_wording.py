"""Every code that events raise has a sentence, and every verb of the trail has one too."""

from __future__ import annotations

import ast
from pathlib import Path

import events
from cluster_portal.common.wording import TOLD
from events import wording
from events.rules.lifecycle import REGISTRATION_TRANSITIONS
from members.rules.errors import RuleError
from tests.events.clock import utc, wall

ROOT = Path(events.__file__).parent


def said(*names: str) -> set[str]:
    """First arguments of calls of these names, where they are written out."""
    found = set()
    for path in [*(ROOT / "rules").glob("*.py"), *(ROOT / "actions").glob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if called in names:
                    found.add(str(node.args[0].value))
    return found


def test_every_code_has_a_sentence_and_every_sentence_a_code() -> None:
    steps = {f"{kind}_step_unlawful" for kind in ("event", "registration", "campaign")}
    codes = said("RuleError", "Remark") | steps
    assert codes == set(wording.SENTENCES)


def test_every_verb_of_the_trail_has_a_sentence() -> None:
    verbs = said("record", "_tell") | {f"registration_{step.verb}" for step in REGISTRATION_TRANSITIONS}
    assert verbs == set(wording.TRAIL)
    assert set(wording.TRAIL) <= set(TOLD)


def test_sentences_speak_of_times_by_the_wall_clock_and_of_states_by_name() -> None:
    missing = RuleError("local_time_missing", {"time": wall(2027, 3, 28, 3, 30), "first": wall(2027, 3, 28, 4)})
    assert "28 March 2027, 03:30" in wording.sentence(missing) and "28 March 2027, 04:00" in wording.sentence(missing)
    assert "21 September 2026, 10:00" in wording.sentence(RuleError("door_not_open", {"opens": utc(2026, 9, 21, 7)}))
    assert "On the waiting list" in wording.sentence(RuleError("nothing_offered", {"state": "listed"}))


def test_when_is_as_short_as_it_is_clear() -> None:
    start = utc(2026, 9, 21, 7)
    assert wording.when(start, utc(2026, 9, 21, 9, 30), all_day=False) == "21 September 2026, 10:00–12:30"
    assert wording.when(start, utc(2026, 9, 22, 9), all_day=False) == (
        "21 September 2026, 10:00 – 22 September 2026, 12:00"
    )
    assert wording.when(start, utc(2026, 9, 22, 21), all_day=True) == "21 September 2026 – 22 September 2026"
    assert wording.when(start, utc(2026, 9, 21, 21), all_day=True) == "21 September 2026"
