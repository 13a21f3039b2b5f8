"""Wishes to keys: what a batch of rows refers to by number, LEI, DUNS, Center name or bare id."""

from dataclasses import replace

from graph.load import look
from graph.load.bare import Bare
from graph.load.check import shown
from graph.load.rows import ClaimRow, NodeRow, Refusal, Row
from graph.load.seen import Seen
from graph.load.units import Refused, Unit
from graph.queries import query
from graph.session import Graph
from graph.text import fold


class Resolver:
    """Of one load; `pending` knows, in a dry run, what would be there."""

    def __init__(self, graph: Graph, pending: Seen | None = None) -> None:
        """Begin without having asked for the Centers."""
        self._graph = graph
        self._pending = pending
        self._centers: dict[str, str] | None = None

    async def resolve(self, batch: list[Unit]) -> tuple[list[Unit], list[Refused]]:
        """The batch with keys in place of wishes, and who wishes for what is not there."""
        numbers = await self._numbers(batch)
        wishes = {end for unit in batch for row in unit.claims for end in (row.start, row.end)}
        found = await self._wishes({wish for wish in wishes if "?" in wish})
        resolved, refused = [], []
        for unit in batch:
            rows = tuple(_with(row, found | numbers) for row in unit.rows)
            lost = next((refusal for row in rows if (refusal := _lost(row, found))), None)
            if lost:
                refused.append(Refused(lost, unit.file))
            else:
                resolved.append(replace(unit, rows=rows))
        return resolved, refused

    async def _numbers(self, batch: list[Unit]) -> dict[str, str]:
        """Ids of numbers that were given none: the number may have one already."""
        rows = [row for unit in batch for row in unit.things if row.kind == "ImporterNumber"]
        lookups = {str(row.properties["lookup"]) for row in rows}
        found = await look.numbers(self._graph.read, lookups)
        others: dict[str, str] = {}
        for row in rows:
            lookup = str(row.properties["lookup"])
            held = found.get(lookup) or (self._pending and self._pending.text(lookup)) or row.key
            key = found.setdefault(lookup, held)
            if isinstance(row, Bare) and key != row.key:
                others[row.key] = key
        if self._pending:
            self._pending.put(found.items())
        return others

    async def _wishes(self, wishes: set[str]) -> dict[str, str]:
        by = {
            name: {w for w in wishes if f"?{name}:" in w} for name in ("name", "id", "lei", "duns")
        }
        found = await self._parties(by["lei"], by["duns"])
        found |= await self._keys(by["id"])
        if by["name"]:
            centers = await self._known_centers()
            spelled = {wish: centers.get(_spelled(_value(wish))) for wish in by["name"]}
            found |= {wish: key for wish, key in spelled.items() if key}
        return found

    async def _parties(self, leis: set[str], duns: set[str]) -> dict[str, str]:
        """By LEI or DUNS; the party that is named by its LEI comes before others."""
        if not leis and not duns:
            return {}
        rows = await self._graph.read(
            query("load/parties"),
            leis=sorted(_value(wish) for wish in leis),
            duns=sorted(_value(wish) for wish in duns),
        )
        known: dict[str, list[str]] = {}
        for row in rows:
            known.setdefault(row["wish"], []).append(row["key"])
        found = {wish: keys[0] for wish, keys in known.items() if len(keys) == 1}
        own = {wish: f"Party:lei-{_value(wish)}" for wish in leis}
        return found | {wish: key for wish, key in own.items() if key in known.get(wish, ())}

    async def _keys(self, wishes: set[str]) -> dict[str, str]:
        """Bare ids that may be of several kinds: of the one that is there, if it is one."""
        wanted = {wish: _candidates(wish) for wish in wishes}
        keys = sorted({key for keys in wanted.values() for key in keys})
        taken = {row["key"] for row in await self._graph.read(query("load/keys"), keys=keys)}
        taken |= {key for key in keys if self._pending and self._pending.get(key)}
        there = {wish: [key for key in keys if key in taken] for wish, keys in wanted.items()}
        return {wish: keys[0] for wish, keys in there.items() if len(keys) == 1}

    async def _known_centers(self) -> dict[str, str]:
        if self._centers is None:
            self._centers = {
                _spelled(name): row["key"]
                for row in await self._graph.read(query("load/centers"))
                for name in (row["code"], row["name"], *row["others"])
            }
        return self._centers


def _value(wish: str) -> str:
    return wish.partition("?")[2].partition(":")[2]


def _candidates(wish: str) -> list[str]:
    kinds = wish.partition("?")[0].split("|")
    return [f"{kind}:{_value(wish)}" for kind in kinds]


def _spelled(name: str) -> str:
    """`Electronics & More` and `electronics and more` are one."""
    return " ".join(fold(name).replace("&", " and ").replace(",", " ").split())


def _with(row: Row, found: dict[str, str]) -> Row:
    if isinstance(row, ClaimRow):
        ends = found.get(row.start, row.start), found.get(row.end, row.end)
        return row if ends == (row.start, row.end) else replace(row, start=ends[0], end=ends[1])
    if row.key in found:
        return replace(row, id=found[row.key].partition(":")[2])
    return row


def _lost(row: Row, found: dict[str, str]) -> Refusal | None:
    if isinstance(row, NodeRow):
        return None
    for column, wish in (("from", row.start), ("to", row.end)):
        if "?" in wish and wish not in found:
            kinds = wish.partition("?")[0].replace("|", " or ")
            told = (
                f"There is no such {kinds}, or more than one.",
                "Load it first, or name its id.",
            )
            column = "center" if kinds == "Center" else column
            return Refusal(row.line, column, shown(_value(wish)), "NOT_FOUND", *told)
    return None
