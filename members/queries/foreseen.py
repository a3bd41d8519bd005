"""What other apps know of an offer or a need before it is saved: sentences with numbers, never names."""

from collections.abc import Callable, Sequence

from members.models import Capability

Source = Callable[[Capability, int | None], Sequence[str]]
SOURCES: list[Source] = []


def foresee(source: Source) -> None:
    """Let an app have its say. `source` gets the item and the maturity that it would have; `cluster_portal.urls` names
    them all."""
    if source not in SOURCES:
        SOURCES.append(source)


def what_would_change(item: Capability, trl: int | None) -> list[str]:
    """Everything that the apps say of this item, as it would stand in the profile of its member."""
    return [line for source in SOURCES for line in source(item, trl)]
