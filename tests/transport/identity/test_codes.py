"""Codes of this machine: one at a time, for five minutes, once, and not for who guesses."""

import json
import re
import time
from pathlib import Path

import pytest

from graph.errors import SetupError
from graph.roles import Role
from transport.codes import Codes
from transport.development import NAME, Development


@pytest.fixture
def codes(tmp_path: Path) -> Codes:
    return another(tmp_path)


def another(folder: Path) -> Codes:
    """As another process has it: a verb, or a server."""
    return Codes(folder, Development.at(folder, "account-graph"))


def the_file(folder: Path) -> Path:
    return folder / "sign-in.code"


async def test_a_code_signs_in_whom_it_was_made_for(codes: Codes, tmp_path: Path) -> None:
    made = another(tmp_path).make({Role.ACCOUNT_MANAGER, Role.SPECIALIST}, "M-31")

    claims = await codes.take(made)

    assert claims is not None
    assert (claims.person, claims.roles) == (
        "M-31",
        frozenset({Role.ACCOUNT_MANAGER, Role.SPECIALIST}),
    )
    assert re.fullmatch("[2-9A-Z]{5}-[2-9A-Z]{5}", made)


async def test_without_a_name_it_is_the_development_viewer(codes: Codes) -> None:
    claims = await codes.take(codes.make({Role.DEVELOPMENT}, None))

    assert claims is not None
    assert (claims.sub, claims.roles) == ("development", frozenset({Role.DEVELOPMENT}))
    assert codes.make({Role.DEVELOPMENT}, None) != codes.make({Role.DEVELOPMENT}, None)
    assert NAME == "account-graph-development"


async def test_it_signs_in_once(codes: Codes, tmp_path: Path) -> None:
    made = codes.make({Role.DEVELOPMENT}, None)

    assert [bool(await each.take(made)) for each in (codes, codes, another(tmp_path))] == [
        True,
        False,
        False,
    ]
    assert not the_file(tmp_path).exists()


async def test_it_may_be_copied_carelessly(codes: Codes) -> None:
    made = codes.make({Role.DEVELOPMENT}, None)

    assert await codes.take(f"  {made.lower().replace('-', ' ')}\n")


async def test_a_new_one_takes_its_place(codes: Codes, tmp_path: Path) -> None:
    first = codes.make({Role.DEVELOPMENT}, None)
    second = another(tmp_path).make({Role.DEVELOPMENT}, None)

    assert await codes.take(first) is None
    assert await codes.take(second)


async def test_it_holds_for_five_minutes(codes: Codes, monkeypatch: pytest.MonkeyPatch) -> None:
    made = codes.make({Role.DEVELOPMENT}, None)
    now = time.time()
    monkeypatch.setattr("transport.codes.time.time", lambda: now + 301)

    assert await codes.take(made) is None


async def test_five_wrong_ones_end_it(codes: Codes, tmp_path: Path) -> None:
    made = codes.make({Role.DEVELOPMENT}, None)
    for _ in range(4):
        await codes.take("22222-22222")
    assert the_file(tmp_path).exists()

    await codes.take("22222-22222")

    assert await codes.take(made) is None
    assert await codes.take(codes.make({Role.DEVELOPMENT}, None))


async def test_wrong_ones_before_a_new_code_do_not_count_against_it(codes: Codes) -> None:
    codes.make({Role.DEVELOPMENT}, None)
    for _ in range(4):
        await codes.take("22222-22222")
    made = codes.make({Role.DEVELOPMENT}, None)
    await codes.take("22222-22222")

    assert await codes.take(made)


def test_its_file_is_for_its_owner_and_holds_its_hash_only(codes: Codes, tmp_path: Path) -> None:
    made = codes.make({Role.DEVELOPMENT}, "M-31")

    file = the_file(tmp_path)
    assert file.stat().st_mode & 0o777 == 0o600
    assert made.replace("-", "") not in file.read_text()
    assert json.loads(file.read_text()).keys() == {"sha256", "until", "roles", "person"}


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", "no JSON", '{"sha256": "x"}'])
async def test_a_file_that_is_broken_is_no_code(codes: Codes, tmp_path: Path, text: str) -> None:
    the_file(tmp_path).write_text(text)

    assert await codes.take("22222-22222") is None


def test_nobody_is_named_whom_no_token_would_name(codes: Codes) -> None:
    with pytest.raises(SetupError, match="social security"):
        codes.make({Role.DEVELOPMENT}, "219-09-9999")
