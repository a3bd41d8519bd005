"""What a paper says: frozen data that the caller fills in, texts as people typed them."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True)
class Certificate:
    """One certificate of attendance. `language` is that of the paper, whatever the reader's is."""

    language: str
    cluster: str
    person: str
    title: str
    kind: str
    """The kind of event as a word of the paper's language: "Training"."""
    first_day: date
    last_day: date
    place: str
    number: str
    code: str
    """The verification code, as it is typed on the page that checks it."""
    address: str
    """The address that checks this certificate; it is printed and stands in the QR code."""
    issued_on: date
    manager: str
    organisation: str = ""
    manager_role: str = ""
    """What the person who signs is, in the paper's language; empty: cluster manager."""
    hours: Decimal | int | None = None
    valid_until: date | None = None
    """Trainings run out; None: for ever."""


@dataclass(frozen=True)
class Badge:
    """One person's badge. `code` is what a scanner reads at the door.

    `role` and `side` are values of `members.enums`, as a row holds them; empty: not known, its place stays empty.
    """

    name: str
    code: str
    organisation: str = ""
    role: str = ""
    side: str = ""
    note: str = ""
    """A word that sets a person apart: "Speaker"."""


@dataclass(frozen=True)
class Badges:
    language: str
    cluster: str
    title: str
    first_day: date
    last_day: date
    people: tuple[Badge, ...]


@dataclass(frozen=True)
class Layout:
    """How badges stand on an A4 sheet: columns and rows of one size, in millimetres, cut without a gap."""

    columns: int
    rows: int
    width: int
    height: int

    def __post_init__(self) -> None:
        if min(self.columns, self.rows, self.width, self.height) < 1:
            raise ValueError("a layout has at least one badge")
        if self.columns * self.width > 198 or self.rows * self.height > 285:
            raise ValueError("badges and their cut marks do not fit on an A4 sheet")


EIGHT = Layout(columns=2, rows=4, width=90, height=65)
TEN = Layout(columns=2, rows=5, width=90, height=55)


@dataclass(frozen=True)
class Attendee:
    """One line of an attendance list. `answers` stand in the order of the list's questions.

    `role` and `side` are values of `members.enums`; empty: not known.
    """

    name: str
    organisation: str = ""
    email: str = ""
    role: str = ""
    side: str = ""
    state: str = ""
    """The state of the registration as a word of the list's language: "Registered"."""
    registered_at: datetime | None = None
    arrived_at: datetime | None = None
    answers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Attendance:
    """Who is expected at an event. `made_at` is printed, so that two lists can be told apart."""

    language: str
    cluster: str
    title: str
    kind: str
    first_day: date
    last_day: date
    place: str
    made_at: datetime
    people: tuple[Attendee, ...]
    questions: tuple[str, ...] = ()
    empty_lines: int = 0
    """Numbered lines without a name at the end, for people who come without having registered."""
