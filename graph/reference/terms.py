"""The terms of open vocabularies: dated, so that statute can change them without a new schema."""

from datetime import date

from graph.load.rows import NodeRow
from graph.rows import OPEN_DAY, UNKNOWN_DAY


def term(
    vocabulary: str,
    code: str,
    label: str,
    line: int,
    *,
    description: str = "",
    source: str = "",
    days: tuple[date, date] = (UNKNOWN_DAY, OPEN_DAY),
) -> NodeRow:
    """One term; its key is `Term:VOCABULARY.CODE`."""
    properties: dict[str, object] = {
        "vocabulary": vocabulary,
        "code": code,
        "label": label,
        "description": description or None,  # None takes away what an earlier version said
        "source": source or None,
        "validFrom": days[0],
        "validTo": days[1],
    }
    return NodeRow("Term", f"{vocabulary}.{code}", ("Term",), properties, line)
