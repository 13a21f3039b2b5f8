"""The constraints and indexes of a migrated graph, all of them."""

import pytest

from graph.migration_files import Migration, migrations
from graph.session import Graph
from graph.terms import RelationshipType

FILES = migrations()
KEYED = [
    "AnnualNotification",
    "CenterChangeRequest",
    "Entity",
    "HtsHeading",
    "PerformancePeriod",
    "RiskPolicy",
    "RiskSegment",
    "Term",
]
CONSTRAINTS: dict[tuple[object, ...], str] = {
    **{(label, ("key",)): "NODE" for label in KEYED},
    ("ImporterNumber", ("lookup",)): "NODE",
    ("FilerCode", ("code",)): "NODE",
    ("Migration", ("name",)): "NODE",
    ("MigrationLock", ("id",)): "NODE",
    ("ReferenceData", ("id",)): "NODE",
    ("ChangeLog", ("id",)): "NODE",
    ("IdempotencyKey", ("key",)): "NODE",
    ("Session", ("id",)): "NODE",
    **{(own, ("key",)): "NODE" for own in ("SavedView", "Job", "Webhook", "WebhookDelivery")},
    ("Change", ("sequence",)): "NODE",
    ("Change", ("account", "accountSequence")): "NODE",
    **{(name, ("id",)): "RELATIONSHIP" for name in [*RelationshipType, "MEASURES"]},
}
PROGRAM = ("Center", "Discipline", "Port", "HtsChapter", "Issue", "Strategy")
INDEXES = {
    ("GRANTED_POA", ("broker", "client", "id")): "RANGE",
    ("Account", ("searchName", "key")): "RANGE",
    ("AccountManager", ("searchName", "key")): "RANGE",
    ("AnnualNotification", ("participation",)): "RANGE",
    ("CenterChangeRequest", ("account",)): "RANGE",
    ("Change", ("relationship", "sequence")): "RANGE",
    ("Change", ("subject", "sequence")): "RANGE",
    ("Job", ("owner", "createdAt")): "RANGE",
    ("Job", ("state",)): "RANGE",
    ("Job", ("folder", "state")): "RANGE",
    ("Webhook", ("owner", "createdAt")): "RANGE",
    ("WebhookDelivery", ("webhook", "sentAt")): "RANGE",
    ("WebhookDelivery", ("webhook", "open")): "RANGE",
    ("WebhookDelivery", ("sentAt",)): "RANGE",
    ("CenterChangeRequest", ("fromCenter",)): "RANGE",
    ("CenterChangeRequest", ("toCenter",)): "RANGE",
    ("HtsHeading", ("chapter", "code")): "RANGE",
    ("IdempotencyKey", ("at",)): "RANGE",
    ("Account", ("openedOn", "key")): "RANGE",
    ("Former", ("key",)): "RANGE",
    ("Former", ("of",)): "RANGE",
    ("Former", ("recordedTo",)): "RANGE",
    ("ImporterNumber", ("root",)): "RANGE",
    ("RiskFlag", ("kind",)): "RANGE",
    ("Session", ("sub",)): "RANGE",
    ("Issue", ("dueSort", "key")): "RANGE",
    ("Strategy", ("reviewSort", "key")): "RANGE",
    ("Term", ("vocabulary", "code")): "RANGE",
    ("Party", ("duns",)): "RANGE",
    ("Party", ("lei",)): "RANGE",
    ("Party", ("searchName", "key")): "RANGE",
    ("Party", ("searchName", "searchAliases")): "FULLTEXT",
    ("Account", ("searchName",)): "FULLTEXT",
    ("AccountManager", "Specialist", ("searchName", "searchAliases")): "FULLTEXT",
    (*PROGRAM, ("searchName", "searchAliases")): "FULLTEXT",
}


async def test_a_migrated_graph_has_these_constraints_and_no_others(server: Graph) -> None:
    rows = await server.schema(
        "SHOW CONSTRAINTS YIELD entityType, labelsOrTypes, properties, type"
        " WHERE type IN ['UNIQUENESS', 'RELATIONSHIP_UNIQUENESS']"
    )
    found = {(*row["labelsOrTypes"], tuple(row["properties"])): row["entityType"] for row in rows}
    everything = await server.schema("SHOW CONSTRAINTS YIELD name")

    assert found == CONSTRAINTS
    assert len(everything) == len(CONSTRAINTS)


async def test_a_migrated_graph_has_these_indexes_online_and_no_others(server: Graph) -> None:
    rows = await server.schema(
        "SHOW INDEXES YIELD type, labelsOrTypes, properties, owningConstraint, state"
        " WHERE type <> 'LOOKUP' AND owningConstraint IS NULL"
    )
    found = {(*row["labelsOrTypes"], tuple(row["properties"])): row["type"] for row in rows}

    assert found == INDEXES
    assert len(rows) == len(INDEXES)
    assert {row["state"] for row in rows} == {"ONLINE"}


def test_the_files_are_numbered_without_gaps() -> None:
    assert [int(file.name[:4]) for file in FILES] == list(range(1, len(FILES) + 1))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
async def test_a_file_can_run_again_after_a_crash(server: Graph, file: Migration) -> None:
    for statement in file.statements:
        await server.schema(statement)

    again = ("IF NOT EXISTS", "IS NULL", "awaitIndexes")
    assert all(any(words in each for words in again) for each in file.statements)
