"""What a valid form of each door sends."""

from typing import Any

PAYLOADS: dict[str, dict[str, Any]] = {}
