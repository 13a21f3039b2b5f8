"""The GraphQL endpoint over HTTP, event streams and sockets."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import timedelta
from typing import Any, cast

import orjson
from cross_web import AsyncHTTPRequestAdapter, HTTPException
from graphql import GraphQLError
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.http import GraphQLHTTPResponse, GraphQLRequestData
from strawberry.subscriptions import GRAPHQL_SSE_PROTOCOL, GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.types import ExecutionResult
from strawberry.types.execution import PreExecutionError
from strawberry.types.graphql import OperationType

from schema.extensions.guarded import Schema
from transport import reading
from transport.answers import JSON, RESPONSE, preferred
from transport.audit import act_of
from transport.bearer import signed_in
from transport.doors import Doors
from transport.leaving import until_gone
from transport.refusals import outcome, refused
from transport.socket import Socket, TextSocket
from transport.sse import Events
from transport.tokens import MakeContext, Viewer
from transport.turns import Asker, told, turn
from transport.watching import Seen, Watch

ALLOWED = {"GET": {OperationType.QUERY}, "POST": {OperationType.QUERY, OperationType.MUTATION}}


class Endpoint(GraphQL[Any, None]):
    """Strawberry's view, strict about requests and exact about answers."""

    graphql_transport_ws_handler_class = Socket
    websocket_adapter_class = TextSocket
    stream_transport_classes_by_protocol = {GRAPHQL_SSE_PROTOCOL: Events}

    def __init__(self, schema: Schema, context: MakeContext, doors: Doors, watch: Watch) -> None:
        """Answer for `schema`, each operation with a `context` of its own."""
        super().__init__(
            schema,
            graphql_ide=None,
            subscription_protocols=(GRAPHQL_TRANSPORT_WS_PROTOCOL, GRAPHQL_SSE_PROTOCOL),
            connection_init_wait_timeout=timedelta(seconds=doors.init_wait),
            max_subscriptions_per_connection=doors.socket_operations,
            allowed_origins=doors.origins,
        )
        self.context = context
        self.watch = watch
        self.doors = doors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or hold a socket."""
        if scope["type"] == "http":
            request = Request(scope, receive)
            response = await self._answer(request)
            try:
                await response(scope, receive, send)
            finally:
                await _ended(request, response)
        else:
            await super().__call__(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        try:
            return await self.run(request)
        except Exception as error:  # the last place where it can be told in JSON
            act_of(request).refused(outcome(error))
            return refused(error, request)

    async def viewer(self, connection: HTTPConnection, token: str | None) -> Viewer | None:
        """Who is asking; raises BadToken or NotNow. Beside a token no cookie is looked at."""
        client, cookies = connection.client, self.doors.cookies
        found = await cookies.viewer(connection) if cookies and token is None else None
        found = found or await self.doors.authenticate(token, client.host if client else None)
        act_of(connection).by(found)
        return found

    async def get_context(
        self,
        request: Request | WebSocket,
        response: Response | WebSocket,  # noqa: ARG002
    ) -> Any:
        """The context of a request; a socket gets its own once it said who it is."""
        if isinstance(request, WebSocket):
            return None
        if request.method not in ALLOWED:
            raise HTTPException(405, "Ask by GET or POST.")
        return self.context(request, await signed_in(request, self.viewer))

    def should_render_graphql_ide(self, request: object) -> bool:  # noqa: ARG002
        """Never: the page is served elsewhere."""
        return False

    async def get_sub_response(self, request: Request | WebSocket) -> Response:
        """A note of the media type that the client wants."""
        note = await super().get_sub_response(request)
        note.media_type = preferred(request.headers.get("accept"), (RESPONSE, JSON)) or JSON
        return note

    async def parse_http_body(self, request: AsyncHTTPRequestAdapter) -> GraphQLRequestData:
        """What is asked."""
        stream = self._get_stream_transport_from_headers(request.headers)
        if request.method == "GET":
            reading.require_same_site(request.headers)
            body: object = reading.query_string(request.query_params)  # type: ignore[arg-type]
        else:
            reading.require_json(request.content_type)
            body = self.parse_json(await request.get_body())
        return reading.asked(body, stream.protocol if stream else "http", self.doors.trusted)

    async def execute_operation(
        self,
        request: Request,
        request_adapter: AsyncHTTPRequestAdapter,  # noqa: ARG002
        request_data: Any,
        context: Any,
        root_value: None,
        sub_response: Response,  # noqa: ARG002
    ) -> Any:
        """Run it, at once or as a stream."""
        asked: GraphQLRequestData = request_data
        self.doors.trusted.admit(context.viewer, asked.query or "")
        given = {
            "query": asked.query,
            "variable_values": asked.variables,
            "context_value": context,
            "root_value": root_value,
            "operation_name": asked.operation_name,
        }
        stream = asked.protocol == "sse"
        act = act_of(request)
        act.fields["way"] = "sse" if stream else "http"
        seen = self.watch.operation(asked.query or "", asked.operation_name, act, asked.variables)
        asker = Asker.of(self.doors, context.viewer, request)
        allowed = ALLOWED[request.method]
        if not stream:
            return await self._execute(request, given, allowed, seen, asker)
        source = await self.schema.stream(
            **given, allowed_operation_types={*allowed, OperationType.SUBSCRIPTION}
        )
        request.state.stream = self.watch.stream(source, seen, asker, context.viewer)
        return request.state.stream

    async def _execute(
        self,
        request: Request,
        given: dict[str, Any],
        allowed: set[OperationType],
        seen: Seen,
        asker: Asker,
    ) -> ExecutionResult:
        try:
            async with turn(self.doors, asker, seen.estimate) as bill, until_gone(request):
                async with asyncio.timeout(self.doors.deadline):
                    result = await self.schema.execute(**given, allowed_operation_types=allowed)
                if bill:
                    bill.answered(result.data)
        except Exception as error:
            seen.ended(outcome(error))
            raise
        told(result, bill)
        seen.charged(bill)
        seen.tells(result)
        seen.answered(result.errors)
        return result

    async def process_result(
        self, request: Request, result: ExecutionResult
    ) -> GraphQLHTTPResponse:
        """The answer; where nothing ran, there is no `data`."""
        answer = await super().process_result(request, result)
        errors: list[GraphQLError] = result.errors or []
        if isinstance(result, PreExecutionError) or (errors and not any(e.path for e in errors)):
            answer.pop("data", None)
        return answer

    def create_response(self, response_data: Any, sub_response: Response) -> Response:
        """The answer in the media type asked for; only the newer one has telling statuses."""
        media_type = sub_response.media_type
        status = 400 if media_type == RESPONSE and "data" not in response_data else 200
        body = self.encode_json(response_data)
        return Response(body, status, media_type=f"{media_type}; charset=utf-8")

    def decode_json(self, data: str | bytes) -> object:
        """Strict JSON: in UTF-8, without NaN, not nested without end."""
        decoded: object = orjson.loads(data)
        return decoded

    def encode_json(self, data: object) -> bytes:
        """Compact JSON."""
        return reading.encode(data)


async def _ended(request: Request, response: Response) -> None:
    """Close a stream: one cut off while it sends would run until it is collected."""
    if isinstance(response, StreamingResponse):
        await cast(AsyncGenerator[str, None], response.body_iterator).aclose()
        await request.state.stream.aclose()
