"""Inputs that writes and scenarios share, and how they are read."""

from datetime import date, datetime

import strawberry

from graph import records
from graph.terms import Interest, RelationshipType
from resolvers.filters import given, none
from resolvers.scalars import Percent, Score, Url


@strawberry.input(
    description=(
        "A share given with a write; equal bounds for an exact share, no object at all for an "
        "undisclosed one."
    )
)
class ShareInput:
    """Bounds in parts per billion."""

    min: Percent = strawberry.field(description="Lower bound, percent.")
    max: Percent = strawberry.field(description="Upper bound, percent, at least `min`.")


@strawberry.input(description="Provenance given with a write.")
class SourceInput:
    """Provenance of a claim."""

    name: str = strawberry.field(description="Name of the source, for example `CBP Form 5106`.")
    reference: str | None = given("Document, record or row within the source.")
    url: Url | None = given("Where it can be read.")
    retrieved_at: datetime | None = given("When it was read from the source; now if not given.")


@strawberry.input(description="A claim that two things are related.")
class RelationshipInput:
    """A relationship to record, or to imagine."""

    type: RelationshipType = strawberry.field(
        description=(
            "What it says: HOLDS, OWNS, CONTROLS, OFFICER_OF, GRANTED_POA, SUCCESSOR_OF, "
            "NOMINEE_FOR or SHARES. Assignments have mutations of their own."
        )
    )
    from_id: strawberry.ID = strawberry.field(description="Where it starts, by global id.")
    to_id: strawberry.ID = strawberry.field(description="Where it ends, by global id.")
    share: ShareInput | None = given("OWNS: the part owned; leave out if not disclosed.")
    interest: Interest | None = given("OWNS, CONTROLS: the nature of the interest.")
    scope: str | None = given("GRANTED_POA: a code of the vocabulary POWER_OF_ATTORNEY_SCOPE.")
    valid_from: date | None = given("First day it holds; null if not known.")
    valid_to: date | None = given("Day it no longer holds.")
    source: SourceInput | None = given("Who says so; a scenario may leave it out.")


@strawberry.input(description="An adverse finding.")
class RiskFlagInput:
    """A flag to raise, or to imagine raised."""

    subject_id: strawberry.ID = strawberry.field(
        description="Account, number, code or party, by global id."
    )
    kind: str = strawberry.field(description="A code of the vocabulary RISK_FLAG_KIND.")
    severity: Score | None = given(
        "How grave, 0 to 1; the policy's default for the kind if not given."
    )
    raised_on: date | None = given("First day it counts; today if not given.")
    evidence: list[SourceInput] | None = given(
        "Evidence; at least one, but a scenario may leave it out."
    )
    priority_trade_issues: list[str] | None = given("Codes of the vocabulary PRIORITY_TRADE_ISSUE.")
    note: str | None = given("Remark.")


def share(wanted: ShareInput | None) -> records.ShareRange | None:
    """The bounds, if any are given."""
    found = none(wanted)
    return records.ShareRange(found.min, found.max) if found else None


def source(wanted: SourceInput | None) -> records.Source | None:
    """Who says so, if that is given."""
    found = none(wanted)
    if found is None:
        return None
    return records.Source(
        found.name, none(found.reference), none(found.url), none(found.retrieved_at)
    )
