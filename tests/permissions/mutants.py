"""Breaks each permission check in turn and proves that the matrix notices. Run it by its name; it takes some minutes:

    python -m pytest -n0 -s tests/permissions/mutants.py

A mutant is one check of members/permissions.py left out, turned round or answered beforehand. It is killed when any
cell of the matrix changes its answer. The code of the function is swapped in place, so every module sees the mutant.
"""

from __future__ import annotations

import ast
import copy
import logging
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import pytest
from django.test import Client

from members import permissions
from tests.permissions.doors import Row, rows
from tests.permissions.playing import attempt
from tests.permissions.world import ROLES, World

SOURCE = Path(permissions.__file__).read_text(encoding="utf-8")
SHARE = 0.95
EQUIVALENT: dict[str, str] = {}
"""Mutants that behave as the original does, each with its reason."""


# --- Breaking ---------------------------------------------------------------------------------------------------------
def changes(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """What may stand in place of this expression, each with its name."""
    if isinstance(node, ast.BoolOp):
        for index, operand in enumerate(node.values):
            rest = [value for place, value in enumerate(node.values) if place != index]
            kept = rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)
            yield f"without `{ast.unparse(operand)}`", kept
    elif isinstance(node, ast.Compare):
        yield f"not `{ast.unparse(node)}`", ast.UnaryOp(ast.Not(), node)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield f"`{ast.unparse(node.operand)}` without not", node.operand
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        yield from fewer_conditions(node, node.func)


def fewer_conditions(call: ast.Call, method: ast.Attribute) -> Iterator[tuple[str, ast.expr]]:
    """A query with one condition less."""
    if method.attr == "filter":
        for index, keyword in enumerate(call.keywords):
            rest = [one for place, one in enumerate(call.keywords) if place != index]
            yield f"filter without `{keyword.arg}`", ast.Call(call.func, call.args, rest)
    elif method.attr in {"current", "in_office"}:
        whole = ast.Call(ast.Attribute(method.value, "all", ast.Load()), [], [])
        yield f"without .{method.attr}()", whole


def answered(function: ast.FunctionDef) -> Iterator[tuple[str, ast.FunctionDef]]:
    """A yes-or-no function that says the same to everybody."""
    if isinstance(function.returns, ast.Name) and function.returns.id == "bool":
        for value in (True, False):
            made = copy.deepcopy(function)
            made.body = [ast.Return(ast.Constant(value))]
            yield f"always {value}", made


class Swap(ast.NodeTransformer):
    """Puts another expression in the place of one."""

    def __init__(self, old: ast.AST, new: ast.expr) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> Any:
        return self.new if node is self.old else super().visit(node)


def functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef):
                    yield f"{node.name}.{inner.name}", inner


def original(name: str) -> FunctionType:
    """The function as the portal runs it; of a property, its getter."""
    owner, _dot, method = name.rpartition(".")
    if not owner:
        return getattr(permissions, name)  # type: ignore[no-any-return]
    return getattr(permissions, owner).__dict__[method].fget  # type: ignore[no-any-return]


def mutants() -> Iterator[tuple[str, str, CodeType]]:
    """(function, what is broken, its code) for every mutant."""
    names = [name for name, _node in functions(ast.parse(SOURCE))]
    for name in names:
        number = 0
        while True:
            tree = ast.parse(SOURCE)
            function = dict(functions(tree))[name]
            made = list(_of(function))
            if number >= len(made):
                break
            what, change = made[number]
            number += 1
            yield name, what, _compiled(change)


def _of(function: ast.FunctionDef) -> Iterator[tuple[str, ast.FunctionDef]]:
    yield from answered(function)
    for node in ast.walk(function):
        if node is function.returns or node in function.args.args:
            continue
        for what, new in changes(node):
            yield what, copy.deepcopy(_swapped(function, node, new))


def _swapped(function: ast.FunctionDef, old: ast.AST, new: ast.expr) -> ast.FunctionDef:
    """A copy of the function with the change; the function itself stays whole."""
    marked = copy.deepcopy((function, old, new))
    swapped: ast.FunctionDef = Swap(marked[1], marked[2]).visit(marked[0])
    return swapped


def _compiled(function: ast.FunctionDef) -> CodeType:
    function.decorator_list = []
    module = ast.fix_missing_locations(ast.Module([function], []))
    space: dict[str, Any] = dict(vars(permissions))
    exec(compile(module, permissions.__file__, "exec"), space)
    code: CodeType = space[function.name].__code__
    return code


# --- Noticing ---------------------------------------------------------------------------------------------------------
Cell = tuple[Row, str]


def tour(browsers: dict[str, Client], world: World) -> tuple[dict[str, list[Cell]], dict[tuple[int, str, str], str]]:
    """Function -> the cells in which it is asked; and the answer of every cell, all of them right."""
    names = {original(name).__code__: name for name, _node in functions(ast.parse(SOURCE))}
    asked: dict[str, list[Cell]] = defaultdict(list)
    answers = {}
    for row in rows():
        for role in ROLES:
            seen: set[str] = set()

            def note(frame: Any, event: str, _argument: Any, seen: set[str] = seen) -> None:
                if event == "call" and frame.f_code in names:
                    seen.add(names[frame.f_code])

            sys.setprofile(note)
            try:
                answer = attempt(browsers[role], row, world).told
            finally:
                sys.setprofile(None)
            answers[row.line, str(row), role] = answer
            assert answer == row.answers[role], f"{role}: {row}: {answer}"
            for name in seen:
                asked[name].append((row, role))
    return asked, answers


def killer(cells: list[Cell], browsers: dict[str, Client], world: World) -> str:
    """The first cell that answers otherwise; empty when none does."""
    for row, role in cells:
        if attempt(browsers[role], row, world).told != row.answers[role]:
            return f"{role}: {row}"
    return ""


@pytest.mark.django_db
def test_the_matrix_notices_every_check_that_is_broken(
    world: World, browsers: dict[str, Client], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL, "django.request")
    asked, _answers = tour(browsers, world)
    alive, killed = [], 0
    for name, what, code in mutants():
        function = original(name)
        whole, function.__code__ = function.__code__, code
        last = [cell for cell in asked[name] if cell[0].method == "POST"] + asked[name]
        try:
            by = killer(_spread(last), browsers, world)
        finally:
            function.__code__ = whole
        label = f"{name}: {what}"
        print("killed" if by else "ALIVE ", label, "|", by)  # noqa: T201  # a report, by command only
        killed += bool(by)
        if not by:
            alive.append(label)
    unexplained = [label for label in alive if label not in EQUIVALENT]
    share = killed / (killed + len(unexplained))
    print(f"{killed} killed, {len(alive)} alive of which {len(alive) - len(unexplained)} are equivalent: {share:.1%}")  # noqa: T201
    assert share >= SHARE, "\n".join(unexplained)


def _spread(cells: list[Cell]) -> list[Cell]:
    """One cell of each door and role first: a mutant shows early."""
    first: dict[tuple[str, str], Cell] = {}
    rest = []
    for row, role in cells:
        if (row.door, role) in first:
            rest.append((row, role))
        else:
            first[row.door, role] = (row, role)
    return [*first.values(), *rest]
