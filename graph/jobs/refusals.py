"""The refused rows of a load as a file: line, column, reason and remedy, never the value."""

import csv
import io
from types import TracebackType

import orjson

from graph.jobs.folder import REFUSED, Folder, private, synced
from graph.load.units import Refused
from graph.secrecy import hidden
from graph.terms import UserErrorCode

HEADER = ("row", "column", "code", "message")
MOST = 100  # that are told without the file
FORMULA = ("=", "+", "-", "@", "\t")  # a spreadsheet would compute it


class Refusals:
    """Written as they come; `first` are the first ones as the job's node keeps them."""

    def __init__(self, folder: Folder, key: str) -> None:
        """Begin with none, and without a file."""
        self.first: list[str] = []
        self._folder = folder
        self._draft = folder.draft(key)
        self._file: io.TextIOWrapper | None = None

    def __enter__(self) -> "Refusals":
        """Itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Forget a file that was not asked for."""
        if kind is not None and self._file:
            self._file.close()
            self._file = None
            self._draft.unlink(missing_ok=True)

    def add(self, some: list[Refused], file: str) -> None:
        """Write these down; what they say of the file's name is left away."""
        if self._file is None:
            raw = private(self._draft, exclusive=True)
            self._file = io.TextIOWrapper(raw, encoding="utf-8", newline="")
            csv.writer(self._file).writerow(HEADER)
        lines = csv.writer(self._file)
        for one in some:
            refusal = one.refusal
            code = refusal.code if refusal.code in set(UserErrorCode) else "INVALID_FORMAT"
            message = hidden(f"{refusal.reason} {refusal.remedy}".replace(f" of {file}", ""))
            column = hidden(refusal.column)[:80]
            row = max(1, refusal.line)
            lines.writerow((row, _text(column), code, _text(message)))
            if len(self.first) < MOST:
                self.first.append(told(row, code, message, column or None))

    def whole(self) -> bool:
        """Give the file its name; False if no row was refused."""
        if self._file is None:
            return False
        self._file.flush()
        synced(self._file)
        self._file = None
        self._folder.keep(self._draft, REFUSED)
        return True


def told(row: int, code: str, message: str, column: str | None) -> str:
    """A refused row as the job's node keeps it."""
    return orjson.dumps([row, code, message, column]).decode()


def _text(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
