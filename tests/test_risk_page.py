"""The page docs/risk.md: its table is the default policy, and its arithmetic comes out."""

import json
import math
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "risk.md").read_text(encoding="utf-8")
POLICY = json.loads((ROOT / "graph/reference/risk_policy.json").read_text(encoding="utf-8"))
CHAINS = (0.6498, 0.63175, 0.12860625)


def cells(line: str) -> list[str]:
    """The cells of a row of a table."""
    return [cell.strip() for cell in line.strip("|").split("|")]


def rows(start: str) -> list[list[str]]:
    """The cells of the rows that begin so."""
    return [cells(line) for line in PAGE.splitlines() if line.startswith(start)]


def factor(rule: dict[str, object]) -> str:
    """How the page spells an attenuation."""
    text = f"{rule['attenuation']:g}".removeprefix("0")
    if rule["scaledByShare"]:
        text += " * min(1, 2w)"
    if rule["hubDegree"]:
        text += f" * min(1, {rule['hubDegree']}/d)"
    return text


def test_the_table_is_the_default_policy() -> None:
    given = {
        (each["relationshipType"], each["direction"]): factor(each) for each in POLICY["rules"]
    }

    told: dict[tuple[str, str], str] = {}
    for named, *ways in rows("| `"):
        type_ = named.split("`")[1]
        if type_.isupper():
            told |= {(type_, "OUT"): ways[0], (type_, "IN"): ways[1]}

    assert told == given


def test_the_bands_and_the_floor_are_those_of_the_policy() -> None:
    bands = [f"{each['rating']} {each['from']:g}".replace(" 0.", " .") for each in POLICY["bands"]]
    told = PAGE.replace(" begins at", "").replace(" at", "")

    assert f"`k` is {POLICY['chains']}, the floor {POLICY['floor']:g}".replace(" 0.", " .") in PAGE
    assert ", ".join(bands) in told


def test_every_product_is_that_of_its_factors() -> None:
    tables = re.findall(r"\| seed \|(?:.*\n)+?(?=\n)", PAGE)

    ends = []
    for table in tables:
        product = 1.0
        for line in table.splitlines():
            *_, by, told = cells(line)
            product *= float(by)
            assert float(told.strip("*")) == pytest.approx(product, abs=1e-12)
        ends.append(product)

    assert ends == pytest.approx(CHAINS, abs=1e-12)


def test_the_score_is_that_of_the_chains() -> None:
    left = math.prod(1 - chain for chain in CHAINS)

    assert f"inherited: {1 - left:.12f}"[:20] in PAGE
    assert f"score: {1 - 0.7 * left:.12f}"[:16] in PAGE
