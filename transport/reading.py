"""From what arrived to what is asked: strict about form, so that nothing is guessed."""

import json
from collections.abc import Mapping
from typing import Any

import orjson
from cross_web import HTTPException
from starlette.datastructures import QueryParams
from strawberry.http import GraphQLRequestData, GraphQLRequestProtocol

from transport.trusted import Trusted

SHAPES: dict[str, tuple[type, str]] = {
    "query": (str, "a string"),
    "documentId": (str, "a string"),
    "variables": (dict, "an object"),
    "extensions": (dict, "an object"),
    "operationName": (str, "a string"),
}
# A page of another site cannot send one of these without asking first.
ASKED_FIRST = ("x-account-graph", "x-apollo-operation-name", "apollo-require-preflight")


def encode(value: object) -> bytes:
    """Compact JSON; the slow way for integers beyond 64 bits."""
    try:
        return orjson.dumps(value)
    except orjson.JSONEncodeError:
        return json.dumps(value, separators=(",", ":")).encode()


def require_json(content_type: str | None) -> None:
    """Refuse every type but JSON in UTF-8: the others need no preflight from another site."""
    name, *parameters = (part.strip().lower() for part in (content_type or "").split(";"))
    charsets = {part.partition("=")[2].strip('"') for part in parameters if "charset" in part}
    if name != "application/json" or not charsets <= {"utf-8", "utf8"}:
        raise HTTPException(415, "Send the operation as application/json in UTF-8.")


def require_same_site(headers: Mapping[str, str]) -> None:
    """Refuse a GET that a page of another site had sent, unless it had to ask first."""
    site = headers.get("sec-fetch-site", "none")
    if site in ("none", "same-origin") and "origin" not in headers:
        return
    if not any(name in headers for name in ASKED_FIRST):
        raise HTTPException(403, "Another site may not ask by GET: use POST.")


def query_string(parameters: QueryParams) -> dict[str, Any]:
    """The parameters of a GET, objects decoded; of a repeated one the first counts."""
    given: dict[str, Any] = {}
    for name, text in parameters.multi_items():
        if name in SHAPES and name not in given:
            given[name] = orjson.loads(text) if SHAPES[name][0] is dict and text else text
    return given


def asked(body: object, protocol: GraphQLRequestProtocol, trusted: Trusted) -> GraphQLRequestData:
    """What one operation asks; refuses batches and anything of another shape."""
    if isinstance(body, list):
        raise HTTPException(400, "Batches are not answered: send one operation per request.")
    if not isinstance(body, dict):
        raise HTTPException(400, "The body must be a JSON object.")
    for name, (kind, words) in SHAPES.items():
        if not isinstance(body.get(name), kind | None):
            raise HTTPException(400, f"'{name}' must be {words}.")
    return GraphQLRequestData(
        query=trusted.text(body),
        variables=body.get("variables"),
        operation_name=body.get("operationName"),
        extensions=body.get("extensions"),
        protocol=protocol,
    )
