"""Accounts, the identifiers that make them, and the parties behind these."""

from dataclasses import dataclass
from datetime import date

from graph.records.entity import Entity
from graph.records.naming import Named
from graph.terms import (
    AccountStatus,
    CenterEligibility,
    ImporterNumberStatus,
    ImporterNumberType,
    UnspecifiedReason,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account(Named):
    """An importer or a customs broker: `(:Account)`."""

    status: AccountStatus
    national: bool = False
    opened_on: date
    closed_on: date | None = None
    center_eligibility: CenterEligibility | None = None
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ImporterAccount(Account):
    """An importer's account: `(:Account:Importer)`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokerAccount(Account):
    """A customs broker's account: `(:Account:Broker)`."""

    license_number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImporterNumber(Entity):
    """An official importer number: `(:ImporterNumber)`. An SSN is here masked only."""

    display: str
    type: ImporterNumberType
    status: ImporterNumberStatus = ImporterNumberStatus.UNKNOWN
    continuous_bond: bool | None = None
    bond_sufficient: bool | None = None
    root: str | None = None
    version: int = 1

    @property
    def label(self) -> str:
        """The number as it may be shown."""
        return self.display


@dataclass(frozen=True, slots=True, kw_only=True)
class FilerCode(Entity):
    """An entry filer code: `(:FilerCode)`."""

    code: str
    version: int = 1

    @property
    def label(self) -> str:
        """The code."""
        return self.code


@dataclass(frozen=True, slots=True, kw_only=True)
class Party(Named):
    """Who stands behind numbers, codes and shares: `(:Party)`."""

    aliases: tuple[str, ...] = ()
    country_code: str | None = None
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization(Party):
    """A legal entity: `(:Party:Organization)`."""

    legal_form_code: str | None = None
    lei: str | None = None
    duns: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Party):
    """A natural person: `(:Party:Person)`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnspecifiedParty(Party):
    """A party known to exist but not who it is: `(:Party:Unspecified)`."""

    unspecified_reason: UnspecifiedReason = UnspecifiedReason.UNKNOWN
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RedactedNode(Entity):
    """Something the caller may not see, standing where it stands."""

    @property
    def label(self) -> str:
        """Always the same."""
        return "Redacted"
