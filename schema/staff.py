"""Who serves accounts: managers, specialists, their disciplines and Centers."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from graph import records
from resolvers import account_list, entity, issue, staff
from resolvers import caseload as load
from schema.entity import Degree, Entity, PageInfo, TotalCount
from schema.fields import made_of, resolved_by
from schema.relationship import Relationship

if TYPE_CHECKING:
    from schema.account import AccountConnection
    from schema.caseload import AgendaItem, Caseload
    from schema.center_change import CenterChangeRequest
    from schema.issue import IssueConnection
    from schema.relationship import RelationshipConnection
    from schema.tariff import CenterScope


@strawberry.type(description="One of the ten Centers of Excellence and Expertise (19 CFR 101.10).")
class Center(Entity):
    degrees: list[Degree] = resolved_by(
        entity.degrees, "How many relationships of each type and direction it has."
    )
    relationships: Annotated["RelationshipConnection", strawberry.lazy("schema.relationship")] = (
        resolved_by(entity.relationships, "Its relationships of any type, newest first.")
    )
    code: str = strawberry.field(description="`CEE001` to `CEE010`, as in CATAIR.")
    name: str = strawberry.field(
        description="Official name, for example `Apparel, Footwear & Textiles`."
    )
    alternate_names: list[str] = strawberry.field(
        description="Other accepted spellings, among them the one of the program's text."
    )
    office: str = strawberry.field(description="City of the management office.")
    accounts: Annotated["AccountConnection", strawberry.lazy("schema.account")] = resolved_by(
        account_list.of_center, "Accounts assigned; the edge's relationship tells the basis."
    )
    caseload: Annotated["Caseload", strawberry.lazy("schema.caseload")] = resolved_by(
        load.caseload, "The load of the Center."
    )
    agenda: list[Annotated["AgendaItem", strawberry.lazy("schema.caseload")]] = resolved_by(
        load.agenda, "What is due in the Center, soonest first."
    )
    managers: Annotated["AccountManagerConnection", strawberry.lazy("schema.staff")] = resolved_by(
        staff.managers, "Account managers who are members, by name."
    )
    specialists: Annotated["SpecialistConnection", strawberry.lazy("schema.staff")] = resolved_by(
        staff.specialists, "Specialists who are members, by name."
    )
    scopes: list[Annotated["CenterScope", strawberry.lazy("schema.tariff")]] = resolved_by(
        staff.scopes, "Tariff ranges in its scope."
    )
    change_requests: list[
        Annotated["CenterChangeRequest", strawberry.lazy("schema.center_change")]
    ] = resolved_by(staff.change_requests, "Requests to come to or leave the Center, oldest first.")

    is_type_of = made_of(records.Center)


@strawberry.type(
    description=(
        "A discipline of CBP that interacts with accounts, for example import "
        "specialists or regulatory auditors."
    )
)
class Discipline(Entity):
    degrees: list[Degree] = resolved_by(
        entity.degrees, "How many relationships of each type and direction it has."
    )
    relationships: Annotated["RelationshipConnection", strawberry.lazy("schema.relationship")] = (
        resolved_by(entity.relationships, "Its relationships of any type, newest first.")
    )
    code: str = strawberry.field(description="Stable code, for example `REGULATORY_AUDITOR`.")
    name: str = strawberry.field(description="Name in English.")
    reports_to: str = strawberry.field(
        description=(
            "To whom it reports: a Center director, a port director, an office or a partner agency."
        )
    )
    specialists: Annotated["SpecialistConnection", strawberry.lazy("schema.staff")] = resolved_by(
        staff.practising, "Who practises it."
    )
    issues: Annotated["IssueConnection", strawberry.lazy("schema.issue")] = resolved_by(
        issue.of_discipline, "Issues it owns or takes part in, soonest due first."
    )

    is_type_of = made_of(records.Discipline)


@strawberry.interface(description="Someone of CBP who serves accounts.")
class StaffMember(Entity):
    degrees: list[Degree] = resolved_by(
        entity.degrees, "How many relationships of each type and direction it has."
    )
    relationships: Annotated["RelationshipConnection", strawberry.lazy("schema.relationship")] = (
        resolved_by(entity.relationships, "Its relationships of any type, newest first.")
    )
    name: str = strawberry.field(description="Name.")
    email: str | None = strawberry.field(description="E-mail.")
    phone: str | None = strawberry.field(description="Phone, E.164.")
    center: Center | None = resolved_by(
        staff.center,
        (
            "The Center they are a member of; null for those outside the Centers and "
            "those no longer in service."
        ),
    )
    active: bool = strawberry.field(description="Whether they are in service.")
    version: int = strawberry.field(
        description="Grows with each change; give it as `expectedVersion`."
    )


@strawberry.type(
    description=(
        "An account manager: first point of contact of an account, and CBP's first "
        "point of contact about it."
    )
)
class AccountManager(StaffMember):
    national: bool = strawberry.field(description="Whether this is a national account manager.")
    membership: Relationship | None = resolved_by(
        staff.membership, "The membership in the Center, with its dates."
    )
    accounts: Annotated["AccountConnection", strawberry.lazy("schema.account")] = resolved_by(
        account_list.of_manager, "Accounts managed; the edge's relationship tells the role."
    )
    caseload: Annotated["Caseload", strawberry.lazy("schema.caseload")] = resolved_by(
        load.caseload, "The load of those accounts."
    )
    agenda: list[Annotated["AgendaItem", strawberry.lazy("schema.caseload")]] = resolved_by(
        load.agenda,
        (
            "What is due, soonest first: ISA notifications, reviews, issues and strategies of "
            "those accounts."
        ),
    )

    is_type_of = made_of(records.AccountManager)


@strawberry.type(description="A member of a CBP discipline other than account management.")
class Specialist(StaffMember):
    discipline: Discipline = resolved_by(staff.discipline, "What they practise.")
    accounts: Annotated["AccountConnection", strawberry.lazy("schema.account")] = resolved_by(
        staff.accounts_served, "Accounts served; the edge's relationship tells the topic."
    )
    issues: Annotated["IssueConnection", strawberry.lazy("schema.issue")] = resolved_by(
        issue.of_specialist, "Issues handled, soonest due first."
    )

    is_type_of = made_of(records.Specialist)


@strawberry.type(description="One of a AccountManagerConnection.")
class AccountManagerEdge:
    cursor: str = strawberry.field(description="Where to go on: give it as `after` or `before`.")
    node: AccountManager = strawberry.field(description="What stands here.")
    relationship: Relationship | None = strawberry.field(
        description="The relationship followed, with its role, reason, dates and source."
    )


@strawberry.type(
    description=(
        "Account managers. An edge's relationship is MANAGED_BY or MEMBER_OF, by "
        "where the list hangs; null in a list that follows none."
    )
)
class AccountManagerConnection:
    edges: list[AccountManagerEdge] = strawberry.field(
        description="The page, with what belongs to each edge."
    )
    nodes: list[AccountManager] = strawberry.field(description="The page, without the edges.")
    page_info: PageInfo = strawberry.field(description="Where the page lies.")
    total_count: TotalCount = strawberry.field(description="How many there are in all.")


@strawberry.type(description="One of a SpecialistConnection.")
class SpecialistEdge:
    cursor: str = strawberry.field(description="Where to go on: give it as `after` or `before`.")
    node: Specialist = strawberry.field(description="What stands here.")
    relationship: Relationship | None = strawberry.field(
        description="The relationship followed, with its topic, dates and source."
    )


@strawberry.type(
    description=(
        "Specialists. An edge's relationship is SERVES, PRACTISES or MEMBER_OF, by "
        "where the list hangs."
    )
)
class SpecialistConnection:
    edges: list[SpecialistEdge] = strawberry.field(
        description="The page, with what belongs to each edge."
    )
    nodes: list[Specialist] = strawberry.field(description="The page, without the edges.")
    page_info: PageInfo = strawberry.field(description="Where the page lies.")
    total_count: TotalCount = strawberry.field(description="How many there are in all.")
