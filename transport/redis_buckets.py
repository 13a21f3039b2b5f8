"""Buckets that several servers share, in Redis."""

import hashlib
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import RedisError

from transport.admission import TurnedAway
from transport.budget import Allowance, Balance

PREFIX = "account-graph:points:"
PATIENCE = 0.5  # seconds
# One script is one step: no other server comes between reading and writing. Redis's clock counts.
TAKE = """
local size, restore, wanted = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local time = redis.call('TIME')
local now = time[1] + time[2] / 1000000
local kept = redis.call('HMGET', KEYS[1], 'left', 'at')
local left = size
if kept[1] then
  left = math.min(size, kept[1] + math.max(0, now - kept[2]) * restore)
end
local granted = wanted <= left
if granted then left = math.min(size, left - wanted) end
redis.call('HSET', KEYS[1], 'left', string.format('%.17g', left), 'at', string.format('%.17g', now))
redis.call('EXPIRE', KEYS[1], math.ceil(size / restore) + 1)
return {granted and 1 or 0, string.format('%.17g', left)}
"""


class Unreachable(TurnedAway):
    """Nobody can say what the caller has left, so nothing is run."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__("The budget of requests cannot be read: try again in a second.")


class RedisBuckets:
    """Buckets in a Redis server; callers are kept by their hash."""

    def __init__(self, url: str) -> None:
        """Connect when first asked: `redis://` or `rediss://`, as redis-py reads it."""
        self._redis: Redis = Redis.from_url(
            url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE
        )
        self._take = self._redis.register_script(TAKE)

    async def take(self, caller: str, wanted: int, allowance: Allowance) -> Balance:
        """Take points if all of them are there; raises Unreachable."""
        key = PREFIX + hashlib.sha256(caller.encode()).hexdigest()
        numbers = [allowance.points, allowance.restore, wanted]
        try:
            granted, left = await self._take(keys=[key], args=numbers)
        except (RedisError, OSError):
            raise Unreachable from None
        return Balance(bool(granted), float(_text(left)))

    async def close(self) -> None:
        """Close the connections."""
        await self._redis.aclose()


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)
