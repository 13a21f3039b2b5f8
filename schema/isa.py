"""Participations in Importer Self-Assessment, and their annual notifications."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import strawberry

from graph import records
from resolvers import entity
from resolvers import participation as isa
from schema.entity import Degree, Entity, Node, PageInfo, TotalCount
from schema.fields import made_of, resolved_by
from schema.identifier import ImporterNumberConnection
from schema.staff import AccountManager
from schema.terms import IsaStatus

if TYPE_CHECKING:
    from schema.account import Account
    from schema.relationship import RelationshipConnection


@strawberry.type(
    description=(
        "An account's participation in Importer Self-Assessment (ISA; since 2020 "
        "CTPAT Trade Compliance). While ACTIVE it always has a primary account "
        "manager."
    )
)
class IsaParticipation(Entity):
    degrees: list[Degree] = resolved_by(
        entity.degrees, "How many relationships of each type and direction it has."
    )
    relationships: Annotated["RelationshipConnection", strawberry.lazy("schema.relationship")] = (
        resolved_by(entity.relationships, "Its relationships of any type, newest first.")
    )
    status: IsaStatus = strawberry.field(description="Where it stands.")
    account: Annotated["Account", strawberry.lazy("schema.account")] | None = resolved_by(
        isa.account, "The account; null if the caller may not see it."
    )
    manager: AccountManager | None = resolved_by(
        isa.manager,
        (
            "The account's primary manager, who oversees the participation; null only "
            "while not ACTIVE."
        ),
    )
    importer_numbers: ImporterNumberConnection = resolved_by(
        isa.importer_numbers,
        "Importer numbers covered by the memorandum of understanding.",
    )
    notifications: list[Annotated["AnnualNotification", strawberry.lazy("schema.isa")]] = (
        resolved_by(isa.notifications, "Annual notifications, newest first.")
    )
    applied_on: date | None = strawberry.field(description="Day the application was made.")
    accepted_on: date | None = strawberry.field(description="Day it was accepted.")
    pending_since: date | None = strawberry.field(
        description=(
            "Since when it has been waiting for a manager; null unless ACCEPTED_PENDING_MANAGER."
        )
    )
    ended_on: date | None = strawberry.field(description="Day it ended.")
    status_reason: str | None = strawberry.field(description="Why it was suspended or ended.")
    next_notification_due: date | None = strawberry.field(
        description="Day the next annual notification is due; null unless ACTIVE or SUSPENDED."
    )
    version: int = strawberry.field(
        description="Grows with each change; give it as `expectedVersion`."
    )

    is_type_of = made_of(records.IsaParticipation)


@strawberry.type(
    description=(
        "An ISA annual notification: confirms the requirements and reports business changes."
    )
)
class AnnualNotification(Node):
    id: strawberry.ID = strawberry.field(description="Global id.")
    participation: IsaParticipation = resolved_by(isa.participation, "The participation.")
    due_on: date = strawberry.field(description="Day it is due.")
    received_on: date | None = strawberry.field(description="Day it was received; null if not yet.")
    reviewed_on: date | None = strawberry.field(description="Day it was reviewed; null if not yet.")
    reviewed_by: AccountManager | None = resolved_by(isa.reviewed_by, "Who reviewed it.")
    requirements_confirmed: bool | None = strawberry.field(
        description="Whether the requirements are confirmed; null before receipt."
    )
    business_changes: str | None = strawberry.field(
        description="Business changes reported, such as new importer numbers or a merger."
    )
    self_test_results: str | None = strawberry.field(
        description="Results of self-testing reported."
    )
    overdue: bool = strawberry.field(description="Whether it was or is late at the moment.")

    is_type_of = made_of(records.AnnualNotification)


@strawberry.type(description="One of a IsaParticipationConnection.")
class IsaParticipationEdge:
    cursor: str = strawberry.field(description="Where to go on: give it as `after` or `before`.")
    node: IsaParticipation = strawberry.field(description="What stands here.")


@strawberry.type(description="Participations in ISA.")
class IsaParticipationConnection:
    edges: list[IsaParticipationEdge] = strawberry.field(
        description="The page, with what belongs to each edge."
    )
    nodes: list[IsaParticipation] = strawberry.field(description="The page, without the edges.")
    page_info: PageInfo = strawberry.field(description="Where the page lies.")
    total_count: TotalCount = strawberry.field(description="How many there are in all.")
