"""What members announce to the apps above them, unknown to members: listeners run in the same transaction."""

from collections.abc import Callable

Listener = Callable[[int], None]
Heard = Callable[[int, int], None]


class Announcement:
    """Something that happens to an organisation. Listeners are called with its id, in the order in which they came."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def connect(self, listener: Listener) -> Listener:
        """Once each; used as a decorator in an app's `receivers`, which its AppConfig imports."""
        if listener not in self._listeners:
            self._listeners.append(listener)
        return listener

    def send(self, organisation: int) -> None:
        """A listener that fails undoes what is announced: nothing fails silently."""
        for listener in self._listeners:
            listener(organisation)


class Succession:
    """One thing takes the place of another. Listeners are called with the id of what ends and of what stays."""

    def __init__(self) -> None:
        self._listeners: list[Heard] = []

    def connect(self, listener: Heard) -> Heard:
        """Once each, as with an announcement."""
        if listener not in self._listeners:
            self._listeners.append(listener)
        return listener

    def send(self, ended: int, stays: int) -> None:
        """A listener that fails undoes what is announced."""
        for listener in self._listeners:
            listener(ended, stays)


word_merged = Succession()
"""A word of the vocabulary was merged into another."""
capability_united = Succession()
"""A capability is about to end in another one of the same member, for their words were merged."""

membership_changed = Announcement()
"""The quality of member of this organisation began, was suspended, came back or ended."""
