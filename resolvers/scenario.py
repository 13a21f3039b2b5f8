"""A hypothetical world as callers give it."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any, TypeVar

import strawberry
from strawberry.types import get_object_definition

from graph import policy, records, scenarios
from graph.commands.claims import RECORDED
from graph.errors import BadInput
from graph.records.moment import Moment
from graph.scenarios import Imagined, Scenario
from graph.terms import Permission
from resolvers.arguments import key_of
from resolvers.context import Info
from resolvers.filters import given, none
from resolvers.writes.inputs import RelationshipInput, RiskFlagInput, ShareInput

Given = TypeVar("Given")
SUBJECTS = ("Account", "ImporterNumber", "FilerCode", "Party")


@strawberry.input(description="A hypothetical world: the world at the moment, and these changes.")
class ScenarioInput:
    """Changes to imagine."""

    record: list[RelationshipInput] | None = given("Relationships to imagine recorded.")
    end: list[strawberry.ID] | None = given("Relationships to imagine ended, by global id.")
    raise_: list[RiskFlagInput] | None = strawberry.field(
        name="raise", default=strawberry.UNSET, description="Flags to imagine raised."
    )
    resolve: list[strawberry.ID] | None = given("Flags to imagine resolved, by global id.")


ScenarioArgument = Annotated[
    ScenarioInput | None,
    strawberry.argument(description="Read in this hypothetical world instead."),
]


async def scenario(info: Info, wanted: ScenarioInput | None, moment: Moment) -> Scenario | None:
    """The changes with the things they join. Raises BadInput, which names the element."""
    if wanted is None:
        return None
    policy.reaching(info.context.viewer, Permission.READ_OWNERSHIP)
    record, end, raised, resolved = await asyncio.gather(  # together: the loaders read in batches
        asyncio.gather(*(_imagined(info, at, moment) for at in _each(wanted.record))),
        asyncio.gather(*(_ended(info, at, moment) for at in _each(wanted.end))),
        asyncio.gather(*(_raised(info, at, moment) for at in _each(wanted.raise_))),
        asyncio.gather(*(_resolved(info, at, moment) for at in _each(wanted.resolve))),
    )
    scenarios.check(record, end, moment)
    return Scenario(tuple(record), tuple(end), tuple(raised), tuple(resolved))


def _each(some: Sequence[Given] | None) -> list[tuple[int, Given]]:
    """The elements with their places, for errors."""
    return list(enumerate(none(some) or ()))


async def _thing(info: Info, id_: str, where: str, moment: Moment) -> records.Entity:
    key, _ = key_of(info.context, id_, None, where, moment)
    found = await info.context.entities.load((key, moment))
    if found is None:
        raise BadInput(f"Argument '{where}' is the id of nothing known at the moment.")
    return found


async def _imagined(info: Info, given: tuple[int, RelationshipInput], moment: Moment) -> Imagined:
    at, each = given
    where = f"scenario.record[{at}]"
    if each.type not in RECORDED:
        raise BadInput(
            f"Argument '{where}.type' cannot be recorded like this. Give one of"
            f" {', '.join(type_.value for type_ in RECORDED)}."
        )
    share = none(each.share)
    if share and share.min > share.max:
        raise BadInput(f"Argument '{where}.share.min' must not be more than 'max'.")
    start, end = await asyncio.gather(
        _thing(info, each.from_id, f"{where}.fromId", moment),
        _thing(info, each.to_id, f"{where}.toId", moment),
    )
    return Imagined(
        each.type,
        start,
        end,
        records.ShareRange(share.min, share.max) if share else None,
        none(each.interest),
        none(each.scope),
        none(each.valid_from),
        none(each.valid_to),
    )


async def _ended(info: Info, given: tuple[int, str], moment: Moment) -> records.Relationship:
    at, id_ = given
    where = f"scenario.end[{at}]"
    key, _ = key_of(info.context, id_, ("Relationship",), where, moment)
    found = await info.context.claims.load((key.partition(":")[2], moment))
    if found is None:
        raise BadInput(f"Argument '{where}' is the id of no relationship known at the moment.")
    return found


async def _raised(
    info: Info, given: tuple[int, RiskFlagInput], moment: Moment
) -> tuple[str, str, float | None]:
    at, each = given
    where = f"scenario.raise[{at}]"
    key_of(info.context, each.subject_id, SUBJECTS, f"{where}.subjectId", moment)
    subject = await _thing(info, each.subject_id, f"{where}.subjectId", moment)
    if await info.context.terms.load(f"Term:RISK_FLAG_KIND.{each.kind}") is None:
        raise BadInput(
            f"Argument '{where}.kind' is no kind of flag. Give a code of the vocabulary"
            " RISK_FLAG_KIND."
        )
    return subject.stored_key, each.kind, none(each.severity)


async def _resolved(info: Info, given: tuple[int, str], moment: Moment) -> str:
    at, id_ = given
    where = f"scenario.resolve[{at}]"
    key, _ = key_of(info.context, id_, ("RiskFlag",), where, moment)
    flag = await _thing(info, id_, where, moment)
    if isinstance(flag, records.RiskFlag) and flag.resolved_on is not None:
        raise BadInput(f"Argument '{where}' is a flag that is resolved already. Leave it out.")
    return key


def spelled(wanted: Any) -> Any:
    """An input as a client spells it in JSON, for variables."""
    if isinstance(wanted, list):
        return [spelled(each) for each in wanted]
    if isinstance(wanted, ShareInput):
        return {"min": wanted.min / 10_000_000, "max": wanted.max / 10_000_000}
    if definition := get_object_definition(wanted):
        told = {_name(each): getattr(wanted, each.python_name) for each in definition.fields}
        return {name: spelled(value) for name, value in told.items() if none(value) is not None}
    return _plain(wanted)


def _name(field: Any) -> str:
    if field.graphql_name:
        return str(field.graphql_name)
    first, *rest = str(field.python_name).split("_")
    return first + "".join(word.capitalize() for word in rest)


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return getattr(value, "value", value)
