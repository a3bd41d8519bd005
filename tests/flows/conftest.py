"""What the flows stand on: a web server, a worker, a post office, and a cluster with its Board and its office."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from cluster_portal.common.context import forget_cluster
from members.enums import BoardRole
from tests import factories
from tests.conftest import Sink
from tests.flows.stage import Stage

Setting = Callable[[str], Stage]


@pytest.fixture
def stage(transactional_db: None, smtp_sink: Sink, live_worker: Any, server: str) -> Iterator[Setting]:
    """Call it with the code of a preset: everybody who takes part, and where they meet."""
    forget_cluster()

    def set_up(preset: str) -> Stage:
        factories.a_cluster(preset)
        board = factories.a_board(5)
        board += [factories.a_director(full_name=f"Director {number}", language="ro") for number in (6, 7)]
        assert [seat.role for seat in board[0].directorships.all()] == [BoardRole.PRESIDENT]
        return Stage(server, smtp_sink, factories.an_office_person(full_name="Office Person"), board)

    yield set_up
    forget_cluster()
