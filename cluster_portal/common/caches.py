"""The cache in Valkey, which may vanish at any moment: then it forgets, and the page is merely slower."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

PAUSE = 10.0  # seconds without asking again after a failure: a dead Valkey is not waited for on every page
Answer = TypeVar("Answer")


class DispensableCache(RedisCache):
    """Django's Redis cache that answers "not there" while Valkey does not answer."""

    asleep_until = 0.0  # of all threads of the process: shared by the class

    def _try(self, work: Callable[[], Answer], otherwise: Answer) -> Answer:
        if time.monotonic() < DispensableCache.asleep_until:
            return otherwise
        try:
            return work()
        except (RedisError, OSError):
            DispensableCache.asleep_until = time.monotonic() + PAUSE
            return otherwise

    def add(self, *args: Any, **kwargs: Any) -> bool:
        return self._try(lambda: RedisCache.add(self, *args, **kwargs), False)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return self._try(lambda: RedisCache.get(self, key, default, version), default)

    def set(self, *args: Any, **kwargs: Any) -> None:
        self._try(lambda: RedisCache.set(self, *args, **kwargs), None)

    def touch(self, *args: Any, **kwargs: Any) -> bool:
        return self._try(lambda: RedisCache.touch(self, *args, **kwargs), False)

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        return self._try(lambda: RedisCache.delete(self, *args, **kwargs), False)

    def get_many(self, keys: Any, version: int | None = None) -> dict[str, Any]:
        return self._try(lambda: RedisCache.get_many(self, keys, version), {})

    def has_key(self, key: str, version: int | None = None) -> bool:
        return self._try(lambda: RedisCache.has_key(self, key, version), False)

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        return self._try(lambda: RedisCache.incr(self, key, delta, version), delta)

    def set_many(self, data: dict[str, Any], *args: Any, **kwargs: Any) -> list[str]:
        return self._try(lambda: RedisCache.set_many(self, data, *args, **kwargs), list(data))

    def delete_many(self, *args: Any, **kwargs: Any) -> None:
        self._try(lambda: RedisCache.delete_many(self, *args, **kwargs), None)

    def clear(self) -> None:
        """Forget our own keys alone: the queues of Celery lie in the same Valkey."""
        self._try(self._forget_ours, None)

    def _forget_ours(self) -> None:
        client = self._cache.get_client(None, write=True)
        for key in client.scan_iter(match=f"{self.key_prefix}:*", count=1000):
            client.unlink(key)
