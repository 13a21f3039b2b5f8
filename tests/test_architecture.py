"""The shape of the code: who may import whom, how long things are, what is not committed."""

import ast
import importlib.metadata
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# Low to high: each may import what stands before it, except what it must never know.
LAYERS = (
    "graph",
    "resolvers",
    "schema",
    "transport",
    "config_limits",
    "config_front",
    "config",
    "callers",
    "server",
    "verbs",
    "identity_verbs",
    "audit_verbs",
    "sign_in_verbs",
    "backup_verbs",
    "cli",
    "start",
)
NEVER = {
    "graph": {"strawberry", "graphql", "starlette", "uvicorn", "typer"},
    "resolvers": {"neo4j", "starlette"},
    "schema": {"neo4j", "starlette"},
    "transport": {"neo4j"},
    "config_limits": {"neo4j", "starlette", "resolvers", "schema", "transport"},
    "config_front": {"neo4j", "starlette", "resolvers", "schema", "transport"},
    "config": {"neo4j", "starlette", "resolvers", "schema", "transport"},
    "callers": {"neo4j", "starlette"},
    "server": {"neo4j"},
    "verbs": {"neo4j"},
    "identity_verbs": {"neo4j"},
    "audit_verbs": {"neo4j"},
    "sign_in_verbs": {"neo4j"},
    "backup_verbs": {"neo4j"},
    "cli": {"neo4j"},
    "start": {"neo4j"},
}
MODULE_LINES = 250
FUNCTION_LINES = 50
# Put together here, so that this file does not name them itself.
HOSTS = [
    "py" + "pi.org",
    "python" + "hosted.org",
    "npm" + "js.org",
    "npm" + "js.com",
    "yarn" + "pkg.com",
    "maven" + ".org",
    "maven" + ".apache.org",
    "sona" + "type.com",
    "sona" + "type.org",
]
MACHINE_PATH = re.compile(rb"(?<![\w.$}~/-])/(?:work|root)/")


def sources(*names: str) -> list[Path]:
    """The Python files of these packages and modules."""
    found = [ROOT.glob(pattern) for name in names for pattern in (f"{name}/**/*.py", f"{name}.py")]
    return sorted(path for paths in found for path in paths)


def name(path: Path) -> str:
    """How a test's id names a file."""
    return path.relative_to(ROOT).as_posix()


def imported(path: Path) -> set[str]:
    """The top-level names that a file imports, wherever in it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    names |= {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module}
    return {name.partition(".")[0] for name in names}


def committed() -> list[Path]:
    """Every file that is committed or would be."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return [ROOT / file for file in listed.split("\0") if file and (ROOT / file).is_file()]


@pytest.mark.parametrize("path", sources(*LAYERS), ids=name)
def test_imports_only_point_down(path: Path) -> None:
    layer = path.relative_to(ROOT).parts[0].removesuffix(".py")
    above = set(LAYERS[LAYERS.index(layer) + 1 :])

    assert not imported(path) & (above | NEVER[layer])


@pytest.mark.parametrize("path", sources(*LAYERS), ids=name)
def test_imports_are_absolute(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))

    relative = [n.lineno for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.level]

    assert not relative


@pytest.mark.parametrize("path", sources(*LAYERS, "scripts", "tests"), ids=name)
def test_a_module_can_be_read_at_one_sitting(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MODULE_LINES


@pytest.mark.parametrize("path", sources(*LAYERS, "scripts"), ids=name)
def test_a_function_fits_a_screen(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]

    lengths = {n.name: (n.end_lineno or n.lineno) - n.lineno + 1 for n in functions}

    assert {name: lines for name, lines in lengths.items() if lines > FUNCTION_LINES} == {}


def test_no_distribution_shadows_our_packages() -> None:
    owners = importlib.metadata.packages_distributions()
    ours = {*LAYERS, "migrations", "tests", "scripts"}

    shadowing = {n: set(owners[n]) - {"account-graph"} for n in ours & owners.keys()}

    assert {n: others for n, others in shadowing.items() if others} == {}


def test_no_file_names_a_registry() -> None:
    hosts = re.compile("|".join(re.escape(host) for host in HOSTS).encode(), re.IGNORECASE)

    naming = [name(path) for path in committed() if hosts.search(path.read_bytes())]

    assert naming == []


def test_no_file_names_a_place_on_one_machine() -> None:
    naming = [name(path) for path in committed() if MACHINE_PATH.search(path.read_bytes())]

    assert naming == []
