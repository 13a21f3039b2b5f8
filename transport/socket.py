"""graphql-transport-ws: the messages checked before they are believed, the socket ended in time."""

import asyncio
from collections.abc import Mapping
from contextlib import aclosing, suppress
from typing import Any, Protocol, cast

from cross_web import HTTPException
from graphql import GraphQLError
from starlette.requests import HTTPConnection
from starlette.websockets import WebSocket
from strawberry.asgi import ASGIWebSocketAdapter
from strawberry.http.exceptions import WebSocketDisconnected
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import (
    BaseGraphQLTransportWSHandler,
    Operation,
)
from strawberry.subscriptions.protocols.graphql_transport_ws.types import (
    ConnectionInitMessage,
    Message,
    SubscribeMessage,
)

from schema.extensions.errors import BAD_REQUEST, LIMIT_EXCEEDED, Refused
from transport.audit import Act, act_of
from transport.audit_files import Unwritten
from transport.doors import Doors
from transport.lease import Lease
from transport.messages import fault_of
from transport.tokens import BadToken, MakeContext, NotNow, Viewer
from transport.turns import Asker
from transport.watching import Watch

FORBIDDEN = 4403
AGAIN = 1013
TOO_MANY = Refused("There are too many subscriptions on this socket: end one.", LIMIT_EXCEEDED)


class TextSocket(ASGIWebSocketAdapter):
    """Sends text frames, which the protocol asks for."""

    def __init__(self, view: Any, request: WebSocket, response: WebSocket) -> None:
        """No operation runs yet."""
        super().__init__(view, request, response)
        self.acts: dict[object, Act] = {}  # by the ids of operations

    async def close(self, code: int, reason: str) -> None:
        """Close it, if it is not closed: several may find out at once that it must be."""
        with suppress(RuntimeError):
            await super().close(code, reason)

    async def send_json(self, message: Mapping[str, object]) -> None:
        """Send one message; what answers an operation has its entry first."""
        text = self.view.encode_json_string(message)
        if message["type"] in ("next", "error") and not self._entered(message, text):
            await self.close(code=AGAIN, reason="Try again later")
            raise WebSocketDisconnected
        try:
            await self.ws.send_text(text)
        except RuntimeError as error:  # closed by us meanwhile
            raise WebSocketDisconnected from error

    def _entered(self, message: Mapping[str, Any], text: str) -> bool:
        act = self.acts.get(message["id"])
        if act is None:  # refused before it was looked at
            act = act_of(self.ws).operation("socket")
            act.refused(str(message["payload"][0]["extensions"]["code"]))
        try:
            if act.streams:  # its entry at the end must tell of this too
                act.admit()
            act.saw(text.encode())
            act.write()
        except Unwritten:
            return False
        return True


class Host(Protocol):
    """What a socket needs of the endpoint."""

    context: MakeContext
    doors: Doors
    watch: Watch

    async def viewer(self, connection: HTTPConnection, token: str | None) -> Viewer | None:
        """Who is asking; raises BadToken or NotNow."""


