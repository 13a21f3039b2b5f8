"""One command on its way: everything it locks, refuses and writes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from graph import moments
from graph.bounds import NOT_OWN, Bounds
from graph.commands.header import Header
from graph.commands.held import Held as Held
from graph.commands.held import Standing as Standing
from graph.commands.kinds import either, named
from graph.errors import GraphError
from graph.load.batch import Batch
from graph.load.hashes import claim_id
from graph.load.journal import By
from graph.load.look import Ask
from graph.load.rows import ClaimRow, Row, Source
from graph.load.units import Unit
from graph.queries import query
from graph.reach import NOBODYS
from graph.records import UserError
from graph.records.moment import Moment
from graph.rows import OPEN_INSTANT, instant
from graph.terms import UserErrorCode

OURS = "Account Graph"  # who says so where the caller decides and no source is given
MISSING = "There is no {} with this id that you may see. Take an id from an answer."
Path = str | int
EVERYTHING = Bounds()


class Refused(GraphError):
    """A command that breaks rules; ends its unit of work, of which nothing remains."""

    def __init__(self, errors: Iterable[UserError]) -> None:
        """Tell all of them."""
        super().__init__("Nothing was written.")
        self.errors = tuple(errors)


@dataclass(frozen=True, slots=True)
class Step:
    """Rows that stand or fall together, and where the input asks for them.

    `fields` lead from the columns of files to fields of the input.
    """

    rows: tuple[Row, ...]
    path: tuple[Path, ...] = ()
    fields: Mapping[str, tuple[Path, ...]] = field(default_factory=dict)

    @property
    def claims(self) -> list[ClaimRow]:
        """Its claims."""
        return [row for row in self.rows if isinstance(row, ClaimRow)]


class Writing:
    """A command in its unit of work; may be begun anew."""

    def __init__(self, ask: Ask, header: Header, bounds: Bounds = EVERYTHING) -> None:
        """Begin with a way to ask and what every command is given, within the caller's bounds."""
        self.ask = ask
        self.header = header
        self.now = Moment.now()
        self.last: datetime | None = None
        self.bounds = bounds
        self.hidden: set[str] = set()
        self.held: dict[str, Held] = {}
        self.errors: list[UserError] = []
        self.entries = range(0)

    def begin(self, last: datetime | None) -> None:
        """Begin after what the graph has recorded last."""
        self.last, self.now = last, Moment.after(last)

    @property
    def at(self) -> datetime:
        """When it is recorded."""
        return self.now.known_at

    @property
    def today(self) -> date:
        """The day of recording."""
        return self.now.as_of

    @property
    def by(self) -> By:
        """Who records it, and why."""
        return By(self.header.viewer.name, self.header.reason)

    @property
    def source(self) -> Source:
        """Who says so where the caller decides."""
        return Source(OURS, retrieved_at=self.at)

    def refuse(self, code: UserErrorCode, message: str, *path: Path) -> None:
        """Note why nothing will be written."""
        self.errors.append(UserError(code, message, ("input", *map(str, path))))

    def check(self) -> None:
        """Raises Refused if anything was noted."""
        if self.errors:
            raise Refused(dict.fromkeys(self.errors))

    def key(self, id_: str, kinds: Sequence[str], *path: Path) -> str | None:
        """The stored key of a thing of these kinds to write about; notes what is wrong with it."""
        key = self.seen(id_, kinds, *path)
        if key is not None and key not in self.hidden and self.bounds.forbids(key):
            self.refuse(UserErrorCode.NOT_PERMITTED, NOT_OWN, *path)
        return key

    def seen(self, id_: str, kinds: Sequence[str], *path: Path) -> str | None:
        """The stored key of a thing of these kinds, which need not be one's own."""
        found = moments.parse(id_, self.now)
        if found is None:
            told = "This is no global id. Give the 'id' of an answer."
            self.refuse(UserErrorCode.INVALID_FORMAT, told, *path)
            return None
        key = found[0]
        if key.partition(":")[0] not in kinds:
            told = f"This is the id of another kind of thing. Give that of {either(kinds)}."
            self.refuse(UserErrorCode.WRONG_KIND, told, *path)
            return None
        if self.bounds.hides(key):
            self.hidden.add(key)
        return key

    async def hold(self, keys: Iterable[str | None]) -> None:
        """Lock things in key order and read them; call once, before anything is checked."""
        await self.more(key for key in keys if key)
        self.now = Moment.after(self.last)

    async def more(self, keys: Iterable[str]) -> list[Held]:
        """Lock and read things that those held belong to: they are reached only through these."""
        wanted = self._asked(keys)
        rows = await self.ask(query("command/hold"), keys=wanted) if wanted else []
        self.last = instant(rows[0]["last"]) if rows else self.last
        found = [Held(r["key"], frozenset(r["labels"]), r["properties"]) for r in rows]
        self.held |= {held.key: held for held in found}
        return found

    def _asked(self, keys: Iterable[str]) -> list[str]:
        """The keys to ask for: one that nothing has in place of each that is hidden."""
        return sorted(NOBODYS + key if key in self.hidden else key for key in set(keys))

    def thing(self, key: str | None, *path: Path) -> Held | None:
        """A thing that was held; notes it if there is none."""
        if key is None:
            return None
        if key not in self.held:
            self.refuse(UserErrorCode.NOT_FOUND, MISSING.format(named(key)), *path)
        return self.held.get(key)

    async def terms(self, codes: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
        """Those of the codes, by vocabulary, that are in force."""
        wanted = {f"Term:{vocabulary}.{code}": (vocabulary, code) for vocabulary, code in codes}
        given = {"keys": sorted(wanted), "day": self.today}
        rows = await self.ask(query("command/terms"), **given) if wanted else []
        return {wanted[row["key"]] for row in rows}

    async def claim(self, id_: str) -> Standing | None:
        """The claim that has a version of this id, as it stands, if the caller may see it."""
        asked, cut = query("command/claim"), self.bounds.seen.parameters
        rows = await self.ask(asked, id=id_, open=OPEN_INSTANT, **cut(asked))
        return Standing.of(rows[0]) if rows else None

    async def links(
        self, keys: Iterable[str], outward: Sequence[str] = (), inward: Sequence[str] = ()
    ) -> list[Standing]:
        """The claims of these types that begin or end at these things, and stand."""
        wanted = {"keys": self._asked(keys), "outward": list(outward), "inward": list(inward)}
        rows = await self.ask(query("command/links"), open=OPEN_INSTANT, **wanted)
        return [Standing.of(row) for row in rows]

    async def standing(self, claims: Sequence[ClaimRow]) -> set[str]:
        """Which of these claims stand already."""
        rows = [{"start": row.start, "end": row.end, "claim": row.claim} for row in claims]
        found = await self.ask(query("command/standing"), rows=rows, open=OPEN_INSTANT)
        return {row["claim"] for row in found}

    def expect(self, version: int, *path: Path) -> None:
        """Note it if the caller has seen another version."""
        seen = self.header.expected
        if seen is not None and seen != version:
            told = (
                f"It has version {version} by now, not {seen}. Read it again and decide anew,"
                " or leave expectedVersion out."
            )
            self.refuse(UserErrorCode.VERSION_CONFLICT, told, *(path or ("expectedVersion",)))

    async def write(self, steps: Sequence[Step]) -> list[list[str]]:
        """Judge and write; the ids of the claims of each step. Raises Refused."""
        self.check()
        units = [Unit(step.rows, number) for number, step in enumerate(steps, 1)]
        batch = Batch(self.ask, units, self.at, by=self.by)
        await batch.look(lock=True)
        verdict = batch.verdict()
        for place, refusal in sorted(verdict.refusals.items()):
            step = steps[place]
            where = (*step.path, *step.fields.get(refusal.column, ()))
            self.refuse(UserErrorCode(refusal.code), f"{refusal.reason} {refusal.remedy}", *where)
        self.check()
        await batch.put(verdict)
        self.entries = batch.entries
        return [
            [claim_id(c.claim, c.version + (not c.same and not c.row.withdrawn)) for c in claims]
            for claims in batch.claims
        ]
