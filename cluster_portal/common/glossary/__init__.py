"""The glossary: the words of the field, each explained once, for /glossary/, its pop-overs and docs/glossary.md."""

from cluster_portal.common.glossary import statute, work
from cluster_portal.common.glossary.shapes import Group, Term

GROUPS: tuple[Group, ...] = (*statute.GROUPS, *work.GROUPS)
TERMS: dict[str, Term] = {term.key: term for group in GROUPS for term in group.terms}

__all__ = ["GROUPS", "TERMS", "Group", "Term"]
