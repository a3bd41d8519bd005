"""Checks everything that must always hold; ends with 1 and names what does not."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from cluster_portal.common.invariants import INVARIANTS as KERNEL
from events.queries.invariants import INVARIANTS as EVENTS
from matchmaking.queries.invariants import INVARIANTS as MATCHING
from matchmaking.queries.invariants_of_days import INVARIANTS as DAYS
from members.queries.invariants import INVARIANTS as MEMBERSHIP

INVARIANTS = KERNEL + MEMBERSHIP + MATCHING + DAYS + EVENTS
SHOWN = 20


class Command(BaseCommand):
    help = "Check the invariants of the portal. Reads only; run it after a fault, after a restore and every night."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("names", nargs="*", help="only these invariants")
        parser.add_argument("--list", action="store_true", help="say what is checked and stop")

    def handle(self, *args: Any, **options: Any) -> None:
        known = {invariant.name: invariant for invariant in INVARIANTS}
        unknown = sorted(set(options["names"]) - set(known))
        if unknown:
            raise CommandError(f"There is no invariant {', '.join(unknown)}. Known: {', '.join(known)}.")
        chosen = [known[name] for name in options["names"]] or list(INVARIANTS)
        if options["list"]:
            for invariant in chosen:
                self.stdout.write(f"{invariant.name}: {invariant.sentence}")
            return
        broken = 0
        with transaction.atomic():
            for invariant in chosen:
                found = invariant.violations()
                broken += bool(found)
                self.stdout.write(f"{'BROKEN' if found else 'holds '}  {invariant.name}: {invariant.sentence}")
                for violation in found[:SHOWN]:
                    self.stdout.write(f"        {violation}")
                if len(found) > SHOWN:
                    self.stdout.write(f"        and {len(found) - SHOWN} more")
        if broken:
            raise CommandError(f"{broken} of {len(chosen)} invariants do not hold.")
        self.stdout.write(f"All {len(chosen)} invariants hold.")
