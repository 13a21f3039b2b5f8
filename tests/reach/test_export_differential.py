"""An export holds what it would hold if what is out of reach were not there, byte for byte."""

import io
import os
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from graph import ids
from graph.errors import BadInput, Forbidden
from graph.export.writing import FORMS
from graph.identifiers import IdentifierKey
from graph.load.write import write
from graph.reach import forget
from graph.session import Graph
from graph.terms import CompletenessState, FileFormat, Permission
from graph.walks import USUAL, Walk
from tests.conftest import EMPTY
from tests.jobs.written import made, places
from tests.reach.cutting import Dump, by_kind, restore, without
from tests.reach.random_world import RECORDED, program
from tests.reach.test_differential import PEOPLE, RISK, Somebody, service

GRAPHS = int(os.environ.get("DIFFERENTIAL_GRAPHS", "50")) // 16
LEDGER = service(RISK, Permission.READ_OWNERSHIP, Permission.READ_PERFORMANCE, Permission.EXPORT)
EVERYBODY = [*PEOPLE[:4], LEDGER, PEOPLE[5]]
EXPORTS = {"M-1", "M-3", "M-2", "service:ledger"}
OWNING = ("OWNS", "CONTROLS", "HOLDS", "IDENTIFIES")


async def told(graph: Graph, one: Somebody, folder: Path, seed: int, dump: Dump) -> list[object]:
    """What this caller is given around some things, in every format, and how it was asked."""
    forget(graph, lambda: 0.0)
    keys = by_kind(dump.nodes)
    every = sorted(keys["Party"] + keys["Account"] + keys["ImporterNumber"])
    random = Random(f"{seed} {one.viewer.id}")
    found: list[object] = []
    for format_ in random.sample(sorted(FORMS), 2):
        middle = {
            random.choice(keys["Party"]),
            random.choice(every if len(found) else keys["Party"]),
        }
        walk = Walk(types=random.choice((USUAL, OWNING)), max_degree=random.choice((None, 4)))
        where = places(folder)
        before = graph.statements
        try:
            done = await made(
                graph, where, *sorted(middle), depth=3, format_=FileFormat(format_), walk=walk,
                viewer=one.viewer, known=datetime.now(UTC),
            )  # fmt: skip
        except (BadInput, Forbidden) as error:
            found.append((format_, str(error), graph.statements - before))
            continue
        state = done.completeness
        marked = state.state is CompletenessState.REDACTED
        found.append(
            (
                body(where.file.read_bytes()),
                (state.explored_nodes, state.explored_edges),
                None if marked else state.state,
                graph.statements - before,
            )
        )
    return found


def body(file: bytes) -> list[bytes]:
    """A file without what it tells of itself."""
    if file.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(file)) as packed:
            return [packed.read(name) for name in packed.namelist() if name != "manifest.json"]
    lines = file.splitlines()
    return [line for line in lines if b"policyVersion" not in line and b"knownAt" not in line]


async def test_an_export_is_that_of_a_graph_without_what_is_out_of_reach(
    graph: Graph, key: IdentifierKey, tmp_path: Path
) -> None:
    given = refused = hiding = 0
    for seed in range(GRAPHS):
        await graph.schema(EMPTY)
        await write(graph, program(key, seed), at=RECORDED)
        dump = await Dump.read(graph)
        for one in EVERYBODY:
            hidden = dump.hidden(one.accounts(dump), one.veiled)
            whole = await told(graph, one, tmp_path, seed, dump)
            await without(graph, hidden)
            cut = await told(graph, one, tmp_path, seed, dump)
            await restore(graph, dump, hidden)
            assert whole_or(whole) == whole_or(cut), (seed, one.viewer.id)
            given += sum(isinstance(each[0], list) for each in whole)  # type: ignore[index]
            refused += one.viewer.id not in EXPORTS
            hiding += bool(hidden.nodes)
            inside = b"".join(b"".join(each[0]) for each in whole if isinstance(each[0], list))  # type: ignore[index]
            for key_ in (node.key for node in hidden.nodes if "Entity" in node.labels):
                assert ids.encode(key_).encode() not in inside, key_
    assert given > GRAPHS * 3
    assert refused == GRAPHS * 2
    assert hiding > GRAPHS


def whole_or(found: list[object]) -> list[object]:
    """REDACTED, of a caller who sees less, is COMPLETE of a graph that has no more."""
    return [
        (*each[:2], None if each[2] is CompletenessState.COMPLETE else each[2], each[3])
        if isinstance(each, tuple) and len(each) == 4
        else each
        for each in found
    ]


@pytest.mark.parametrize("one", [PEOPLE[3], PEOPLE[5]], ids=lambda one: one.viewer.id)
async def test_who_may_not_export_is_given_nothing(
    graph: Graph, tmp_path: Path, one: Somebody
) -> None:
    with pytest.raises(Forbidden, match="EXPORT"):
        await made(graph, tmp_path, viewer=one.viewer)
