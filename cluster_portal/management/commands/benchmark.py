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

from cluster_portal.benchmarks.matching import invent_cluster, measure_matching
from cluster_portal.benchmarks.measuring import measure, worker_memory
from cluster_portal.benchmarks.members import invent_members
from cluster_portal.benchmarks.pages import directory_pages, invent_requests, queue_pages, results
from cluster_portal.common.assets import asset
from members.actions.presets import load_preset
from members.management.commands.load_preset import preset_file
from members.rules import presets


class Command(BaseCommand):
    help = "Measure pages as ratios to a bare page, or matching as ratios to plain loops, in one run."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", nargs="?", choices=("pages", "matching"), default="pages")
        parser.add_argument("--members", type=int, help="how many members (default 10,000; for matching 1,000)")
        parser.add_argument("--rounds", type=int, default=7, help="rounds of which the median is told")
        parser.add_argument("--visits", type=int, default=30, help="visits of each page in a round")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("collectstatic", interactive=False, verbosity=0)
        name = connection.settings_dict["NAME"]
        self.stdout.write("Making a database for the measurement")
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            if options["what"] == "matching":
                self.match(options["members"] or 1_000, options["rounds"], options["visits"])
            else:
                self.run(options["members"] or 10_000, options["rounds"], options["visits"])
        finally:
            connection.creation.destroy_test_db(name, verbosity=0)

    def run(self, members: int, rounds: int, visits: int) -> None:
        load_preset(presets.load(preset_file(settings.PRESET)))
        tenth = max(1, members // 10)
        self.stdout.write(f"Inventing {tenth:,} members, and measuring")
        invent_members(tenth, seed=1)
        self._tidy()
        small = measure(directory_pages(WSGIHandler()), rounds=rounds, visits=visits)
        self.stdout.write(f"Inventing {members:,} members, and measuring")
        invent_members(members - tenth, seed=2)
        self._tidy()
        handler = WSGIHandler()
        pages = directory_pages(handler)
        costs = measure(pages, rounds=rounds, visits=visits)
        memory = worker_memory(
            self._database_url(), ["/", "/members/", "/members/?role=industry", "/members/?q=senzori"]
        )
        invent_requests()
        self._tidy()
        costs |= measure(queue_pages(), rounds=rounds, visits=max(3, visits // 6))
        weight = costs["directory"].compressed + sum(
            len(gzip.compress(asset(part).body, 6)) for part in ("portal.css", "sprite.svg", "mark.svg")
        )
        weight += len(gzip.compress(Path(str(find("django_htmx/htmx-2.min.js"))).read_bytes(), 6))
        self.report(costs, results(costs, small, memory, weight))

    def match(self, members: int, rounds: int, visits: int) -> None:
        load_preset(presets.load(preset_file(settings.PRESET)))
        self.stdout.write(f"Inventing {members:,} members with offers and needs, and measuring")
        ids = invent_cluster(members)
        self._tidy()
        self.report(*measure_matching(ids, rounds=rounds, visits=visits))

    def _database_url(self) -> str:
        """The address of the database that is measured, for another process."""
        name = str(connection.settings_dict["NAME"])
        if settings.ON_THIS_MACHINE:
            return str(settings.EMBEDDED.postgres.url(name))
        return urlsplit(settings.DATABASE_URL)._replace(path=f"/{name}").geturl()

    def _tidy(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")

    def report(self, costs: dict[str, Any], lines: list[Any]) -> None:
        self.stdout.write("\nCPU milliseconds a visit (web + database), median of the rounds")
        for name, cost in costs.items():
            spread = f"{min(cost.sums):.2f} to {max(cost.sums):.2f}"
            self.stdout.write(f"  {name:24} {cost.milliseconds:7.2f}   {spread:>16}   {cost.queries} queries")
        self.stdout.write("\nTargets")
        for line in lines:
            self.stdout.write(f"  {'met ' if line.met else 'OVER'}  {line.name:36} {line.figure:32} {line.target}")
        over = sum(not line.met for line in lines)
        self.stdout.write("\nAll targets are met." if not over else f"\n{over} of {len(lines)} targets are not met.")
