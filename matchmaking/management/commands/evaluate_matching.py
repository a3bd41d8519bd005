"""`manage.py evaluate_matching MEMBERS NEEDS PROJECTS --out RUN`: ranks members for needs whose answers are known."""

import json
from argparse import ArgumentParser
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from matchmaking.actions.evaluation import Loaded, load, scratch_tables
from matchmaking.models import Work
from matchmaking.queries.need_search import Need, ranking
from matchmaking.rules.evaluation import (
    BadFile,
    PublishedNeed,
    fairness,
    read_members,
    read_needs,
    read_projects,
)
from matchmaking.rules.need_search import tie


class Command(BaseCommand):
    help = (
        "Rank the members of MEMBERS for every need of NEEDS by what they did in PROJECTS (three JSON Lines files), "
        "with the search that the page “who can meet this” uses, and write the rankings. The portal's own data is "
        "neither read nor changed. See docs/matching-needs.md."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("members", type=Path, help="a line a member: member, projects, tags")
        parser.add_argument("needs", type=Path, help="a line a need: need, topic_title, title, text, tags")
        parser.add_argument("projects", type=Path, help="a line a project: project, topic_title, title, text, tags")
        parser.add_argument("--out", type=Path, required=True, help="where the rankings go, a line a need")

    def handle(self, *args: Any, **options: Any) -> None:
        began = monotonic()
        out: Path = options["out"]
        if out.is_dir() or not out.absolute().parent.is_dir():
            raise CommandError(
                f"--out names the file to write; {out} is a folder or lies in a folder that is not there."
            )
        try:
            members = read_members(options["members"].name, lines(options["members"]))
            needs = read_needs(options["needs"].name, lines(options["needs"]))
            projects = read_projects(options["projects"].name, lines(options["projects"]))
        except BadFile as error:
            raise CommandError(str(error)) from error
        if Work._meta.db_table not in connection.introspection.table_names():
            self.stdout.write("The portal was never started here: making its tables first")
            call_command("migrate", verbosity=0, interactive=False)
        with scratch_tables():
            loaded = load(members, projects, (code for need in needs for code in need.tags))
            if loaded.unknown_projects:
                self.stderr.write(
                    f"{loaded.unknown_projects} projects of members are not in {options['projects'].name}; "
                    "nothing is known of them and they count for nothing."
                )
            self.stdout.write(
                f"Loaded {len(members):,} members, {len(projects):,} projects and {len(needs):,} needs "
                f"in {monotonic() - began:.1f} s"
            )
            rankings = [full_ranking(need, loaded) for need in needs]
        write(out, members=loaded.members, needs=needs, rankings=rankings)
        spread = fairness(len(members), [ranked[:10] for ranked in rankings])
        self.stdout.write(f"Ranked all members for {len(needs):,} needs in {monotonic() - began:.1f} s: {out}")
        self.stdout.write(
            f"Members in no first ten: {spread.unseen:,} of {spread.members:,} ({spread.named:,} are in one)\n"
            f"Gini of appearances in first tens: {spread.exposure_gini:.3f}"
        )


def lines(path: Path) -> list[bytes]:
    try:
        return path.read_bytes().splitlines()
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error


def full_ranking(need: PublishedNeed, loaded: Loaded) -> list[int]:
    """All members: those in whom something fits in the order of the page, then the others as ties are ordered."""
    asked = Need(text_en=need.text, tags=tuple(loaded.tags[code] for code in need.tags))
    ranked = [place.organisation for place in ranking(asked)]
    others = set(loaded.members.values()).difference(ranked)
    return ranked + sorted(others, key=lambda organisation: tie(asked.key, organisation))


def write(out: Path, *, members: dict[str, int], needs: list[PublishedNeed], rankings: list[list[int]]) -> None:
    """All or nothing: a file that is there is complete."""
    names = {number: key for key, number in members.items()}
    partial = out.with_name(f"{out.name}.partial")
    try:
        with partial.open("w", encoding="utf-8") as file:
            for need, ranked in zip(needs, rankings, strict=True):
                row = {"need": need.given, "ranking": [names[number] for number in ranked]}
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
        partial.replace(out)
    except OSError as error:
        raise CommandError(f"{out} cannot be written: {error.strerror}.") from error
