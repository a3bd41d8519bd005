"""Two imports at once: one writes, the other is told; nothing comes in twice."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import connection, transaction

from members.actions.imports import Wishes, import_organisations
from members.models import Organisation
from members.rules.errors import RuleError
from members.rules.imports.columns import columns_of
from members.rules.imports.tables import Table, read_table
from tests.conftest import PATIENCE
from tests.factories import a_cluster, an_organisation
from tests.members.imports.made import CUI, HEADER, csv_text


def the_list(count: int) -> tuple[Table, Wishes]:
    rows = [(f"Atelierul {number} SRL", "", "Iași", "IS", "RO", "", "") for number in range(count)]
    table = read_table(csv_text(rows).encode())
    return table, Wishes(columns=columns_of(table.header, {}), source="membri.csv")


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_bring_each_organisation_once() -> None:
    a_cluster()
    table, wishes = the_list(200)
    start = threading.Barrier(2)
    ends: list[object] = []

    def work() -> None:
        try:
            start.wait()
            planned = import_organisations(table, wishes, by=None)
            ends.append(sum(one.fate == "new" for one in planned))
        except RuleError as error:
            ends.append(error.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Organisation.objects.count() == 200
    assert sorted(map(str, ends)) in (["200", "import_running"], ["0", "200"])


@pytest.mark.django_db(transaction=True)
def test_an_import_while_another_runs_is_told_to_wait() -> None:
    a_cluster()
    table, wishes = the_list(2)
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('members import'))")
            held.set()
            done.wait(60)
            cursor.execute("ROLLBACK")
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait(60)
    try:
        with pytest.raises(RuleError) as refused:
            import_organisations(table, wishes, by=None)
    finally:
        done.set()
        thread.join()
    assert refused.value.code == "import_running"
    assert not Organisation.objects.exists()


def until_somebody_waits() -> None:
    """Until another connection waits for what this transaction holds."""
    ends = time.monotonic() + PATIENCE
    with connection.cursor() as cursor:
        while time.monotonic() < ends:
            cursor.execute("SELECT bool_or(pg_backend_pid() = ANY(pg_blocking_pids(pid))) FROM pg_stat_activity")
            if cursor.fetchone()[0]:
                return
            time.sleep(0.02)
    raise AssertionError("nobody waited")


@pytest.mark.django_db(transaction=True)
def test_somebody_registers_one_of_them_between_reading_and_writing() -> None:
    """The other row is there but not yet committed: the import waits for it, and then takes everything back."""
    a_cluster()
    table = read_table(csv_text([("Alfa", "", "", "", "RO", "", ""), ("Beta", CUI, "", "", "RO", "", "")]).encode())
    wishes = Wishes(columns=columns_of(HEADER, {}))
    written = threading.Event()

    def register() -> None:
        with transaction.atomic():
            an_organisation("Beta", tax_id=CUI)
            written.set()
            until_somebody_waits()
        connection.close()

    thread = threading.Thread(target=register)
    thread.start()
    written.wait(60)
    try:
        with pytest.raises(RuleError) as refused:
            import_organisations(table, wishes, by=None)
    finally:
        thread.join()
    assert refused.value.code == "import_overtaken"
    assert list(Organisation.objects.values_list("legal_name", flat=True)) == ["Beta"]
