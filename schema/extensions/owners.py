"""What owners of accounts may be told: these fields, of the types that have them, and no others.

A fence beside the trusted documents, and closer than the rights: decided from the role and the
schema alone. It is what the documents of `docs/trade-owner` ask for; a test compares them.
"""

from collections.abc import Mapping

PAGE = "pageInfo totalCount"
ACCOUNT = (
    "id name status openedOn closedOn importerNumbers filerCodes managers center performance issues"
)
FIELDS: Mapping[str, str] = {
    "Query": "account accounts",
    "AccountConnection": f"edges nodes {PAGE}",
    "AccountEdge": "node relationship",
    "ImporterAccount": f"{ACCOUNT} brokers",
    "BrokerAccount": f"{ACCOUNT} licenseNumber",
    "ImporterNumberConnection": f"nodes {PAGE}",
    "ImporterNumber": "display type status",
    "FilerCodeConnection": f"nodes {PAGE}",
    "FilerCode": "code",
    "AccountManagerConnection": "edges",
    "AccountManagerEdge": "node relationship",
    "AccountManager": "name email phone",
    "Center": "code name office",
    "Relationship": "role scope validFrom validTo",
    "AccountPerformance": "from to total trend breakdown loadedThrough",
    "PerformancePeriod": (
        "from to chapter origin port importerNumber entrySummaries lines enteredValue"
        " dutiesTaxesFees examinations adCvdLines requestsForInformation noticesOfAction"
        " postSummaryCorrections protests penalties compliance discrepancies"
    ),
    "Money": "amount currency",
    "ComplianceRate": "measure rate low high sampledLines discrepantLines",
    "DiscrepancyCount": "discrepancy lines",
    "HtsChapter": "code title",
    "Port": "code name",
    "Term": "code label",
    "IssueConnection": f"nodes {PAGE}",
    "Issue": "id title description status openedOn dueOn closedOn overdue resolution",
    "PageInfo": "hasNextPage endCursor",
    "TotalCount": "value relation",
}
OPEN = frozenset((kind, name) for kind, names in FIELDS.items() for name in names.split())
