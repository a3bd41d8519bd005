"""Measures pages against the bare page, or matching against plain loops, in a database that it makes and removes."""

import gzip
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles.finders import find
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import BaseCommand, call_command
from django.db import connection

from cluster_portal.benchmarks.events import event_pages, invent_events
from cluster_portal.benchmarks.matching import invent_cluster, measure_matching
from cluster_portal.benchmarks.measuring import Cost, measure
from cluster_portal.benchmarks.members import invent_members
from cluster_portal.benchmarks.pages import directory_pages, invent_requests, member_paths, queue_pages, searches
from cluster_portal.benchmarks.searching import lookups
from cluster_portal.benchmarks.serving import BARE, PORTAL, server
from cluster_portal.benchmarks.targets import At, Result, results
from cluster_portal.common.assets import asset
from members.actions.presets import load_preset
from members.management.commands.load_preset import preset_file
from members.rules import presets

SIZES, MATCHED = (1_000, 10_000), (1_000,)
AT_ONCE = 10_000
SEARCHED = 100_000  # from so many members on, what PostgreSQL does for a search is a target of its own


class Command(BaseCommand):
    help = "Measure pages as ratios to a bare page, or matching as ratios to plain loops, in one run."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", nargs="?", choices=("pages", "matching"), default="pages")
        sizes = "how many members, one measurement after the other (default 1000 10000, matching 1000)"
        parser.add_argument("--sizes", type=int, nargs="+", help=sizes)
        parser.add_argument("--rounds", type=int, default=7, help="rounds of which the median is told")
        parser.add_argument("--visits", type=int, default=30, help="visits of each page in a round")
        parser.add_argument("--requests", type=int, default=1_600, help="what the web server is asked, 0: no server")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("collectstatic", interactive=False, verbosity=0)
        name = connection.settings_dict["NAME"]
        self.stdout.write("Making a database for the measurement")
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            load_preset(presets.load(preset_file(settings.PRESET)))
            if options["what"] == "matching":
                self.match(max(options["sizes"] or MATCHED), options["rounds"], options["visits"])
            else:
                sizes = sorted(set(options["sizes"] or SIZES))
                self.run(sizes, options["rounds"], options["visits"], options["requests"])
        finally:
            connection.creation.destroy_test_db(name, verbosity=0)

    def run(self, sizes: list[int], rounds: int, visits: int, requests: int) -> None:
        measured: dict[int, At] = {}
        there = 0
        for size in sizes:
            self.stdout.write(f"Inventing members up to {size:,}, and measuring")
            while there < size:  # each thousand of thousands under a seed of its own
                count = min(AT_ONCE, size - there)
                invent_members(count, seed=there + 1)
                there += count
            measured[size] = self.measured(size, rounds, visits, requests)
            self.tell(size, measured[size].costs)
        lines = results(measured, weight_of_first_visit(measured[sizes[-1]].costs["directory"]))
        self.report(lines)

    def measured(self, size: int, rounds: int, visits: int, requests: int) -> At:
        """Everything at one size: pages, the desk, what lies behind a web server, and searches when there are many."""
        invent_events()
        self._tidy()
        handler = WSGIHandler()
        costs = measure({**directory_pages(handler), **event_pages(handler)}, rounds=rounds, visits=visits)
        found = At(costs)
        if requests:
            self._serve(found, requests)
        if size >= SEARCHED:
            found.lookups = lookups()
        invent_requests()
        self._tidy()
        found.costs = {**costs, **measure(queue_pages(), rounds=rounds, visits=max(3, visits // 6))}
        return found

    def _serve(self, found: At, requests: int) -> None:
        """The same pages behind two workers, in turns with the bare page; and what such a worker holds."""
        address = self._database_url()
        paths = ["/", "/members/", "/members/?role=industry", "/members/?q=senzori", *member_paths()[:10]]
        words = [f"/members/?q={text.replace(' ', '+')}" for text in searches()[:20] if text.isascii()]
        with server(PORTAL, address) as portal, server(BARE, address) as bare:
            portal.visit([*paths, *words])
            bare.load(["/"], 200)
            loads = [(bare.load(["/"], requests), portal.load(["/members/"], requests)) for _round in range(3)]
            one, other = sorted(loads, key=lambda pair: pair[1].rate / pair[0].rate)[1]
            found.loads = {"bare page": one, "directory": other}
            found.memory, found.share = portal.memory()

    def match(self, members: int, rounds: int, visits: int) -> None:
        self.stdout.write(f"Inventing {members:,} members with offers and needs, and measuring")
        ids = invent_cluster(members, say=self.stdout.write)
        self._tidy()
        costs, lines = measure_matching(ids, rounds=rounds, visits=visits, say=self.stdout.write)
        self.tell(members, costs)
        self.report(lines)

    def _database_url(self) -> str:
        """The address of the database that is measured, for another process."""
        name = str(connection.settings_dict["NAME"])
        if settings.ON_THIS_MACHINE:
            return str(settings.EMBEDDED.postgres.url(name))
        return urlsplit(settings.DATABASE_URL)._replace(path=f"/{name}").geturl()

    def _tidy(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")

    def tell(self, size: int, costs: Any) -> None:
        self.stdout.write(f"\nCPU milliseconds a visit (web + database), median of the rounds, {size:,} members")
        for name, cost in costs.items():
            spread = f"{min(cost.sums):.2f} to {max(cost.sums):.2f}"
            self.stdout.write(f"  {name:26} {cost.milliseconds:7.2f}   {spread:>16}   {cost.queries} queries")

    def report(self, lines: list[Result]) -> None:
        self.stdout.write("\nTargets")
        for line in lines:
            self.stdout.write(f"  {'met ' if line.met else 'OVER'}  {line.name:44} {line.figure:40} {line.target}")
        over = sum(not line.met for line in lines)
        self.stdout.write("\nAll targets are met." if not over else f"\n{over} of {len(lines)} targets are not met.")


def weight_of_first_visit(page: Cost) -> int:
    """Bytes of everything that the directory brings the first time, compressed."""
    weight = page.compressed + sum(
        len(gzip.compress(asset(part).body, 6)) for part in ("portal.css", "sprite.svg", "mark.svg")
    )
    return weight + len(gzip.compress(Path(str(find("django_htmx/htmx-2.min.js"))).read_bytes(), 6))
