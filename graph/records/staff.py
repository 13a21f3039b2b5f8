"""Who serves accounts, and the reference data they work by."""

from dataclasses import dataclass

from graph.records.entity import Entity
from graph.records.naming import Named


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember(Named):
    """Someone of CBP who serves accounts."""

    email: str | None = None
    phone: str | None = None
    active: bool = True
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountManager(StaffMember):
    """First point of contact of an account: `(:AccountManager)`."""

    national: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Specialist(StaffMember):
    """A member of another CBP discipline: `(:Specialist)`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Discipline(Named):
    """A discipline of CBP: `(:Discipline)`."""

    code: str
    reports_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Center(Named):
    """One of the ten Centers of Excellence and Expertise: `(:Center)`."""

    code: str
    alternate_names: tuple[str, ...] = ()
    office: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HtsChapter(Entity):
    """A chapter of the tariff: `(:HtsChapter)`."""

    code: str
    title: str

    @property
    def label(self) -> str:
        """Code and title."""
        return f"{self.code} {self.title}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Port(Named):
    """A CBP port, Schedule D: `(:Port)`."""

    code: str
