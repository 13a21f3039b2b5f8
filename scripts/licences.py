"""The licences of all that is installed or shipped: `make licences` writes docs/licences.md.

As the packages say themselves, in the words of SPDX; what they do not say stands in
`scripts/supply/licences.toml`, with what is allowed. What each package tells must be allowed, of a
choice (OR) one.
"""

import importlib.metadata
import json
import re
import sys
import tomllib
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.jars import STORE, Jar, locked

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "licences.md"
RULES = ROOT / "scripts" / "supply" / "licences.toml"
LOCKED = re.compile(r"^([\w.-]+)==([\w.]+)", re.MULTILINE)
MAVEN = re.compile(r"<license>\s*(?:<!--.*?-->\s*)?<name>(.*?)</name>", re.DOTALL)
BUNDLE = re.compile(r"^Bundle-License: (.*)$", re.MULTILINE)
PARTS = {
    "Python": "What `requirements.lock` installs, with the tools of its tests.",
    "Web pages": "What `web/package-lock.json` brings into the pages that are shipped.",
    "Neo4j": "The jars of `graph/jars.lock.toml`: the local Neo4j, which is fetched, not"
    " shipped. Where a jar names several licences and does not say which, all of them stand here.",
}
HEAD = """# Licences

Of all that is installed or shipped, as the packages tell them; written by `make licences`,
held by `tests/scripts/test_licences.py`. What is allowed, and what a person had to read,
stands in `scripts/supply/licences.toml`. The product is under [Apache-2.0](../LICENSE); real
data says so itself ([reference.md](reference.md), [real-files.md](real-files.md)).
"""


@dataclass(frozen=True, order=True)
class Package:
    """One that we install or ship, and the licences that it tells."""

    name: str
    version: str
    told: tuple[str, ...]


@dataclass(frozen=True)
class Rules:
    """What is allowed, what is called otherwise, and what was read by a person."""

    allowed: dict[str, dict[str, Any]]
    names: dict[str, str]
    read: dict[str, str]

    @classmethod
    def at(cls, file: Path = RULES) -> "Rules":
        """Those of a file."""
        return cls(**tomllib.loads(file.read_text(encoding="utf-8")))

    def licence(self, package: Package) -> str:
        """A package's licence; empty if nobody knows it."""
        group = package.name.partition(":")[0]
        if by_hand := self.read.get(package.name) or self.read.get(group):
            return by_hand
        return " AND ".join(dict.fromkeys(self.names.get(one, one) for one in package.told))

    def wrong(self, package: Package) -> str | None:
        """What is wrong with a package's licence, in a sentence."""
        licence = self.licence(package)
        if not licence:
            return f"{package.name} tells no licence: read it, and add it to {RULES.name}."
        for all_of in licence.replace("(", "").replace(")", "").split(" AND "):
            if not any(self._may(package, one) for one in all_of.split(" OR ")):
                return f"{package.name} is under {all_of}, which {RULES.name} does not allow."
        return None

    def _may(self, package: Package, licence: str) -> bool:
        only = self.allowed.get(licence, {"only": []}).get("only")
        return only is None or any(package.name.startswith(each) for each in only)


def python() -> Iterator[Package]:
    """What the lock file of Python installs."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    for name, version in LOCKED.findall(lock):
        found = importlib.metadata.metadata(name)
        yield Package(name, version, _of_python(found))


def _of_python(found: Any) -> tuple[str, ...]:
    if expression := found.get("License-Expression"):
        return (expression,)
    prefix = "License :: OSI Approved :: "
    told = [each for each in found.get_all("Classifier", ()) if each.startswith(prefix)]
    if told:
        either = " OR ".join(Rules.at().names.get(c[len(prefix) :], c[len(prefix) :]) for c in told)
        return (either,)
    return (found["License"].splitlines()[0],) if found.get("License") else ()


def web() -> Iterator[Package]:
    """What is built into the web pages."""
    lock = json.loads((ROOT / "web" / "package-lock.json").read_text(encoding="utf-8"))
    for place, found in lock["packages"].items():
        if place and not found.get("dev"):
            name = place.rpartition("node_modules/")[2]
            yield Package(name, found["version"], (found["license"],) * ("license" in found))


def jars() -> Iterator[Package]:
    """The jars of the local Neo4j, one of each version for all machines."""
    store = STORE.expanduser()
    for jar in locked():
        with zipfile.ZipFile(jar.path(store)) as file:
            yield Package(f"{jar.group}:{jar.artifact}", jar.version, _of_jar(jar, file))


def _of_jar(jar: Jar, file: zipfile.ZipFile) -> tuple[str, ...]:
    """By its own description, else by its manifest."""
    place = f"META-INF/maven/{jar.group}/{jar.artifact}/pom.xml"
    names = set(file.namelist())
    if place in names and (found := MAVEN.findall(file.read(place).decode())):
        return tuple(found)
    if "META-INF/MANIFEST.MF" not in names:
        return ()
    manifest = re.sub(r"\r?\n ", "", file.read("META-INF/MANIFEST.MF").decode())
    told = BUNDLE.search(manifest.replace("\r", ""))
    return tuple(_named(each) for each in told[1].split(",")) if told else ()


def _named(told: str) -> str:
    """A licence of a manifest, which may say more of it: `"NAME";link=…`."""
    return told.partition(";")[0].strip().strip('"')


def everything() -> dict[str, list[Package]]:
    """All packages, by the part of the product they belong to."""
    return {
        name: sorted(set(found))
        for name, found in zip(PARTS, (python(), web(), jars()), strict=True)
    }


def page(found: dict[str, list[Package]], rules: Rules) -> str:
    """The page: for each part its packages by licence."""
    text = HEAD
    for name, packages in found.items():
        text += f"\n## {name}\n\n{PARTS[name]}\n\n| licence | packages |\n|---|---|\n"
        grouped: dict[str, list[str]] = defaultdict(list)
        for each in packages:
            grouped[rules.licence(each)].append(f"{each.name} {each.version}")
        text += "".join(f"| {each} | {', '.join(grouped[each])} |\n" for each in sorted(grouped))
    text += "\n## Allowed, though not without conditions\n\n| licence | why |\n|---|---|\n"
    told = {name: rule["why"] for name, rule in rules.allowed.items() if "why" in rule}
    return text + "".join(f"| {name} | {why} |\n" for name, why in told.items())


def main() -> int:
    """Write the page; the exit status says whether each licence is allowed."""
    found, rules = everything(), Rules.at()
    PAGE.write_text(page(found, rules), encoding="utf-8")
    wrong = [told for part in found.values() for each in part if (told := rules.wrong(each))]
    for sentence in wrong:
        sys.stderr.write(f"licences: {sentence}\n")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
