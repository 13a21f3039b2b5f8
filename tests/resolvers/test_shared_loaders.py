"""What many parts of a question wait for is not lost when one of them gives up."""

import asyncio

from resolvers.batches import Shared


async def waiting(loader: Shared[str, str], key: str = "A") -> str:
    """One of those who wait."""
    return await loader.load(key)


async def test_who_gives_up_takes_nothing_from_who_waits_for_the_same() -> None:
    begun, told = asyncio.Event(), asyncio.Event()

    async def load(keys: list[str]) -> list[str]:
        begun.set()
        await told.wait()
        return keys

    loader = Shared[str, str](load_fn=load)
    one, other = asyncio.create_task(waiting(loader)), asyncio.create_task(waiting(loader))
    await begun.wait()
    one.cancel()
    await asyncio.wait([one])
    told.set()

    assert await other == "A"
    assert one.cancelled()


async def test_what_nobody_waits_for_any_more_is_not_read_on() -> None:
    begun, ended = asyncio.Event(), asyncio.Event()

    async def load(_: list[str]) -> list[str]:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()
        raise AssertionError

    loader = Shared[str, str](load_fn=load)
    tasks = [asyncio.create_task(waiting(loader, key)) for key in "AAB"]
    await begun.wait()
    for task in tasks[:2]:
        task.cancel()
    await asyncio.wait(tasks[:2])
    await asyncio.sleep(0.05)
    assert not ended.is_set()
    tasks[2].cancel()

    async with asyncio.timeout(10):
        await ended.wait()
    assert not loader._waiting


async def test_what_was_given_up_can_be_asked_for_again() -> None:
    begun = asyncio.Event()
    known = asyncio.Event()

    async def load(keys: list[str]) -> list[str]:
        begun.set()
        await known.wait()
        return keys

    loader = Shared[str, str](load_fn=load)
    one = asyncio.create_task(waiting(loader))
    await begun.wait()
    one.cancel()
    await asyncio.wait([one])
    known.set()

    assert await waiting(loader) == "A"
