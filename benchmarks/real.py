"""Real files on a fresh server: `make bench-real`; writes results/real.md.

EPA's greenhouse gas reporting and Wikidata's owner edges are loaded through the command line into a
graph of their own; the ten largest groups are asked for over HTTP and compared with networkx on the
files; then each is asked about again and again.

Usage: python -m benchmarks.real [--times 20] [--port 8143]
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from benchmarks.real_groups import (
    EPA,
    WIKIDATA,
    Client,
    Group,
    agrees,
    largest,
    owned,
    ten_by_files,
)
from benchmarks.real_table import Asked, Loaded, Results, table
from benchmarks.servers import ready, server
from graph.errors import SetupError
from scripts.bearer import bearer

RESULTS = Path(__file__).parent / "results" / "real.md"
PORT = 8143
FILES = {"epa-ghgrp": EPA, "wikidata-owners": WIKIDATA}
WALK = "walk: {relationshipTypes: [OWNS], direction: OUT}"
OF_DEEPEST = {
    "controllingGroup": "controllingGroup { verdict cyclic controller { ... on Party { name } }"
    " members { organization { name } verdict path { text } } remarks { code text }"
    " completeness { state } }",
    "ultimateOwners": "ultimateOwners { owners { owner { ... on Party { name } }"
    " share { min max } paths(limit: 3) { text } } remainder { min max } completeness { state } }",
    "ownershipCycles": "ownershipCycles { connected paths { text } completeness { state } }",
    "blockedStatus": "blockedStatus { verdict listed aggregate { min max } paths { text }"
    " completeness { state } }",
    "ownershipPaths": "ownershipPaths(from: $head) { connected"
    " paths { text hops { relationship { source { name reference } } } } completeness { state } }",
}
AROUND = """query ($head: ID!, $limit: Int!) {
  neighborhood(around: [$head], depth: 2, limit: $limit) {
    nodes { distance entity { id label } hidden { type direction count { value relation } } }
    relationships { id type from { id } to { id } share { min max disclosed } }
    completeness { state reason } } }"""


def main(
    times: Annotated[int, typer.Option(help="How often each question is asked again.")] = 20,
    port: Annotated[int, typer.Option(help="Where the server listens.")] = PORT,
) -> None:
    """Load, ask, compare, and write the tables."""
    script = str(Path(sys.executable).parent / "account-graph")
    with tempfile.TemporaryDirectory(prefix="real-") as folder:
        data = Path(folder) / "graph"
        loaded = [_loaded(script, data, format_, file) for format_, file in FILES.items()]
        command = [script, "serve", "--data", str(data), "--port", str(port)]
        with server("account-graph", command, port, {}) as (url, _):
            ready(url)
            client = Client(url, {"authorization": bearer(data)})
            started = time.perf_counter()
            groups, owners = largest(client)
            took = time.perf_counter() - started
            files = owned()
            assert ten_by_files(files) == [len(each.below) for each in groups]
            for each in groups:
                agrees(each, files)
            asked = [one for group in groups for one in _asked(client, group, times)]
    load = os.getloadavg()[0]
    text = table(Results(loaded, groups, owners, took, asked, times, load), files)
    RESULTS.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def _loaded(script: str, data: Path, format_: str, file: Path) -> Loaded:
    """Load a file as anybody would; rows refused make the status 1."""
    command = [script, "load", "relationships", str(file), "--format", format_, "--data", str(data)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise SetupError(f"{file.name} could not be loaded: {done.stdout}{done.stderr}")
    said = (done.stdout + done.stderr).splitlines()
    ours = [line for line in said if line.strip() and not line.startswith("audit checkpoint ")]
    return Loaded(file.name, ours)


def _asked(client: Client, group: Group, times: int) -> list[Asked]:
    """All questions about a group: of its deepest organization, and around its head."""
    found = []
    for name, field in OF_DEEPEST.items():
        asked = f"node(id: $of) {{ ... on Organization {{ {field} }} }}"
        given = {"of": group.deepest}
        if "$head" in field:
            given["head"] = group.id
        names = ", ".join(f"${each}: ID!" for each in given)
        took, data = _repeated(client, times, f"query ({names}) {{ {asked} }}", given)
        found.append(Asked(group.name, name, took, data["node"][name]))
    for limit in (200, 700):
        took, data = _repeated(client, times, AROUND, {"head": group.id, "limit": limit})
        found.append(Asked(group.name, f"neighborhood, {limit}", took, data["neighborhood"]))
    return found


def _repeated(
    client: Client, times: int, document: str, given: Mapping[str, object]
) -> tuple[list[float], Any]:
    """How long the same question takes so many times, the first one apart, and the last answer."""
    took = []
    for _ in range(times + 1):
        data = client.ask(document, **given)
        took.append(client.took)
    return took, data


if __name__ == "__main__":
    typer.run(main)
