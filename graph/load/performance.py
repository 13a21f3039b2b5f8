"""Figures of an account for a month, a chapter, an origin and a port, a line each."""

import json
import re
from datetime import timedelta

from graph.load import check
from graph.load.check import Bad
from graph.load.context import Context
from graph.load.fields import Fields, code
from graph.load.hashes import digest
from graph.load.references import code as filer_code
from graph.load.references import number
from graph.load.rows import ClaimRow, NodeRow, Row

REQUIRED = ("account", "month")
COUNTS = {
    "entry_summaries": "entrySummaries",
    "lines": "lines",
    "ad_cvd_lines": "adCvdLines",
    "examinations": "examinations",
    "sampled_lines": "sampledLines",
    "discrepant_lines": "discrepantLines",
    "major_discrepant_lines": "majorDiscrepantLines",
    "post_summary_corrections": "postSummaryCorrections",
    "requests_for_information": "requestsForInformation",
    "notices_of_action": "noticesOfAction",
    "protests": "protests",
    "penalties": "penalties",
}
MONEY = {"entered_value": "enteredValue", "duties_taxes_fees": "dutiesTaxesFees"}
PLACE = ("chapter", "origin", "port", "filer_code")
COLUMNS = {
    *REQUIRED,
    *PLACE,
    "importer_number",
    *COUNTS,
    *MONEY,
    "currency",
    "sample_weight",
    "discrepancies",
}
WIDTHS = {"chapter": 2, "port": 4}
CURRENCY = re.compile(r"[A-Z]{3}")


def read(fields: Fields, context: Context) -> list[Row]:
    """The figures and the account they measure."""
    account = fields.id("account")
    month = fields.must(check.month, "month")
    place = {
        "chapter": _padded(fields, "chapter"),
        "origin": fields.country("origin"),
        "port": _padded(fields, "port"),
        "filerCode": fields.as_(filer_code, "filer_code"),
    }
    parsed = fields.as_(number, "importer_number")
    if parsed:  # by its id, which no number can be read from
        place["importerNumber"] = context.key.number_id(parsed.canonical)
    counts = {name: fields.as_(check.count, column) or 0 for column, name in COUNTS.items()}
    money = {name: fields.as_(check.cents, column) or 0 for column, name in MONEY.items()}
    _sample(fields, counts)
    properties: dict[str, object] = {
        "month": month,
        **place,
        **counts,
        **money,
        "currency": fields.as_(_currency, "currency") or "USD",
        "sampleWeight": fields.as_(_weight, "sample_weight"),
        "discrepancies": [_discrepancy(item) for item in fields.items("discrepancies")],
    }
    id_ = f"{account}-{month:%Y%m}-{digest([account, place])[:12]}"
    kind = "PerformancePeriod"
    period = NodeRow(kind, id_, (kind,), properties, fields.line)
    said = context.said(fields, "performance")
    end = (month + timedelta(days=31)).replace(day=1)
    whose = f"Account:{account}"
    return [
        period,
        ClaimRow("MEASURES", period.key, whose, said, month, end, line=fields.line),
    ]


def _padded(fields: Fields, column: str) -> str | None:
    """Digits whose leading zeros a spreadsheet may have eaten."""
    text = fields.text(column)
    if text is None:
        return None
    width = WIDTHS[column]
    if not (text.isascii() and text.isdigit() and len(text) <= width):
        told = (f"A {column} has {width} digits.", "Write digits only.")
        raise Bad("INVALID_FORMAT", column, text, *told)
    return text.zfill(width)


def _sample(fields: Fields, counts: dict[str, int]) -> None:
    major, wrong, lines = (
        counts[name] for name in ("majorDiscrepantLines", "discrepantLines", "sampledLines")
    )
    if not major <= wrong <= lines:
        told = (
            "There are more discrepant lines than sampled ones, or more major ones than in all.",
            "Correct the three counts.",
        )
        raise Bad("OUT_OF_RANGE", "discrepant_lines", fields.text("discrepant_lines") or "", *told)


def _discrepancy(text: str) -> str:
    """`CLASSIFICATION=2` as it is stored."""
    name, _, lines = text.partition("=")
    found = {"code": code(name, "discrepancies"), "lines": check.count(lines, "discrepancies")}
    return json.dumps(found)


def _currency(text: str, column: str) -> str:
    if CURRENCY.fullmatch(text) is None:
        raise Bad("INVALID_FORMAT", column, text, "This is no currency.", "Write USD.")
    return text


def _weight(text: str, column: str) -> float:
    if check.NUMBER.fullmatch(text) is None:
        raise Bad("INVALID_FORMAT", column, text, "This is no weight.", "Write a number.")
    return float(text)
