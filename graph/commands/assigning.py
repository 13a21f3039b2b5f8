"""What all assignments of accounts have in common: one for each account, the one before ended."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from graph.commands import texts
from graph.commands.standing import version
from graph.commands.writing import Held, Path, Standing, Step, Writing
from graph.load.bare import Touched
from graph.load.hashes import claim_of
from graph.load.rows import ClaimRow
from graph.rows import OPEN_DAY
from graph.terms import UserErrorCode

MOST = 500  # accounts at once
TWICE = "This account is given twice. Keep one."


def keys_of(writing: Writing, ids: Sequence[str], *path: Path) -> list[str | None]:
    """The accounts named, none of them twice; what is wrong is noted, and is None."""
    texts.counted(writing, len(ids), MOST, *path)
    found: list[str | None] = []
    for at, id_ in enumerate(ids[:MOST]):
        key = writing.key(id_, ("Account",), *path, at)
        if key is not None and key in found:
            writing.refuse(UserErrorCode.ALREADY_EXISTS, TWICE, *path, at)
            key = None
        found.append(key)
    return found


def accounts_of(
    writing: Writing, keys: Sequence[str | None], *path: Path
) -> list[tuple[int, Held]]:
    """The accounts with their places in the input, as far as they can be assigned."""
    found = []
    for at, key in enumerate(keys):
        account = writing.thing(key, *path, at)
        if account is None:
            continue
        writing.expect(account.version)
        if is_open(writing, account, *path, at):
            found.append((at, account))
    return found


def is_open(writing: Writing, account: Held, *path: Path) -> bool:
    """Whether an account is open; noted if not."""
    closed = account.get("status") == "CLOSED"
    if closed:
        told = f"{account.get('name')} is closed. Give an open account."
        writing.refuse(UserErrorCode.INVALID_STATE, told, *path)
    return not closed


def claim(
    writing: Writing,
    type_: str,
    start: str,
    end: str,
    day: date,
    said: Mapping[str, object],
) -> ClaimRow:
    """A claim of ours that holds from a day on."""
    row = ClaimRow(
        type_,
        start,
        end,
        writing.source,
        day,
        None,
        dict(said),
        recorded_by=writing.by.actor,
        reason=writing.header.reason,
    )
    return replace(row, claim=claim_of(row))


def ended(
    writing: Writing, standing: Iterable[Standing], day: date, new: ClaimRow | None, *path: Path
) -> list[Step]:
    """How claims that a new one excludes end on its day; notes those that begin later.

    One that would have held for no day at all is withdrawn: it never came to hold.
    """
    steps = []
    for old in standing:
        first, last = old.get("validFrom"), old.get("validTo") or OPEN_DAY
        if last <= day or (new is not None and new.claim == old.claim):
            continue
        row = version(writing, old)
        if first is not None and first > day:
            told = f"Another one holds from {first.isoformat()} on. Give that day or a later one."
            writing.refuse(UserErrorCode.INTERVAL_CONFLICT, told, *path)
        elif first == day:
            steps.append(Step((replace(row, withdrawn=True),), path))
        else:
            steps.append(Step((replace(row, valid_to=day),), path))
    return steps


def touched(accounts: Iterable[Held]) -> list[Step]:
    """The accounts' versions grow: something that belongs to them changed."""
    return [Step((Touched("Account", account.id, (), {}),)) for account in accounts]
