"""What the tests of the look share: a cluster to name, and a renderer of one line of template."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.template import engines

from cluster_portal.common.context import forget_cluster
from cluster_portal.common.models import Cluster

Render = Callable[..., str]


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """The process remembers the cluster for a minute; no test sees another's."""
    forget_cluster()
    yield
    forget_cluster()


@pytest.fixture
def cluster(db: None) -> Cluster:
    return Cluster.objects.update_or_create(
        id=1,
        defaults={
            "code": "punte",
            "name_ro": "Clusterul Punte",
            "name_en": "Bridge Cluster",
            "short_name": "Punte",
            "tagline_ro": "Unde se întâlnesc",
            "tagline_en": "Where they meet",
            "description_ro": "Un cluster.",
            "description_en": "A cluster.",
            "seat": "Sibiu",
            "email": "birou@punte.example",
        },
    )[0]


@pytest.fixture
def render() -> Render:
    """Render a line of template with `ui` loaded."""

    def line(source: str, /, **values: Any) -> str:
        return engines["django"].from_string("{% load ui %}" + source).render(values)

    return line
