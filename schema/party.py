"""Parties: who stands behind numbers, codes and shares."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from graph import records
from graph.terms import Permission
from resolvers import ownership, party
from schema.bounds import bounded
from schema.entity import PageInfo, RiskSubject, Term, TotalCount
from schema.fields import made_of, resolved_by
from schema.terms import UnspecifiedReason

if TYPE_CHECKING:
    from schema.account import AccountConnection
    from schema.control import BlockedStatus, ControlGroup, EffectiveOwnership, UltimateOwnership
    from schema.identifier import FilerCodeConnection, ImporterNumberConnection
    from schema.ownership import HoldingConnection, OwnerConnection
    from schema.path import PathAnswer


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
    controlled_group: Annotated["ControlGroup", strawberry.lazy("schema.control")] | None = (
        resolved_by(
            ownership.controlled_group,
            (
                "It and everything it controls by a strict majority of votes, alone or jointly "
                "with what it controls."
            ),
            needs=Permission.READ_OWNERSHIP,
            cost=10,
        )
    )
    blocked_status: Annotated["BlockedStatus", strawberry.lazy("schema.control")] | None = (
        resolved_by(
            ownership.blocked_status,
            bounded(
                "blockedStatus", "Whether it is blocked by ownership: the OFAC 50 Percent Rule."
            ),
            needs=Permission.READ_OWNERSHIP,
            cost=10,
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
    ultimate_owners: Annotated["UltimateOwnership", strawberry.lazy("schema.control")] | None = (
        resolved_by(
            ownership.ultimate_owners,
            bounded(
                "ultimateOwners",
                "Who owns it in the end: owners of whom no owner is known, with integrated shares "
                "over all chains, cross-holdings resolved (Brioschi, Buzzacchi, Colombo 1989; "
                "Baldone, Brioschi, Paleari 1998). Shares and what is undisclosed sum to 100 "
                "percent.",
            ),
            needs=Permission.READ_OWNERSHIP,
            cost=10,
        )
    )
    effective_ownership: (
        Annotated["EffectiveOwnership", strawberry.lazy("schema.control")] | None
    ) = resolved_by(
        ownership.effective_ownership,
        bounded(
            "effectiveOwnership",
            "What one party holds of it over all chains, whether or not others own that party.",
        ),
        needs=Permission.READ_OWNERSHIP,
        cost=10,
    )
    controlling_group: Annotated["ControlGroup", strawberry.lazy("schema.control")] | None = (
        resolved_by(
            ownership.controlling_group,
            bounded(
                "controllingGroup",
                "The group it belongs to, under its ultimate controller. Control is a strict "
                "majority of votes, held alone or jointly with what is controlled; it is not a "
                "product of shares.",
            ),
            needs=Permission.READ_OWNERSHIP,
            cost=10,
        )
    )
    ownership_paths: Annotated["PathAnswer", strawberry.lazy("schema.path")] | None = resolved_by(
        ownership.paths,
        bounded(
            "ownershipPaths",
            "Chains of ownership from one party down to this organization, with evidence at each "
            "step.",
        ),
        needs=Permission.READ_OWNERSHIP,
        cost=10,
    )
    ownership_cycles: Annotated["PathAnswer", strawberry.lazy("schema.path")] | None = resolved_by(
        ownership.cycles,
        bounded("ownershipCycles", "Rings of ownership it is part of."),
        needs=Permission.READ_OWNERSHIP,
        cost=10,
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
