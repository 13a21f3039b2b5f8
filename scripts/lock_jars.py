"""Write graph/jars.lock.toml: the jars of one Neo4j release, each with its checksum.

A developer runs this to move to another release; the product fetches exactly what it lists.
"""

import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from jgo.env import EnvironmentBuilder, LinkStrategy, LockedDependency
from jgo.maven import MavenContext, PythonResolver

LOCK = Path(__file__).parents[1] / "graph" / "jars.lock.toml"
VERSION = "5.26.28"
MAIN = "org.neo4j.server.CommunityEntryPoint"
# Edition, server and logging: the edition alone starts nothing and says nothing.
ROOTS = ("org.neo4j:neo4j", "org.neo4j.app:neo4j-server", "org.neo4j:neo4j-slf4j-provider")
HEADER = (
    "# Written by scripts/lock_jars.py. Do not edit: each jar is refused unless its hash matches.\n"
)


def resolved(version: str, folder: Path) -> list[LockedDependency]:
    """What Neo4j of this version needs, downloaded into the folder and hashed."""
    context = MavenContext(repo_cache=folder / "store", resolver=PythonResolver(), timeout=30)
    builder = EnvironmentBuilder(
        context=context, link_strategy=LinkStrategy.SOFT, cache_dir=folder / "cache"
    )
    endpoint = "+".join(f"{root}:{version}" for root in ROOTS)
    lock = builder.from_endpoint(f"{endpoint}@{MAIN}").lockfile
    if lock is None:
        raise SystemExit("jgo resolved nothing.")
    return list(lock.dependencies)


def entry(jar: LockedDependency) -> str:
    """One jar as TOML."""
    if not jar.sha256 or jar.packaging != "jar":
        raise SystemExit(f"{jar!r} is not a jar with a checksum.")
    fields = {
        "groupId": jar.groupId,
        "artifactId": jar.artifactId,
        "version": jar.version,
        "classifier": jar.classifier,
        "sha256": jar.sha256,
    }
    lines = [f'{name} = "{value}"' for name, value in fields.items() if value]
    return "\n".join(["[[jars]]", *lines])


def text(version: str, jars: Iterable[LockedDependency]) -> str:
    """The lock file; its order does not depend on the resolver."""
    entries = sorted(entry(jar) for jar in jars)
    return "\n\n".join([f'{HEADER}neo4j = "{version}"', *entries]) + "\n"


def main() -> None:
    """Resolve the version named on the command line, else the current one."""
    version = sys.argv[1] if len(sys.argv) > 1 else VERSION
    with tempfile.TemporaryDirectory() as folder:
        LOCK.write_text(text(version, resolved(version, Path(folder))), encoding="utf-8")


if __name__ == "__main__":
    main()
