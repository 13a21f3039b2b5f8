"""A thousand marked social security numbers go in, and none comes out, wherever one looks."""

import asyncio
import os
import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from graph.export.order import FORMATS
from graph.identifiers import IdentifierKey
from graph.local import joined
from tests.canaries import files, world
from tests.canaries.marks import PLANTED, WAYS, Marks
from tests.canaries.places import NOWHERE, SDL, places
from tests.canaries.product import Product, words_of
from tests.canaries.pushing import PLAIN, TELL, UNRUN, Pushing
from tests.canaries.seeing import Sight
from tests.canaries.stored import dense
from tests.processes import ROOT
from transport.audit_files import Journal

SEED = os.environ.get("CANARY_SEED") or secrets.token_hex(8)
OWN = "own names"
"""Answers that must have a name that the caller gave."""
KINDS = {
    "server.log": "server.log",
    "graph/audit": "graph/audit/",
    "graph/jobs": "graph/jobs/",
    "graph/logs": "graph/logs/",
    "the store": "graph/data/databases/neo4j/neostore.propertystore",
    "the log of transactions": "graph/data/transactions/neo4j/neostore.transaction.db",
    "the database of the system": "graph/data/databases/system/",
}
"""Places where files are left, and how their names begin."""


@dataclass
class Pushed:
    """What was sent, and everything that can be read afterwards."""

    product: Product
    marks: Marks
    pushing: Pushing
    seen: dict[str, list[str]] = field(default_factory=dict)

    def look(self) -> None:
        """Look for all numbers in all that was told and left."""
        sight = Sight(self.marks.sent)
        self.seen = {what: sight.all(bytes(told)) for what, told in self.product.told.items()}
        self.seen |= {name: sight.all(dense(path)) for name, path in self.product.left().items()}

    def planted(self, what: str) -> set[str]:
        """The numbers planted that were seen in the places whose names begin like this."""
        found = (each for name, each in self.seen.items() if name.startswith(what))
        return {where for some in found for where in some if where.startswith(PLANTED)}


@pytest.fixture(scope="module")
def pushed(tmp_path_factory: pytest.TempPathFactory) -> Pushed:
    folder, marks = tmp_path_factory.mktemp("canaries"), Marks(SEED)
    product = Product(folder, marks)
    pushing = Pushing(product, marks)
    try:
        product.wait()
        address = joined(folder / "graph")
        assert address
        asyncio.run(world.written(address, IdentifierKey.at(folder / "keys" / "k"), marks))
        asyncio.run(pushing.all())
        verbs(product, marks, pushing.party)
        product.keep("read back", asyncio.run(world.read_back(address)))
        product.stop()
    finally:
        product.kill()
    plant(product, marks)
    found = Pushed(product, marks, pushing)
    found.look()
    return found


def verbs(product: Product, marks: Marks, party: str) -> None:
    """What is done on the command line while the server runs."""
    taken = product.sent("numbers.csv", files.numbered(marks))
    wrong = {(one.content, one.format): one.text for one in files.files(marks)}
    csv = product.sent("accounts.csv", wrong["accounts", "CSV"])
    lines = product.sent("relationships.jsonl", wrong["relationships", "JSON_LINES"])
    words: list[tuple[int, Sequence[str]]] = [
        (0, ("load", "accounts", str(taken), "--json")),
        (1, ("load", "accounts", str(csv), "--json")),
        (1, ("load", "relationships", str(lines), "--format", "json-lines")),
        *((code, one) for one in words_of(marks) for code in [1 if one[0] == "ask" else 2]),
        *((0, one) for one in (("digest",), ("key", "list"), ("owner", "list"), *AUDITS)),
        (0, ("ask", TELL, "--variables", f'{{"id": "{party}"}}')),
        (0, ("export-schema",)),
    ]
    codes = product.run([one for _, one in words])
    assert [(one[:2], code) for code, (_, one) in zip(codes, words, strict=True)] == [
        (one[:2], code) for code, one in words
    ]


AUDITS = (
    ("audit", "verify"),
    ("audit", "export", "--from", "2020-01-01", "--to", "2099-01-01"),
)


def plant(product: Product, marks: Marks) -> None:
    """Leak a number, in whatever spelling, at the end of each thing told, and in files."""
    ways = list(WAYS.values())
    for turn, what in enumerate(product.told):
        number = ways[turn % len(ways)](marks.planted(f"told: {what}"))
        product.keep(what, f"It was {number} that was told.".encode())
    journal = Journal.at(product.folder / "graph" / "audit", PLANTED, 30, reserve=0)
    journal.append({"what": "REQUEST", "caller": marks.planted("graph/audit")})
    journal.close()
    left = product.left()
    for what in ("graph/jobs", "graph/logs", "the database of the system"):
        path = next(path for name, path in left.items() if name.startswith(KINDS[what]))
        with path.open("ab") as file:
            file.write(f"\nIt was {marks.planted(what)}.\n".encode())


