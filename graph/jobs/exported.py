"""The file of an export that is done."""

from dataclasses import dataclass
from pathlib import Path

import orjson

from graph.export.told import Told
from graph.jobs.exporting import DATA, MANIFEST, TOLD
from graph.jobs.folder import Folder
from graph.records import Job


@dataclass(frozen=True, slots=True)
class Exported:
    """Where it is, what it is called and is, and what it tells."""

    path: Path
    manifest: Path
    name: str
    media: str
    sha256: str
    told: Told

    @classmethod
    def read(cls, folder: Folder, job: Job) -> "Exported | None":
        """From the folder; None if it is not there."""
        path, manifest, told = (folder.file(job.stored_key, n) for n in (DATA, MANIFEST, TOLD))
        if not (path.is_file() and manifest.is_file() and told.is_file()):
            return None
        file = orjson.loads(manifest.read_bytes())["file"]
        kept = Told.read(told)
        return cls(path, manifest, file["name"], file["mediaType"], file["sha256"], kept)
