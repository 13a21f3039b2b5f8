"""What a load refuses: said to a person, kept nowhere, and no reason to keep all in memory."""

import gc
import tracemalloc
from io import StringIO
from pathlib import Path

import pytest
from neo4j import Query
from rich.console import Console

from graph import identifiers
from graph.errors import SetupError
from graph.identifiers import IdentifierKey
from graph.load import load
from graph.load.digest import digest
from graph.load.terminal import bar, show
from graph.session import Graph
from tests.graph.load.files import AT, taken, written

NOBODY = "219-09-9999"  # no person's number: known from print


async def test_a_social_security_number_is_nowhere_but_in_its_hash(
    graph: Graph, key: IdentifierKey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(identifiers, "FAKE_SSNS", frozenset[str]())
    file = written(
        tmp_path / "accounts.csv",
        [
            "id,kind,name,opened_on,importer_numbers",
            f"A-1,IMPORTER,Larkspur,2020-01-01,{NOBODY}",
            f"{NOBODY},IMPORTER,Larkspur,2020-01-01,00-1000001AB",
        ],
    )

    report = await taken(graph, key, "accounts", file)

    rows = await graph.read(
        Query("MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN n {.*} AS node, r {.*} AS claim")
    )
    told = StringIO()
    show(report, Console(file=told))
    assert report.counts["ImporterNumber", "created"] == 1
    for text in (str(rows), str(report.json()), told.getvalue(), repr(report)):
        assert NOBODY not in text
        assert "219099999" not in text
    (number,) = await graph.read(
        Query("MATCH (n:ImporterNumber) RETURN n.display AS display, n.lookup AS lookup")
    )
    assert number == {"display": "***-**-9999", "lookup": key.lookup(NOBODY)}


@pytest.mark.parametrize(
    ("content", "format_", "header"),
    [
        ("people", None, ""),
        ("staff", "gleif", "id,kind,name"),
        ("staff", None, "id,kind"),
        ("staff", None, "id,kind,name,centre"),
    ],
)
async def test_what_cannot_be_loaded_at_all_says_what_to_write(
    graph: Graph, key: IdentifierKey, tmp_path: Path, content: str, format_: str, header: str
) -> None:
    file = written(tmp_path / "file.csv", [header, "1,MANAGER,Ruth,CEE004"])

    with pytest.raises(SetupError):
        await load(graph, content, [file], format=format_, at=AT, key=key)
    with pytest.raises(SetupError):
        await load(graph, "staff", [tmp_path / "absent.csv"], at=AT, key=key)


@pytest.mark.parametrize("column", ["class", "Fact-Class", "classification", "RESTRICTED"])
@pytest.mark.parametrize("content", ["relationships", "risk-flags", "parties"])
async def test_no_file_raises_or_lowers_the_class_of_a_fact(
    graph: Graph, key: IdentifierKey, tmp_path: Path, content: str, column: str
) -> None:
    header = {
        "parties": "id,name",
        "relationships": "type,from,to",
        "risk-flags": "id,kind,severity,raised_on,subject,evidence",
    }[content]
    file = written(tmp_path / "file.csv", [f"{header},{column}"])

    with pytest.raises(SetupError, match="leave restricted facts out"):
        await load(graph, content, [file], at=AT, key=key)


async def test_a_person_reads_counts_reasons_and_remedies(
    graph: Graph, key: IdentifierKey, tmp_path: Path
) -> None:
    file = written(
        tmp_path / "parties.csv",
        ["id,name,country", "P-1,[red],US", *(f"P-2,Wren,{n}" for n in range(30))],
    )
    told = StringIO()
    console = Console(file=told, width=200)
    steps: list[tuple[int, int]] = []

    with bar(console):
        report = await load(
            graph,
            "parties",
            [file],
            at=AT,
            key=key,
            progress=lambda done, total: steps.append((done, total)),
        )
    show(report, console)

    lines = told.getvalue().splitlines()
    assert lines[0].startswith("31 rows read in ")
    assert "30 rows refused:" in lines
    assert "  30  INVALID_FORMAT  This is no country code." in lines
    assert lines[-1] == "... and 10 more; --json lists them all."
    assert steps[-1] == (file.stat().st_size,) * 2


async def test_memory_does_not_grow_with_the_file(
    graph: Graph, key: IdentifierKey, tmp_path: Path
) -> None:
    peaks = []
    gc.freeze()  # the more a run has imported, the later garbage is looked for, and it adds up
    for rows in (10_000, 40_000):
        lines = (f"P-{n},Party number {n},US" for n in range(rows))
        file = written(tmp_path / f"{rows}.csv", ["id,name,country", *lines])
        gc.collect()
        tracemalloc.start()
        report = await load(graph, "parties", [file], dry_run=True, at=AT, key=key)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert report.total("created") == rows
    gc.unfreeze()

    assert peaks[1] < peaks[0] * 1.2
    assert await digest(graph) == await digest(graph)
