"""The bill of materials of the local Neo4j names every jar with the hash it must have."""

import tomllib

from scripts.jar_sbom import LOCK, bill


def test_every_jar_is_listed_with_its_hash() -> None:
    lock = tomllib.loads(LOCK.read_text(encoding="utf-8"))

    made = bill(lock)

    assert (made["bomFormat"], made["metadata"]["component"]["version"]) == (
        "CycloneDX",
        lock["neo4j"],
    )
    assert len({part["bom-ref"] for part in made["components"]}) == len(lock["jars"])
    assert [part["hashes"][0]["content"] for part in made["components"]] == [
        jar["sha256"] for jar in lock["jars"]
    ]
