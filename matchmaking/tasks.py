"""What the timetable does for matchmaking. Each task is harmless when repeated."""

from cluster_portal.common.tasks import task
from matchmaking.actions import need_index


@task
def weigh_works() -> None:
    """Count anew how rare words are and which references are near each other."""
    need_index.weigh_works()


@task
def rebuild_works() -> None:
    """Index all offers and references anew: words of the tree may have been renamed since."""
    need_index.rebuild_works()
