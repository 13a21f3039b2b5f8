"""The example operations, with what they name in the program of these tests."""

import json
from typing import Any

from graph import ids
from tests.matrix.program import CODES, ME, NUMBERS, OTHERS
from tests.processes import ROOT

FOLDER = ROOT / "docs" / "operations"
KEYS = {
    "Account:A-1001": "Account:A-own",
    "Account:A-1002": "Account:A-here",
    "AccountManager:M-31": f"AccountManager:{ME}",
    "AccountManager:M-32": f"AccountManager:{OTHERS}",
    "ImporterNumber:N-5002": "ImporterNumber:M-own",
    "IsaParticipation:I-1": "IsaParticipation:Y-A-own",
    "IsaParticipation:I-9": "IsaParticipation:Y-A-here",
    "Party:O-2001": "Party:O-own",
    "Party:O-2002": "Party:O-here",
    "Party:P-2003": "Party:P-own",
    "Party:U-1": "Party:U-own",
}
TEXTS = {
    **{ids.encode(one): ids.encode(other) for one, other in KEYS.items()},
    "12-3456789AB": NUMBERS["own"],
    "30-064135300": NUMBERS["own"],
    "061234-12345": NUMBERS["own"],
    "B76": CODES["own"],
    "harbor textiles": "heron",
    "Clothing, footwear and textiles": "Northern",
    "Electronics": "South",
    "CEE004": "CEE001",
    "CEE007": "CEE001",
}
"""Of the variables: what stands in the demo world, and what stands here."""
OWNED = {
    file.stem: file.read_text(encoding="utf-8")
    for file in sorted((ROOT / "docs" / "trade-owner").glob("*.graphql"))
}
"""The documents of owners, which are not refused to them; others run them too."""
OWNING = {"Relationship:R-f4060e6575b66bd1772c": 0, "Relationship:R-765f5464dadb1357fccf": 1}


def operations(owning: list[str]) -> dict[str, tuple[str, Any]]:
    """Text and variables of each, by name; `owning` are two claims of ownership, by id."""
    texts = TEXTS | {ids.encode(key): owning[n] for key, n in OWNING.items()}
    found: dict[str, tuple[str, Any]] = {}
    for file in sorted(FOLDER.glob("*.graphql")):
        given = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
        found[file.stem] = file.read_text(encoding="utf-8"), _here(given, texts)
    mine = {"id": ids.encode("Account:A-own")}
    return found | {f"owners: {name}": (text, mine) for name, text in OWNED.items()}


def _here(value: Any, texts: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {texts.get(name, name): _here(each, texts) for name, each in value.items()}
    if isinstance(value, list):
        return [_here(each, texts) for each in value]
    return texts.get(value, value) if isinstance(value, str) else value


def word(text: str) -> str:
    """Query, mutation or subscription."""
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return next(line for line in lines if line.strip()).split()[0]
