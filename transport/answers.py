"""Answers of ours that GraphQL's executor did not make: JSON with a message and a code."""

from collections.abc import Mapping, Sequence

import orjson
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

JSON = "application/json"
RESPONSE = "application/graphql-response+json"
EVENTS = "text/event-stream"
HTML = "text/html"


def refusal(
    status: int,
    message: str,
    code: str = "BAD_REQUEST",
    *,
    headers: Mapping[str, str] | None = None,
    media_type: str = JSON,
    extensions: Mapping[str, object] | None = None,
) -> Response:
    """A request error: nothing ran, so there is no `data`."""
    body: dict[str, object] = {"errors": [{"message": message, "extensions": {"code": code}}]}
    if extensions:
        body["extensions"] = extensions
    return Response(orjson.dumps(body), status, headers, f"{media_type}; charset=utf-8")


async def turn_away(
    answer: Response, code: int, scope: Scope, receive: Receive, send: Send
) -> None:
    """Answer so, a socket too: its handshake is not done, so it is told by status and words.

    To a close before the handshake a server can only say 403, as if nobody might come again;
    `code` is for a server that cannot answer otherwise.
    """
    answers = "websocket.http.response" in (scope.get("extensions") or {})
    if scope["type"] == "websocket" and not answers:
        await send({"type": "websocket.close", "code": code})
    else:
        await answer(scope, receive, send)


def preferred(accept: str | None, offers: Sequence[str]) -> str | None:
    """The first of `offers` that the client names, by its weights, then by its order."""
    named: list[tuple[float, int, str]] = []
    for place, part in enumerate((accept or "").split(",")):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if name in offers:
            named.append((-_weight(parameters), place, name))
    return min(named)[2] if named and min(named)[0] < 0 else None


def _weight(parameters: list[str]) -> float:
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return float(parameter[2:])
            except ValueError:
                return 0.0
    return 1.0
