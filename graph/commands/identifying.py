"""Registering and changing importer numbers and filer codes."""

from dataclasses import dataclass

from graph import policy
from graph.commands.assigning import claim, ended
from graph.commands.header import KEEP, Given, Header
from graph.commands.numbers import coded, number_rows, parsed
from graph.commands.run import run
from graph.commands.writing import Held, Step, Writing
from graph.identifiers import IdentifierKey
from graph.load.references import code_row
from graph.load.rows import NodeRow
from graph.records import Written
from graph.session import Graph
from graph.terms import ImporterNumberStatus, Permission, UserErrorCode

REGISTERED = "It is registered already. Change it by its id."
UNCHANGED = "What it is never changes. Leave this out, or register another one."
NEEDED = "Give the one to register, or the id of the one to change."


@dataclass(frozen=True, slots=True)
class NumberGiven:
    """An importer number as a caller gives it; without an id it is a new one."""

    id: str | None = None
    number: str | None = None
    status: Given[ImporterNumberStatus] = KEEP
    continuous_bond: Given[bool] = KEEP
    bond_sufficient: Given[bool] = KEEP
    holder: Given[str] = KEEP


@dataclass(frozen=True, slots=True)
class CodeGiven:
    """A filer code as a caller gives it; without an id it is a new one."""

    id: str | None = None
    code: str | None = None
    holder: Given[str] = KEEP


async def save_number(
    graph: Graph, header: Header, given: NumberGiven, key: IdentifierKey
) -> Written:
    """Register an importer number, or change its status, bond or holder."""
    policy.require(header.viewer, Permission.WRITE_ACCOUNTS)

    async def plan(writing: Writing) -> Written:
        return await _number(writing, given, key)

    return await run(graph, header, plan)


async def save_code(graph: Graph, header: Header, given: CodeGiven) -> Written:
    """Register a filer code, or change its holder."""
    policy.require(header.viewer, Permission.WRITE_ACCOUNTS)

    async def plan(writing: Writing) -> Written:
        return await _code(writing, given)

    return await run(graph, header, plan)


async def _number(writing: Writing, given: NumberGiven, secret: IdentifierKey) -> Written:
    _either(writing, given.id, given.number, "number")
    new: NodeRow | None = None
    if given.id is None and given.number is not None:
        number = parsed(writing, given.number, "number")
        new = (await number_rows(writing, [number], secret))[0] if number else None
    key = writing.key(given.id, ("ImporterNumber",), "id") if given.id is not None else None
    stands, holder = await _held(writing, new, key, given.holder, "number")
    said: dict[str, object] = {}
    if given.status is None:
        told = "A number has a status. Give one, or leave it out."
        writing.refuse(UserErrorCode.REQUIRED, told, "status")
    elif given.status is not KEEP:
        said["status"] = given.status.value
    if given.continuous_bond is not KEEP:
        said["continuousBond"] = given.continuous_bond
    if given.bond_sufficient is not KEEP:
        said["bondSufficient"] = given.bond_sufficient
    base = dict(new.properties) if new is not None and stands is None else {}
    return await _saved(
        writing, "ImporterNumber", new, stands, {**base, **said}, holder, given.holder
    )


async def _code(writing: Writing, given: CodeGiven) -> Written:
    _either(writing, given.id, given.code, "code")
    new: NodeRow | None = None
    if given.id is None and given.code is not None:
        code = coded(writing, given.code, "code")
        new = code_row(code, 0) if code else None
    key = writing.key(given.id, ("FilerCode",), "id") if given.id is not None else None
    stands, holder = await _held(writing, new, key, given.holder, "code")
    base = dict(new.properties) if new is not None and stands is None else {}
    return await _saved(writing, "FilerCode", new, stands, base, holder, given.holder)


def _either(writing: Writing, id: str | None, text: str | None, name: str) -> None:
    """Note an identifier that is named twice, or not at all."""
    if id is not None and text is not None:
        writing.refuse(UserErrorCode.INVALID_STATE, UNCHANGED, name)
    if id is None and text is None:
        writing.refuse(UserErrorCode.REQUIRED, NEEDED, name)


async def _held(
    writing: Writing, new: NodeRow | None, key: str | None, holder: Given[str], name: str
) -> tuple[Held | None, Held | None]:
    """The identifier if it is there, and its new holder, both locked."""
    held = holder if isinstance(holder, str) else None
    party = writing.key(held, ("Party",), "holderId") if held is not None else None
    await writing.hold([key, new.key if new else None, party])
    there = writing.held.get(new.key) if new else None
    if there is not None:
        writing.refuse(UserErrorCode.ALREADY_EXISTS, REGISTERED, name)
    stands = writing.thing(key, "id")
    writing.expect(stands.version if stands else 0)
    return stands, writing.thing(party, "holderId")


async def _saved(
    writing: Writing,
    kind: str,
    new: NodeRow | None,
    stands: Held | None,
    said: dict[str, object],
    holder: Held | None,
    given: Given[str],
) -> Written:
    """Write the identifier and who holds it from today on."""
    writing.check()
    id_ = stands.id if stands else new.id if new else ""
    row = NodeRow(kind, id_, (kind,), said)
    steps = [Step((row,))]
    if given is not KEEP:
        links = await writing.links([row.key], inward=["HOLDS"])
        now = [each for each in links if each.holds(writing.today)]
        if holder is None or [each.start for each in now] != [holder.key]:
            claims = (
                [claim(writing, "HOLDS", holder.key, row.key, writing.today, {})] if holder else []
            )
            made = claims[0] if claims else None
            steps += ended(writing, now, writing.today, made, "holderId")
            steps += [Step((each,), ("holderId",)) for each in claims]
    await writing.write(steps)
    return Written(things=(row.key,))
