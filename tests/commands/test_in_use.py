"""How often a caller is told that a number or code is in use."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from strawberry.types import ExecutionResult

from graph.errors import RateLimited, Unavailable
from graph.identifiers import IdentifierKey
from graph.paging import Seal
from graph.policy import DEVELOPMENT
from graph.room import boundless
from graph.session import Graph
from resolvers.context import Context
from schema import schema
from schema.extensions.uses import Uses
from tests.transport.audit.reading import entries, journal
from transport import Audit, InUse, Memory, keeping
from transport.audit import Act
from transport.redis_buckets import RedisBuckets

TAKEN = 'openAccount(input: {kind: BROKER, name: "Pier", filerCodes: [%s]}) { userErrors { code } }'
Told = Callable[[str], Awaitable[ExecutionResult]]


@pytest.fixture
def tell(quay: Graph, seal: Seal, key: IdentifierKey) -> Told:
    """What a caller is told who may be told three times an hour that something is in use."""
    counts = InUse(Memory(clock=lambda: 0.0), "Ada", 3)

    async def asked(text: str) -> ExecutionResult:
        context = Context(quay, DEVELOPMENT, seal, key, tells_in_use=counts)
        return await schema.execute(f"mutation {{ {text} }}", context_value=context)

    return asked


def opened(*codes: str) -> str:
    return TAKEN % ", ".join(f'"{code}"' for code in codes)


def found(result: ExecutionResult) -> list[Any]:
    """The codes of the errors; without any, those of each write's refusals."""
    if result.errors:
        return [(error.extensions or {})["code"] for error in result.errors]
    return [[error["code"] for error in told["userErrors"]] for told in result.data.values()]  # type: ignore[union-attr]


async def test_each_alias_counts_and_beyond_them_nothing_is_asked(quay: Graph, tell: Told) -> None:
    used = ["IDENTIFIER_IN_USE"]
    many = " ".join(f"n{at}: {opened('ABC')}" for at in range(4))

    first = await tell(" ".join(f"n{at}: {opened(f'X{at}Y')}" for at in range(5)))
    told = [found(await tell(f"n: {opened('ABC')}"))[0] for _ in range(2)]
    last = await tell(many)
    before = quay.statements
    for text in (opened("ABC"), opened("FRE"), 'saveFilerCode(input: {code: "FRE"}) { replayed }'):
        refused = await tell(f"n: {text}")

        assert found(refused) == ["RATE_LIMITED"]
        assert "try again in 1200 seconds" in str(refused.errors)
    assert quay.statements == before

    assert found(first) == [[]] * 5
    assert told == [used, used]
    assert found(last) == ["RATE_LIMITED"] * 3


async def test_other_refusals_and_other_writes_are_not_counted(tell: Told) -> None:
    nameless = opened("FRE").replace("Pier", "")
    for _ in range(5):
        assert found(await tell(f"n: {nameless}")) == [["REQUIRED"]]
    for _ in range(3):
        await tell(opened("ABC"))

    view = 'saveView(input: {name: "Mine", question: {accounts: {}}}) { userErrors { code } }'
    answer = await tell(view)
    assert "RATE_LIMITED" not in str(answer.errors)


async def test_a_write_that_could_not_be_done_is_not_counted(quay: Graph, tell: Told) -> None:
    def full(more: int = 0) -> None:
        raise Unavailable("The disk is full.")

    quay.room = full
    try:
        for _ in range(5):
            assert found(await tell(f"n: {opened('ABC')}")) == ["UNAVAILABLE"]
    finally:
        quay.room = boundless

    assert found(await tell(f"n: {opened('ABC')}")) == [["IDENTIFIER_IN_USE"]]


async def test_a_code_that_is_registered_counts_too(tell: Told) -> None:
    text = 'saveFilerCode(input: {code: "ABC"}) { userErrors { code } }'

    told = [found(await tell(f"n: {text}")) for _ in range(4)]

    assert told == [[["ALREADY_EXISTS"]]] * 3 + [["RATE_LIMITED"]]


async def test_who_would_be_told_of_more_than_are_left_is_told_of_none(tell: Told) -> None:
    codes = [f"Q{at}Z" for at in range(4)]
    assert found(await tell(f"n: {opened(*codes)}")) == [[]]

    told = [await tell(f"n: {opened(*some)}") for some in (codes[:2], codes[:2], codes[:1])]

    assert found(told[0]) == [["IDENTIFIER_IN_USE"] * 2]
    assert [found(each) for each in told[1:]] == [["RATE_LIMITED"]] * 2


async def test_the_audit_tells_the_code_of_a_refusal(tell: Told, tmp_path: Path) -> None:
    audit = Audit(journal(tmp_path))
    async with keeping(audit):
        for text in (opened("FRE"), f"a: {opened('ABC')} b: {opened('ABC').replace('Pier', '')}"):
            act = Act(audit, "http")
            act.asks("mutation", None, schema.documents.read(text), Uses())
            act.told(await tell(text))
            act.write()

    fine, refused = entries(tmp_path)
    assert "refusals" not in fine
    assert refused["refusals"] == ["IDENTIFIER_IN_USE", "REQUIRED"]


async def test_they_come_back_as_the_hour_goes_by() -> None:
    now = [0.0]
    ada = InUse(Memory(clock=lambda: now[0]), "Ada", 20)
    for _ in range(20):
        await ada(1)
    with pytest.raises(RateLimited, match="in 180 seconds"):
        await ada(1)
    now[0] = 180.0
    await ada(1)
    await ada(-1)
    await ada(1)
    with pytest.raises(RateLimited):
        await ada(1)


async def test_nothing_is_written_while_nobody_can_count() -> None:
    nowhere = RedisBuckets("redis://127.0.0.1:1")

    with pytest.raises(Unavailable):
        await InUse(nowhere, "Ada", 20)(1)
    await nowhere.close()
