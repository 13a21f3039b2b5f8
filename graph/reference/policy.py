"""The policy by which risk spreads: numbers that an operator may replace, checked before use."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

from graph.algorithms.network import TYPES
from graph.errors import SetupError
from graph.load.rows import NodeRow
from graph.rows import OPEN_DAY
from graph.terms import Direction

RATINGS = ["MODERATE", "HIGH", "CRITICAL"]


def policy(path: Path) -> NodeRow:
    """The policy of a file. Raises SetupError when risk could not be computed by it."""
    told = json.loads(path.read_text(encoding="utf-8"))
    if faults := _faults(told):
        raise SetupError(f"{path.name} is no risk policy: {' '.join(faults)}")
    name = re.sub(r"[^a-z0-9]+", "-", told["name"].lower()).strip("-")
    return NodeRow(
        "RiskPolicy",
        f"{name}-{told['number']}",
        ("RiskPolicy",),
        {
            **{key: told[key] for key in ("name", "number", "description", "chains")},
            "floor": float(told["floor"]),
            "rules": [json.dumps(rule, sort_keys=True) for rule in told["rules"]],
            "bands": [json.dumps(band, sort_keys=True) for band in told["bands"]],
            "validFrom": date.fromisoformat(told["validFrom"]),
            "validTo": date.fromisoformat(told["validTo"]) if told.get("validTo") else OPEN_DAY,
        },
    )


def _faults(told: dict[str, Any]) -> list[str]:
    arcs = [(rule["relationshipType"], rule["direction"]) for rule in told["rules"]]
    starts = [band["from"] for band in told["bands"]]
    checks = {
        "An attenuation must lie between 0 and .999: else risk goes in circles for long.": all(
            0 < rule["attenuation"] <= 0.999 for rule in told["rules"]
        ),
        f"A rule needs one of {', '.join(TYPES)}, and OUT or IN.": all(
            kind in TYPES and way in {Direction.OUT, Direction.IN} for kind, way in arcs
        ),
        "A type and direction may have one rule.": len(set(arcs)) == len(arcs),
        f"The bands must be {', '.join(RATINGS)}, in rising order.": (
            [band["rating"] for band in told["bands"]] == RATINGS and sorted(set(starts)) == starts
        ),
        "chains must be at least 1, floor between 0 and 1.": (
            told["chains"] >= 1 and 0 < told["floor"] < 1
        ),
    }
    return [fault for fault, fine in checks.items() if not fine]
