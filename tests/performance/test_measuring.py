"""The measurement compares round by round, so that a slow minute weighs on both sides alike."""

from functools import partial

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection

from cluster_portal.benchmarks.events import event_pages, invent_events
from cluster_portal.benchmarks.measuring import Cost, measure, ratio
from cluster_portal.benchmarks.members import invent_members
from cluster_portal.benchmarks.pages import directory_pages
from cluster_portal.benchmarks.serving import BARE, server
from cluster_portal.benchmarks.targets import At, results
from cluster_portal.benchmarks.visiting import visits
from tests.factories import a_cluster


def test_a_ratio_is_the_median_of_the_rounds_pair_by_pair() -> None:
    one, other = Cost([2.0, 20.0, 3.0], [1.0, 10.0, 0.0]), Cost([1.0, 10.0, 1.0], [0.0, 0.0, 0.0])
    assert ratio(one, other) == 3.0
    assert one.milliseconds == 3.0


def test_what_is_over_its_target_is_said() -> None:
    page = Cost([2.0], [0.0], queries=3, body=b"x")
    names = ["directory", "directory, filtered", "directory, searched", "member", "Board's list"]
    costs = dict.fromkeys([*names, "bare page", "stock list of requests"], Cost([1.0], [0.0], queries=1)) | {
        "directory": page
    }
    told = {line.name: line for line in results({10_000: At(costs, memory=50)}, weight=1000)}
    assert not told["directory, CPU"].met
    assert told["directory, CPU"].figure == "2.00 x bare page"
    assert not told["directory, queries"].met
    assert told["member, CPU"].met


def test_growth_and_memory_have_a_target_for_every_size() -> None:
    small, large = Cost([1.0], [0.0], queries=1), Cost([4.0], [0.0], queries=1)
    pages = ["bare page", "directory", "directory, filtered"]
    measured = {
        1_000: At(dict.fromkeys(pages, small), memory=100, share=80),
        100_000: At(dict.fromkeys(pages, large), memory=140, share=131),
        1_000_000: At(dict.fromkeys(pages, large), memory=150, share=129),
    }
    told = {line.name: line for line in results(measured, weight=31 * 1024)}
    assert not told["directory, filtered, from 1,000 to 100,000"].met
    assert told["directory, filtered, from 1,000 to 1,000,000"].met
    assert not told["directory, from 1,000 to 1,000,000"].met
    assert told["web worker, 1,000 members"].met
    assert not told["web worker, 100,000 members"].met
    assert not told["first visit, compressed"].met


@pytest.mark.django_db(transaction=True)
def test_a_server_is_asked_over_open_connections_and_its_workers_are_weighed() -> None:
    url = settings.EMBEDDED.postgres.url(str(connection.settings_dict["NAME"]))
    with server(BARE, url) as bare:
        load = bare.load(["/"], 80)
        memory, share = bare.memory()
    assert load.rate > 0 and load.slow > 0
    assert 20 < share < memory < 200


@pytest.mark.django_db(transaction=True)
def test_a_page_is_measured_only_when_it_answers() -> None:
    a_cluster()
    invent_members(40, seed=61)
    handler = WSGIHandler()
    for page in directory_pages(handler).values():
        assert page()
    with pytest.raises(RuntimeError, match="404"):
        visits(handler, ["/members/nobody/"])()


@pytest.mark.django_db(transaction=True)
def test_pages_of_events_are_measured_and_make_the_promised_queries() -> None:
    a_cluster()
    assert (invent_events(12), invent_events(12)) == (12, 0)
    costs = measure(event_pages(WSGIHandler()), rounds=1, visits=1)
    base = {name: Cost([1.0], [0.0], body=b"x") for name in ("bare page", "directory")}
    told = {line.name: line for line in results({12: At({**costs, **base})}, weight=1)}
    assert all(told[f"{name}, queries"].met for name in costs), {name: cost.queries for name, cost in costs.items()}
    assert b"Seminar 0 on sensors" in costs["events"].body
    assert b"Waiting" in costs["event"].body


@pytest.mark.django_db
def test_pages_are_visited_in_turns_and_their_queries_counted() -> None:
    a_cluster()
    seen: list[str] = []

    def page(name: str) -> bytes:
        seen.append(name)
        return name.encode()

    pages = {name: partial(page, name) for name in ("a", "b")}
    costs = measure(pages, rounds=2, visits=1)
    assert seen == ["a", "a", "b", "b", "a", "b", "a", "b"]
    assert costs["a"].body == b"a"
    assert costs["b"].queries == 0
