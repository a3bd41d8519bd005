"""The press: certificates, badges, lists and cards, set by a process of its own from templates and plain data."""

from cluster_portal.common.press.setting import PaperFailed, drawn, typeset

__all__ = ["PaperFailed", "drawn", "typeset"]
