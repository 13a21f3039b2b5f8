"""What `Any` hides from the type checker: plain fields are attributes of the records."""

import inspect
from typing import Any

import pytest
from strawberry.types import get_object_definition

from graph import policy, records, risk_policies
from graph.algorithms import attenuations
from schema import account, change, identifier, ownership, party, relationship, schema, staff

PAYLOADS = (
    "AccountPayload",
    "AssignmentPayload",
    "CenterChangeRequestPayload",
    "IdentifierPayload",
    "IsaParticipationPayload",
    "IssuePayload",
    "JobPayload",
    "PartyPayload",
    "RiskSegmentPayload",
    "StaffPayload",
    "StrategyPayload",
    "RelationshipPayload",
    "RiskFlagPayload",
    "SavedViewPayload",
    "WebhookPayload",
)
RECORDS: dict[str, type] = {
    **{record.__name__: record for record in records.RECORDS.values()},
    "RedactedNode": records.RedactedNode,
    "Relationship": records.Relationship,
    "PointOfContact": records.PointOfContact,
    "Degree": records.Degree,
    "PageInfo": records.PageInfo,
    "ShareRange": records.ShareRange,
    "Source": records.Source,
    "AnnualNotification": records.AnnualNotification,
    "RiskSegment": records.RiskSegment,
    **{
        kind.__name__: kind
        for kind in (
            records.AccountPerformance,
            records.Comparison,
            records.Completeness,
            records.BlockedStatus,
            records.ControlGroup,
            records.ControlGroupMember,
            records.EffectiveOwnership,
            records.Hop,
            records.OwnershipRemark,
            records.Path,
            records.PathAnswer,
            records.UltimateOwner,
            records.UltimateOwnership,
            records.UndisclosedPart,
            records.Neighborhood,
            records.NeighborhoodNode,
            records.Moment,
            records.RelationshipDifference,
            records.Reproduction,
            records.Risk,
            records.RiskChain,
            records.RiskEffect,
            records.WhatIf,
            records.Counterfactual,
            records.CounterfactualCut,
            risk_policies.RiskPolicy,
            records.AgendaItem,
            records.CenterEvidence,
            records.CenterExplanation,
            records.ComplianceRate,
            records.DiscrepancyCount,
            records.MetricComparison,
            records.PerformancePeriod,
            records.Caseload,
            records.CaseloadEffect,
            records.Money,
            records.ReassignmentSimulation,
            records.UserError,
        )
    },
    "RiskBand": risk_policies.Band,
    "RiskRule": attenuations.Rule,
    "StrategyMeasure": records.StrategyMeasure,
    "CenterChangeRequest": records.CenterChangeRequest,
    "CenterScope": records.CenterScope,
    "Change": records.Change,
    "ChangeEvent": records.ChangeEvent,
    **{k.__name__: k for k in (records.SavedView, records.Job, records.JobError)},
    **{k.__name__: k for k in (records.Webhook, records.WebhookDelivery)},
    "PropertyChange": records.PropertyChange,
    "Term": records.Term,
    "TotalCount": records.TotalCount,
    "Viewer": policy.Viewer,
    "Warning": records.Warning,
    **dict.fromkeys(PAYLOADS, records.Written),
}
PAGES = [account, change, identifier, ownership, party, relationship, staff]


def plain(kind: type) -> set[str]:
    definition = get_object_definition(kind, strict=True)
    return {field.python_name for field in definition.fields if field.base_resolver is None}


@pytest.mark.parametrize("name", sorted(RECORDS))
def test_every_plain_field_is_an_attribute_of_its_record(name: str) -> None:
    kind: Any = schema.get_type_by_name(name)

    missing = plain(kind.origin) - set(dir(RECORDS[name]))

    assert missing == set()


@pytest.mark.parametrize("module", PAGES, ids=lambda module: module.__name__)
def test_pages_are_made_of_pages(module: object) -> None:
    for name, kind in inspect.getmembers(module, inspect.isclass):
        if name.endswith("Connection"):
            assert plain(kind) <= set(dir(records.Page))
        elif name.endswith("Edge"):
            assert plain(kind) <= set(dir(records.Edge))


def test_every_object_type_has_a_record() -> None:
    others = {"Query", "Mutation", "Subscription"}
    made = {
        name
        for name, kind in schema.schema_converter.type_map.items()
        if not name.endswith(("Connection", "Edge"))
        and getattr(kind.definition, "is_interface", None) is False
        and getattr(kind.definition, "is_input", None) is False
    }
    assert made - others == set(RECORDS)
