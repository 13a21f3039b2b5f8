"""Trusted documents: operations known by the hash of their text, and callers who run no others."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
from cross_web import HTTPException

from graph.errors import SetupError
from transport.tokens import Viewer

WAY = "Write it with 'account-graph manifest FOLDER'."
HASH = "sha256:"


class Unknown(HTTPException):
    """What was named is not run; `code` tells clients what to do about it."""

    def __init__(self, status: int, message: str, code: str) -> None:
        """Say so."""
        super().__init__(status, message)
        self.code = code


def document_id(text: str) -> str:
    """How a text is known: `sha256:` and the hash of its UTF-8, in hexadecimal."""
    return HASH + hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def read_manifest(path: Path) -> dict[str, str]:
    """The documents of a file `{id: text}` by their ids. Raises SetupError."""
    try:
        found = orjson.loads(path.read_bytes())
    except OSError as error:
        raise SetupError(f"The manifest cannot be read ({error.strerror}). {WAY}") from None
    except orjson.JSONDecodeError:
        raise SetupError(f"The manifest is no JSON. {WAY}") from None
    if not isinstance(found, dict) or not all(isinstance(text, str) for text in found.values()):
        raise SetupError(f"The manifest must be an object of ids and texts. {WAY}")
    if wrong := [name for name, text in found.items() if document_id(text) != name]:
        raise SetupError(f"{wrong[0][:80]} in the manifest is not the hash of its text. {WAY}")
    return found


def _nobody(_: Viewer | None) -> bool:
    return False


@dataclass(frozen=True)
class Trusted:
    """The documents that are known, and who may run nothing else."""

    documents: Mapping[str, str] = field(default_factory=dict)
    only: Callable[[Viewer | None], bool] = _nobody
    owned: Mapping[str, str] = field(default_factory=dict)  # the only ones that owners run
    owner: Callable[[Viewer | None], bool] = _nobody

    def text(self, asked: Mapping[str, Any]) -> str:
        """The document that is asked for by its text or its id; raises HTTPException.

        `asked` has `query`, `documentId` or Apollo's `extensions.persistedQuery`.
        """
        query, name = asked.get("query"), asked.get("documentId")
        if name is not None:
            return self._named(name, query)
        persisted = (asked.get("extensions") or {}).get("persistedQuery")
        if persisted is not None:
            return self._persisted(persisted, query)
        if not query:
            raise HTTPException(400, "There is no 'query'.")
        return str(query)

    def admit(self, viewer: Viewer | None, text: str) -> None:
        """Refuse a text that this caller may not run, however it came; raises HTTPException."""
        known = self.owned if self.owner(viewer) else self.documents if self.only(viewer) else None
        if known is not None and document_id(text) not in known:
            raise Unknown(
                403, "Only trusted documents are run: send the 'documentId' of one.", "FORBIDDEN"
            )

    def _named(self, name: str, query: str | None) -> str:
        if query:
            raise HTTPException(400, "Send 'documentId' or 'query', not both.")
        if (found := self._known(name)) is None:
            raise Unknown(404, "No document is known by this id.", "DOCUMENT_NOT_FOUND")
        return found

    def _known(self, name: str) -> str | None:
        """The document of this id, whoever may run it."""
        return self.documents.get(name) or self.owned.get(name)

    def _persisted(self, persisted: Any, query: str | None) -> str:
        """Nothing is ever stored at a client's word: its fallback is to send the text."""
        sha256 = persisted.get("sha256Hash") if isinstance(persisted, dict) else None
        if not isinstance(sha256, str) or persisted.get("version") != 1:
            raise HTTPException(400, "'persistedQuery' must have version 1 and a 'sha256Hash'.")
        if query:
            if document_id(query) != HASH + sha256:
                raise HTTPException(400, "The 'sha256Hash' is not the hash of the 'query'.")
            return query
        found = self._known(HASH + sha256)
        if found is None and not self.documents:
            raise Unknown(200, "PersistedQueryNotSupported", "PERSISTED_QUERY_NOT_SUPPORTED")
        if found is None:
            raise Unknown(200, "PersistedQueryNotFound", "PERSISTED_QUERY_NOT_FOUND")
        return found
