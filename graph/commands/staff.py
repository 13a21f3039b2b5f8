"""Registering and changing account managers and specialists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import uuid4

from graph import discipline_codes, policy
from graph.commands import texts
from graph.commands.assigning import claim, ended
from graph.commands.centers import center_of
from graph.commands.header import KEEP, Given, Header
from graph.commands.owning import within
from graph.commands.run import run
from graph.commands.writing import Held, Step, Writing
from graph.load.check import Bad
from graph.load.rows import NodeRow
from graph.load.staff import email, phone
from graph.records import Written
from graph.session import Graph
from graph.terms import Permission, UserErrorCode

Kind = Literal["AccountManager", "Specialist"]
NEEDED = "An active manager belongs to exactly one Center. Name it, or set active to false."


@dataclass(frozen=True, slots=True)
class Person:
    """A manager or specialist as a caller gives them; without an id it is a new one."""

    kind: Kind
    id: str | None = None
    name: Given[str] = KEEP
    email: Given[str] = KEEP
    phone: Given[str] = KEEP
    national: Given[bool] = KEEP
    discipline: Given[str] = KEEP
    center: Given[str] = KEEP
    active: Given[bool] = KEEP
    on: date | None = None


async def save(graph: Graph, header: Header, given: Person) -> Written:
    """Register somebody of CBP's staff, or change what is known of them."""
    policy.reaching(header.viewer, Permission.WRITE_STAFF)
    id_ = f"{given.kind[0] if given.kind == 'Specialist' else 'M'}-{uuid4().hex[:12]}"

    async def plan(writing: Writing) -> Written:
        return await _save(writing, given, id_)

    return await run(graph, header, plan, Permission.WRITE_STAFF)


async def _save(writing: Writing, given: Person, id_: str) -> Written:
    key = writing.key(given.id, (given.kind,), "id") if given.id is not None else None
    await writing.hold([key])
    person = writing.thing(key, "id")
    writing.expect(person.version if person else 0)
    day = texts.not_future(writing, given.on, "on")
    said = _said(writing, given)
    center = center_of(writing, given.center if given.center is not KEEP else None, "center")
    discipline = _discipline(writing, given)
    _inside(writing, given, person, center)
    row = NodeRow(given.kind, person.id if person else id_, (given.kind,), said)
    steps = [Step((row,), (), {"active": ("active",), "to": ("active",)})]
    steps += await _joins(writing, "MEMBER_OF", row.key, center, given.center, day)
    if discipline or given.discipline is None:
        steps += await _joins(writing, "PRACTISES", row.key, discipline, given.discipline, day)
    await _belongs(writing, given, person, center)
    await writing.write(steps)
    return Written(things=(row.key,))


def _inside(writing: Writing, given: Person, person: Held | None, center: str | None) -> None:
    """Note staff of another Center than the caller's, and a move to another or to none."""
    if person is not None:
        within(writing, person.key, "id")
    unknown = isinstance(given.center, str) and center is None  # which is noted
    if not unknown and (given.id is None or given.center is not KEEP):
        within(writing, center, "center")


def _said(writing: Writing, given: Person) -> dict[str, object]:
    """What is given in its one spelling, checked."""
    said: dict[str, object] = {}
    if given.name is not KEEP or given.id is None:
        name = given.name if given.name is not KEEP else None
        said["name"] = texts.text(writing, name, texts.NAME, "name", required=True)
    for field, convert, value in (("email", email, given.email), ("phone", phone, given.phone)):
        if value is KEEP:
            continue
        if field == "email" and value and (secret := texts.ssn_told(value)):
            writing.refuse(UserErrorCode.INVALID_FORMAT, secret, field)
            continue
        try:
            said[field] = None if value is None else convert(value.strip(), field)
        except Bad as bad:
            writing.refuse(UserErrorCode.INVALID_FORMAT, " ".join(bad.told[3:]), field)
    return said | _flags(writing, given)


def _flags(writing: Writing, given: Person) -> dict[str, object]:
    """Whether they are in service, and national."""
    said: dict[str, object] = {} if given.id is not None else {"active": True}
    for field, flag in (("active", given.active), ("national", given.national)):
        if flag is None:
            told = "This is either true or false. Give one, or leave it out."
            writing.refuse(UserErrorCode.REQUIRED, told, field)
        elif flag is not KEEP:
            said[field] = flag
    return said


def _discipline(writing: Writing, given: Person) -> str | None:
    """The key of a specialist's discipline; noted if there is none."""
    if given.kind != "Specialist":
        return None
    if given.discipline is None or (given.discipline is KEEP and given.id is None):
        told = "A specialist practises a discipline. Give its code."
        writing.refuse(UserErrorCode.REQUIRED, told, "discipline")
        return None
    if given.discipline is KEEP:
        return None
    code = given.discipline.strip().upper()
    if code not in discipline_codes.codes():
        told = f"There is no such discipline. Give one of {', '.join(discipline_codes.codes())}."
        writing.refuse(UserErrorCode.NOT_FOUND, told, "discipline")
        return None
    return f"Discipline:{code}"


async def _joins(
    writing: Writing, type_: str, key: str, end: str | None, given: Given[str], day: date
) -> Sequence[Step]:
    """How somebody leaves a Center or discipline and joins another."""
    if given is KEEP or (end is None and given is not None):
        return []
    path = "center" if type_ == "MEMBER_OF" else "discipline"
    links = await writing.links([key], outward=[type_])
    stays = [each for each in links if each.end == end and each.get("validTo") is None]
    if stays:
        return []
    row = claim(writing, type_, key, end, day, {}) if end else None
    new = [Step((row,), (path,))] if row else []
    return [*ended(writing, links, day, row, path), *new]


async def _belongs(
    writing: Writing, given: Person, person: Held | None, center: str | None
) -> None:
    """Note an active manager who would belong to no Center."""
    if given.kind != "AccountManager":
        return
    stands = person is None or person.get("active") is not False
    active = stands if given.active in (KEEP, None) else given.active
    if given.center is KEEP and person is not None:
        links = await writing.links([person.key], outward=["MEMBER_OF"])
        belongs = any(each.holds(writing.today) for each in links)
    else:
        belongs = center is not None or (given.center not in (KEEP, None))
    if active and not belongs:
        writing.refuse(UserErrorCode.MANAGER_NEEDS_CENTER, NEEDED, "center")
