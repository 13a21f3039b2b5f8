"""The gate that answers leave by: what has no entry does not pass."""

import structlog
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from transport.answers import EVENTS, refusal, turn_away
from transport.audit import OK, Act, Audit
from transport.audit_files import Unwritten

UNTOLD = (
    "/health/",
    "/metrics",
    "/graphql/assets/",
    "/explore/assets/",
)  # the same for everybody; facts of no account
WORDS = "The audit cannot be written now, so nothing is answered. Try again later."
UNAVAILABLE = "UNAVAILABLE"
LOST = (
    b'event: next\ndata: {"errors":[{"message":"' + WORDS.encode() + b'","extensions":'
    b'{"code":"UNAVAILABLE"}}]}\n\nevent: complete\ndata: \n\n'
)
AGAIN = 1013


class Audited:
    """ASGI middleware: an entry for each request and socket, before its answer."""

    def __init__(self, app: ASGIApp, audit: Audit) -> None:
        """Stand before `app`."""
        self._app = app
        self._audit = audit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, if there is room for an entry."""
        if scope["type"] == "lifespan" or scope["path"].startswith(UNTOLD):
            await self._app(scope, receive, send)
            return
        act = scope["audit"] = self._act(scope)
        try:
            act.admit()
        except Unwritten:
            await _unavailable(scope, receive, send)
            return
        gate = (Socket if scope["type"] == "websocket" else Answer)(act, scope, receive, send)
        try:
            await self._app(scope, receive, gate.send)
        finally:
            gate.gone()

    def _act(self, scope: Scope) -> Act:
        fields = {"request": structlog.contextvars.get_contextvars().get("request_id")}
        if client := scope.get("client"):
            fields["address"] = client[0]
        return Act(self._audit, "socket" if scope["type"] == "websocket" else "http", **fields)


class Answer:
    """One answer: its head is held until its entry is written with what the body tells."""

    def __init__(self, act: Act, scope: Scope, receive: Receive, send: Send) -> None:
        """Hold nothing yet."""
        self._act, self._scope, self._receive, self._send = act, scope, receive, send
        self._held: Message | None = None
        self._status, self._events, self._json, self._lost = 0, False, False, False

    async def send(self, message: Message) -> None:
        """Let a message leave, once there is an entry of it."""
        if message["type"] == "http.response.start":
            await self._start(message)
        elif not self._lost:
            await self._rest(message)

    def gone(self) -> None:
        """Nothing more leaves; if nothing did, that is written too."""
        if not self._act.written:
            self._act.fields.setdefault("code", "NOT_ANSWERED")
            self._act.last()

    async def _start(self, message: Message) -> None:
        kind = Headers(scope={"type": "http", **message}).get("content-type", "")
        self._status, self._events = message["status"], kind.startswith(EVENTS)
        self._json = self._events or "json" in kind
        if self._events:  # says nothing, and the client waits for it
            await self._send(message)
        else:
            self._held = message

    async def _rest(self, message: Message) -> None:
        body = message.get("body", b"")
        if self._json:
            self._act.saw(body)
        alive = self._events and body.startswith(b":")
        if not self._act.written and not alive:
            try:
                self._write()
            except Unwritten:
                await self._refuse()
                return
        if self._held:
            held, self._held = self._held, None
            await self._send(held)
        await self._send(message)

    def _write(self) -> None:
        if "code" not in self._act.fields:
            if self._status < 400:
                self._act.ended(OK, "ALLOWED")
            else:
                self._act.ended(f"HTTP_{self._status}", "NOT_RUN")
        self._act.fields["status"] = self._status
        self._act.write()

    async def _refuse(self) -> None:
        self._lost = True
        if self._events:
            await self._send({"type": "http.response.body", "body": LOST, "more_body": False})
        else:
            await _unavailable(self._scope, self._receive, self._send)


class Socket:
    """One socket: what leaves on it is looked at by who sends it, its ends are written here."""

    def __init__(self, act: Act, _scope: Scope, _receive: Receive, send: Send) -> None:
        """Begin."""
        self._act, self._send = act, send
        self._ended = False

    async def send(self, message: Message) -> None:
        """Let a message leave; a close or a refusal has its entry first."""
        if message["type"] == "websocket.close":
            self._end(f"CLOSED_{message.get('code', 1000)}")
        elif message["type"] == "websocket.http.response.start":
            self._end(f"HTTP_{message['status']}")
        await self._send(message)

    def gone(self) -> None:
        """The socket is closed, by whomever."""
        self._end("CLOSED")

    def _end(self, code: str) -> None:
        if not self._ended:
            self._ended = True
            self._act.fields["code"] = code
            self._act.last("SOCKET_END")


async def _unavailable(scope: Scope, receive: Receive, send: Send) -> None:
    answer = refusal(503, WORDS, UNAVAILABLE, headers={"Retry-After": "5"})
    await turn_away(answer, AGAIN, scope, receive, send)
