"""Issues to resolve with or about accounts."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import strawberry

from graph import records
from graph.terms import Permission
from resolvers import entity, issue
from schema.entity import Degree, Entity, PageInfo, Term, TotalCount
from schema.fields import made_of, resolved_by
from schema.program import RiskFlag
from schema.terms import IssuePurpose, IssueStatus

if TYPE_CHECKING:
    from schema.account import Account
    from schema.relationship import RelationshipConnection
    from schema.staff import Discipline, StaffMember
    from schema.strategy import Strategy


@strawberry.type(description="A matter to resolve with or about an account.")
class Issue(Entity):
    degrees: list[Degree] = resolved_by(
        entity.degrees, "How many relationships of each type and direction it has."
    )
    relationships: Annotated["RelationshipConnection", strawberry.lazy("schema.relationship")] = (
        resolved_by(entity.relationships, "Its relationships of any type, newest first.")
    )
    purpose: IssuePurpose = strawberry.field(description="What it asks for.")
    title: str = strawberry.field(description="Title.")
    description: str | None = strawberry.field(description="Description.")
    status: IssueStatus = strawberry.field(description="Where it stands.")
    account: Annotated["Account", strawberry.lazy("schema.account")] | None = resolved_by(
        issue.account, "The account; null if the caller may not see it."
    )
    concerns: list[Entity] = resolved_by(
        issue.concerns, "Numbers, codes and parties it concerns, besides the account."
    )
    lead_discipline: Annotated["Discipline", strawberry.lazy("schema.staff")] | None = resolved_by(
        issue.lead_discipline,
        "The discipline that owns it; null while the account manager does.",
    )
    other_disciplines: list[Annotated["Discipline", strawberry.lazy("schema.staff")]] = resolved_by(
        issue.other_disciplines, "Other disciplines involved."
    )
    handler: Annotated["StaffMember", strawberry.lazy("schema.staff")] | None = resolved_by(
        issue.handler, "Who handles it."
    )
    priority_trade_issues: list[Term] = resolved_by(
        issue.priorities,
        "Priority trade issues it falls under (vocabulary PRIORITY_TRADE_ISSUE).",
    )
    flags: list[RiskFlag] | None = resolved_by(
        issue.flags, "Flags it is about.", needs=Permission.READ_RISK
    )
    strategies: list[Annotated["Strategy", strawberry.lazy("schema.strategy")]] = resolved_by(
        issue.strategies, "Strategies that address it."
    )
    opened_on: date = strawberry.field(description="Day it was opened.")
    due_on: date | None = strawberry.field(description="Day it is due.")
    closed_on: date | None = strawberry.field(description="Day it was resolved or cancelled.")
    age_in_days: int = strawberry.field(
        description="Days from opening to closing, or to the moment."
    )
    overdue: bool = strawberry.field(description="Whether it is past due and not closed.")
    resolution: str | None = strawberry.field(description="How it was resolved.")
    shared: bool = strawberry.field(
        description="Whether the owners of its account may see it; what is not said stays inside."
    )
    version: int = strawberry.field(
        description="Grows with each change; give it as `expectedVersion`."
    )

    is_type_of = made_of(records.Issue)


@strawberry.type(description="One of a IssueConnection.")
class IssueEdge:
    cursor: str = strawberry.field(description="Where to go on: give it as `after` or `before`.")
    node: Issue = strawberry.field(description="What stands here.")


@strawberry.type(description="Issues.")
class IssueConnection:
    edges: list[IssueEdge] = strawberry.field(
        description="The page, with what belongs to each edge."
    )
    nodes: list[Issue] = strawberry.field(description="The page, without the edges.")
    page_info: PageInfo = strawberry.field(description="Where the page lies.")
    total_count: TotalCount = strawberry.field(description="How many there are in all.")
