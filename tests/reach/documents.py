"""Everything that is cut to reach, asked in a few documents."""

from typing import Any

from graph import ids
from tests.reach.cutting import Dump, by_kind

COMMON = """
  __typename id label
  degrees { type direction count { value relation } }
  relationships(first: 10, includeFormer: true) {
    totalCount { value } edges { cursor node { id type from { id } to { id } } }
  }
"""
ACCOUNT = """
  name status openedOn version centerEligibility
  importerNumbers(first: 3, includeFormer: true) { totalCount { value } nodes { id display } }
  filerCodes { nodes { id } } holders { totalCount { value } nodes { id } } principal { id }
  pointOfContact { person { name } standing center { id } } team { nodes { id } }
  primaryManager { id } managers(includeFormer: true) { nodes { id } }
  center { id } centerAssignment { id }
  warnings { code message about { id label } } centerChangeRequests { id statement }
  isaParticipation { id importerNumbers { nodes { id } } notifications { id } }
  issues(first: 5) { totalCount { value } nodes { id title } }
  strategies { id issues { nodes { id } } }
  agenda { kind dueOn about { id } account { id } }
  flags { id } performance { total { lines enteredValue { amount } } peers
    breakdown(by: FILER_CODE) { filerCode { id } lines } }
  changes(first: 5) {
    totalCount { value } nodes { id kind subject { id } account { id } relationship { id } }
  }
"""
THINGS = f"""
  query Things($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on Entity {{ {COMMON} }}
    ... on ImporterNumber {{ display holder {{ id }} account {{ id }}
      accounts(first: 5, includeFormer: true) {{ totalCount {{ value }} nodes {{ id }} }}
      siblings(first: 5) {{ totalCount {{ value }} nodes {{ id display }} }} flags {{ id }} }}
    ... on FilerCode {{ code holder {{ id }} accounts {{ nodes {{ id }} }} flags {{ id }} }}
    ... on Organization {{ name flags {{ id }}
      importerNumbers(first: 5, includeFormer: true) {{ totalCount {{ value }} nodes {{ id }} }}
      filerCodes {{ nodes {{ id }} }} accounts(first: 5) {{ totalCount {{ value }} nodes {{ id }} }}
      holdings {{ nodes {{ id }} }} owners {{ nodes {{ ... on Node {{ id }} }} }} }}
    ... on Issue {{ title stands: status account {{ id }} concerns {{ id }} handler {{ name }}
      strategies {{ id }} flags {{ id }} }}
    ... on Strategy {{ title accounts {{ totalCount {{ value }} nodes {{ id }} }}
      issues {{ nodes {{ id }} }} leader {{ id }} measures {{ title }} }}
    ... on IsaParticipation {{ status account {{ id }} manager {{ id }} notifications {{ id }}
      importerNumbers {{ totalCount {{ value }} nodes {{ id }} }} }}
    ... on RiskFlag {{ severity subject {{ id }} }}
    ... on AnnualNotification {{ id dueOn participation {{ id }} }}
    ... on CenterChangeRequest {{ id statement account {{ id }} }}
    ... on Relationship {{ id type from {{ id }} to {{ id }} }}
    ... on Change {{ id kind subject {{ id }} account {{ id }} cause {{ id }} }}
  }} }}
"""
CARDS = f"""
  query Cards($ids: [ID!]!) {{ nodes(ids: $ids) {{
    ... on ImporterAccount {{ {COMMON} {ACCOUNT}
      brokers(includeFormer: true) {{ totalCount {{ value }} nodes {{ id }} }} }}
    ... on BrokerAccount {{ {COMMON} {ACCOUNT}
      clients(includeFormer: true) {{ totalCount {{ value }} nodes {{ id }} }} }}
  }} }}
"""
LISTED = "totalCount { value } pageInfo { hasNextPage endCursor } nodes { id }"
LISTS = f"""
  query Lists($broker: ID!, $account: ID!) {{
    all: accounts(first: 2) {{ {LISTED} }}
    last: accounts(last: 2, orderBy: OPENED_DESC) {{ {LISTED} }}
    named: accounts(filter: {{nameContains: "mill"}}) {{ {LISTED} }}
    north: accounts(filter: {{centers: ["CEE001"], hasOpenIssue: true}}) {{ {LISTED} }}
    poa: accounts(filter: {{brokerId: $broker}}) {{ {LISTED} }}
    warned: accounts(filter: {{warnings: [SPLIT_TAXPAYER, NO_POWER_OF_ATTORNEY]}}) {{ {LISTED} }}
    issues(first: 2) {{ {LISTED} }}
    about: issues(filter: {{accountIds: [$account]}}) {{ {LISTED} }}
    ours: issues(filter: {{centers: ["CEE001"], statuses: [OPEN]}}) {{ {LISTED} }}
    strategies {{ id }}
    isaParticipations(first: 2) {{ {LISTED} }}
    parties(first: 2) {{ {LISTED} }}
    changes(first: 3) {{ {LISTED} }}
    recent: changes(last: 3, filter: {{centers: ["CEE001"]}}) {{ {LISTED} }}
  }}
"""
# Where the right is missing nothing else is asked: the whole answer is null then.
RICHEST = f"{{ accounts(first: 5, orderBy: ENTERED_VALUE_DESC) {{ {LISTED} }} }}"
FLAGGED = f'{{ accounts(filter: {{not: {{flagKinds: ["PENALTY"]}}}}) {{ {LISTED} }} }}'
STAFF = """
  query Staff {
    viewer { staff { id name } permissions }
    accountManagers(first: 5) { totalCount { value } nodes { id name center { id }
      accounts(first: 2, includeFormer: true) { totalCount { value } nodes { id } }
      mill: accounts(filter: {nameContains: "mill"}) { totalCount { value } }
      caseload { accounts importers withPrimaryManager isaParticipants openIssues overdueIssues
        notificationsDue entrySummaries enteredValue { amount } managers specialists }
      agenda { kind dueOn account { id } about { id } measure { title } }
      degrees { type count { value } } relationships(first: 10) { edges { node { id } } } } }
    centers { id accounts(first: 2) { totalCount { value } nodes { id } }
      caseload { accounts brokers openIssues enteredValue { amount } }
      agenda { kind account { id } about { id } }
      changeRequests { id account { id } } specialists { nodes { id issues { nodes { id } }
        accounts(includeFormer: true) { totalCount { value } nodes { id } } } } }
    disciplines { id issues { totalCount { value } nodes { id } } }
  }
"""
SEARCH = """
  query Search($number: String!) {
    mill: search(text: "mill", first: 5) { totalCount { value relation }
      edges { cursor score matched node { id } } }
    plan: search(text: "plan") { edges { matched node { id } } }
    account: search(text: "A-1") { edges { score node { id } } }
    number: search(text: $number) { edges { score matched node { id } } }
    root: search(text: "12-3456789") { edges { score matched node { id } } }
    code: search(text: "B00") { edges { score node { id } } }
    importerNumber(number: $number) { id account { id } holder { id } }
    byNumber: account(by: {importerNumber: $number}) { id }
    byCode: account(by: {filerCode: "B00"}) { id name }
    filerCode(code: "B00") { id account { id } }
    party(by: {importerNumber: $number}) { id }
  }
"""
CHANGED = """
  query Changed($of: ID!) {
    comparison(of: $of, from: {asOf: "2022-01-01"}, depth: 2) {
      differences { before { id } after { id } causes { id } }
      completeness { state exploredNodes exploredEdges reason hint }
    }
  }
"""
Asked = tuple[str, dict[str, Any]]


def asked(dump: Dump) -> list[Asked]:
    """What is asked of a graph, whoever asks: about everything that is there, seen or not."""
    keys = by_kind(dump.nodes)
    accounts = sorted(keys.pop("Account"))
    things = sorted(key for some in keys.values() for key in some)
    things += [f"Relationship:{each.said['id']}" for each in dump.claims if "id" in each.said]
    found: list[Asked] = [
        (CARDS, {"ids": [*map(ids.encode, accounts)]}),
        (LISTS, {"broker": ids.encode(accounts[-1]), "account": ids.encode(accounts[0])}),
        (STAFF, {}),
        (RICHEST, {}),
        (FLAGGED, {}),
        (SEARCH, {"number": "12-3456789AA"}),
        (SEARCH, {"number": "13-3456789BA"}),
        (CHANGED, {"of": ids.encode("Party:O-0")}),
        (CHANGED, {"of": ids.encode("Center:CEE001")}),
    ]
    for start in range(0, len(things), 60):
        found.append((THINGS, {"ids": [*map(ids.encode, things[start : start + 60])]}))
    return found
