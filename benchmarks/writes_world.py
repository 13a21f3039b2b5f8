"""What is written and loaded, the same every time; invented."""

from pathlib import Path
from random import Random
from typing import Any

from graph import ids
from graph.identifiers import IdentifierKey
from graph.load.rows import ClaimRow, NodeRow
from tests import worlds

ACCOUNTS, STAFF = 64, 8
UPDATE = """mutation ($input: UpdateAccountInput!) {
  updateAccount(input: $input) { cursor userErrors { code message } } }"""
ASSIGN = """mutation ($input: AssignManagerInput!) {
  assignManager(input: $input) { cursor userErrors { code message } } }"""


def world(key: IdentifierKey) -> list[NodeRow | ClaimRow]:
    """An account for each writer, and staff."""
    rows: list[NodeRow | ClaimRow] = [worlds.center("CEE004", "Apparel")]
    for place in range(STAFF):
        rows += [
            worlds.manager(f"M-{place}", f"Manager {place}"),
            worlds.claim(f"AccountManager:M-{place}", "MEMBER_OF", "Center:CEE004"),
        ]
    for place in range(ACCOUNTS):
        rows += [
            worlds.account(f"A-{place}", f"Importer {place}"),
            worlds.number(key, f"N-{place}", f"61-23450{place:02d}00"),
            worlds.claim(f"ImporterNumber:N-{place}", "IDENTIFIES", f"Account:A-{place}"),
        ]
    return rows


def commands(name: str, writer: int, turn: int) -> dict[str, Any]:
    """A writer's next command, with a key: by turns another name and another manager."""
    account = ids.encode(f"Account:A-{writer}")
    given: dict[str, Any] = {"idempotencyKey": f"{name}-{writer}-{turn}"}
    if turn % 2:
        manager = ids.encode(f"AccountManager:M-{(turn // 2 + writer) % STAFF}")
        given |= {"accountIds": [account], "managerId": manager}
        return {"query": ASSIGN, "variables": {"input": given}}
    given |= {"id": account, "name": f"Importer {name} {turn}"}
    return {"query": UPDATE, "variables": {"input": given}}


def files(folder: Path, relationships: int) -> tuple[Path, Path]:
    """Files of parties, and of shares among them: a few own very many."""
    random, size = Random(8), relationships // 4
    parties, claims = folder / "parties.csv", folder / "relationships.csv"
    with parties.open("w") as file:
        file.write("id,name\n")
        file.writelines(f"P-{place},Company {place}\n" for place in range(size))
    seen: set[tuple[int, int]] = set()
    with claims.open("w") as file:
        file.write("type,from,to,share\n")
        while len(seen) < relationships:
            pair = int(size * random.random() ** 3), random.randrange(size)
            if pair[0] != pair[1] and pair not in seen:
                seen.add(pair)
                file.write(f"OWNS,P-{pair[0]},P-{pair[1]},{random.randint(1, 100)}\n")
    return parties, claims
