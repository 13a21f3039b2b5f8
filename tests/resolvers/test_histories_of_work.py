"""Random histories of ISA, issues, strategies and what is due, read at random moments.

Five histories stand side by side in one graph, and are asked about in one document.
"""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from graph import ids
from graph.identifiers import IdentifierKey
from graph.paging import Seal
from graph.session import Graph
from tests.resolvers.conftest import asking
from tests.resolvers.sayings import histories
from tests.resolvers.side_by_side import FEW, differences, moments, recorded
from tests.resolvers.work_answers import (
    DUE,
    LISTS,
    MANAGER,
    QUESTIONS,
    lists_known,
    lists_told,
    own_known,
    own_told,
)
from tests.resolvers.work_histories import MOST, SAYINGS
from tests.resolvers.work_replayed import Work
from tests.resolvers.work_things import begun, things


@FEW
@given(number=st.integers(0, 2**32))
async def test_work_at_any_moment_is_that_of_the_claims_replayed(
    server: Graph, seal: Seal, key: IdentifierKey, number: int
) -> None:
    chance, ask = Random(number), asking(server, seal, key)
    kept = await recorded(server, things(key), histories(chance, begun, SAYINGS, MOST))
    for day, turn, at in moments(chance):
        work = Work(kept, day, turn)

        lists = await ask(LISTS, m=at, due=str(DUE), manager=ids.encode(MANAGER))
        found = {
            of: told
            for keys, text in QUESTIONS
            for of, told in zip(keys, (await ask(text, m=at)).values(), strict=True)
        }

        assert differences(lists_told(lists), lists_known(work)) == [], at
        told = {of: own_told(each) for of, each in found.items()}
        assert differences(told, {of: own_known(work, of) for of in found}) == [], at
