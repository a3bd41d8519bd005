"""The cluster membership portal: wiring and the kernel that all apps share."""

from cluster_portal.later import POSTPONED, postpone

postpone(*POSTPONED)
