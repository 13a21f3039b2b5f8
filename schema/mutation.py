"""What a client may write."""

import strawberry

from graph.terms import Permission
from resolvers.writes import (
    assignments,
    exports,
    flags,
    isa,
    issues,
    jobs,
    parties,
    relationships,
    requests,
    segments,
    staff,
    strategies,
    views,
)
from schema.account_mutation import AccountMutation
from schema.fields import resolved_by
from schema.payload import (
    AssignmentPayload,
    CenterChangeRequestPayload,
    IsaParticipationPayload,
    IssuePayload,
    JobPayload,
    PartyPayload,
    RelationshipPayload,
    RiskFlagPayload,
    RiskSegmentPayload,
    SavedViewPayload,
    StaffPayload,
    StrategyPayload,
)
from schema.webhook_mutation import WebhookMutation

CONVENTIONS = "\n\n".join(
    [
        "The account graph, written.",
        (
            "Every mutation is one transaction: it happens whole or not at all. A refused one"
            " answers `userErrors` and changes nothing; top-level errors are for faults and missing"
            " permissions. Inputs take an `idempotencyKey` (a repeat within 24 hours answers as the"
            " first time, with `replayed: true`), an `expectedVersion` (refused with"
            " VERSION_CONFLICT if the object has moved on) and a `reason` for the change log."
        ),
    ]
)


@strawberry.type(description=CONVENTIONS)
class Mutation(AccountMutation, WebhookMutation):
    record_relationships: RelationshipPayload | None = resolved_by(
        relationships.record,
        (
            "Record claims of ownership, control, office, holding, power of attorney, succession,"
            " nomination or a shared attribute. Claims of other sources are kept beside them."
        ),
        needs=Permission.WRITE_OWNERSHIP,
    )
    correct_relationship: RelationshipPayload | None = resolved_by(
        relationships.correct,
        (
            "Correct a recorded claim: the old one is superseded in record time and stays readable"
            " through `knownAt`."
        ),
        needs=Permission.WRITE_OWNERSHIP,
    )
    end_relationship: RelationshipPayload | None = resolved_by(
        relationships.end,
        (
            "End a relationship in valid time, for example sold shares or a revoked power of"
            " attorney. Refused where a rule needs it, such as the last manager of an ISA"
            " participant. Needs WRITE_OWNERSHIP, or WRITE_ASSIGNMENTS for MANAGED_BY, SERVES and"
            " ASSIGNED_TO."
        ),
    )
    raise_risk_flag: RiskFlagPayload | None = resolved_by(
        flags.raise_, "Raise a risk flag, with its evidence.", needs=Permission.WRITE_RISK
    )
    resolve_risk_flag: RiskFlagPayload | None = resolved_by(
        flags.resolve,
        "Resolve a risk flag; it stops counting on that day.",
        needs=Permission.WRITE_RISK,
    )
    define_risk_segment: RiskSegmentPayload | None = resolved_by(
        segments.define,
        (
            "Define a risk segment, or a new version of one. Accounts are segmented anew in the"
            " same transaction."
        ),
        needs=Permission.WRITE_RISK,
    )
    assign_manager: AssignmentPayload | None = resolved_by(
        assignments.manager,
        (
            "Give accounts a primary or backup manager; the one before is ended on the same day, in"
            " the same transaction."
        ),
        needs=Permission.WRITE_ASSIGNMENTS,
    )
    assign_center: AssignmentPayload | None = resolved_by(
        assignments.center,
        "Assign accounts to a Center, with the basis of the decision (19 CFR 101.10).",
        needs=Permission.WRITE_ASSIGNMENTS,
    )
    assign_specialist: AssignmentPayload | None = resolved_by(
        assignments.specialist,
        "Put a specialist on an account's team.",
        needs=Permission.WRITE_ASSIGNMENTS,
    )
    request_center_change: CenterChangeRequestPayload | None = resolved_by(
        requests.ask,
        "Ask for another Center, or appeal a denial.",
        needs=Permission.REQUEST_CENTER_CHANGE,
    )
    decide_center_change: CenterChangeRequestPayload | None = resolved_by(
        requests.decide,
        (
            "Decide, take under review or withdraw a request for another Center. A granted one"
            " reassigns in the same transaction."
        ),
        needs=Permission.WRITE_ASSIGNMENTS,
    )
    apply_for_isa: IsaParticipationPayload | None = resolved_by(
        isa.apply,
        "Enter an application to ISA with the importer numbers it covers.",
        needs=Permission.WRITE_ISA,
    )
    change_isa_status: IsaParticipationPayload | None = resolved_by(
        isa.change,
        (
            "Admit, suspend, remove or withdraw an ISA participant. ACTIVE needs a primary manager:"
            " name one here, or the account must have one."
        ),
        needs=Permission.WRITE_ISA,
    )
    record_annual_notification: IsaParticipationPayload | None = resolved_by(
        isa.notify,
        "Record an ISA annual notification as received or reviewed.",
        needs=Permission.WRITE_ISA,
    )
    save_party: PartyPayload | None = resolved_by(
        parties.save,
        (
            "Register a party, or change what is known of it. Every unspecified party is its own;"
            " two unknown owners are never one."
        ),
        needs=Permission.WRITE_OWNERSHIP,
    )
    save_account_manager: StaffPayload | None = resolved_by(
        staff.save_manager,
        (
            "Register an account manager, or change name, contact, Center or activity. Every active"
            " manager is a member of exactly one Center."
        ),
        needs=Permission.WRITE_STAFF,
    )
    save_specialist: StaffPayload | None = resolved_by(
        staff.save_specialist,
        ("Register a specialist of a discipline, or change name, contact, discipline or Center."),
        needs=Permission.WRITE_STAFF,
    )
    save_issue: IssuePayload | None = resolved_by(
        issues.save,
        "Open an issue, or change, hand over or re-date it.",
        needs=Permission.WRITE_ISSUES,
    )
    resolve_issue: IssuePayload | None = resolved_by(
        issues.resolve, "Resolve or cancel an issue.", needs=Permission.WRITE_ISSUES
    )
    save_strategy: StrategyPayload | None = resolved_by(
        strategies.save,
        "Draft a strategy, or change its state, accounts, disciplines or measures.",
        needs=Permission.WRITE_ISSUES,
    )
    save_view: SavedViewPayload | None = resolved_by(
        views.save, "Save a view of the graph: query, variables, layout and notes."
    )
    delete_view: SavedViewPayload | None = resolved_by(
        views.delete, "Delete a saved view of one's own."
    )
    start_import: JobPayload | None = resolved_by(
        jobs.start_import,
        (
            "Load a file: accounts, numbers, parties, ownership, performance, staff or reference"
            " data. Loading the same file again changes nothing."
        ),
        needs=Permission.IMPORT,
    )
    start_export: JobPayload | None = resolved_by(
        exports.start,
        "Write a part of the graph to a file, at one moment, with a manifest that says how to"
        " reproduce it.",
        needs=Permission.EXPORT,
    )
    cancel_job: JobPayload | None = resolved_by(
        jobs.cancel, "Stop a job; rows already acknowledged stay."
    )
