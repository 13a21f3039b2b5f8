"""What of the log is to be sent next to each webhook: read once for all, cut by their owners."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from graph.changes import Filter
from graph.errors import Forbidden
from graph.feed import Feed
from graph.follower import MOST, Follower, Sight, Step
from graph.policy import Viewer
from graph.records.changes import Change
from graph.session import Graph, Row
from graph.terms import ChangeEventKind, Permission
from graph.visible import Reached
from graph.webhooks.lines import CHANGE, GAP, Line
from graph.webhooks.messages import message_id

ROUNDS = 20  # parts of the log looked through for one webhook in one turn
APART = 500  # entries passed over, after which the place is stored although nothing is sent
RIGHT = Permission.MANAGE_WEBHOOKS


@dataclass
class Place:
    """Where a webhook reads the log, and as of which version and place of what is stored."""

    version: int
    stored: int
    follower: Follower
    sight: Sight
    viewer: Viewer


class Filling:
    """The places of all webhooks that are sent to."""

    def __init__(self, graph: Graph, feed: Feed) -> None:
        """Know none yet."""
        self._graph, self._feed = graph, feed
        self._places: dict[str, Place] = {}

    def forget(self) -> None:
        """Go on from what is stored."""
        self._places.clear()

    async def rows(
        self, active: Sequence[tuple[Line, Viewer]], at: datetime
    ) -> tuple[list[Row], bool]:
        """What is to be stored of each, and whether there is more that could be read at once."""
        alive = {line.key for line, _ in active}
        self._places = {key: each for key, each in self._places.items() if key in alive}
        rows, more = [], False
        for line, owner in active:
            place = self._place(line, owner)
            found: list[Row] = []
            try:
                ended = await self._read(line, place, at, found)
            except Forbidden:  # they reach nothing now: the place stays
                del self._places[line.key]
                continue
            more = more or not (ended or line.room <= len(found))
            passed = place.follower.sequence - place.stored
            if found or not 0 <= passed < APART:
                rows.append(_row(line, place.follower, found))
        return rows, more

    async def kept(self, rows: Sequence[Row], kept: Collection[str]) -> None:
        """Those of these webhooks were stored; the others are read anew."""
        for row in rows:
            if row["webhook"] in kept:
                self._places[row["webhook"]].stored = row["read"]
            else:
                self._places.pop(row["webhook"], None)

    def _place(self, line: Line, owner: Viewer) -> Place:
        place = self._places.get(line.key)
        if place is None or (place.version, place.stored) != (line.version, line.read):
            wanted = wanted_of(line.wanted)
            follower = Follower(self._graph, self._feed, wanted, line.read, line.log)
            sight = Sight(self._graph, owner, RIGHT)
            place = Place(line.version, line.read, follower, sight, owner)
            self._places[line.key] = place
        if place.viewer != owner:  # what they were told by is over
            place.viewer, place.sight = owner, Sight(self._graph, owner, RIGHT)
        return place

    async def _read(self, line: Line, place: Place, at: datetime, found: list[Row]) -> bool:
        """Read on until there is no room; whether the end of the log was reached."""
        if place.sight.reached is None:
            await place.sight.told(())
        if self._feed.place.lost(place.follower.sequence, place.follower.incarnation):
            await self._feed.look()  # its place may be newer than what was last seen
        for _ in range(ROUNDS):
            room = line.room - len(found)
            if room <= 0:
                return False
            step: Step | None = await place.follower.there(min(MOST, room))
            if step is None:
                return True
            if step.kind is ChangeEventKind.GAP:
                found.append(_gap(line, place.follower, at))
                continue
            told = await place.sight.told(step.changes)
            reached = place.sight.reached
            assert reached
            log = place.follower.incarnation
            found += [_change(line, log, each, reached, place.viewer, at) for each in told]
        return False


def wanted_of(text: str) -> Filter:
    """Which changes, as it is stored."""
    said: Mapping[str, Any] = orjson.loads(text)
    given: dict[str, Any] = {
        name: tuple(some) if isinstance(some, list) else datetime.fromisoformat(some)
        for name, some in said.items()
    }
    return Filter(**given)


def spelt(wanted: Filter) -> str:
    """The same, to be stored."""
    names = (*Filter.__slots__,)
    said = {name: getattr(wanted, name) for name in names}
    return orjson.dumps({name: some for name, some in said.items() if some is not None}).decode()


def _row(line: Line, follower: Follower, found: list[Row]) -> Row:
    place = {"read": follower.sequence, "log": follower.incarnation}
    return {"webhook": line.key, "version": line.version, "deliveries": found, **place}


def _gap(line: Line, follower: Follower, at: datetime) -> Row:
    what = f"gap {follower.sequence}"
    return _delivery(line, follower.incarnation, what, at, kind=GAP, sequence=follower.sequence)


def _change(
    line: Line, log: str | None, change: Change, seen: Reached, viewer: Viewer, at: datetime
) -> Row:
    parting = None if seen.tells(change) else ",".join(sorted(viewer.centers))
    lane = change.account_key or change.subject_key or ""
    what = f"change {change.sequence}"
    given = {"sequence": change.sequence, "lane": lane, "parting": parting}
    return _delivery(line, log, what, at, kind=CHANGE, **given)


def _delivery(line: Line, log: str | None, what: str, at: datetime, **more: object) -> Row:
    id = message_id(line.key, log, what)
    return {
        "key": f"WebhookDelivery:{id}",
        "properties": {**opened(line.key, id, at), "log": log, **more},
    }


def opened(webhook: str, id: str, at: datetime) -> Row:
    """What a delivery says that is to be sent at once."""
    return {
        "webhook": webhook,
        "message": id,
        "open": True,
        "attempt": 0,
        "delivered": False,
        "sentAt": at,
        "nextAttemptAt": at,
    }
