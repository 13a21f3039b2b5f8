"""The risk policy that is shipped, and those that are refused."""

import json
from datetime import date
from pathlib import Path

import pytest

from graph.errors import SetupError
from graph.reference.policy import policy
from graph.reference.tables import FOLDER
from graph.rows import OPEN_DAY

FILE = FOLDER / "risk_policy.json"
RULE = json.loads(FILE.read_text())["rules"][0]


def test_the_policy_has_a_rule_for_each_way_risk_goes() -> None:
    row = policy(FILE)
    told = row.properties
    rules, bands = told["rules"], told["bands"]
    assert isinstance(rules, list)
    assert isinstance(bands, list)

    assert row.key == "RiskPolicy:default-2026.1"
    assert len(rules) == 18
    assert json.loads(rules[0]) == {
        "relationshipType": "OWNS",
        "direction": "OUT",
        "attenuation": 0.8,
        "scaledByShare": True,
        "hubDegree": None,
    }
    assert [json.loads(band)["from"] for band in bands] == [0.25, 0.5, 0.75]
    assert (told["chains"], told["floor"], told["validTo"]) == (3, 0.01, OPEN_DAY)


@pytest.mark.parametrize(
    ("part", "value", "fault"),
    [
        ("rules", [{**RULE, "attenuation": 1}], "An attenuation must lie between 0 and .999"),
        ("rules", [{**RULE, "direction": "EITHER"}], "A rule needs one of OWNS, "),
        ("rules", [RULE, RULE], "A type and direction may have one rule"),
        ("bands", [{"rating": "HIGH", "from": 0.5}], "The bands must be MODERATE, HIGH, CRITICAL"),
        ("floor", 0, "chains must be at least 1"),
    ],
)
def test_a_policy_that_cannot_work_is_refused(
    tmp_path: Path, part: str, value: object, fault: str
) -> None:
    path = tmp_path / "policy.json"
    path.write_text(json.dumps({**json.loads(FILE.read_text()), part: value}))

    with pytest.raises(SetupError, match=rf"policy\.json is no risk policy: {fault}"):
        policy(path)


def test_a_later_policy_is_another_version(tmp_path: Path) -> None:
    path = tmp_path / "policy.json"
    later = {"name": "Our Own", "number": "2027.1", "validTo": "2028-01-01"}
    path.write_text(json.dumps({**json.loads(FILE.read_text()), **later}))

    assert policy(path).key == "RiskPolicy:our-own-2027.1"
    assert policy(path).properties["validTo"] == date(2028, 1, 1)
