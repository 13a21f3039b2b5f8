"""Entries into the change log: numbered, with the accounts they concern, under the log's lock.

They are the last statements of a unit of work. The lock is held until the commit, so that whoever
has read the log up to an entry never meets an earlier one later.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from itertools import count
from typing import Any
from uuid import uuid4

from graph.clock import CLOCK
from graph.load.journal import Entry
from graph.load.look import Ask
from graph.queries import query
from graph.rows import OPEN_INSTANT, instant

NUMBERED = ("ImporterNumber", "FilerCode", "Issue", "RiskFlag", "IsaParticipation")
"""Kinds that concern an account by a relationship."""


async def append(ask: Ask, made: Sequence[Entry], at: datetime) -> range:
    """Number the entries and write them; the log is locked from here to the commit.

    They are recorded at the instant, or at that of the last entry if it is later: the order of
    the log is that of its instants too.
    """
    if not made:
        return range(0)
    [log] = await ask(query("load/log_begin"), incarnation=uuid4().hex, count=len(made), at=at)
    at = instant(log["at"]) or at
    CLOCK.see(at)
    concerned = await _concerned(ask, made, at.date())
    accounts = {
        key: (numbers, center, manager)
        for key, numbers, center, manager in await _accounts(
            ask, set(concerned.values()), at.date()
        )
    }
    places: defaultdict[str, count[int]] = defaultdict(lambda: count(1))
    rows = []
    first = log["sequence"] + 1  # tells which entries were committed together
    for number, entry in enumerate(made, first):
        account = next((concerned[key] for key in entry.about if key in concerned), None)
        row = {"sequence": number, "id": str(number), "key": f"Change:{number}", **_row(entry)}
        row["unit"] = first
        if account in accounts:
            numbers, center, manager = accounts[account]
            nth = numbers + next(places[account])
            row |= {"account": account, "accountSequence": nth}
            row |= {"center": center, "manager": manager}
        rows.append(row)
    await ask(query("load/log_append"), rows=rows, at=at)
    return range(first, first + len(made))


def _row(entry: Entry) -> dict[str, Any]:
    return {
        "kind": entry.kind.value,
        "subject": entry.subject,
        "relationship": entry.relationship,
        "relationshipType": entry.type,
        "properties": [each.text for each in entry.changed],
        "actor": entry.actor,
        "reason": entry.reason,
        "opened": entry.opened,
        "closed": entry.closed,
        "version": entry.version,
        "rules": entry.rules,
        "cause": entry.cause,
        "rating": entry.rating,
    }


async def _concerned(ask: Ask, made: Sequence[Entry], day: date) -> dict[str, str]:
    """The account that each key stands for: itself, or the one it is joined to."""
    keys = {key for entry in made for key in entry.about}
    found = {key: key for key in keys if key.startswith("Account:")}
    others = sorted(key for key in keys if key.partition(":")[0] in NUMBERED)
    if others:
        [row] = await ask(query("load/log_concerned"), keys=others, day=day, open=OPEN_INSTANT)
        for key, account in row["concerned"]:
            found.setdefault(key, account)
    return found


async def _accounts(ask: Ask, keys: set[str], day: date) -> list[tuple[str, int, str, str]]:
    if not keys:
        return []
    [row] = await ask(query("load/log_accounts"), keys=sorted(keys), day=day, open=OPEN_INSTANT)
    found: list[tuple[str, int, str, str]] = row["accounts"]
    return found