def test_none_is_told_or_left_anywhere(pushed: Pushed) -> None:
    found = {
        what: told
        for what, seen in pushed.seen.items()
        if (told := [where for where in seen if not where.startswith(PLANTED)]) and what != OWN
    }

    assert found == {}, f"CANARY_SEED={SEED}"


def test_a_thousand_numbers_were_sent_to_every_input(pushed: Pushed) -> None:
    sent = set(pushed.marks.sent.values())

    assert {str(place) for place in places()} <= sent
    assert sum(not where.startswith(PLANTED) for where in pushed.marks.sent.values()) >= 1_000
    assert pushed.pushing.codes.keys() & UNRUN == set()
    assert pushed.pushing.codes["told INVALID_FORMAT"] > 1_000
    assert set(SDL.type_map) > NOWHERE


def test_a_file_of_each_format_was_looked_into(pushed: Pushed) -> None:
    exported = pushed.pushing.exported

    assert {job["state"] for job in exported} == {"SUCCEEDED"}
    assert {job["format"] for job in exported} == {each.value for each in FORMATS}
    assert all(job["done"] > 15 for job in exported)
    assert b"***-**-" in pushed.product.told["exports"]  # numbers were there to be told
    assert pushed.planted("exports")


def test_what_is_not_there_yet_need_not_be_looked_at() -> None:
    """Spans: whoever builds them lets this test look there."""
    assert "opentelemetry-instrumentation" not in (ROOT / "requirements.lock").read_text()


def test_checkpoints_were_sent_to_the_collector(pushed: Pushed) -> None:
    assert {path for path, _ in pushed.product.collected} == {"/v1/logs"}


def test_changes_were_sent_to_a_webhook(pushed: Pushed) -> None:
    assert len(pushed.product.hooked) > 100
    assert all(b"account-graph." in told for _, told in pushed.product.hooked)


def test_only_the_name_that_a_caller_gave_is_told_to_the_caller(pushed: Pushed) -> None:
    assert "a name that the caller gave" in pushed.seen[OWN]


def test_every_file_was_loaded_and_told_what_it_refused(pushed: Pushed) -> None:
    jobs = pushed.pushing.jobs

    assert [job["state"] for job in jobs] == ["SUCCEEDED"] * 12
    assert sum(job["count"] for job in jobs) > 1_500
    assert all(0.5 < job["refused"] / job["count"] <= 1 for job in jobs)


def test_what_was_planted_is_seen_in_all_that_was_told(pushed: Pushed) -> None:
    for what in pushed.product.told:
        assert f"{PLANTED} told: {what}" in pushed.planted(what)
    for what in ("answers", "events", "events by socket", "verbs", "read back"):
        assert f"{PLANTED} a DUNS number" in pushed.planted(what)
    assert f"{PLANTED} metrics" in pushed.planted("metrics")


@pytest.mark.parametrize("what", KINDS)
def test_what_was_planted_is_seen_in_the_files_of_each_kind(pushed: Pushed, what: str) -> None:
    planted = {where for where in pushed.marks.sent.values() if where.startswith(PLANTED)}
    wanted = {
        "server.log": {where for where in planted if where.startswith(f"{PLANTED} log at")},
        "the store": {where for where in planted if " the store: " in where}
        | {f"{PLANTED} a DUNS number"},
    }
    wanted["the log of transactions"] = wanted["the store"]

    assert wanted.get(what, {f"{PLANTED} {what}"}) - pushed.planted(KINDS[what]) == set()


def test_what_holds_no_number_is_told_and_stored(pushed: Pushed) -> None:
    """The search looks where things are: what was sent beside the numbers is found there."""
    told = pushed.product.told
    for what in ("answers", "events", "events by socket", "verbs", "read back"):
        assert PLAIN.encode() in told[what]
    assert b"***-**-" in told["read back"]
    assert b"social security number, which is never stored in clear" in told["answers"]
    assert b"INVALID_FORMAT" in told["refused rows"]
    assert b"graphql_operations_total" in told["metrics"]
    left = pushed.product.left()
    kinds = Counter(
        kind for name in left for kind, start in KINDS.items() if name.startswith(start)
    )
    assert set(kinds) == set(KINDS)
    for kind in ("the log of transactions", "the store"):
        names = [name for name in left if name.startswith(KINDS[kind])]
        assert any(PLAIN.encode() in left[name].read_bytes() for name in names), kind
