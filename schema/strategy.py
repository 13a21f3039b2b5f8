"""Strategies: account action plans."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import strawberry

from graph import records
from graph.terms import Permission
from resolvers import account_list, entity, issue, strategy
from schema.entity import Degree, Entity
from schema.fields import made_of, resolved_by
from schema.segment import RiskSegment
from schema.terms import StrategyStatus

if TYPE_CHECKING:
    from schema.account import AccountConnection
    from schema.issue import IssueConnection
    from schema.relationship import RelationshipConnection
    from schema.staff import AccountManager, Discipline


@strawberry.type(
    description=(
        "A plan to manage risk for accounts or a segment, made and carried out with "
        "other disciplines: the account action plan."
    )
)
class Strategy(Entity):
    degrees: list[Degree] = resolved_by(
        entity.degrees, "How many relationships of each type and direction it has."
    )
    relationships: Annotated["RelationshipConnection", strawberry.lazy("schema.relationship")] = (
        resolved_by(entity.relationships, "Its relationships of any type, newest first.")
    )
    title: str = strawberry.field(description="Title.")
    objective: str = strawberry.field(description="What it is to achieve.")
    status: StrategyStatus = strawberry.field(description="Where it stands.")
    leader: Annotated["AccountManager", strawberry.lazy("schema.staff")] | None = resolved_by(
        strategy.leader, "Who leads it."
    )
    disciplines: list[Annotated["Discipline", strawberry.lazy("schema.staff")]] = resolved_by(
        strategy.disciplines, "Disciplines involved."
    )
    accounts: Annotated["AccountConnection", strawberry.lazy("schema.account")] = resolved_by(
        strategy.accounts, "Accounts it is for, beside those of the segment."
    )
    segment: RiskSegment | None = resolved_by(
        account_list.of_strategy, "Segment it is for.", needs=Permission.READ_RISK
    )
    issues: Annotated["IssueConnection", strawberry.lazy("schema.issue")] = resolved_by(
        issue.of_strategy, "Issues it addresses."
    )
    measures: list[Annotated["StrategyMeasure", strawberry.lazy("schema.strategy")]] = resolved_by(
        strategy.measures, "What is to be done, in order."
    )
    starts_on: date = strawberry.field(description="First day.")
    review_on: date | None = strawberry.field(description="Day of the next review.")
    ended_on: date | None = strawberry.field(description="Day it ended.")
    version: int = strawberry.field(
        description="Grows with each change; give it as `expectedVersion`."
    )

    is_type_of = made_of(records.Strategy)


@strawberry.type(description="One thing to do in a strategy.")
class StrategyMeasure:
    title: str = strawberry.field(description="What.")
    discipline: Annotated["Discipline", strawberry.lazy("schema.staff")] = resolved_by(
        strategy.discipline, "By which discipline."
    )
    due_on: date | None = strawberry.field(description="By which day.")
    done_on: date | None = strawberry.field(description="Day it was done.")
