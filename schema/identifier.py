"""Importer numbers and filer codes: what identifies accounts."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from graph import records
from resolvers import identifier
from schema.directives import Cost
from schema.entity import PageInfo, RiskSubject, TotalCount
from schema.fields import made_of, resolved_by
from schema.relationship import Relationship
from schema.terms import ImporterNumberStatus, ImporterNumberType

if TYPE_CHECKING:
    from schema.account import Account, AccountConnection
    from schema.party import Party

HALF = Cost(weight="0.5")  # they are many, and come with little each


@strawberry.type(
    description="An official importer number: the importer of record number of CBP Form 5106."
)
class ImporterNumber(RiskSubject):
    display: str = strawberry.field(
        description=(
            "The number as it may be shown: whole, or `***-**-` and four digits for the "
            "SSN type, which is never kept nor answered in clear."
        )
    )
    type: ImporterNumberType = strawberry.field(description="Which of the three formats it has.")
    status: ImporterNumberStatus = strawberry.field(description="CBP's status.")
    continuous_bond: bool | None = strawberry.field(
        description="Whether a continuous bond is on file; null if not known."
    )
    bond_sufficient: bool | None = strawberry.field(
        description="Whether the bond is sufficient; null if not known."
    )
    holder: Annotated["Party", strawberry.lazy("schema.party")] | None = resolved_by(
        identifier.holder, "The party that holds it."
    )
    account: Annotated["Account", strawberry.lazy("schema.account")] | None = resolved_by(
        identifier.account, "The account it identifies."
    )
    accounts: Annotated["AccountConnection", strawberry.lazy("schema.account")] = resolved_by(
        identifier.accounts,
        (
            "The accounts it identified over time, newest first; the edge's "
            "relationship tells since and until when."
        ),
    )
    siblings: Annotated["ImporterNumberConnection", strawberry.lazy("schema.identifier")] | None = (
        resolved_by(
            identifier.siblings,
            (
                "Other numbers of the same taxpayer: same IRS number, other suffix. Null "
                "for other types."
            ),
        )
    )
    version: int = strawberry.field(
        description="Grows with each change; give it as `expectedVersion`."
    )

    is_type_of = made_of(records.ImporterNumber)


@strawberry.type(description="One of a ImporterNumberConnection.")
class ImporterNumberEdge:
    cursor: str = strawberry.field(description="Where to go on: give it as `after` or `before`.")
    node: ImporterNumber = strawberry.field(description="What stands here.")
    relationship: Relationship | None = strawberry.field(
        description="The relationship followed, with its dates and source."
    )


@strawberry.type(
    description=(
        "Importer numbers. An edge's relationship is IDENTIFIES, HOLDS or COVERS, "
        "by where the list hangs; null in a list that follows none."
    )
)
class ImporterNumberConnection:
    edges: list[ImporterNumberEdge] = strawberry.field(
        description="The page, with what belongs to each edge.", directives=[HALF]
    )
    nodes: list[ImporterNumber] = strawberry.field(
        description="The page, without the edges.", directives=[HALF]
    )
    page_info: PageInfo = strawberry.field(description="Where the page lies.")
    total_count: TotalCount = strawberry.field(description="How many there are in all.")


@strawberry.type(
    description=(
        "An entry filer code: the first three characters of every entry number its "
        "holder files (19 CFR 142.3a). The program's text calls it a declarant "
        "code."
    )
)
class FilerCode(RiskSubject):
    code: str = strawberry.field(description="Three characters, A to Z and 0 to 9.")
    holder: Annotated["Party", strawberry.lazy("schema.party")] | None = resolved_by(
        identifier.holder, "The party that holds it: a broker or a self-filing importer."
    )
    account: Annotated["Account", strawberry.lazy("schema.account")] | None = resolved_by(
        identifier.account, "The account it identifies."
    )
    accounts: Annotated["AccountConnection", strawberry.lazy("schema.account")] = resolved_by(
        identifier.accounts,
        (
            "The accounts it identified over time, newest first; the edge's "
            "relationship tells since and until when."
        ),
    )
    version: int = strawberry.field(
        description="Grows with each change; give it as `expectedVersion`."
    )

    is_type_of = made_of(records.FilerCode)


@strawberry.type(description="One of a FilerCodeConnection.")
class FilerCodeEdge:
    cursor: str = strawberry.field(description="Where to go on: give it as `after` or `before`.")
    node: FilerCode = strawberry.field(description="What stands here.")
    relationship: Relationship | None = strawberry.field(
        description="The relationship followed, with its dates and source."
    )


@strawberry.type(
    description=(
        "Filer codes. An edge's relationship is IDENTIFIES or HOLDS, by where the list hangs."
    )
)
class FilerCodeConnection:
    edges: list[FilerCodeEdge] = strawberry.field(
        description="The page, with what belongs to each edge."
    )
    nodes: list[FilerCode] = strawberry.field(description="The page, without the edges.")
    page_info: PageInfo = strawberry.field(description="Where the page lies.")
    total_count: TotalCount = strawberry.field(description="How many there are in all.")
