"""What mutations answer."""

import strawberry

from graph import records
from resolvers.writes import (
    accounts,
    assignments,
    command,
    flags,
    isa,
    issues,
    jobs,
    parties,
    requests,
    segments,
    staff,
    strategies,
    views,
    webhooks,
)
from schema.account import Account
from schema.caseload import UserError
from schema.center_change import CenterChangeRequest
from schema.change import Change
from schema.desk import Job, SavedView, Webhook, WebhookDelivery
from schema.fields import made_of, resolved_by
from schema.identifier import FilerCode, ImporterNumber
from schema.isa import IsaParticipation
from schema.issue import Issue
from schema.party import Party
from schema.program import RiskFlag
from schema.relationship import Relationship
from schema.segment import RiskSegment
from schema.staff import StaffMember
from schema.strategy import Strategy
from schema.warning import Warning

WRITTEN = "Answer to a write."


@strawberry.interface(description="What every mutation answers: the object, or why not.")
class MutationPayload:
    user_errors: list[UserError] = strawberry.field(
        description="Why nothing was written; empty if it was."
    )
    warnings: list[Warning] = resolved_by(command.warnings, "What wants attention after the write.")
    changes: list[Change] = resolved_by(
        command.changes, "What was recorded, in order; empty if nothing was."
    )
    cursor: str | None = resolved_by(
        command.cursor,
        (
            "Position in the change log after this write, for `MomentInput.notBefore`; null if"
            " nothing was written."
        ),
    )
    replayed: bool = strawberry.field(
        description=(
            "Whether this is the stored answer to an earlier write with the same `idempotencyKey`."
        )
    )


@strawberry.type(description=WRITTEN)
class RelationshipPayload(MutationPayload):
    relationships: list[Relationship] = resolved_by(
        command.relationships, "The relationships recorded, or the one corrected or ended."
    )

    is_type_of = made_of(records.Written)


@strawberry.type(description=WRITTEN)
class RiskFlagPayload(MutationPayload):
    flag: RiskFlag | None = resolved_by(flags.flag, "The flag.")

    is_type_of = made_of(records.Written)


@strawberry.type(description=WRITTEN)
class AssignmentPayload(MutationPayload):
    accounts: list[Account] = resolved_by(assignments.accounts, "The accounts assigned.")
    assignments: list[Relationship] = resolved_by(
        command.relationships, "The assignments made, one for each account."
    )

    is_type_of = made_of(records.Written)


@strawberry.type(description=WRITTEN)
class CenterChangeRequestPayload(MutationPayload):
    request: CenterChangeRequest | None = resolved_by(requests.request, "The request.")

    is_type_of = made_of(records.Written)


@strawberry.type(description=WRITTEN)
class AccountPayload(MutationPayload):
    account: Account | None = resolved_by(
        accounts.account,
        "The account; after a split the new one, after a merge the one that remains.",
    )

    is_type_of = made_of(records.Written)


@strawberry.type(description=WRITTEN)
class IsaParticipationPayload(MutationPayload):
    participation: IsaParticipation | None = resolved_by(isa.participation, "The participation.")

    is_type_of = made_of(records.Written)


@strawberry.type(description=WRITTEN)
class PartyPayload(MutationPayload):
    party: Party | None = resolved_by(parties.party, "The party.")

    is_type_of = made_of(records.Written)


@strawberry.type(description=WRITTEN)
class IdentifierPayload(MutationPayload):
    importer_number: ImporterNumber | None = resolved_by(
        parties.number, "The importer number, if it was one."
    )
    filer_code: FilerCode | None = resolved_by(parties.code, "The filer code, if it was one.")

    is_type_of = made_of(records.Written)


@strawberry.type(description=WRITTEN)
class StaffPayload(MutationPayload):
    staff: StaffMember | None = resolved_by(staff.staff, "The account manager or specialist.")

    is_type_of = made_of(records.Written)


@strawberry.type(description=WRITTEN)
class IssuePayload(MutationPayload):
    issue: Issue | None = resolved_by(issues.issue, "The issue.")

    is_type_of = made_of(records.Written)


@strawberry.type(description=WRITTEN)
class SavedViewPayload(MutationPayload):
    view: SavedView | None = resolved_by(views.view, "The view; null after deletion.")

    is_type_of = made_of(records.Written)


@strawberry.type(description=WRITTEN)
class RiskSegmentPayload(MutationPayload):
    segment: RiskSegment | None = resolved_by(segments.segment, "The new version of the segment.")
    moved: int = resolved_by(segments.moved, "How many accounts moved to another segment.")

    is_type_of = made_of(records.Written)


@strawberry.type(description=WRITTEN)
class StrategyPayload(MutationPayload):
    strategy: Strategy | None = resolved_by(strategies.strategy, "The strategy.")

    is_type_of = made_of(records.Written)


@strawberry.type(description=WRITTEN)
class JobPayload(MutationPayload):
    job: Job | None = resolved_by(jobs.job, "The job.")

    is_type_of = made_of(records.Written)


@strawberry.type(description=WRITTEN)
class WebhookPayload(MutationPayload):
    webhook: Webhook | None = resolved_by(webhooks.webhook, "The webhook; null after deletion.")
    delivery: WebhookDelivery | None = resolved_by(
        webhooks.delivery, "The delivery, after a ping or a redelivery."
    )
    secret: str | None = resolved_by(
        webhooks.secret, "The secret, told once: after registration and rotation."
    )

    is_type_of = made_of(records.Written)
