"""The cluster manager in a browser, and the forms of the pages as they would be sent."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from cluster_portal.common.models import Cluster
from tests.events import seminars


@pytest.fixture(autouse=True)
def the_cluster(cluster: Cluster, settings: Any) -> None:
    """Every test has its cluster; the second factor of staff has tests of its own."""
    settings.REQUIRE_STAFF_MFA = False


@pytest.fixture
def client() -> Client:
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(seminars.office())
    return browser


def the_form(client: Client, address: str) -> dict[str, Any]:
    """What the form of a page would send when nothing is changed."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return sent(answer.context["form"])


def sent(form: Any) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for bound in form:
        value = bound.value()
        if bound.widget_type in {"file", "clearablefile"}:
            continue
        if bound.widget_type == "checkbox":
            if value:
                values[bound.html_name] = "on"
        elif isinstance(value, (list, tuple)):
            values[bound.html_name] = [str(getattr(one, "pk", one)) for one in value]
        elif bound.widget_type == "datetime":
            values[bound.html_name] = bound.field.widget.format_value(value) or ""
        else:
            values[bound.html_name] = "" if value is None else str(value)
    return values


def save(client: Client, address: str, **changes: Any) -> Any:
    """Send the form of a page with these changes; None takes a value out."""
    values = {**the_form(client, address), **changes}
    return client.post(address, {name: value for name, value in values.items() if value is not None})


def errors(answer: Any) -> dict[str, list[str]]:
    assert answer.status_code == 200, answer.status_code
    return {name: list(words) for name, words in answer.context["form"].errors.items()}
