"""Who asked what, written before the answer leaves: no entry, no answer.

An entry holds ids, codes and counts; never a variable, a text of the document, or a name.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from itertools import islice
from typing import Any

import structlog
from graphql import GraphQLError
from starlette.requests import HTTPConnection
from strawberry.types.execution import PreExecutionError

from graph import ids
from graph.classes import Class
from graph.errors import SetupError
from graph.roles import VERSION
from graph.secrecy import tells_ssn
from resolvers import refusals
from schema.extensions.documents import Document
from schema.extensions.uses import Uses
from transport.audit_files import CANNOT, Journal, Unwritten
from transport.collector import Collector
from transport.tokens import Viewer

MOST = 100  # ids of accounts in an entry; the others are counted
COUNTED = 10_000  # of them; a stream that goes on for days must not remember all that it told
# A quoted text that spells `Account:…`; a key of the answer, which a client can choose, has a colon
# behind it.
ACCOUNT = re.compile(rb'"(QWNjb3VudD[o-r][A-Za-z0-9_-]{1,170})"(?!\s*:)')
OBJECT = b'{"'  # in JSON a quote inside of a text has a backslash before it
WITHHELD = frozenset({"UNAUTHENTICATED", "FORBIDDEN"})
OK = "OK"

log = structlog.get_logger("transport.audit")


class Audit:
    """What acts are written to."""

    def __init__(self, journal: Journal, collector: Collector | None = None) -> None:
        """Write there; `collector` is where the journal tells its checkpoints."""
        self.journal = journal
        self.collector = collector

    def begin(self) -> None:
        """Write that the server starts. Raises SetupError."""
        try:
            self.journal.append({"what": "START", "policy": VERSION})
        except Unwritten as error:
            raise SetupError(CANNOT.format(self.journal.folder, error)) from None

    async def ready(self, _: HTTPConnection) -> None:
        """Raises Unwritten while nothing is answered; takes the reserve again once there is room.

        A balancer sends no request while this says so: nobody else would try.
        """
        self.journal.admit()

    async def run(self) -> None:
        """Checkpoints in time, until cancelled."""
        while True:
            await asyncio.sleep(1.0)
            self.journal.tick()
            try:
                await asyncio.to_thread(self.journal.sync)
            except OSError as error:  # what was signed may be lost with the machine's power
                log.error("audit", fault=type(error).__name__, code="NOT_FORCED")


@asynccontextmanager
async def keeping(audit: Audit | None) -> AsyncIterator[None]:
    """Checkpoints while the block runs, and one at its end; nothing without an audit."""
    if audit is None:
        yield
        return
    task = asyncio.create_task(audit.run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        audit.journal.close()
        if audit.collector:
            await asyncio.to_thread(audit.collector.close)


class Act:
    """One request, socket, or operation on a socket."""

    def __init__(self, audit: Audit | None, way: str, **fields: Any) -> None:
        """Begin; without an audit nothing is written."""
        self._audit = audit
        self.written = audit is None
        self.streams = False
        self.what = "REQUEST"
        self.fields: dict[str, Any] = {"way": way, **fields}
        self._accounts: dict[bytes, None] = {}  # in the order in which they are told
        self._objects = 0
        self._refusals: set[str] = set()
        self._class: Class | None = None
        self._told = False
        self._more = False  # whether accounts are no longer counted

    def operation(self, way: str) -> "Act":
        """An operation of the same caller."""
        known = ("address", "request", "caller", "client", "roles")
        same = {name: self.fields[name] for name in known if name in self.fields}
        return Act(self._audit, way, **same)

    def admit(self) -> None:
        """Raises Unwritten while no more entries can be taken."""
        if self._audit:
            self._audit.journal.admit()

    def by(self, viewer: Viewer | None) -> None:
        """Say whose it is."""
        if viewer is None:
            return
        self.fields["caller"] = viewer.id
        self.fields["roles"] = [str(role) for role in getattr(viewer, "roles", ())]
        key = getattr(getattr(viewer, "credential", None), "key", None)
        if key is not None:
            self.fields["client"] = f"key {key.id}"
        elif getattr(getattr(viewer, "credential", None), "session", None):
            self.fields["client"] = "session"
        self._permissions = frozenset(map(str, getattr(viewer, "permissions", ())))

    _permissions: frozenset[str] = frozenset()

    def asks(self, kind: str, name: str | None, document: Document, uses: Uses) -> None:
        """Say what for."""
        self.fields |= {"kind": kind, "document": document.sha256}
        self._refusals = refusals.noting()
        if name is not None:
            self.fields["operation"] = name
        if used := [right for right in uses.rights if right in self._permissions]:
            self.fields["rights"] = used
        if uses.explained:
            self.fields["explained"] = list(uses.explained)

    def ended(self, code: str, decision: str) -> None:
        """Say what came of it."""
        self.fields |= {"code": code, "decision": decision}

    def refused(self, code: str) -> None:
        """Say that nothing ran."""
        self.ended(code, "REFUSED" if code in WITHHELD else "NOT_RUN")

    def told(self, result: Any) -> None:
        """Say what came of it, by the answer."""
        errors: Iterable[GraphQLError] = getattr(result, "errors", None) or ()
        codes = [str((error.extensions or {}).get("code")) for error in errors]
        code = codes[0] if codes else OK
        if isinstance(result, PreExecutionError):
            self.refused(code)
        else:
            self.ended(code, "WITHHELD" if WITHHELD & set(codes) else "ALLOWED")

    def saw(self, told: bytes) -> None:
        """Take note of what leaves."""
        if self._told:
            return
        self._objects += told.count(OBJECT)
        if len(self._accounts) < COUNTED:
            self._accounts.update(dict.fromkeys(ACCOUNT.findall(told)))
        else:
            self._more = True

    def tells(self, accounts: Iterable[str], objects: int) -> None:
        """Take note of a file that leaves: accounts by global id, and how many things there are."""
        self._told = True  # what leaves need not be looked at
        self._objects += objects
        self._accounts.update(dict.fromkeys(account.encode() for account in accounts))

    def reveals(self, class_: Class | None) -> None:
        """Take note of the class of what leaves: the highest counts."""
        if class_ is not None:
            self._class = max(class_, self._class or class_)

    def write(self, what: str | None = None) -> None:
        """Write the entry, once. Raises Unwritten."""
        if self._audit and not self.written:
            self._audit.journal.append(self._entry(what or self.what))
            self.written = True

    def begin_stream(self) -> None:
        """Write that a stream begins. Raises Unwritten."""
        self.ended(OK, "ALLOWED")
        self.write("STREAM_START")
        self.streams = True

    def end_stream(self) -> None:
        """Write that the stream ended, once; it has told all it told by then."""
        if self._audit and self.streams:
            self.streams = False
            self.last("STREAM_END")

    def last(self, what: str | None = None) -> None:
        """Write an entry behind which nothing more leaves, so that nothing is to be refused."""
        if self._audit:
            try:
                self._audit.journal.append(self._entry(what or self.what))
            except Unwritten as error:
                log.error("audit", fault=type(error).__name__, code=what or self.what)
            self.written = True

    def _entry(self, what: str) -> dict[str, Any]:
        entry = {"what": what, **self.fields, "objects": self._objects, "policy": VERSION}
        if self._class is not None:
            entry["class"] = self._class.name
        if self._refusals:
            entry["refusals"] = sorted(self._refusals)
        if self._accounts:
            entry["accountCount"] = len(self._accounts)
            entry |= {"accountCountAtLeast": True} if self._more else {}
            entry["accounts"] = [*filter(None, map(_account, islice(self._accounts, MOST)))]
        return entry


def act_of(connection: HTTPConnection) -> Act:
    """The act that a request or socket is."""
    found = connection.scope.get("audit")
    return found if isinstance(found, Act) else Act(None, "")


def _account(told: bytes) -> str | None:
    """The key behind what looks like an id; None for what a client made up, as a name or alias."""
    try:
        found = ids.KEY.match(ids.decode(told.decode()))
    except ValueError:
        return None
    return None if found is None or tells_ssn(found[0], bare=True) else found[0]
