"""`make bench`: the product beside its peer, interleaved, on the same database.

Usage: python -m benchmarks [--only a_point,c_list] [--rounds 3] [--seconds 2] [--accounts 100000]
       [--port 8781]
"""

import asyncio
import json
import subprocess
from contextlib import ExitStack
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from benchmarks.build import KEY, built
from benchmarks.measure import Round, fire
from benchmarks.questions import Question, ask, names, questions
from benchmarks.servers import Side, database, ours, peer, ready
from benchmarks.table import table
from benchmarks.world import World
from graph.identifiers import IdentifierKey

FOLDER = Path("var/bench")
RESULTS = Path(__file__).parent / "results"
SMALL = 10  # the small graph has so many times fewer accounts
LEVELS = (1, 16)
terminal = Console(stderr=True, highlight=False)


def main(
    only: Annotated[str, typer.Option(help="Names of questions, by commas; all if none.")] = "",
    rounds: Annotated[int, typer.Option(help="Rounds of everything, interleaved.")] = 3,
    seconds: Annotated[float, typer.Option(help="Length of one measurement.")] = 2.0,
    accounts: Annotated[int, typer.Option(help="Size of the large graph.")] = 100_000,
    port: Annotated[int, typer.Option(help="The first of the four servers' ports.")] = 8781,
) -> None:
    """Build both graphs if need be, measure, and write a table and all figures."""
    large = asyncio.run(built(FOLDER, accounts, terminal.print))
    small = asyncio.run(built(FOLDER, accounts // SMALL, terminal.print))
    wanted = set(filter(None, only.split(",")))
    with ExitStack() as stack:
        address, store = stack.enter_context(database(large))
        other, stock = stack.enter_context(database(small))
        side = stack.enter_context(ours("ours", port, large, address, store))
        little = stack.enter_context(ours("small", port + 1, small, other, stock))
        peers = [
            stack.enter_context(peer(name, port, address, store))
            for name, port in zip(("apollo", "yoga"), (port + 2, port + 3), strict=True)
        ]
        terminal.print("Waiting until all statements are planned")
        ready(side.url)
        ready(little.url)
        asked = _asked(accounts, large, side, wanted)
        asked_small = _asked(accounts // SMALL, small, little, wanted)
        for question in asked:
            _agree(question, side, peers)
        found = _measure(asked, asked_small, (side, little, *peers), rounds, seconds)
    _keep(found, {each.name: each.title for each in asked}, accounts, rounds, seconds)


def _asked(accounts: int, folder: Path, side: Side, wanted: set[str]) -> list[Question]:
    world = World(accounts, IdentifierKey.at(folder / KEY))
    return [each for each in questions(world, side) if not wanted or each.name in wanted]


def _agree(question: Question, side: Side, peers: list[Side]) -> None:
    """Both must find the same: a fast wrong answer is none."""
    own = names(ask(side, question.document(), question.ours[0]))
    for form, variables in question.peer.items():
        try:
            theirs = names(ask(peers[0], question.document(form), variables[0]))
        except AssertionError as error:
            terminal.print(f"The peer cannot answer {form}: {error}", markup=False)
            continue
        if question.once:
            theirs = sorted(set(theirs))
        if question.alike and sorted(own) != sorted(theirs):
            odd = set(own) ^ set(theirs)
            raise SystemExit(f"{form}: the answers differ, {len(own)} {len(theirs)} {odd}")
        if len(own) != len(theirs):
            terminal.print(f"{form}: {len(own)} names from us, {len(theirs)} from the peer")


def _measure(asked: list[Question], small: list[Question], sides: tuple[Side, ...],
             rounds: int, seconds: float) -> list[Round]:  # fmt: skip
    side, little, *peers = sides
    found = []
    for number in range(rounds):
        for question, other in zip(asked, small, strict=True):
            for connections in LEVELS:
                runs = [(side, question.document(), question.ours, "ours"),
                        (little, other.document(), other.ours, "ours")]  # fmt: skip
                runs += [
                    (each, question.document(form), variables, form)
                    for each in peers
                    for form, variables in question.peer.items()
                ]
                turn = number % len(runs)  # nobody is always first
                for each, text, variables, form in runs[turn:] + runs[:turn]:
                    found.append(
                        fire(each, text, variables, connections, seconds,
                             question=question.name, form=form)
                    )  # fmt: skip
            terminal.print(f"round {number + 1} of {rounds}: {question.name}")
    return found


def _keep(found: list[Round], titles: dict[str, str], accounts: int, rounds: int,
          seconds: float) -> None:  # fmt: skip
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    ).stdout.strip()
    text = table(found, titles)
    at = datetime.now(UTC)
    RESULTS.mkdir(exist_ok=True)
    kept = {"at": at.isoformat(), "commit": commit, "accounts": accounts, "rounds": rounds,
            "seconds": seconds, "measurements": [asdict(each) for each in found]}  # fmt: skip
    (RESULTS / f"{at:%Y-%m-%d}-{commit}.json").write_text(json.dumps(kept, indent=1))
    (RESULTS / "latest.md").write_text(text)
    Console(highlight=False, width=220).print(text, markup=False)


if __name__ == "__main__":
    typer.run(main)
