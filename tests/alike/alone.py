"""The same with each kind of hidden fact alone: of the night, `make night` names this file."""

import pytest

from graph.identifiers import IdentifierKey
from tests.alike.people import from_whom
from tests.alike.program import DIFFERENCES, Difference, rows
from tests.alike.serving import Served, besides, written
from tests.alike.test_operations import beside, differences, told

pytestmark = pytest.mark.filterwarnings("ignore:coroutine .* was never awaited:RuntimeWarning")


@pytest.mark.parametrize("one", DIFFERENCES, ids=lambda one: one.name)
async def test_one_fact_that_is_hidden_changes_no_byte(
    asked: Served, key: IdentifierKey, one: Difference
) -> None:
    people = from_whom(one)
    await written(asked.graph, rows(key))
    whole = await told(asked, people)

    await besides(asked.graph, beside([one], key))
    more = await told(asked, people)

    assert differences(whole, more) == {}