class Socket(BaseGraphQLTransportWSHandler[Any, None]):
    """One connection."""

    _ending: asyncio.Task[None] | None = None
    _streams = 0

    @property
    def _host(self) -> Host:
        return cast("Host", self.view)

    async def handle_message(self, message: Message) -> None:
        """Close on anything that is no message of the protocol."""
        if fault := fault_of(message):
            await self.handle_invalid_message(fault)
        else:
            await super().handle_message(message)

    async def handle_connection_init(self, message: ConnectionInitMessage) -> None:
        """Find out who is asking, by the payload's Authorization."""
        payload = message.get("payload") or {}
        if not self.connection_init_received and not self.connection_timed_out:
            try:
                await self._welcome(payload)
            except BadToken:
                act_of(cast("TextSocket", self.websocket).ws).refused("UNAUTHENTICATED")
                await self.websocket.close(code=FORBIDDEN, reason="Forbidden")
                return
            except (NotNow, Unwritten):
                await self.websocket.close(code=AGAIN, reason="Try again later")
                return
        await super().handle_connection_init({"type": "connection_init", "payload": payload})

    async def handle_subscribe(self, message: SubscribeMessage) -> None:
        """Find the document that is meant, so that text is no way around trusted ones."""
        if self.connection_acknowledged and message["id"] not in self.operations:
            trusted = self._host.doors.trusted
            try:
                text = trusted.text(message["payload"])
                trusted.admit(self.context.viewer, text)
            except HTTPException as fault:
                code = getattr(fault, "code", BAD_REQUEST)
                error: Any = {"message": fault.reason, "extensions": {"code": code}}
                await self.send_message({"id": message["id"], "type": "error", "payload": [error]})
                return
            message["payload"]["query"] = text
        await super().handle_subscribe(message)

    async def send_message(self, message: Message) -> None:
        """Send one message; the one error without a code is the limit of operations."""
        if message["type"] == "error":
            for error in cast("list[dict[str, Any]]", message["payload"]):
                error.setdefault("extensions", {}).setdefault("code", LIMIT_EXCEEDED)
        await super().send_message(message)

    async def handle_task_exception(self, error: Exception) -> None:
        """Log a fault; that the socket is closed by now is none."""
        if not isinstance(error, WebSocketDisconnected):
            await super().handle_task_exception(error)

    async def shutdown(self) -> None:
        """End all operations."""
        if self._ending:
            self._ending.cancel()
        await super().shutdown()

    async def _welcome(self, payload: Mapping[str, Any]) -> None:
        connection = cast("TextSocket", self.websocket).ws
        viewer = await self._host.viewer(connection, _token(payload))
        self.context = self._host.context(connection, viewer)
        act = act_of(connection)
        act.admit()
        signed = act.operation("socket")
        signed.ended("OK", "ALLOWED")
        signed.write("SIGN_IN")
        self._ending = asyncio.create_task(self._end(viewer, act))

    async def _end(self, viewer: Viewer | None, act: Act) -> None:
        """Close once the right to ask has ended, or nothing more can be entered."""
        lease = Lease(viewer, self._host.doors.holds, act)
        await lease.look()
        if lease.unwritten:
            await self.websocket.close(code=AGAIN, reason="Try again later")
        else:
            await self.websocket.close(code=FORBIDDEN, reason="Forbidden")

    async def _send_result_stream(self, operation: Operation[Any, None], source: Any) -> None:
        connection = cast("TextSocket", self.websocket)
        act = connection.acts[operation.id] = act_of(connection.ws).operation("socket")
        act.by(getattr(self.context, "viewer", None))
        try:
            act.admit()
            await self._watched(operation, source, act)
        except Unwritten:
            await connection.close(code=AGAIN, reason="Try again later")
        finally:
            if connection.acts.get(operation.id) is act:
                del connection.acts[operation.id]
            if not act.written:
                act.fields.setdefault("code", "NOT_ANSWERED")
                act.last()

    async def _watched(self, operation: Operation[Any, None], source: Any, act: Act) -> None:
        watch = self._host.watch
        seen = watch.operation(operation.query, operation.operation_name, act, operation.variables)
        lasts = seen.kind == "subscription"
        if lasts and self._streams >= self._host.doors.socket_streams:
            seen.ended(LIMIT_EXCEEDED)
            act.refused(LIMIT_EXCEEDED)
            await operation.send_initial_errors([TOO_MANY])
            return
        self._streams += lasts
        try:
            connection = cast("TextSocket", self.websocket).ws
            viewer = getattr(self.context, "viewer", None)
            asker = Asker.of(self._host.doors, viewer, connection)
            # Closed here: else one cut off while it sends is counted until it is collected.
            async with aclosing(watch.stream(source, seen, asker, viewer)) as results:
                await super()._send_result_stream(operation, results)
        finally:
            self._streams -= lasts

    @staticmethod
    def _get_pre_execution_close_reason(error: GraphQLError) -> str | None:  # noqa: ARG004
        """One faulty document does not close the socket of the others."""
        return None


def _token(payload: Mapping[str, Any]) -> str | None:
    given = payload.get("Authorization", payload.get("authorization"))
    if given is not None and not isinstance(given, str):
        raise BadToken("The authorization must be text.")
    return given
