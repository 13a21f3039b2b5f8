"""ISA as it was known: what participations and notifications said before a correction."""

from datetime import UTC, date, datetime

from graph import ids
from graph.load.write import write
from graph.session import Graph
from tests.resolvers.conftest import Ask
from tests.resolvers.workloads import thing

ACCOUNT = ids.encode("Account:A-1")
LATER = datetime(2024, 3, 1, tzinfo=UTC)
THEN = {"asOf": "2024-02-01", "knownAt": "2024-02-20T00:00:00Z"}


async def test_an_account_took_part_before_the_application_was_dated_later(
    work: Graph, ask: Ask
) -> None:
    corrected = thing(
        "IsaParticipation", "P-1", status="APPLICANT", appliedOn=date(2024, 4, 1), acceptedOn=None
    )
    assert (await write(work, [corrected], at=LATER)).refused == []
    document = """
      query ($id: ID!, $m: MomentInput) {
        account(by: {id: $id}, moment: $m) { isaParticipation { status appliedOn } }
        accounts(filter: {isaStatuses: [ACTIVE]}, moment: $m) { totalCount { value } nodes { key } }
      }
    """

    then = await ask(document, id=ACCOUNT, m=THEN)
    now = await ask(document, id=ACCOUNT, m={"asOf": "2024-02-01"})

    assert then["account"]["isaParticipation"] == {"status": "ACTIVE", "appliedOn": "2021-06-01"}
    assert then["accounts"] == {"totalCount": {"value": 1}, "nodes": [{"key": ACCOUNT}]}
    assert now["account"]["isaParticipation"] is None
    assert now["accounts"] == {"totalCount": {"value": 0}, "nodes": []}


async def test_notifications_stand_in_the_order_of_the_days_known_then(
    work: Graph, ask: Ask
) -> None:
    corrected = thing("AnnualNotification", "N-1", participation="P-1", dueOn=date(2025, 2, 1))
    assert (await write(work, [corrected], at=LATER)).refused == []
    document = """
      query ($id: ID!, $m: MomentInput) {
        account(by: {id: $id}, moment: $m) {
          isaParticipation { notifications(limit: 1) { dueOn } }
        }
      }
    """

    told = [
        (await ask(document, id=ACCOUNT, m=moment))["account"]["isaParticipation"]
        for moment in (THEN, {"asOf": "2024-02-01"})
    ]

    assert [each["notifications"][0]["dueOn"] for each in told] == ["2024-02-01", "2025-02-01"]
