"""Bring the variables in docs/operations up to date with the demo world: ids, versions, days."""

import json
from pathlib import Path
from typing import Any

from graph import ids
from graph.demo.story import world
from graph.identifiers import IdentifierKey
from graph.load.hashes import claim_id, claim_of

FOLDER = Path(__file__).parent.parent / "docs" / "operations"
TODAY = "2026-11-25"
Changes = dict[str, dict[str, Any]]
DAYS: Changes = {  # and what else differs from the contract's examples for its own sake
    "assign-manager": {"input.validFrom": TODAY},
    "isa-oversight": {"before": "2027-07-01"},
    "my-desk": {"since": "2026-11-24T00:00:00Z"},
    "open-account": {
        "input.name": "Sandpiper Knitwear",
        "input.importerNumbers.0": "97-7654321AB",
        "input.importerNumbers.1": "97-7654321AC",
    },
    "open-issue": {"input.dueOn": "2027-02-26"},
    "performance-of-account": {"over.from": "2021-10-01", "over.to": "2026-10-01"},
}


def changes() -> Changes:
    """What differs from the contract's examples: by operation, path and value."""
    made = world(IdentifierKey(bytes(32)))  # any key: no id used here depends on it
    share, sold = (
        ids.encode(f"Relationship:{claim_id(claim_of(made.named[name]), 1)}")
        for name in ("share", "sold")
    )
    due = made.book.latest("IsaParticipation:I-1").properties["nextNotificationDue"]
    return {
        **DAYS,
        "admit-isa-participant": {
            "input.expectedVersion": made.book.version("IsaParticipation:I-9"),
        },
        "blocked-by-ownership": {"sale.end.0": share},
        "correct-claim": {"correction.id": share, "sale.id": sold, "sale.validTo": "2026-11-02"},
        "record-annual-notification": {
            "input.participationId": ids.encode("IsaParticipation:I-1"),
            "input.dueOn": str(due),
            "input.receivedOn": "2026-11-24",
        },
        "refetch": {"ids.2": share},
        "split-account": {"input.on": TODAY},
    }


def current(folder: Path = FOLDER) -> dict[str, str]:
    """The text that each file of variables should have, by operation."""
    found = changes()
    texts = {}
    for path in sorted(folder.glob("*.json")):
        variables = json.loads(path.read_text(encoding="utf-8"))
        for place, value in found.get(path.stem, {}).items():
            _put(variables, place.split("."), value)
        texts[path.stem] = json.dumps(variables, indent=2) + "\n"
    return texts


def _put(variables: Any, path: list[str], value: Any) -> None:
    for name in path[:-1]:
        variables = variables[int(name) if isinstance(variables, list) else name]
    last = path[-1]
    variables[int(last) if isinstance(variables, list) else last] = value


def main() -> None:
    """Write every file anew."""
    for name, text in current().items():
        (FOLDER / f"{name}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
