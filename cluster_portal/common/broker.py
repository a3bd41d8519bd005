"""The broker as requests meet it: a hint for the worker, and a ping. Only who does either reads these libraries."""

from django.conf import settings
from kombu.exceptions import KombuError
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from cluster_portal.celery import app

HASTE = {"socket_connect_timeout": 0.25, "socket_timeout": 0.25, "max_retries": 1, "interval_start": 0}
"""How long a request waits for the broker, which it can do without."""
PING_PATIENCE = 1.0


class BrokerSilent(OSError):
    """The broker does not answer, or not in time."""


def wake(task: str, *, queue: str) -> None:
    """Put one message on a queue, in haste; raises BrokerSilent."""
    try:
        with app.connection_for_write(connect_timeout=0.25, transport_options=HASTE) as broker:
            app.send_task(task, queue=queue, connection=broker, retry=False, expires=60)
    except (KombuError, RedisError, OSError) as error:
        raise BrokerSilent(str(error)) from error


def answers() -> bool:
    """Whether the broker answers a ping: asked once, over a connection of its own."""
    client = Redis.from_url(
        settings.REDIS_URL,
        socket_connect_timeout=PING_PATIENCE,
        socket_timeout=PING_PATIENCE,
        retry=Retry(NoBackoff(), 0),
    )
    try:
        return bool(client.ping())
    except (RedisError, OSError):
        return False
    finally:
        client.close()
