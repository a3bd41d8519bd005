"""A short guide for each role: one source for /guide/ and for docs/guide.md and docs/ghid.md."""

from cluster_portal.common.guide import inside, outside
from cluster_portal.common.guide.shapes import Guide, Task

GUIDES: dict[str, Guide] = {guide.key: guide for guide in (*outside.GUIDES, *inside.GUIDES)}

__all__ = ["GUIDES", "Guide", "Task"]
