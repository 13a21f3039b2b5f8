"""One attempt: what its owner may be told now, signed, sent, and what that came to."""

from collections.abc import Callable
from datetime import datetime

from graph.changes import LOG
from graph.errors import Forbidden
from graph.paging import Seal
from graph.policy import Viewer
from graph.reach import reach
from graph.session import Graph
from graph.terms import Permission
from graph.webhooks import lines, messages
from graph.webhooks.lines import GAP, PING, Line, Waiting
from graph.webhooks.posting import Outcome, Posts
from graph.webhooks.secrets import Locksmith
from graph.webhooks.store import Result


class Attempts:
    """Makes attempts; `clock` tells the instant."""

    def __init__(
        self,
        graph: Graph,
        seal: Seal,
        locks: Locksmith,
        posts: Posts,
        clock: Callable[[], datetime],
    ) -> None:
        """With what is needed for it."""
        self._graph, self._locks, self._posts = graph, locks, posts
        self._close, self._clock = seal.closing(LOG), clock

    async def made(self, line: Line, each: Waiting, owner: Viewer, chance: float) -> Result:
        """What came of an attempt. Raises TimedOut or Unavailable if it cannot be made."""
        at = self._clock()
        body = await self._body(line, each, owner)
        if body is None:
            return Result(line.key, each.key, each.attempt, lines.withheld(each, at))
        keys = self._keys(line, at)
        if not keys:
            outcome = Outcome(error=lines.UNREADABLE)
            paused: str | None = lines.UNREADABLE
        else:
            headers = messages.headers(each.id, keys, at, body)
            outcome = await self._posts.post(line.url, headers, body, line.owner)
            paused = lines.paused(line, each, outcome, self._clock())
        return self._result(line, each, outcome, paused, chance)

    def faulty(self, line: Line, each: Waiting, chance: float) -> Result:
        """What an attempt comes to that a fault of ours ended: it failed like any other."""
        outcome = Outcome(error=lines.FAULTY)
        paused = lines.paused(line, each, outcome, self._clock())
        return self._result(line, each, outcome, paused, chance)

    def _result(
        self, line: Line, each: Waiting, outcome: Outcome, paused: str | None, chance: float
    ) -> Result:
        return Result(
            line.key,
            each.key,
            each.attempt,
            lines.properties(each, outcome, self._clock(), chance),
            delivered=outcome.delivered and each.kind != PING,
            failed=not outcome.delivered and each.kind != PING,
            paused=paused if each.kind != PING else None,
        )

    def _keys(self, line: Line, at: datetime) -> list[str]:
        """The secrets that sign now, the newest first."""
        sealed = [line.sealed]
        if line.before_until is not None and at < line.before_until:
            sealed.append(line.sealed_before or "")
        return [key for each in sealed if (key := self._locks.open(line.key, each))]

    async def _body(self, line: Line, each: Waiting, owner: Viewer) -> bytes | None:
        """What is sent; None for what its owner may not be told any more."""
        if each.kind == PING:
            return messages.ping(each.id, each.at, line.key)
        if each.lost:
            return None
        if each.kind == GAP:
            return messages.gap(each.id, each.at, each.sequence or 0, each.log, self._close)
        if each.change is None:
            return None
        try:
            seen = await reach(self._graph, owner, Permission.MANAGE_WEBHOOKS)
        except Forbidden:
            return None
        parting = each.parting == ",".join(sorted(owner.centers)) and not seen.veils(each.change)
        if not (seen.tells(each.change) or parting):
            return None
        return messages.change(each.id, each.change, each.log, self._close, seen)
