"""How many numbers and codes a caller may look up in an hour."""

import pytest

from graph.errors import RateLimited, Unavailable
from transport import Allowance, Lookups, Memory
from transport.redis_buckets import RedisBuckets


async def test_so_many_are_looked_up_in_an_hour_and_one_more_as_time_goes_by() -> None:
    now = [0.0]
    buckets = Memory(clock=lambda: now[0])
    ada, emar = Lookups(buckets, "Ada", 300), Lookups(buckets, "Emar", 300)
    for _ in range(300):
        await ada()

    with pytest.raises(RateLimited, match=r"300 importer numbers .* in 12 seconds"):
        await ada()
    await emar()
    now[0] = 11.9
    with pytest.raises(RateLimited, match="in 1 seconds"):
        await ada()
    now[0] = 12.0
    await ada()
    now[0] = 12.0 + 3600
    for _ in range(300):
        await ada()
    with pytest.raises(RateLimited):
        await ada()


async def test_nobody_pushes_out_what_was_counted_by_asking_from_many_addresses() -> None:
    buckets = Memory(clock=lambda: 0.0, most=10)
    ada = Lookups(buckets, "Ada", 2)
    await ada()
    await ada()
    for at in range(50):
        await buckets.take(f"nobody at 192.0.2.{at}", 1, Allowance())

    with pytest.raises(RateLimited):
        await ada()


async def test_nothing_is_looked_up_while_nobody_can_count() -> None:
    nowhere = RedisBuckets("redis://127.0.0.1:1")

    with pytest.raises(Unavailable):
        await Lookups(nowhere, "Ada", 300)()
    await nowhere.close()
