"""The page docs/exports.md: its lines run on files as they are written, and its words are true."""

import re
from pathlib import Path

import pytest

from graph.export.bounds import USUAL
from graph.export.columns import CLAIM
from graph.export.order import FORMATS
from graph.export.writing import FORMS
from graph.rounds import MOST_EDGES
from graph.session import Graph
from tests.jobs.written import made, places

PAGE = (Path(__file__).parents[2] / "docs" / "exports.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


async def test_its_lines_run(
    exported: Graph,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for format_ in FORMATS:
        where = places(tmp_path)
        await made(exported, where, depth=3, format_=format_)
        where.file.rename(tmp_path / FORMS[format_].name)
    monkeypatch.chdir(tmp_path)

    for block in BLOCKS:
        exec(block, {})

    told = capsys.readouterr().out.splitlines()
    assert len(told) == len(BLOCKS) == 5
    assert told[0].startswith("11 5 ")
    assert told[3] == "COMPLETE 11 5"


def test_it_names_all_formats_files_and_bounds() -> None:
    for format_ in FORMATS:
        assert f"| {format_.value} | `{FORMS[format_].name}`" in PAGE
    for column in CLAIM:
        assert f"`{column}`" in PAGE
    assert f"{USUAL.things:,} things" in PAGE
    assert f"{USUAL.relationships:,} relationships" in PAGE
    assert f"{MOST_EDGES:,} relationships" in PAGE
