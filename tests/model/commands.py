"""Every mutation that the model knows: how chance gives it, what it does, what its answer shows."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.model import accounts, assigning, claims, isa, numbers, regrouping, requests, staff, work
from tests.model.state import Draft, Given, State

KEYED = "account { key importerNumbers(first: 100) { nodes { key display } } }"


@dataclass(frozen=True)
class Command:
    """A mutation; `held` names the fields whose things `expectedVersion` is of, none: always."""

    give: Callable[[Random, State], Given]
    expect: Callable[[Draft, Given], None]
    shows: str = "userErrors { code }"
    held: tuple[str, ...] | None = ()
    often: int = 2


COMMANDS = {
    "openAccount": Command(accounts.opening, accounts.open_account, KEYED, None, 3),
    "updateAccount": Command(accounts.updating, accounts.update_account, held=("id",)),
    "closeAccount": Command(accounts.closing, accounts.close_account, held=("id",), often=1),
    "attachIdentifiers": Command(
        accounts.grouping, accounts.attach_identifiers, held=("accountId",), often=4
    ),
    "detachIdentifiers": Command(
        accounts.grouping, accounts.detach_identifiers, held=("accountId",), often=4
    ),
    "splitAccount": Command(
        regrouping.splitting, regrouping.split_account, "account { key }", ("accountId",), 3
    ),
    "mergeAccounts": Command(
        regrouping.merging, regrouping.merge_accounts, held=("intoId",), often=2
    ),
    "assignManager": Command(
        assigning.managing, assigning.assign_manager, held=("accountIds",), often=4
    ),
    "assignCenter": Command(assigning.centering, assigning.assign_center, held=("accountIds",)),
    "assignSpecialist": Command(
        assigning.teaming, assigning.assign_specialist, held=("accountIds",)
    ),
    "saveAccountManager": Command(
        staff.staffing, staff.save_account_manager, "staff { key }", None
    ),
    "requestCenterChange": Command(
        requests.requesting, requests.request_center_change, "request { id }", None, 3
    ),
    "decideCenterChange": Command(
        requests.deciding, requests.decide_center_change, held=("id",), often=3
    ),
    "applyForIsa": Command(isa.applying, isa.apply_for_isa, "participation { key }", None, 4),
    "changeIsaStatus": Command(isa.turning, isa.change_isa_status, held=("id",), often=5),
    "recordAnnualNotification": Command(
        isa.notifying, isa.record_annual_notification, held=("participationId",)
    ),
    "recordRelationships": Command(
        claims.recording, claims.record_relationships, held=None, often=4
    ),
    "correctRelationship": Command(claims.correcting, claims.correct_relationship, often=4),
    "endRelationship": Command(claims.ending, claims.end_relationship, often=4),
    "saveImporterNumber": Command(
        numbers.registering, numbers.save_importer_number, "importerNumber { key }", None
    ),
    "raiseRiskFlag": Command(work.flagging, work.raise_risk_flag, "flag { id }", None),
    "resolveRiskFlag": Command(work.resolving_flag, work.resolve_risk_flag, held=("id",)),
    "saveIssue": Command(work.issuing, work.save_issue, "issue { key }", None, 3),
    "resolveIssue": Command(work.resolving_issue, work.resolve_issue, held=("id",)),
    "saveView": Command(work.viewing, work.save_view, "view { id }", None, 1),
    "deleteView": Command(work.deleting, work.delete_view, held=None, often=1),
}
