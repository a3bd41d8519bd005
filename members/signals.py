"""What members announce to the apps above them, unknown to members: listeners run in the same transaction."""

from collections.abc import Callable

Listener = Callable[[int], None]


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


membership_changed = Announcement()
"""The quality of member of this organisation began, was suspended, came back or ended."""
