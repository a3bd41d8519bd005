"""The filled demonstration shows a call with every kind of answer, and an invitation that waits."""

from __future__ import annotations

from matchmaking.models import CallInvitation
from members.models import Organisation


def test_a_call_has_a_yes_a_no_and_an_open_answer(demonstration: str) -> None:
    member = Organisation.objects.get(representations__user__email="member@demo.example.org")
    led = CallInvitation.objects.filter(call__lead=member)
    assert sorted(led.values_list("state", flat=True)) == ["accepted", "declined", "invited"]
    assert CallInvitation.objects.open().filter(member=member).exists()
