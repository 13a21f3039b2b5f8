"""Judge everything we install by what is known of it: `make audit`.

Every package of the lock files of Python and npm, by pip-audit and npm audit. What is
known and accepted stands in `scripts/supply/allowed.toml`, each with its reason and last day.

Exits with 1 for a weakness that is not allowed, or an allowance that is over. Where an advisory
service does not answer, that is said and nothing is claimed: with AUDIT_REQUIRED=1 it fails.
"""

import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
ALLOWED = ROOT / "scripts" / "supply" / "allowed.toml"
PYTHON = (
    "requirements.lock",
    "scripts/supply/requirements.lock",
    "tests/conformance/requirements.txt",
)
NODE = ("web", "benchmarks/peer", "tests/conformance")
PIP_AUDIT = ROOT / "var" / "supply" / "bin" / "pip-audit"
SECONDS = 300


class Unchecked(Exception):
    """The advisory service did not answer, or not for everything."""


@dataclass(frozen=True)
class Weakness:
    """Something known about a package that we install."""

    id: str
    package: str
    where: str

    def __str__(self) -> str:
        """In one line."""
        return f"{self.id}: {self.package} in {self.where}"


def python(lock: str) -> list[Weakness]:
    """What is known of the packages of a lock file; raises Unchecked."""
    given = ["-r", lock, "--disable-pip", "--require-hashes", "--progress-spinner", "off"]
    return python_told(_output([str(PIP_AUDIT), *given, "-f", "json"], ROOT), lock)


def python_told(output: str, lock: str) -> list[Weakness]:
    """The same of what pip-audit printed: it calls packages fine that it could not look up."""
    packages = _json(output).get("dependencies", [])
    if not packages:
        raise Unchecked("pip-audit told of no package")
    if skipped := [each["name"] for each in packages if "skip_reason" in each]:
        raise Unchecked(f"{len(skipped)} of {len(packages)} packages could not be looked up")
    return [
        Weakness(known["id"], f"{each['name']} {each['version']}", lock)
        for each in packages
        for known in each["vulns"]
    ]


def node(folder: str) -> list[Weakness]:
    """What is known of the packages of an npm lock file; raises Unchecked."""
    return node_told(_output(["npm", "audit", "--json"], ROOT / folder), folder)


def node_told(output: str, folder: str) -> list[Weakness]:
    """The same of what npm printed."""
    told = _json(output)
    if "vulnerabilities" not in told:
        raise Unchecked(str(told.get("message") or "npm told nothing").split(" - ")[0])
    return [
        Weakness(str(cause.get("url", "")).rpartition("/")[2] or str(cause["source"]), name, folder)
        for name, found in told["vulnerabilities"].items()
        for cause in found["via"]
        if isinstance(cause, dict)
    ]


def judged(found: list[Weakness], allowed: list[dict[str, Any]], today: date) -> Iterator[str]:
    """What is wrong, a sentence each."""
    until = {each["id"]: each["until"] for each in allowed}
    for weakness in dict.fromkeys(found):
        if weakness.id not in until:
            yield f"{weakness} is known and not allowed."
        elif until[weakness.id] < today:
            yield f"{weakness} was allowed until {until[weakness.id]}."
    known = {weakness.id for weakness in found}
    for each in allowed:
        if each["until"] < today and each["id"] not in known:
            yield f"The allowance of {each['id']} is over: take it from the list."


def main() -> int:
    """The exit status."""
    allowed = tomllib.loads(ALLOWED.read_text(encoding="utf-8")).get("allowed", [])
    found: list[Weakness] = []
    unchecked = 0
    for look, places in ((python, PYTHON), (node, NODE)):
        for place in places:
            try:
                found += look(place)
                say(f"checked: {place}")
            except Unchecked as reason:
                unchecked += 1
                say(f"COULD NOT BE CHECKED: {place}: {reason}.")
    wrong = list(judged(found, allowed, datetime.now(UTC).date()))
    for sentence in wrong:
        say(sentence)
    if unchecked:
        say(f"{unchecked} of {len(PYTHON + NODE)} lock files could not be checked here.")
    return int(bool(wrong) or (unchecked > 0 and bool(os.environ.get("AUDIT_REQUIRED"))))


def _output(command: list[str], folder: Path) -> str:
    """What it printed, whatever its status: a finding is status 1, and so is a failure."""
    try:
        run = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Unchecked(type(error).__name__) from None
    return run.stdout


def _json(output: str) -> dict[str, Any]:
    try:
        told = json.loads(output)
    except ValueError:
        raise Unchecked("the service gave no answer") from None
    return told if isinstance(told, dict) else {}


def say(text: str) -> None:
    """Tell the person."""
    sys.stderr.write(f"audit: {text}\n")


if __name__ == "__main__":
    sys.exit(main())
