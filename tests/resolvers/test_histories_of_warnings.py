"""Random histories of numbers, shares, flags, figures and rules, read at random moments.

Five histories stand side by side in one graph, and are asked about in one document.
"""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from graph.identifiers import IdentifierKey
from graph.paging import Seal
from graph.session import Graph
from tests.resolvers.conftest import asking
from tests.resolvers.sayings import histories
from tests.resolvers.side_by_side import FEW, differences, moments, recorded
from tests.resolvers.warned_answers import (
    EVERY,
    FIGURES,
    FILTERS,
    IMPORTERS,
    LISTS,
    OWN,
    figures_known,
    figures_told,
    lists_known,
    lists_told,
    own_known,
    own_told,
)
from tests.resolvers.warned_histories import MOST, SAYINGS, published
from tests.resolvers.warned_replayed import Warned
from tests.resolvers.warned_things import begun, things


@FEW
@given(number=st.integers(0, 2**32))
async def test_warnings_segments_and_figures_at_any_moment_are_those_of_the_claims_replayed(
    server: Graph, seal: Seal, key: IdentifierKey, number: int
) -> None:
    chance, ask = Random(number), asking(server, seal, key)
    said = [*histories(chance, begun, SAYINGS, MOST), *published(chance)]
    kept = await recorded(server, things(key), said)
    for day, turn, at in moments(chance):
        warned = Warned(kept, day, turn)

        own = dict(zip(EVERY, (await ask(OWN, m=at)).values(), strict=True))
        figures = dict(zip(IMPORTERS, (await ask(FIGURES, m=at)).values(), strict=True))
        lists = await ask(LISTS, m=at, **FILTERS)

        told = {of: own_told(found) for of, found in own.items()}
        assert differences(told, {of: own_known(warned, of) for of in EVERY}) == [], at
        sums = {of: figures_told(found) for of, found in figures.items()}
        assert differences(sums, {of: figures_known(warned, of) for of in IMPORTERS}) == [], at
        assert differences(lists_told(lists), lists_known(warned)) == [], at
