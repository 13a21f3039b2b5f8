"""Loaders that ask for many things at once."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Hashable, Iterable, Sequence
from functools import partial
from typing import Any, TypeVar

from strawberry.dataloader import DataLoader

from graph import records
from graph.records.moment import Moment

Group = TypeVar("Group", bound=Hashable)
Value = TypeVar("Value")
Key = tuple[str, Group]
Asked = TypeVar("Asked")


class Shared(DataLoader[Asked, Value]):
    """A loader whose answers are waited for by many: who gives up takes it from nobody else.

    Where a field that is never null fails, what was asked beside it is cancelled; and to cancel who
    waits for a future cancels the future. When the last one has given up it is: nothing is read on
    for nobody.
    """

    def __init__(self, load_fn: Callable[[list[Asked]], Awaitable[Sequence[Any]]]) -> None:
        """Take what reads the values of some keys."""
        super().__init__(load_fn=load_fn)
        self._waiting: Counter[asyncio.Future[Value]] = Counter()

    def load(self, key: Asked) -> Awaitable[Value]:
        """One value."""
        future = asyncio.ensure_future(super().load(key))
        if future.done():
            return future
        one = asyncio.shield(future)
        self._waiting[future] += 1
        one.add_done_callback(partial(self._over, future))
        return one

    def _over(self, future: asyncio.Future[Value], one: asyncio.Future[Value]) -> None:
        """One has been told, or has given up."""
        self._waiting[future] -= 1
        if not self._waiting[future]:
            del self._waiting[future]
            future.cancel()  # if it is not known yet, which it is unless all have given up
        if not one.cancelled():
            one.exception()  # no fault is logged that nobody was left to be told of: others were


def grouped(
    load: Callable[[Group, list[str]], Awaitable[Sequence[Value]]],
) -> DataLoader[tuple[str, Group], Value]:
    """A loader of `(key, group)` pairs that asks once for each group, all groups side by side."""
    return Shared(load_fn=by_group(load))


def by_group(
    load: Callable[[Group, list[str]], Awaitable[Sequence[Value]]],
) -> Callable[[list[tuple[str, Group]]], Awaitable[list[Value]]]:
    """What loads `(key, group)` pairs, of each group at once, all groups side by side."""

    async def load_all(pairs: list[tuple[str, Group]]) -> list[Value]:
        groups: defaultdict[Group, list[str]] = defaultdict(list)
        for key, group in pairs:
            groups[group].append(key)
        answers = await asyncio.gather(*(load(group, keys) for group, keys in groups.items()))
        found = {
            (key, group): value
            for (group, keys), values in zip(groups.items(), answers, strict=True)
            for key, value in zip(keys, values, strict=True)
        }
        return [found[pair] for pair in pairs]

    return load_all


class Things(Shared[tuple[str, Moment], records.Entity | None]):
    """Things by stored key; those that came along with something else are not read again."""

    def __init__(self, load: Callable[..., Any]) -> None:
        """Take what reads those of some keys and moments."""
        super().__init__(load_fn=load)
        self._met: list[Iterable[records.Entity]] = []

    def meet(self, things: Iterable[records.Entity]) -> None:
        """Know these, if ever one of them is asked for."""
        self._met.append(things)

    def load(self, key: tuple[str, Moment]) -> Awaitable[records.Entity | None]:
        """One thing."""
        for things in self._met:
            for thing in things:
                self.prime((thing.stored_key, thing.moment), thing)
        self._met.clear()
        return super().load(key)
