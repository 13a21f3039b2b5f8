"""Settings of how much a caller, a file and the server may do; part of config.py."""

from pydantic import BaseModel, ConfigDict, Field, field_validator
from pydantic_settings import BaseSettings

from graph.export.bounds import Bounds
from graph.load.limits import Limits


class Allowance(BaseModel):
    """What one caller may do: points in the bucket, points a second, requests at once.

    `lookups`: importer numbers and filer codes that they may look up in an hour; `in_use`: of how
    many of these they may be told in an hour that they are in use.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    points: int = Field(2_000, ge=1_000)  # one request may cost a thousand
    restore: int = Field(100, ge=1)
    at_once: int = Field(8, ge=1)
    lookups: int = Field(300, ge=1)
    in_use: int = Field(20, ge=1)


MANY = 1_000_000
GENEROUS = Allowance(points=MANY, restore=MANY, at_once=64, lookups=MANY, in_use=MANY)


class Limited(BaseSettings):
    """What docs/limits.md tells."""

    limits_storage: str = Field(
        "memory",
        description="Where callers' points are counted: memory, or redis://HOST:PORT to share.",
    )
    limits_caller: Allowance = Field(
        Allowance(), description="What a caller may do; JSON, the rest as by default."
    )
    limits_roles: dict[str, Allowance] = Field(
        {},
        description="What callers of a role may do; JSON by the name of the role.",
    )
    limits_development: Allowance = Field(
        GENEROUS, description="What the development viewer may do: enough for tests and benchmarks."
    )
    upload_limit: int = Field(
        2_000_000_000, ge=1, description="How many bytes a file that is sent may have."
    )
    streams: int = Field(1000, ge=1, description="Streams that may run at once.")
    streams_per_caller: int = Field(20, ge=1, description="Streams of one caller at once.")
    import_row_limit: int = Field(
        65_536, ge=1024, description="How many bytes a row of a file that is loaded may have."
    )
    import_rows_limit: int = Field(
        10_000_000, ge=1, description="How many rows a file that is loaded may have."
    )

    export_things_limit: int = Field(
        100_000, ge=1, description="How many things an export may hold; the nearest are written."
    )
    export_relationships_limit: int = Field(
        500_000, ge=1, description="How many relationships an export may hold."
    )

    @field_validator("limits_storage")
    @classmethod
    def _known_storage(cls, storage: str) -> str:
        if storage == "memory" or storage.startswith(("redis://", "rediss://")):
            return storage
        raise ValueError("Say memory, or redis://HOST:PORT")

    @property
    def import_limits(self) -> Limits:
        """How much a file that is loaded may hold."""
        return Limits(self.import_row_limit, self.import_rows_limit)

    @property
    def job_limits(self) -> tuple[int, Limits, Bounds]:
        """How large a file that is sent may be, what it may hold, and what an export may."""
        bounds = Bounds(self.export_things_limit, self.export_relationships_limit)
        return self.upload_limit, self.import_limits, bounds
