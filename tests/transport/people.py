"""The people of the toy schema, and their pages."""

import asyncio
import base64
import hmac
import itertools
import json
from dataclasses import dataclass

from graph.errors import BadInput, CursorInvalid

KEY = b"not a secret: a key of the tests"
NAMES = ["".join(pair) for pair in itertools.product("ABCDE", ("da", "lin", "mar", "nes", "per"))]


@dataclass(frozen=True)
class Somebody:
    id: str
    name: str


@dataclass(frozen=True)
class Entry:
    node: Somebody
    cursor: str


@dataclass(frozen=True)
class Place:
    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


@dataclass(frozen=True)
class Page:
    edges: list[Entry]
    page_info: Place


class World:
    """Who there is, who listens, and what was cancelled."""

    def __init__(self) -> None:
        self.people = [
            Somebody(base64.urlsafe_b64encode(f"Person:{name}".encode()).decode(), name)
            for name in NAMES
        ]
        self.listeners: set[asyncio.Queue[int]] = set()
        self.numbers = itertools.count(1)
        self.cancelled = 0


world = World()


def _seal(parent: str, key: str) -> str:
    body = json.dumps(key).encode()
    made = hmac.digest(KEY, parent.encode() + b"\0" + body, "sha256")[:9] + body
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()


def _unseal(parent: str, cursor: str | None) -> str | None:
    if cursor is None:
        return None
    try:
        raw = base64.urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
        key = json.loads(raw[9:])
    except ValueError:
        key = None
    if not isinstance(key, str) or not hmac.compare_digest(_seal(parent, key), cursor):
        raise CursorInvalid("This is not a cursor of this list.")
    return key


def page(
    parent: str, first: int | None, after: str | None, last: int | None, before: str | None
) -> Page:
    if first is not None and last is not None:
        raise BadInput("Arguments 'first' and 'last' exclude each other.")
    size = next((given for given in (first, last) if given is not None), 20)
    if not 1 <= size <= 100:
        raise BadInput("A page has 1 to 100 entries.")
    low, high = _unseal(parent, after) or "", _unseal(parent, before) or "~"
    rows = [row for row in world.people if low < row.name < high]
    found = rows[-size:] if last is not None else rows[:size]
    more = len(rows) > size
    edges = [Entry(row, _seal(parent, row.name)) for row in found]
    ends = (edges[0].cursor, edges[-1].cursor) if edges else (None, None)
    bounded = (before is not None, more) if last is not None else (more, after is not None)
    return Page(edges, Place(*bounded, *ends))
