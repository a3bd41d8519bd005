"""What a broken rule says: a code and its parameters; the translated sentence is in `members.wording`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


class Coded(Protocol):
    """Anything that `members.wording.sentence` can put into words."""

    @property
    def code(self) -> str: ...

    @property
    def params(self) -> Mapping[str, object]: ...


@dataclass(frozen=True)
class Remark:
    """Something worth saying that forbids nothing: a warning, or one mistake in a list of them."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return in_plain_words(self.code, self.params)


class RuleError(ValueError):
    """A value or an act that the rules refuse. `str()` is an English fallback for logs."""

    def __init__(self, code: str, params: Mapping[str, object] | None = None) -> None:
        self.code = code
        self.params: dict[str, object] = dict(params or {})
        super().__init__(code, self.params)

    def __str__(self) -> str:
        return in_plain_words(self.code, self.params)


class Unlawful(RuleError):
    """A transition that the statute does not know, or that this actor may not make."""


def in_plain_words(code: str, params: Mapping[str, object]) -> str:
    """`code: name=value, name=value`, for logs and tracebacks only."""
    if not params:
        return code
    told = ", ".join(f"{name}={_told(value)}" for name, value in params.items())
    return f"{code}: {told}"


def _told(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return "[" + "; ".join(_told(item) for item in value) + "]"
    return str(value)
