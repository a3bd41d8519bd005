"""The container files agree with the settings and give nobody more than needed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = (ROOT / "docker-compose.yml").read_text()
DOCKERFILE = (ROOT / "Dockerfile").read_text()
SERVICES = dict(re.findall(r"^  ([a-z]+):.*\n((?:    .*\n|\n)+)", COMPOSE.split("\nservices:\n")[1], re.MULTILINE))


def test_all_parts_are_there() -> None:
    assert set(SERVICES) >= {"db", "valkey", "prepare", "web", "letters", "worker", "beat", "mailpit"}


@pytest.mark.parametrize("service", sorted(set(SERVICES) - {"prepare"}))
def test_every_lasting_service_has_a_health_check(service: str) -> None:
    assert "healthcheck:" in SERVICES[service]


def test_every_variable_is_one_that_the_settings_read() -> None:
    common = COMPOSE.split("environment: &environment\n")[1].split("  volumes:")[0]
    given = set(re.findall(r"^    ([A-Z_]+):", common, re.MULTILINE))
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (ROOT / "cluster_portal" / "settings.py").read_text()))
    assert given
    assert given <= read


def test_doors_open_to_this_machine_only() -> None:
    ports = re.findall(r'^      - "([^"]*:\d+)"$', COMPOSE, re.MULTILINE)
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_no_secret_is_written_down() -> None:
    assert re.findall(r"(?:PASSWORD|SECRET_KEY): (?!\$\{)", COMPOSE) == []


def test_the_workers_divide_all_queues() -> None:
    queues = [queue for found in re.findall(r'"--queues", "([a-z,]+)"', COMPOSE) for queue in found.split(",")]
    assert sorted(queues) == ["default", "heavy", "mail"]
    assert '"mail", "--concurrency", "1"' in SERVICES["letters"]


def test_the_image_is_installed_from_the_hashed_lock_and_runs_as_nobody_special() -> None:
    assert "--no-deps --require-hashes -r .lock/run.txt" in DOCKERFILE
    instructions = [line.split()[0] for line in DOCKERFILE.splitlines() if re.match(r"[A-Z]+ ", line)]
    assert instructions.index("USER") < instructions.index("COPY") < instructions.index("CMD")
    assert "USER portal" in DOCKERFILE


def test_the_image_takes_no_private_data_along() -> None:
    assert {".git", ".portal", ".env", ".venv"} <= set((ROOT / ".dockerignore").read_text().split())
