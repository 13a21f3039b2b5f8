"""Questions about parties: who stands behind numbers, codes and shares."""

from dataclasses import dataclass

from graph import records, rows
from graph.kinds import KINDS
from graph.lists import COUNTED, FIRST, LAST, Found, ListQuestion, Window, out_of_all
from graph.looking_back import changed_since
from graph.policy import Viewer
from graph.queries import query
from graph.reach import reach
from graph.records.moment import Moment
from graph.session import Graph
from graph.terms import Permission
from graph.words import begun

IMPORTER_NUMBERS = ListQuestion("party.importerNumbers", query("party/importer_numbers"))
FILER_CODES = ListQuestion("party.filerCodes", query("party/filer_codes"))
ACCOUNTS = ListQuestion("party.accounts", query("party/accounts"))
HOLDINGS = ListQuestion("party.holdings", query("party/holdings"))
OWNERS = ListQuestion("organization.owners", query("organization/owners"))

LABELS = {KINDS[label]: label for label in ("Organization", "Person", "Unspecified")}


@dataclass(frozen=True, slots=True)
class PartyFilter:
    """Which parties: all given fields must hold, of a list any one element.

    `words` are folded ones that must begin words of a name or an alias; None asks for all names.
    """

    words: tuple[str, ...] | None = None
    labels: tuple[str, ...] | None = None
    countries: tuple[str, ...] | None = None
    flag_kinds: tuple[str, ...] | None = None

    @property
    def parameters(self) -> dict[str, list[str] | None]:
        """What the statements are asked with, besides the words."""
        given = {
            "labels": self.labels,
            "countries": self.countries,
            "flagKinds": self.flag_kinds,
        }
        return {name: None if values is None else list(values) for name, values in given.items()}


async def known_by(
    graph: Graph,
    viewer: Viewer,
    moment: Moment,
    *,
    lei: str | None = None,
    duns: str | None = None,
    lookup: str | None = None,
) -> records.Party | None:
    """The party with this LEI or D-U-N-S number, or that holds the number; the first by key."""
    seen = await reach(graph, viewer)
    found = await graph.read(
        query("party/known_by"),
        lei=lei,
        duns=duns,
        lookup=seen.numbers([lookup])[0] if lookup else None,
        **moment.parameters,
    )
    made = rows.entity(found[0]["party"], moment) if found else None
    return made if isinstance(made, records.Party) else None


async def parties(
    graph: Graph, viewer: Viewer, moment: Moment, wanted: PartyFilter, window: Window
) -> Found:
    """A page of parties by name; its total is not counted (-1) unless all had to be read."""
    await reach(graph, viewer, _flagged(wanted))
    given = wanted.parameters
    if await changed_since(graph, moment):
        given["begins"] = None if wanted.words is None else list(wanted.words)
        return await out_of_all(graph, query("party/as_known"), moment, window, **given)
    if wanted.words is not None:
        words = begun(wanted.words)
        return await out_of_all(
            graph, query("party/by_words"), moment, window, words=words, **given
        )
    low = window.after or FIRST
    high = window.before or LAST
    name, key = high if window.backward else low
    question = query("party/by_name_backwards") if window.backward else query("party/by_name")
    found = await graph.read(
        question,
        name=name,
        key=key,
        limit=window.size + 1,
        **wanted.parameters,
        **moment.parameters,
    )
    entries = rows.linked(found[0]["rows"], moment)
    if window.backward:
        entries.reverse()
    inside = [e for e in entries if low < e.sort < high]
    return Found(inside, -1)


def _flagged(wanted: PartyFilter) -> Permission | None:
    """What it takes to ask for parties by their flags."""
    return None if wanted.flag_kinds is None else Permission.READ_RISK


async def count(
    graph: Graph, viewer: Viewer, moment: Moment, wanted: PartyFilter
) -> records.TotalCount:
    """How many parties match, words not considered; beyond COUNTED at least so many."""
    await reach(graph, viewer, _flagged(wanted))
    found = await graph.read(
        query("party/count"), most=COUNTED + 1, **wanted.parameters, **moment.parameters
    )
    return records.TotalCount.bounded(found[0]["total"], COUNTED)
