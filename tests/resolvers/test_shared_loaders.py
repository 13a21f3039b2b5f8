"""What many parts of a question wait for is not lost when one of them gives up."""

import asyncio

from resolvers.batches import Shared


async def test_who_gives_up_takes_nothing_from_who_waits_for_the_same() -> None:
    begun, told = asyncio.Event(), asyncio.Event()

    async def load(keys: list[str]) -> list[str]:
        begun.set()
        await told.wait()
        return keys

    loader = Shared[str, str](load_fn=load)

    async def wait() -> str:
        return await loader.load("A")

    one, other = asyncio.create_task(wait()), asyncio.create_task(wait())
    await begun.wait()
    one.cancel()
    await asyncio.wait([one])
    told.set()

    assert await other == "A"
    assert one.cancelled()
