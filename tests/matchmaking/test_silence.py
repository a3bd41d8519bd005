"""A no is silent: no page, count, order or letter of its sender differs from those of one who is not answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from cluster_portal.common.models import OutgoingMail
from matchmaking.actions.interests import decline_interest, express_interest
from matchmaking.actions.standing import leave_matching, put_aside
from matchmaking.models import Interest
from matchmaking.tasks import end_interests, remind
from members.permissions import forget_standing
from tests import factories
from tests.matchmaking.conftest import Pairing
from tests.matchmaking.test_meeting_pages import at, browser, text

pytestmark = pytest.mark.django_db
REASON = "We do not like them."


@pytest.fixture
def interest(pairing: Pairing) -> Interest:
    """An interest of the maker in the institute, older than one in the third."""
    factories.a_capability(pairing.third, "serv-emc", trl=9)
    found = express_interest(pairing.maker.pk, pairing.institute.pk, by=pairing.by_maker, message="Shall we meet?")
    express_interest(pairing.maker.pk, pairing.third.pk, by=pairing.by_maker, message="Shall we?")
    return found


def everything(pairing: Pairing, interest: Interest) -> dict[str, str]:
    """All that the sender can open or has been sent."""
    forget_standing(pairing.by_maker)
    maker = browser(pairing.by_maker)
    paths = [
        "/matchmaking/",
        "/matchmaking/?group=need",
        "/matchmaking/interests/",
        f"/matchmaking/interests/{interest.key}/",
        at(pairing.maker, pairing.institute),
        "/matchmaking/introductions/",
        "/matchmaking/asides/",
        "/members/mine/",
        f"/members/{pairing.institute.slug}/",
    ]
    pages = {path: text(maker.get(path)) for path in paths}
    pages["form"] = maker.get(at(pairing.maker, pairing.institute, "interest/")).headers.get("Location", "form")
    letters = OutgoingMail.objects.filter(recipient="maker@example.org").order_by("id")
    pages["letters"] = repr([(mail.kind, mail.subject, mail.text) for mail in letters])
    return pages


def declined(pairing: Pairing, interest: Interest) -> None:
    decline_interest(interest.pk, by=pairing.by_institute, reason=REASON)


def and_put_aside(pairing: Pairing, interest: Interest) -> None:
    declined(pairing, interest)
    put_aside(pairing.institute.pk, pairing.maker.pk, by=pairing.by_institute, reason="competitor", note=REASON)


def nothing(_pairing: Pairing, _interest: Interest) -> None:
    """Nobody answers."""


def undone(act: Callable[[], dict[str, str]]) -> dict[str, str]:
    """What came of it, and the world as it was before."""
    mark = transaction.savepoint()
    found = act()
    transaction.savepoint_rollback(mark)
    return found


@pytest.mark.parametrize("answer", [declined, and_put_aside])
@pytest.mark.parametrize("days", [0, 25, 32, 33])
def test_a_no_is_not_to_be_told_from_no_answer(
    pairing: Pairing, interest: Interest, answer: Callable[..., None], days: int
) -> None:
    def after(act: Callable[..., None]) -> dict[str, str]:
        act(pairing, interest)
        with time_machine.travel(timezone.now().replace(hour=9, minute=0) + timedelta(days=days), tick=False):
            remind()
            end_interests()
            return everything(pairing, interest)

    silent, refused = undone(lambda: after(nothing)), undone(lambda: after(answer))
    assert {name for name, page in silent.items() if refused[name] != page} == set()
    assert ("No answer came" in silent["/matchmaking/interests/"]) == (days > 31)
    assert REASON not in "".join(refused.values())


@pytest.mark.parametrize("leaving", ["institute", "maker"])
def test_the_end_of_a_side_does_not_tell_it_either(pairing: Pairing, interest: Interest, leaving: str) -> None:
    """A member that leaves ends what waits; the sender reads the same whether or not it had declined before."""

    def after(act: Callable[..., None]) -> dict[str, str]:
        act(pairing, interest)
        leave_matching(getattr(pairing, leaving).pk, by=getattr(pairing, f"by_{leaving}"))
        maker = browser(pairing.by_maker)
        pages = {path: text(maker.get(path)) for path in ("/matchmaking/interests/", "/members/mine/")}
        letters = OutgoingMail.objects.filter(recipient="maker@example.org").order_by("id")
        return pages | {"letters": repr([(mail.kind, mail.text) for mail in letters])}

    assert undone(lambda: after(nothing)) == undone(lambda: after(declined))


def test_who_declined_keeps_the_reason_and_may_think_better_of_it(pairing: Pairing, interest: Interest) -> None:
    institute = browser(pairing.by_institute)
    here = f"/matchmaking/interests/{interest.key}/"
    assert "Say no to" in text(institute.get(f"{here}decline/"))
    for _twice in range(2):
        institute.post(f"{here}decline/", {"reason": REASON})
    assert REASON in text(institute.get("/matchmaking/interests/"))
    page: Any = text(institute.get(here))
    assert REASON in page and "The other side does not know." in page and "Yes, introduce us" in page
    assert institute.post(f"{here}accept/").status_code == 302
    interest.refresh_from_db()
    assert interest.state == "accepted"
