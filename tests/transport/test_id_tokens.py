"""What a provider says of who signed in: believed for this client, this sign-in, and now."""

import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from graph.session import Graph
from tests.transport.identity.authorizing import ID
from tests.transport.journey import Way, journey, session, trouble


@pytest.fixture
async def way(graph: Graph, tmp_path: Path) -> AsyncIterator[Way]:
    async with journey(graph, tmp_path) as found:
        yield found


@pytest.mark.parametrize(
    "changes",
    [
        {"nonce": "of another sign-in"},
        {"nonce": None},
        {"nonce": 7},
        {"aud": "account-graph"},
        {"aud": [ID, "another"]},
        {"azp": "another"},
        {"aud": [ID, "another"], "azp": "another"},
        {"iss": "https://evil.example"},
        {"exp": 1},
        {"iat": 1_600_000_000, "exp": 1_600_000_600},
        {"iat": 4_000_000_000, "exp": 4_000_000_600},
        {"sub": None},
        {"sub": "219-09-9999"},
    ],
    ids=str,
)
async def test_an_id_token_that_is_not_of_this_sign_in_is_not_believed(
    way: Way, changes: dict[str, Any]
) -> None:
    way.provider.wrong = changes

    assert trouble(await way.through()) == "unknown"


async def test_several_audiences_name_the_one_it_is_for(way: Way) -> None:
    way.provider.wrong = {"aud": [ID, "another"], "azp": ID}

    assert session(await way.through())


async def test_an_old_id_token_is_not_believed(way: Way) -> None:
    now = int(time.time())
    way.provider.wrong = {"iat": now - 700, "exp": now + 600}

    assert trouble(await way.through()) == "unknown"


@pytest.mark.parametrize(
    "answers",
    [{}, {"id_token": 7}, {"id_token": ""}, {"id_token": "a.b.c"}, {"access_token": "x"}],
    ids=str,
)
async def test_an_answer_without_an_id_token_says_nothing(
    way: Way, answers: dict[str, Any]
) -> None:
    way.provider.answers = answers

    assert trouble(await way.through()) == "unknown"


async def test_services_and_owners_are_sent_back(way: Way) -> None:
    way.provider.wrong = {"roles": ["INTEGRATOR"]}

    assert trouble(await way.through()) == "apart"
