"""The files of migrations/: read safely, one statement apart from the next."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from graph.errors import SetupError

MIGRATIONS = Path(__file__).parents[1] / "migrations"

NAME = re.compile(r"\d{4}_[a-z0-9]+(_[a-z0-9]+)*")
PIECE = re.compile(
    r"""//[^\n]*|/\*.*?\*/|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`[^`]*`|.""", re.DOTALL
)
SCHEMA = re.compile(r"(CREATE|DROP)\s+(\w+\s+)?(CONSTRAINT|INDEX)\b|CALL\s+db\.awaitIndexes\b")


@dataclass(frozen=True, slots=True)
class Migration:
    """One file, as it is now."""

    name: str
    checksum: str
    statements: tuple[str, ...]
    schema: bool


def migrations(folder: Path = MIGRATIONS) -> list[Migration]:
    """The files in order. Raises SetupError for one that cannot be a migration."""
    found = [migration(path) for path in sorted(folder.glob("*.cypher"))]
    numbers = [file.name[:4] for file in found]
    if len(set(numbers)) < len(numbers):
        raise SetupError(f"Two migrations share a number: {', '.join(numbers)}.")
    return found


def migration(path: Path) -> Migration:
    """One file; it holds schema or data, since Neo4j refuses both in one transaction."""
    if not NAME.fullmatch(path.stem):
        raise SetupError(f"{path.name} is no migration's name: write NNNN_<result>.cypher.")
    text = path.read_text(encoding="utf-8")
    found = statements(text)
    kinds = {bool(SCHEMA.match(statement)) for statement in found}
    if len(kinds) != 1:
        raise SetupError(f"{path.name}: put schema and data in separate files, neither empty.")
    checksum = hashlib.sha256(text.encode()).hexdigest()
    return Migration(path.stem, checksum, tuple(found), kinds.pop())


def statements(text: str) -> list[str]:
    """The statements of one file without their comments.

    Raises SetupError if the last `;` is missing: a statement would be lost without a word.
    """
    found = [""]
    for piece in PIECE.findall(text):
        if piece == ";":
            found.append("")
        else:
            found[-1] += " " if piece.startswith(("//", "/*")) else piece
    rest = found.pop().strip()
    if rest:
        raise SetupError(f"Unfinished statement, its `;` is missing: {rest!r}")
    return [statement.strip() for statement in found]
