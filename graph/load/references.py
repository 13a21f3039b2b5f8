"""References as files write them: an id, a number, a code, an LEI, a DUNS number, a Center's name.

What the graph must be asked for is written as a wish, `kind?what:value`, and resolved per batch.
"""

import re
from collections.abc import Iterable

from graph.errors import BadInput
from graph.identifiers import (
    IdentifierKey,
    ParsedNumber,
    duns,
    filer_code,
    lei,
    masked,
    parse_number,
)
from graph.load.bare import Bare
from graph.load.check import Bad, identity
from graph.load.rows import NodeRow
from graph.text import fold

KEY = re.compile(r"(Account|ImporterNumber|FilerCode|Party|AccountManager|Specialist|Center"
                 r"|Discipline|Port|HtsChapter|IsaParticipation|RiskFlag|Issue|Strategy"
                 r"|SharedAttribute):(.+)")  # fmt: skip
LABEL_KINDS = {
    "Organization": "Party",
    "Person": "Party",
    "Importer": "Account",
    "Broker": "Account",
}


def number(text: str, column: str) -> ParsedNumber:
    """An importer number. Raises Bad, its value masked."""
    try:
        return parse_number(text)
    except BadInput as error:
        raise Bad("INVALID_FORMAT", column, masked(text), str(error), "Correct it.") from None


def number_row(
    parsed: ParsedNumber, key: IdentifierKey, line: int, id_: str | None = None, bare: bool = True
) -> NodeRow:
    """The thing of an importer number: its keyed hash and what may be shown, not the number."""
    properties: dict[str, object] = {
        "lookup": key.lookup(parsed.canonical),
        "keyId": key.key_id,
        "type": parsed.type.value,
        "display": parsed.display,
        "searchName": fold(parsed.display),
    }
    if parsed.root:
        properties |= {"root": parsed.root, "suffix": parsed.suffix}
    kind = Bare if bare else NodeRow
    id_ = id_ or key.number_id(parsed.canonical)
    before = key.lookup_before(parsed.canonical)
    return kind("ImporterNumber", id_, ("ImporterNumber",), properties, line, lookup_before=before)


def code(text: str, column: str) -> str:
    """A filer code. Raises Bad."""
    try:
        return filer_code(text)
    except BadInput as error:
        raise Bad("INVALID_FORMAT", column, text, str(error), "Correct it.") from None


def code_row(written: str, line: int, holder: str | None = None) -> NodeRow:
    """The thing of a filer code."""
    properties: dict[str, object] = {"code": written, "searchName": fold(written)}
    if holder:
        properties["holderKind"] = holder
    return Bare("FilerCode", written, ("FilerCode",), properties, line)


def wish(text: str, kinds: Iterable[str], column: str) -> str:
    """A key, or a wish for one, of a thing of these kinds that has no number of its own."""
    wanted = list(dict.fromkeys(LABEL_KINDS.get(kind, kind) for kind in kinds))
    if (found := KEY.fullmatch(text)) and found[1] in wanted:
        return f"{found[1]}:{identity(found[2], column)}"
    if "Party" in wanted and (named := _registered(text)):
        return named
    if wanted == ["Center"]:
        return f"Center?name:{text}"
    id_ = identity(text, column)
    return f"{wanted[0]}:{id_}" if len(wanted) == 1 else f"{'|'.join(wanted)}?id:{id_}"


def _registered(text: str) -> str | None:
    """An LEI or a DUNS number."""
    for name, parse in (("lei", lei), ("duns", duns)):
        try:
            return f"Party?{name}:{parse(text)}"
        except BadInput:
            continue
    return None
