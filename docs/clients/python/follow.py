"""Write each change of the graph to standard output; go on after the last one if it is lost."""

import asyncio
import json
import os
import sys
from pathlib import Path

from gql import Client, gql
from gql.transport.exceptions import TransportError, TransportQueryError
from gql.transport.websockets import WebsocketsTransport
from websockets.exceptions import WebSocketException

FOLLOW = """
  subscription Follow($after: String) {
    changes(after: $after) {
      kind
      cursor
      change { id kind recordedAt account { id } subject { label } }
    }
  }
"""
PASSING = {"LIMIT_EXCEEDED", "UNAVAILABLE", "TIMED_OUT"}  # codes after which it helps to come again


async def listen(url: str, file: Path) -> None:
    """Take the events of one connection, until it is lost."""
    token = os.environ.get("TOKEN")
    transport = WebsocketsTransport(
        url=url,
        subprotocols=["graphql-transport-ws"],
        init_payload={"Authorization": f"Bearer {token}"} if token else {},
    )
    request = gql(FOLLOW)
    request.variable_values = {"after": file.read_text() if file.exists() else None}
    async with Client(transport=transport) as session:
        async for data in session.subscribe(request):
            event = data["changes"]
            if event["kind"] == "GAP":
                print("Changes were missed: read anew what you keep of the graph.", file=sys.stderr)
            if event["change"]:
                print(json.dumps(event["change"]), flush=True)
            file.write_text(event["cursor"])  # after the work: what is lost in between comes again


async def follow(url: str, file: Path) -> None:
    """Listen, again and again."""
    while True:
        try:
            await listen(url, file)
        except TransportQueryError as error:
            codes = {each.get("extensions", {}).get("code") for each in error.errors or ()}
            if not codes <= PASSING:
                raise
        except (TransportError, WebSocketException, OSError):
            pass
        await asyncio.sleep(0.5)


if __name__ == "__main__":
    address = sys.argv[1] if len(sys.argv) > 1 else "ws://127.0.0.1:8000/graphql"
    asyncio.run(follow(address, Path(sys.argv[2] if len(sys.argv) > 2 else "cursor.txt")))
