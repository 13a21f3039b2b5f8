"""Putting specialists on accounts' teams."""

from collections.abc import Sequence
from datetime import date

from graph import policy
from graph.commands import texts
from graph.commands.assigning import accounts_of, claim, keys_of, touched
from graph.commands.header import Header
from graph.commands.owning import within
from graph.commands.run import run
from graph.commands.writing import Step, Writing
from graph.records import Written
from graph.session import Graph
from graph.terms import Permission, UserErrorCode

TOPIC = "TOPIC"


async def assign(
    graph: Graph,
    header: Header,
    accounts: Sequence[str],
    specialist: str,
    topic: str | None,
    valid_from: date | None,
) -> Written:
    """Put a specialist on the teams of accounts."""
    policy.reaching(header.viewer, Permission.WRITE_ASSIGNMENTS)

    async def plan(writing: Writing) -> Written:
        return await _assign(writing, accounts, specialist, topic, valid_from)

    return await run(graph, header, plan, Permission.WRITE_ASSIGNMENTS)


async def _assign(
    writing: Writing,
    ids: Sequence[str],
    specialist_id: str,
    topic: str | None,
    valid_from: date | None,
) -> Written:
    keys = keys_of(writing, ids, "accountIds")
    wanted = writing.key(specialist_id, ("Specialist",), "specialistId")
    await writing.hold([*keys, wanted])
    accounts = accounts_of(writing, keys, "accountIds")
    specialist = writing.thing(wanted, "specialistId")
    if specialist is not None:
        within(writing, specialist.key, "specialistId")
    if specialist is not None and specialist.get("active") is False:
        told = f"{specialist.get('name')} is not in service. Choose another."
        writing.refuse(UserErrorCode.INVALID_STATE, told, "specialistId")
    if topic is not None and not await writing.terms([(TOPIC, topic)]):
        told = f"There is no such topic. Give a code of the vocabulary {TOPIC}."
        writing.refuse(UserErrorCode.NOT_FOUND, told, "topic")
    day = texts.not_future(writing, valid_from, "validFrom")
    if specialist is None:
        writing.check()
    assert specialist is not None
    serving = await writing.links((account.key for _, account in accounts), inward=["SERVES"])
    steps = []
    for at, account in accounts:
        said = {"topic": topic} if topic else {}
        row = claim(writing, "SERVES", specialist.key, account.key, day, said)
        for each in serving:
            same = (each.start, each.end, each.get("topic")) == (row.start, row.end, topic)
            if same and (each.get("validTo") is None or each.get("validTo") > day):
                told = "This specialist serves the account on this topic already. Leave it out."
                writing.refuse(UserErrorCode.ALREADY_EXISTS, told, "accountIds", at)
        steps.append(Step((row,), ("accountIds", at)))
    made = await writing.write([*steps, *touched(account for _, account in accounts)])
    claims = tuple(made[at][0] for at in range(len(steps)))
    return Written(things=tuple(account.key for _, account in accounts), claims=claims)
