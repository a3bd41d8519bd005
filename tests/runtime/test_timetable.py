"""The timetable and the tasks: what is asked for exists, what exists is asked for."""

import ast
import inspect
from importlib import import_module
from types import ModuleType

import pytest

from cluster_portal.celery import app
from cluster_portal.common.outbox import SWEEP
from events.actions.telling import TASK

ROOMS = ("cluster_portal.common.tasks", "members.tasks", "events.tasks", "matchmaking.tasks")
TOOLS = {"task", "each"}
"""Of the kernel: what makes a function a task, and what runs a step for many rows."""


@pytest.fixture(scope="module", autouse=True)
def known() -> None:
    app.loader.import_default_modules()


def _named(room: ModuleType) -> set[str]:
    """Public functions that are written in this room."""
    tree = ast.parse(inspect.getsource(room))
    return {
        node.name for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    } - TOOLS


def test_every_turn_and_every_knock_is_for_a_task_that_the_worker_knows() -> None:
    asked = {turn["task"] for turn in app.conf.beat_schedule.values()} | {SWEEP, TASK}
    assert asked <= set(app.tasks), "a worker would discard the message"


@pytest.mark.parametrize("name", ROOMS)
def test_every_function_of_a_room_of_tasks_is_a_task_with_its_turn(name: str) -> None:
    asked = {turn["task"] for turn in app.conf.beat_schedule.values()}
    written = {f"{name}.{one}" for one in _named(import_module(name))}
    assert written
    assert written <= asked, "nobody asks for it"
