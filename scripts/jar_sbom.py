"""Print the bill of materials of the local Neo4j's jars, in CycloneDX: part of `make sbom`."""

import json
import sys
import tomllib
from pathlib import Path
from typing import Any

LOCK = Path(__file__).parents[1] / "graph" / "jars.lock.toml"


def bill(lock: dict[str, Any]) -> dict[str, Any]:
    """The bill of a lock file of jars: each by its coordinates and SHA-256."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {"type": "application", "name": "neo4j", "version": lock["neo4j"]}
        },
        "components": [
            {
                "type": "library",
                "bom-ref": _purl(jar),
                "group": jar["groupId"],
                "name": jar["artifactId"],
                "version": jar["version"],
                "purl": _purl(jar),
                "hashes": [{"alg": "SHA-256", "content": jar["sha256"]}],
            }
            for jar in lock["jars"]
        ],
    }


def _purl(jar: dict[str, str]) -> str:
    place = f"pkg:maven/{jar['groupId']}/{jar['artifactId']}@{jar['version']}"
    return f"{place}?classifier={jar['classifier']}" if "classifier" in jar else place


if __name__ == "__main__":
    made = bill(tomllib.loads(LOCK.read_text(encoding="utf-8")))
    sys.stdout.write(json.dumps(made, indent=1) + "\n")
