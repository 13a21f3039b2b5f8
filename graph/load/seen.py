"""What was met before in one load, kept on disk: memory stays flat whatever the file's size."""

import sqlite3
from collections.abc import Iterable
from types import TracebackType


class Seen:
    """Texts by key, in a file of its own that goes with the process."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._base = sqlite3.connect("", isolation_level=None)  # a file without a name
        self._base.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -4000;"
            "CREATE TABLE seen (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID; BEGIN"
        )

    def __enter__(self) -> "Seen":
        """Itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Forget everything."""
        self._base.close()

    def text(self, key: str) -> str | None:
        """What was kept under the key."""
        found = self._base.execute("SELECT value FROM seen WHERE key = ?", (key,)).fetchone()
        return str(found[0]) if found else None

    def put(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Keep, in place of what was kept before."""
        self._base.executemany("INSERT OR REPLACE INTO seen VALUES (?, ?)", pairs)

    def get(self, key: str, /) -> tuple[str, ...] | None:
        """The labels kept under the key of a thing, in a dry run."""
        found = self.text(key)
        return tuple(found.split()) if found else None
