"""Parties: who stands behind numbers, codes and shares."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from graph import records
from graph.terms import Permission
from resolvers import party
from schema.entity import PageInfo, RiskSubject, Term, TotalCount
from schema.fields import made_of, resolved_by
from schema.terms import UnspecifiedReason

if TYPE_CHECKING:
    from schema.account import AccountConnection
    from schema.identifier import FilerCodeConnection, ImporterNumberConnection
    from schema.ownership import HoldingConnection, OwnerConnection


@strawberry.interface(
    description=(
        "Who stands behind numbers, codes and shares: an organization, a person, or "
        "a party not specified."
    )
)
class Party(RiskSubject):
    name: str = strawberry.field(
        description="Name; of an unspecified party, words that say why it has none."
    )
    aliases: list[str] = strawberry.field(
        description="Other names: also known as, doing business as, former names."
    )
    country: Term | None = resolved_by(party.country, "Country of registration or residence.")
    importer_numbers: Annotated[
        "ImporterNumberConnection", strawberry.lazy("schema.identifier")
    ] = resolved_by(
        party.importer_numbers,
        "Importer numbers it holds; the edge's relationship tells since when.",
    )
    filer_codes: Annotated["FilerCodeConnection", strawberry.lazy("schema.identifier")] = (
        resolved_by(
            party.filer_codes, "Filer codes it holds; the edge's relationship tells since when."
        )
    )
    accounts: Annotated["AccountConnection", strawberry.lazy("schema.account")] = resolved_by(
        party.accounts, "Accounts identified by those numbers and codes, by name."
    )
    holdings: Annotated["HoldingConnection", strawberry.lazy("schema.ownership")] | None = (
        resolved_by(
            party.holdings,
            "What it owns directly, largest share first.",
            needs=Permission.READ_OWNERSHIP,
        )
    )
    version: int = strawberry.field(
        description="Grows with each change; give it as `expectedVersion`."
    )


@strawberry.type(description="A legal entity.")
class Organization(Party):
    legal_form: Term | None = resolved_by(party.legal_form, "Legal form (vocabulary LEGAL_FORM).")
    lei: str | None = strawberry.field(description="Legal Entity Identifier, ISO 17442.")
    duns: str | None = strawberry.field(description="D-U-N-S number.")
    owners: Annotated["OwnerConnection", strawberry.lazy("schema.ownership")] | None = resolved_by(
        party.owners,
        (
            "Direct owners, largest share first. An owner not specified is an edge of "
            "its own, with its reason."
        ),
        needs=Permission.READ_OWNERSHIP,
    )

    is_type_of = made_of(records.Organization)


@strawberry.type(description="A natural person.")
class Person(Party):
    is_type_of = made_of(records.Person)


@strawberry.type(
    description=(
        "A party known to exist but not who it is. Never shared between claims: two "
        "unknown owners are two."
    )
)
class UnspecifiedParty(Party):
    unspecified_reason: UnspecifiedReason = strawberry.field(description="Why it is not specified.")
    note: str | None = strawberry.field(description="What the source says about it.")

    is_type_of = made_of(records.UnspecifiedParty)


@strawberry.type(description="One of a PartyConnection.")
class PartyEdge:
    cursor: str = strawberry.field(description="Where to go on: give it as `after` or `before`.")
    node: Party = strawberry.field(description="What stands here.")


@strawberry.type(description="Parties.")
class PartyConnection:
    edges: list[PartyEdge] = strawberry.field(
        description="The page, with what belongs to each edge."
    )
    nodes: list[Party] = strawberry.field(description="The page, without the edges.")
    page_info: PageInfo = strawberry.field(description="Where the page lies.")
    total_count: TotalCount = strawberry.field(description="How many there are in all.")
