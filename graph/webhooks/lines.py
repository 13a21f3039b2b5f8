"""What of a webhook may be sent now, and what an attempt comes to: no database, no clock.

Of one account one change is on its way at a time, so that they arrive in order; others pass it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from graph.records.changes import Change
from graph.webhooks import schedule
from graph.webhooks.posting import Outcome

WINDOW = 100  # deliveries of one webhook that are open at once
WINDOW_FAILING = 10  # of one whose last attempt failed
GAP, PING, CHANGE = "GAP", "PING", "CHANGE"
GONE = 410
SAID_GONE = "The address answered 410 Gone: it wants nothing more."
GAVE_UP = (
    f"Nothing was acknowledged for {schedule.FAILING.days} days. Mend the address, then give"
    " 'active: true' with saveWebhook."
)
FAULTY = "The attempt ended by a fault of this server."
UNREADABLE = "The secret cannot be read with the key of this server. Give a new one."


@dataclass(frozen=True, slots=True)
class Waiting:
    """A delivery that is open: `kind` is CHANGE, GAP or PING.

    `alone` if it neither waits for others nor makes them wait. `parting` are the Centers of the
    owner's registration by which it was told although the change took it out of reach.
    """

    key: str
    id: str
    kind: str
    sequence: int | None
    log: str | None
    lost: bool  # it is of a log that was set back or restored since
    lane: str
    alone: bool
    attempt: int
    at: datetime
    due: datetime | None
    parting: str | None = None
    change: Change | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Line:
    """A webhook as it is stored, and what waits to be sent to it, in the order of the log."""

    key: str
    owner: str
    by_key: bool  # its owner signs in by a key of the registry
    url: str
    active: bool
    wanted: str
    read: int
    log: str | None
    sealed: str
    sealed_before: str | None
    before_until: datetime | None
    failing_since: datetime | None
    version: int
    waiting: tuple[Waiting, ...] = ()

    @property
    def room(self) -> int:
        """How many more may be opened."""
        window = WINDOW if self.failing_since is None else WINDOW_FAILING
        return max(0, window - len(self.waiting))


def lanes(
    waiting: Sequence[Waiting], at: datetime, flying: Collection[str], *, active: bool
) -> list[list[Waiting]]:
    """What may be sent now, of each account in order: all that is due before something that is not.

    Nothing passes a gap, which itself passes nothing; tests and what is sent again pass all. To a
    webhook that is not active only tests are sent.
    """
    found: dict[str, list[Waiting]] = {}
    stopped: set[str] = set()
    held = False  # by a gap before
    for each in waiting:
        lane = each.key if each.alone else each.lane
        waits = held and not each.alone
        if each.kind == GAP:
            waits = bool(found.keys() | stopped)
            held = True
        if (not active and each.kind != PING) or waits:
            continue
        if each.key in flying or not due(each, at):
            stopped.add(lane)
        if lane not in stopped:
            found.setdefault(lane, []).append(each)
    return list(found.values())


def due(each: Waiting, at: datetime) -> bool:
    """Whether its next attempt may be made."""
    return each.due is None or each.due <= at


def properties(each: Waiting, outcome: Outcome, at: datetime, chance: float) -> dict[str, Any]:
    """What a delivery says after an attempt."""
    attempt = each.attempt + 1
    again = None
    if not outcome.delivered and each.kind != PING:
        again = schedule.next_attempt(attempt, at, outcome.retry_after, chance)
    return {
        "attempt": attempt,
        "sentAt": at,
        "delivered": outcome.delivered,
        "httpStatus": outcome.status,
        "error": outcome.error,
        "nextAttemptAt": again,
        "open": again is not None,
    }


def withheld(each: Waiting, at: datetime) -> dict[str, Any]:
    """What a delivery says that is not sent, because its owner may not be told of it any more."""
    told = "Not sent: what it is about is not to be told to you any more."
    shut = {"open": False, "nextAttemptAt": None, "delivered": False, "httpStatus": None}
    if each.lost:  # its number is that of another change by now
        shut["sequence"] = None
    return {**shut, "attempt": each.attempt, "sentAt": at, "error": told}


def paused(line: Line, each: Waiting, outcome: Outcome, at: datetime) -> str | None:
    """Why the webhook is switched off after this attempt; None if it is not."""
    if each.kind == PING or outcome.delivered:
        return None
    if outcome.status == GONE:
        return SAID_GONE
    return GAVE_UP if schedule.given_up(line.failing_since, at) else None
