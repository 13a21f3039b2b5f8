"""The people who ask for the cells, the things they ask for, and the questions of the root."""

from dataclasses import replace

from graph import ids
from graph.policy import Viewer
from graph.roles import Role
from graph.terms import Permission
from tests.graph.cedar import DISCIPLINES, SOUTH, Caller
from tests.matrix.judging import Person
from tests.matrix.program import CODES, ME, NUMBERS, PLACES, SECOND, WORDS

P = Permission
EVERY = frozenset(Permission)
SOME = frozenset({P.READ_PERFORMANCE, P.READ_RISK})
PEOPLE = [
    Person("DEVELOPMENT", Caller((Role.DEVELOPMENT,))),
    Person("ACCOUNT_MANAGER", Caller((Role.ACCOUNT_MANAGER,))),
    Person("CENTER_DIRECTOR", Caller((Role.CENTER_DIRECTOR,))),
    Person("SPECIALIST of audits", Caller((Role.SPECIALIST,), DISCIPLINES[0])),
    Person("SPECIALIST of imports", Caller((Role.SPECIALIST,), DISCIPLINES[1])),
    Person("HQ_ANALYST", Caller((Role.HQ_ANALYST,))),
    Person("HQ_COORDINATOR", Caller((Role.HQ_COORDINATOR,))),
    Person("INTEGRATOR", Caller((Role.INTEGRATOR,), registered=EVERY)),
    Person(
        "INTEGRATOR of a Center",
        Caller((Role.INTEGRATOR,), registered=SOME, centers=frozenset({SOUTH})),
    ),
    Person("TRADE_OWNER", Caller((Role.TRADE_OWNER,), named=frozenset({"A-own", "B-own"}))),
    Person("TRADE_OWNER where they are off", Caller((Role.TRADE_OWNER,))),
    Person("AUDITOR", Caller((Role.AUDITOR,))),
    Person("ADMIN", Caller((Role.ADMIN,))),
]
STAFF = [person for person in PEOPLE if person.seen and not person.owner]
"""Who is told of things by their ids."""
MISSING = "none"
HANGS, INTERNAL = "hangs on accounts", "known to everybody in the program"
THINGS: dict[str, tuple[str, str, str]] = {  # type, key in a place, and to whom it is known
    "ImporterAccount": ("ImporterAccount", "Account:A-{0}", HANGS),
    "BrokerAccount": ("BrokerAccount", "Account:B-{0}", HANGS),
    "ImporterNumber": ("ImporterNumber", "ImporterNumber:N-{0}", HANGS),
    "FilerCode": ("FilerCode", "FilerCode:{1}", HANGS),
    "Organization": ("Organization", "Party:O-{0}", INTERNAL),
    "Person": ("Person", "Party:P-{0}", INTERNAL),
    "UnspecifiedParty": ("UnspecifiedParty", "Party:U-{0}", INTERNAL),
    "RiskFlag": ("RiskFlag", "RiskFlag:F-A-{0}", "READ_RISK"),
    "SharedAttribute": ("SharedAttribute", "SharedAttribute:S-{0}", "READ_RISK"),
    "Issue": ("Issue", "Issue:I-A-{0}", HANGS),
    "Strategy": ("Strategy", "Strategy:ST-A-{0}", HANGS),
    "IsaParticipation": ("IsaParticipation", "IsaParticipation:Y-A-{0}", HANGS),
    "AnnualNotification": ("AnnualNotification", "AnnualNotification:T-A-{0}", HANGS),
    "CenterChangeRequest": ("CenterChangeRequest", "CenterChangeRequest:R-A-{0}", HANGS),
    "Relationship": ("Relationship", "Account:A-{0} GRANTED_POA", HANGS),
    "Relationship of owners": ("Relationship", "Party:P-{0} OWNS", "READ_OWNERSHIP"),
    "Change": ("Change", "Account:A-{0} CHANGED", HANGS),
}
COMMON = {  # things of the program, that stand in no place
    "AccountManager": f"AccountManager:{ME}",
    "Specialist": f"Specialist:{ME}",
    "Center": "Center:CEE001",
    "Discipline": f"Discipline:{DISCIPLINES[0]}",
    "HtsChapter": "HtsChapter:61",
    "Port": "Port:2704",
    "RiskPolicy": "RiskPolicy:default-2026.1",
    "RiskSegment": "RiskSegment:high.1",
}
ROOTS = {  # questions about a place; {a} is an account, {o} a party, as global ids
    "node": 'id: "{a}"',
    "nodes": 'ids: ["{a}"]',
    "account": 'by: {{id: "{a}"}}',
    "accounts": 'filter: {{nameContains: "{word}"}}, first: 2',
    "importerNumber": 'number: "{number}"',
    "filerCode": 'code: "{code}"',
    "party": 'by: {{importerNumber: "{number}"}}',
    "issues": 'filter: {{accountIds: ["{a}"]}}, first: 2',
    "isaParticipations": "first: 2",
    "search": 'text: "{word}", kinds: [IMPORTER_ACCOUNT], first: 2',
    "changes": 'filter: {{accountIds: ["{a}"]}}, first: 2',
    "neighborhood": 'around: ["{a}"], depth: 1, limit: 5',
    "shortestPaths": 'from: "{a}", to: "{number_id}", limit: 1',
    "reachable": 'from: ["{a}"], kinds: [IMPORTER_NUMBER], maxDepth: 1, first: 1',
    "comparison": 'of: "{a}", from: {{asOf: "2019-01-01"}}, relationshipTypes: [IDENTIFIES]',
    "whatIf": (
        'scenario: {{raise: [{{subjectId: "{a}", kind: "PENALTY", severity: 0.9,'
        ' evidence: [{{name: "Register"}}]}}]}}, limit: 1'
    ),
    "simulateReassignment": 'moves: [{{accountIds: ["{a}"], toManagerId: "{manager}"}}]',
}


def viewer(person: Person) -> Viewer:
    """As the product takes them."""
    second = person.caller.practised == DISCIPLINES[1]
    return replace(person.caller.viewer, id=SECOND if second else ME)


def given(name: str, place: str) -> str:
    """The arguments of a question of the root."""
    return ROOTS[name].format(
        a=ids.encode(f"Account:A-{place}"),
        number_id=ids.encode(f"ImporterNumber:N-{place}"),
        manager=ids.encode(f"AccountManager:{ME}"),
        word=WORDS.get(place, "Nightjar"),
        number=NUMBERS.get(place, "77-3456789AA"),
        code=CODES.get(place, "Z99"),
    )


def keys(name: str) -> list[str]:
    """The keys of a thing in all places."""
    return [THINGS[name][1].format(place, CODES[place]) for place in PLACES]
