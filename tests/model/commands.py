"""Every mutation that the model knows: how chance gives it, what it does, what its answer shows."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.model import (
    accounts,
    assigning,
    claims,
    isa,
    jobs,
    numbers,
    registers,
    regrouping,
    requests,
    segments,
    staff,
    strategies,
    work,
)
from tests.model.state import Draft, Given, State

KEYED = "account { key importerNumbers(first: 100) { nodes { key display } } }"


@dataclass(frozen=True)
class Command:
    """A mutation; `held` is the field of the things whose version `expectedVersion` is, and their
    kind; with None it is always looked at, with nothing never.
    """

    give: Callable[[Random, State], Given]
    expect: Callable[[Draft, Given], None]
    shows: str = "userErrors { code }"
    held: tuple[str, str] | tuple[()] | None = ()
    often: int = 2


COMMANDS = {
    "openAccount": Command(accounts.opening, accounts.open_account, KEYED, None, 3),
    "updateAccount": Command(accounts.updating, accounts.update_account, held=("id", "Account")),
    "closeAccount": Command(
        accounts.closing, accounts.close_account, held=("id", "Account"), often=1
    ),
    "attachIdentifiers": Command(
        accounts.grouping, accounts.attach_identifiers, held=("accountId", "Account"), often=4
    ),
    "detachIdentifiers": Command(
        accounts.grouping, accounts.detach_identifiers, held=("accountId", "Account"), often=4
    ),
    "splitAccount": Command(
        regrouping.splitting,
        regrouping.split_account,
        "account { key }",
        ("accountId", "Account"),
        3,
    ),
    "mergeAccounts": Command(
        regrouping.merging, regrouping.merge_accounts, held=("intoId", "Account"), often=2
    ),
    "assignManager": Command(
        assigning.managing, assigning.assign_manager, held=("accountIds", "Account"), often=4
    ),
    "assignCenter": Command(
        assigning.centering, assigning.assign_center, held=("accountIds", "Account")
    ),
    "assignSpecialist": Command(
        assigning.teaming, assigning.assign_specialist, held=("accountIds", "Account")
    ),
    "saveAccountManager": Command(
        staff.staffing, staff.save_account_manager, "staff { key }", None
    ),
    "requestCenterChange": Command(
        requests.requesting, requests.request_center_change, "request { id }", None, 3
    ),
    "decideCenterChange": Command(
        requests.deciding,
        requests.decide_center_change,
        held=("id", "CenterChangeRequest"),
        often=3,
    ),
    "applyForIsa": Command(isa.applying, isa.apply_for_isa, "participation { key }", None, 4),
    "changeIsaStatus": Command(
        isa.turning, isa.change_isa_status, held=("id", "IsaParticipation"), often=5
    ),
    "recordAnnualNotification": Command(
        isa.notifying, isa.record_annual_notification, held=("participationId", "IsaParticipation")
    ),
    "recordRelationships": Command(
        claims.recording, claims.record_relationships, held=None, often=4
    ),
    "correctRelationship": Command(claims.correcting, claims.correct_relationship, often=4),
    "endRelationship": Command(claims.ending, claims.end_relationship, often=4),
    "saveImporterNumber": Command(
        numbers.registering, numbers.save_importer_number, "importerNumber { key }", None
    ),
    "saveFilerCode": Command(
        registers.coding, registers.save_filer_code, "filerCode { key }", None
    ),
    "saveParty": Command(registers.registering, registers.save_party, "party { key }", None),
    "saveSpecialist": Command(staff.specialising, staff.save_specialist, "staff { key }", None),
    "saveStrategy": Command(
        strategies.planning, strategies.save_strategy, "strategy { key }", None, 5
    ),
    "defineRiskSegment": Command(
        segments.defining, segments.define_risk_segment, "moved segment { id }", None, 3
    ),
    "startImport": Command(jobs.starting, jobs.start_import, "job { id state }", None, 2),
    "cancelJob": Command(jobs.stopping, jobs.cancel_job, "job { id }", ("id", "Job"), 1),
    "raiseRiskFlag": Command(work.flagging, work.raise_risk_flag, "flag { id }", None),
    "resolveRiskFlag": Command(
        work.resolving_flag, work.resolve_risk_flag, held=("id", "RiskFlag")
    ),
    "saveIssue": Command(work.issuing, work.save_issue, "issue { key }", None, 3),
    "resolveIssue": Command(work.resolving_issue, work.resolve_issue, held=("id", "Issue")),
    "saveView": Command(work.viewing, work.save_view, "view { id }", None, 1),
    "deleteView": Command(work.deleting, work.delete_view, held=None, often=1),
}
