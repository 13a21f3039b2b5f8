"""One document answered without a server, in the shape of the API."""

from typing import Any

from schema.extensions.guarded import Schema


async def once(
    schema: Schema, context: object, document: str, variables: dict[str, Any]
) -> dict[str, Any]:
    """The answer to one query or mutation, under the same limits as over HTTP."""
    found = await schema.execute(document, variables, context_value=context)
    errors = {"errors": [error.formatted for error in found.errors]} if found.errors else {}
    return {**errors, "data": found.data}
