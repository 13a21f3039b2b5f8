"""Defining risk segments: a new one, or a new version of one."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

import orjson

from graph import filter_fields, ids, policy, segment_moves
from graph.account_search import demand
from graph.commands import texts
from graph.commands.header import Header
from graph.commands.run import run
from graph.commands.writing import Held, Step, Writing
from graph.errors import BadInput, LimitExceeded
from graph.filter_fields import Given
from graph.load.rows import NodeRow
from graph.queries import query
from graph.records import Written
from graph.records.moment import Moment
from graph.secrecy import tells_ssn
from graph.segment_moves import Rule
from graph.session import Graph
from graph.terms import Permission, UserErrorCode
from graph.text import fold

KIND = "RiskSegment"
FLAG = "RISK_FLAG_KIND"
LAST = 1000  # precedence
FIELD = re.compile(r"Field '(filter[\w.]*)'")


@dataclass(frozen=True, slots=True)
class Definition:
    """A segment as a caller defines it; the rule by the names of an account filter."""

    name: str
    rule: Given
    precedence: int
    treatment: str
    valid_from: date | None = None


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of trying a rule: how many accounts it moves, or why it has no answer."""

    moved: int = 0
    fault: str | None = None


async def define(graph: Graph, header: Header, given: Definition) -> Written:
    """Define a segment, or a new version of one; accounts are in it from its first day on."""
    policy.require(header.viewer, Permission.WRITE_RISK)
    demand(header.viewer, given.rule)
    trial = await _tried(graph, header, given)

    async def plan(writing: Writing) -> Written:
        return await _define(writing, given, trial)

    return await run(graph, header, plan)


async def stored(writing: Writing) -> list[Held]:
    """Every version of every segment; nobody else defines one until the command ends."""
    rows = await writing.ask(query("command/segments"))
    return [Held(row["key"], frozenset(row["labels"]), row["properties"]) for row in rows]


async def _tried(graph: Graph, header: Header, given: Definition) -> Trial:
    """The rule among those in force today, evaluated; before anything is locked."""
    if "segmentIds" in filter_fields.mentioned(given.rule):
        return Trial(fault=CIRCLE)
    now = Moment.now()
    key = f"{KIND}:{_stem(None, given.name)}."
    wanted = Rule(given.name, key, given.precedence, given.rule)
    try:
        moved = await segment_moves.moved(graph, header.viewer, now, wanted)
    except (BadInput, LimitExceeded) as error:
        return Trial(fault=str(error))
    later = given.valid_from is not None and given.valid_from > now.as_of
    return Trial(0 if later else moved)


async def _define(writing: Writing, given: Definition, trial: Trial) -> Written:
    name = texts.text(writing, given.name, texts.NAME, "name", required=True)
    treatment = texts.text(writing, given.treatment, texts.LONG, "treatment", required=True)
    if not 1 <= given.precedence <= LAST:
        told = f"The precedence is 1 to {LAST}; 1 is tried first. Give one of these."
        writing.refuse(UserErrorCode.OUT_OF_RANGE, told, "precedence")
    day = given.valid_from or writing.today
    if day < writing.today:
        told = "Accounts were treated by the rules in force then. Give today or a later day."
        writing.refuse(UserErrorCode.OUT_OF_RANGE, told, "validFrom")
    await _ruled(writing, given.rule, trial)
    before = _versions(await stored(writing), given.name)
    last = before[-1] if before else None
    number = int(last.get("number")) if last else 0
    writing.expect(number)
    if last is not None and last.get("validFrom") > day:
        told = f"Version {number} comes into force on {last.get('validFrom').isoformat()}."
        told += " Give that day or a later one."
        writing.refuse(UserErrorCode.INTERVAL_CONFLICT, told, "validFrom")
    writing.check()
    said: dict[str, Any] = {
        "name": name,
        "number": number + 1,
        "precedence": given.precedence,
        "filter": orjson.dumps(given.rule, default=str, option=orjson.OPT_SORT_KEYS).decode(),
        "treatment": treatment,
        "validFrom": day,
    }
    row = NodeRow(KIND, f"{_stem(last, str(name))}.{number + 1}", (KIND,), said)
    await writing.write([*_ended(last, day), Step((row,), ("name",))])
    return Written(things=(row.key,), more={"moved": trial.moved})


def _versions(all_: Sequence[Held], name: str) -> list[Held]:
    """The versions of the segment of a name, oldest first."""
    own = [each for each in all_ if same(str(each.get("name")), name)]
    return sorted(own, key=lambda each: int(each.get("number")))


def same(one: str, other: str) -> bool:
    """Whether two names are those of one segment: case and accents do not tell them apart."""
    return fold(one.strip()) == fold(other.strip())


def _stem(last: Held | None, name: str) -> str:
    """What the ids of all versions begin with."""
    if last is not None:
        return last.id.rpartition(".")[0]
    return f"SG-{sha256(fold(name).encode()).hexdigest()[:12]}"


def _ended(last: Held | None, day: date) -> list[Step]:
    """How the version before goes out of force, if it has not yet."""
    if last is None or (last.get("validTo") or date.max) <= day:
        return []
    return [Step((NodeRow(KIND, last.id, (KIND,), {"validTo": day}),))]


async def _ruled(writing: Writing, rule: Given, trial: Trial) -> None:
    """Note a rule that has no answer, and words that no vocabulary has."""
    if trial.fault is not None:
        found = FIELD.search(trial.fault)
        path = found[1].split(".") if found else ["filter"]
        told = trial.fault if trial.fault.endswith(".") else f"{trial.fault}."
        code = UserErrorCode.INVALID_STATE if told == CIRCLE else UserErrorCode.INVALID_FORMAT
        writing.refuse(code, told, *path)
    for secret in filter(None, map(texts.ssn_told, filter_fields.names(rule))):
        writing.refuse(UserErrorCode.INVALID_FORMAT, secret, "filter", "nameContains")
    if any(map(_hides, _spelled(rule))):
        writing.refuse(UserErrorCode.INVALID_FORMAT, texts.SSN, "filter")
    kinds = list(filter_fields.flag_kinds(rule))
    known = await writing.terms((FLAG, kind) for _, kind in kinds)
    for path_, kind in kinds:
        if (FLAG, kind) not in known:
            told = f"There is no such kind of flag. Give a code of the vocabulary {FLAG}."
            writing.refuse(UserErrorCode.NOT_FOUND, told, "filter", *path_)


def _spelled(rule: Any) -> Iterator[str]:
    """Every text in a rule."""
    if isinstance(rule, str):
        yield rule
    elif isinstance(rule, Mapping):
        yield from (text for each in rule.values() for text in _spelled(each))
    elif isinstance(rule, list | tuple):
        yield from (text for each in rule for text in _spelled(each))


def _hides(text: str) -> bool:
    """Whether it is an id that spells a social security number; what it names need not be there."""
    try:
        return tells_ssn(ids.decode(text), bare=True)
    except ValueError:
        return False


CIRCLE = (
    "Field 'filter.segmentIds' cannot be in a rule: rules are tried in their order, and one that"
    " names a segment could go in a circle. Leave it out; segments before this one come first."
)
