"""Which of a document's operations is meant."""

from collections.abc import Collection

from schema.extensions.errors import Refused


def unnamed(names: Collection[str | None], given: str | None) -> Refused | None:
    """Why it is not clear what to run; the library would take the first."""
    if given is not None:
        return None if given in names else Refused("The document has no operation of this name.")
    if len(names) > 1:
        return Refused("The document has several operations: say by 'operationName' which to run.")
    return None
