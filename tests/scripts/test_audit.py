"""What the audit says of the answers of pip-audit and npm, and of no answer."""

import json
from datetime import date
from typing import Any

import pytest

from scripts.audit import Unchecked, Weakness, judged, node_told, python_told

TODAY = date(2026, 11, 26)
KNOWN = Weakness("GHSA-1", "left 1.0", "web")


def pip(*packages: dict[str, Any]) -> str:
    return json.dumps({"dependencies": packages, "fixes": []})


def test_a_weakness_of_a_python_package_is_found() -> None:
    output = pip(
        {"name": "left", "version": "1.0", "vulns": [{"id": "PYSEC-1"}]},
        {"name": "right", "version": "2.0", "vulns": []},
    )

    assert python_told(output, "a.lock") == [Weakness("PYSEC-1", "left 1.0", "a.lock")]


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("", "no answer"),
        (pip(), "no package"),
        (
            pip(
                {"name": "left", "version": "1.0", "vulns": []},
                {"name": "right", "skip_reason": "not found"},
            ),
            "1 of 2 packages could not be looked up",
        ),
    ],
)
def test_what_pip_audit_passes_over_counts_as_not_checked(output: str, words: str) -> None:
    with pytest.raises(Unchecked, match=words):
        python_told(output, "a.lock")


def test_a_weakness_of_an_npm_package_is_found_once_where_it_begins() -> None:
    cause = {"source": 5, "url": "https://advisories.example/GHSA-1"}
    found = {"left": {"via": [cause]}, "above": {"via": ["left"]}}

    assert node_told(json.dumps({"vulnerabilities": found}), "web") == [
        Weakness("GHSA-1", "left", "web")
    ]


@pytest.mark.parametrize("output", ["", "[]", '{"message": "405 Method Not Allowed - POST x"}'])
def test_an_npm_that_cannot_ask_counts_as_not_checked(output: str) -> None:
    with pytest.raises(Unchecked):
        node_told(output, "web")


@pytest.mark.parametrize(
    ("found", "allowed", "sentences"),
    [
        ([], [], []),
        ([KNOWN, KNOWN], [], ["GHSA-1: left 1.0 in web is known and not allowed."]),
        ([KNOWN], [{"id": "GHSA-1", "until": TODAY}], []),
        (
            [KNOWN],
            [{"id": "GHSA-1", "until": date(2026, 11, 25)}],
            ["GHSA-1: left 1.0 in web was allowed until 2026-11-25."],
        ),
        (
            [],
            [{"id": "GHSA-1", "until": date(2026, 11, 25)}],
            ["The allowance of GHSA-1 is over: take it from the list."],
        ),
    ],
)
def test_an_allowance_holds_until_its_last_day(
    found: list[Weakness], allowed: list[dict[str, Any]], sentences: list[str]
) -> None:
    assert list(judged(found, allowed, TODAY)) == sentences
