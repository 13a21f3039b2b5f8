"""What is asked of each side, and what both must answer alike."""

import base64
import json
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import httpx2

from benchmarks.rows import FIRST, SECOND, TRADE, account_id, broker
from benchmarks.servers import Side
from benchmarks.world import CHAIN, PORTFOLIO, World
from graph import ids

HERE = Path(__file__).parent
VARIANTS = 50  # different variables for one question, in turn
PAGE, DEEP = 50, 1000  # the deep page is number 1,000, or the middle of a smaller graph
ASKED = 6  # times, at most, before measuring
Variables = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """One question: our document with its variables, and the peer's forms of it with theirs."""

    name: str
    title: str
    ours: list[Variables]
    peer: dict[str, list[Variables]] = field(default_factory=dict)
    alike: bool = True  # whether both must find the same names
    once: bool = False  # ours tells each once, the peer as often as a way leads there
    file: str = ""  # of our document, if it is another question's too

    def document(self, form: str | None = None) -> str:
        """The text of ours, or of a form of the peer's."""
        if form is None:
            path = HERE / "operations" / f"{self.file or self.name}.graphql"
        else:
            path = HERE / "peer" / "operations" / f"{form}.graphql"
        return path.read_text(encoding="utf-8")


class Places:
    """Where pages of all accounts by name begin: cursors of ours, and the last row before each."""

    def __init__(self, side: Side) -> None:
        """Places at one server."""
        self._side = side
        self._rows: list[tuple[str, str, str]] = []
        self._more = True

    def row(self, offset: int) -> tuple[str, str, str]:
        """Cursor, name and id of the row before this offset, from 1; the last if there are less."""
        text = "query ($after: String) { accounts(first: 100, after: $after, orderBy: NAME_ASC) {"
        text += " edges { cursor node { id name } } pageInfo { hasNextPage } } }"
        while self._more and len(self._rows) < offset:
            after = self._rows[-1][0] if self._rows else None
            page = ask(self._side, text, {"after": after})["accounts"]
            self._rows += [
                (edge["cursor"], edge["node"]["name"], _own(edge["node"]["id"]))
                for edge in page["edges"]
            ]
            self._more = page["pageInfo"]["hasNextPage"]
        return self._rows[min(offset, len(self._rows)) - 1]


def questions(world: World, side: Side) -> list[Question]:
    """All questions, with variables that find something in this world."""
    random = Random("questions")
    places = Places(side)
    deep = min(DEEP, world.size // PAGE // 2) * PAGE
    importers = [place for place in random.sample(range(world.size), VARIANTS * 3)
                 if place % 10 != 9 and not broker(place)][:VARIANTS]  # fmt: skip
    some = [{"id": account_id(place)} for place in importers]
    centers = [{"center": f"CEE{number:03d}", "status": "ACTIVE"} for number in range(1, 11)]
    managers = [{"id": f"M-{random.randrange(world.size // PORTFOLIO)}"} for _ in range(VARIANTS)]
    tops = [
        {"id": f"H-{place - place % CHAIN}"}
        for place in random.sample(range(world.holdings), min(VARIANTS, world.holdings))
    ]
    owned = [{"id": f"O-{place}"} for place in random.sample(range(world.size), VARIANTS)]
    words = [{"text": _words(random)} for _ in range(VARIANTS)]
    hub = {"id": world.brokers[0].partition(":")[2]}
    cursor, name, own = places.row(deep)
    offset = base64.b64encode(f"arrayconnection:{deep - 1}".encode()).decode()
    pages = [None, *(places.row(100 * page)[0] for page in range(1, 10))]
    thousand = {f"a{page}": after for page, after in enumerate(pages)}
    return [
        Question("a_point", "account by importer number",
                 [{"number": world.number(place)} for place in importers],
                 {"a_point": [{"number": world.lookup(place)} for place in importers]}),
        Question("b_card", "account card", _global("Account", some), {"b_card": some}),
        Question("c_list", "50 accounts of a Center by name", centers,
                 {"c_list": centers, "c_list_array": centers}),
        Question("d_deep", f"page {deep // PAGE:,} of all accounts", [{"after": cursor}],
                 {"d_deep": [{"after": offset}], "d_deep_manual": [{"name": name, "id": own}]}),
        Question("d_first", "page 1 of all accounts", [{"after": None}], file="d_deep"),
        Question("e_caseload", "a manager's caseload", _global("AccountManager", managers),
                 {"e_caseload": managers}),
        Question("f_tree", "what a party owns, four levels", _global("Party", tops),
                 {"f_tree": tops}, once=True),
        Question("g_owners", "owners above, with the shares of each path",
                 _global("Party", owned), {"g_owners": owned}, alike=False),
        Question("h_hub", "clients of the biggest broker", _global("Account", [hub]),
                 {"h_hub": [hub]}, alike=False),
        Question("i_search", "search by words", words, {"i_search": words}, alike=False),
        Question("j_rows", "1,000 rows of 8 scalars", [thousand],
                 {"j_rows": [{"after": ""}]}, alike=False),
    ]  # fmt: skip


def _own(global_id: str) -> str:
    """The business id in a global one, for a server that knows no other."""
    return ids.decode(global_id).partition(":")[2]


def _global(kind: str, variables: list[Variables]) -> list[Variables]:
    return [{"id": ids.encode(f"{kind}:{each['id']}")} for each in variables]


def _words(random: Random) -> str:
    return f"{random.choice(FIRST)} {random.choice(SECOND)} {random.choice(TRADE)}"


def ask(side: Side, text: str, variables: Variables) -> Any:
    """The data of an answer; raises AssertionError with the first error's words.

    On a busy machine planning a statement alone may take its whole time, or a walk's: then it is
    asked again.
    """
    message = ""
    for more in range(ASKED, 0, -1):
        answer = httpx2.post(
            side.url,
            json={"query": text, "variables": variables},
            headers=side.headers,
            timeout=120,
        ).json()  # fmt: skip
        if not answer.get("errors"):
            if more == 1 or "TIMED_OUT" not in json.dumps(answer["data"]):
                return answer["data"]
            continue
        message = answer["errors"][0]["message"]
        if "time limit" not in message:
            break
    raise AssertionError(message)


def names(answer: Any) -> list[str]:
    """Every name in an answer, in its order: what both sides must have in common."""
    if isinstance(answer, dict):
        own = [answer["name"]] if isinstance(answer.get("name"), str) else []
        return own + [each for value in answer.values() for each in names(value)]
    if isinstance(answer, list):
        return [each for value in answer for each in names(value)]
    return []
