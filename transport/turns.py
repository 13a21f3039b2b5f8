"""What an operation passes before it runs, whichever way it came, and what it pays after."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from starlette.requests import HTTPConnection
from strawberry.types import ExecutionResult

from schema.extensions.documents import Estimate
from transport.budget import Allowance, Bill
from transport.doors import Doors
from transport.tokens import Viewer


@dataclass(frozen=True, slots=True)
class Asker:
    """Who has to pay for an operation."""

    caller: str
    allowance: Allowance

    @classmethod
    def of(cls, doors: Doors, viewer: Viewer | None, connection: HTTPConnection) -> "Asker":
        """The viewer, or the address of somebody who is not signed in."""
        if viewer is not None:
            return cls(f"viewer {viewer.id}", doors.allowance(viewer))
        host = connection.client.host if connection.client else ""
        return cls(f"nobody at {host}", doors.allowance(None))


@asynccontextmanager
async def turn(doors: Doors, asker: Asker, estimate: Estimate) -> AsyncIterator[Bill | None]:
    """Reserve points and take a turn; raises TurnedAway. The bill is settled after the block."""
    async with AsyncExitStack() as stack:
        bill = None
        if doors.budget:
            reserved = doors.budget.reserved(asker.caller, asker.allowance, estimate)
            bill = await stack.enter_async_context(reserved)
        at_once = asker.allowance.at_once
        await stack.enter_async_context(doors.admission.turn(asker.caller, at_once))
        if bill:
            bill.begun()
        yield bill


def told(result: ExecutionResult, bill: Bill | None) -> None:
    """Say in the answer what it cost."""
    if bill:
        result.extensions = {**(result.extensions or {}), "cost": bill.told()}
