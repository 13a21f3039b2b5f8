"""Search: things by the words of a name, an alias or a title, and by whole identifiers.

Two questions side by side. Whole identifiers come first, then what they identify, then who holds
them. Names come from the full-text indexes, which find words whole, by their beginning or with a
small spelling mistake, at most CANDIDATES from each index; `graph.likeness` says how well each
matches. At an earlier instant, what was changed since is found by what it said then.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from graph import likeness
from graph.errors import BadInput
from graph.former_names import FormerNames, former_names
from graph.identifiers import FILER_CODE, IdentifierKey, duns, lei, parse_number, root_of
from graph.kinds import KINDS
from graph.policy import Viewer
from graph.queries import query
from graph.reach import Reached, reach
from graph.records.moment import Moment
from graph.secrecy import tells_ssn
from graph.session import Graph
from graph.terms import EntityKind, ImporterNumberType

DEEP = 20_000  # where an index also holds what is out of reach, so many are looked through
CANDIDATES = 200  # from each index: beyond, the answer says "at least"
EXACT = 100.0  # the score of a whole identifier; names score at most 1
PASSABLE = 0.3  # what matches worse is no answer

INDEXES: dict[str, tuple[str, ...]] = {
    "account_words": ("Importer", "Broker"),
    "party_words": ("Organization", "Person", "Unspecified"),
    "staff_words": ("AccountManager", "Specialist"),
    "program_words": ("Center", "Discipline", "Port", "HtsChapter", "Issue", "Strategy"),
}
NAMED = [label for held in INDEXES.values() for label in held]
UNSEARCHED = ("RiskFlag", "SharedAttribute")  # have no name that anybody would type
LABELS: dict[EntityKind, str] = {
    kind: label for label, kind in KINDS.items() if label not in UNSEARCHED
}
# Kinds whose id is a word that people know and type: an account's id, a code.
KNOWN_BY_ID = (
    "Account",
    "AccountManager",
    "Specialist",
    "Party",
    "Center",
    "Discipline",
    "Port",
    "HtsChapter",
    "FilerCode",
    "IsaParticipation",
    "Issue",
    "Strategy",
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing found: its key, how well it matches, and the text that matched."""

    key: str
    score: float
    matched: str

    @property
    def sort(self) -> tuple[float, str]:
        """Its place: best first, then by key."""
        return (-self.score, self.key)


@dataclass(frozen=True, slots=True)
class Hits:
    """Things found, best first; `complete` is False where an index held more than was looked at."""

    hits: list[Hit]
    complete: bool


async def search(
    graph: Graph,
    viewer: Viewer,
    moment: Moment,
    key: IdentifierKey,
    text: str,
    kinds: Sequence[EntityKind] | None = None,
) -> Hits:
    """What this text names, best first.

    A text that may tell a social security number is not searched, valid or not: it would be a
    parameter of a statement, which a database may write down.
    """
    seen = await reach(graph, viewer)
    labels = None if kinds is None else [LABELS[kind] for kind in kinds if kind in LABELS]
    wanted = text.strip()
    if not wanted or labels == [] or tells_ssn(wanted):
        return Hits([], True)
    formers = await former_names(graph, seen, moment, labels or NAMED)
    asked = _Asked(graph, seen, moment, labels, formers)
    spelt = likeness.words(wanted)
    all_words, any_word = likeness.expressions(spelt)
    exact, named = await asyncio.gather(
        asked.identified(wanted, _identifiers(key, wanted)),
        asked.named(spelt, all_words, every=True),
    )
    if not exact and not named.hits:
        named = await asked.named(spelt, any_word, every=False)
    known = {hit.key for hit in exact}
    hits = [*exact, *(hit for hit in named.hits if hit.key not in known)]
    return Hits(sorted(hits, key=lambda hit: hit.sort), named.complete)


@dataclass(frozen=True, slots=True)
class _Asked:
    """Who asks, at which moment, for what; `formers` is None where nothing was changed since."""

    graph: Graph
    seen: Reached
    moment: Moment
    labels: list[str] | None
    formers: FormerNames | None

    async def identified(self, text: str, given: dict[str, Any] | None) -> list[Hit]:
        """What the text is a whole identifier of; nothing is asked when it has no such form."""
        if given is None:
            return []
        if self.formers:
            had = self.formers.identified(given["lei"], given["duns"])
            given = {**given, "keys": [*given["keys"], *had]}
        question = query("search/identified")
        found = await self.graph.read(
            question,
            **given,
            **self.seen.parameters(question),
            changed=self.formers is not None,
            labels=self.labels,
            text=text.upper(),
            most=CANDIDATES,
            **self.moment.parameters,
        )
        return [Hit(key, EXACT - distance, matched) for key, distance, matched in found[0]["rows"]]

    async def named(self, wanted: Sequence[str], expression: str | None, *, every: bool) -> Hits:
        """Things whose words match a full-text expression, with how well; without one, none."""
        indexes = [
            index
            for index, held in INDEXES.items()
            if self.labels is None or any(label in held for label in self.labels)
        ]
        if not indexes or expression is None:
            return Hits([], True)
        question = query("search/named")
        found = await self.graph.read(
            question,
            **self.seen.parameters(question),
            changed=self.formers is not None,
            indexes=indexes,
            words=expression,
            labels=self.labels,
            most=CANDIDATES,
            deep=DEEP,
            knownAt=self.moment.known_at,
        )
        rows = [each[:6] for row in found for each in row["rows"]]
        complete = all(row["found"] < CANDIDATES for row in found)
        if self.formers:
            rows += [each[:6] for each in await self.formers.named(wanted, every=every)]
            complete = complete and self.formers.complete
        return Hits([hit for hit in _hits(wanted, rows) if hit.score >= PASSABLE], complete)


def looks_up(text: str) -> bool:
    """Whether this text asks who has an importer number or a filer code."""
    wanted = text.strip().upper()
    try:
        return _code(wanted) or bool(parse_number(wanted))
    except BadInput:
        return False


def _identifiers(key: IdentifierKey, text: str) -> dict[str, Any] | None:
    """The text as each identifier that it may be."""
    if len(text.split()) != 1:
        return None
    upper = text.upper()
    number = _number(key, upper)
    return {
        "keys": [f"{kind}:{upper}" for kind in KNOWN_BY_ID if kind != "FilerCode" or _code(upper)],
        "lookup": number,
        "root": root_of(upper),
        "lei": _checked(lei, upper),
        "duns": _checked(duns, upper),
    }


def _number(key: IdentifierKey, text: str) -> str | None:
    try:
        parsed = parse_number(text)
    except BadInput:
        return None
    return None if parsed.type is ImporterNumberType.SSN else key.lookup(parsed.canonical)


def _code(text: str) -> bool:
    return FILER_CODE.fullmatch(text) is not None


def _checked(check: Callable[[str], str], text: str) -> str | None:
    try:
        return check(text)
    except BadInput:
        return None


def _hits(wanted: Sequence[str], rows: Iterable[Any]) -> list[Hit]:
    """Candidates with how well each matches, by its best name."""
    found = []
    for key, _, name, folded, aliases, folded_aliases in rows:
        names = [(name, folded), *zip(aliases, folded_aliases, strict=False)]
        score, matched = max((likeness.score(wanted, spelt), shown) for shown, spelt in names)
        found.append(Hit(key, score, matched))
    return found
