"""Risk flags, a line each."""

import json

from graph.load import check
from graph.load.check import Bad
from graph.load.context import Context
from graph.load.fields import Fields
from graph.load.relationships import reference
from graph.load.rows import ClaimRow, NodeRow, Row

REQUIRED = ("id", "kind", "severity", "raised_on", "subject", "evidence")
COLUMNS = {
    *REQUIRED,
    "resolved_on",
    "resolution",
    "evidence_reference",
    "evidence_url",
    "priority_trade_issues",
    "note",
}


def read(fields: Fields, context: Context) -> list[Row]:
    """The flag and what it is about."""
    fields.required("kind")
    raised = fields.must(check.day, "raised_on")
    resolved = fields.day("resolved_on")
    if resolved and not raised < resolved:
        told = ("It is resolved before it is raised.", "Correct one of the two days.")
        raise Bad("INTERVAL_CONFLICT", "resolved_on", resolved.isoformat(), *told)
    properties: dict[str, object] = {
        "kind": fields.code("kind"),
        "severity": fields.must(check.fraction, "severity"),
        "raisedOn": raised,
        "resolvedOn": resolved,
        "resolution": fields.text("resolution"),
        "evidence": [_evidence(fields)],
    }
    if "priority_trade_issues" in fields:
        properties["priorityTradeIssues"] = fields.codes("priority_trade_issues")
    if "note" in fields:
        properties["note"] = fields.text("note")
    risk = NodeRow("RiskFlag", fields.id(), ("RiskFlag",), properties, fields.line)
    about, made = reference(fields, "subject", "FLAGS", 1, context)
    said = context.said(fields, "risk-flags")
    claim = ClaimRow("FLAGS", risk.key, about, said, raised, resolved, line=fields.line)
    return [risk, *made, claim]


def _evidence(fields: Fields) -> str:
    """The source of the finding, in the form of the contract."""
    found = {
        "name": fields.required("evidence"),
        "reference": fields.text("evidence_reference"),
        "url": fields.text("evidence_url"),
    }
    return json.dumps({name: value for name, value in found.items() if value})
