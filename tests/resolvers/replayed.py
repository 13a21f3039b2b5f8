"""What random histories say, and what was known by a moment: the claims replayed."""

from typing import Any

from hypothesis import strategies as st

from graph.identifiers import IdentifierKey
from tests import worlds
from tests.resolvers.histories import MONTH, START, Ends, Saying, claimed

NAMES = ["Copper Works", "Lantern Mill", "Pelican Row"]
STATES = ["ACTIVE", "SUSPENDED"]
ACCOUNTS = ["Account:A-1", "Account:A-2"]
CLAIMS: Ends = {
    "MANAGED_BY": (
        ACCOUNTS,
        ["AccountManager:M-1", "AccountManager:M-2"],
        ["PRIMARY", "BACKUP"],
    ),
    "ASSIGNED_TO": (ACCOUNTS, ["Center:CEE001", "Center:CEE002"], ["APPEAL"]),
    "GRANTED_POA": (ACCOUNTS, ["Account:B-1"], [None]),
    "IDENTIFIES": (["ImporterNumber:N-1", "ImporterNumber:N-2"], ACCOUNTS, [None]),
    "HOLDS": (["Party:O-1"], ["ImporterNumber:N-1", "ImporterNumber:N-2"], [None]),
    "OWNS": (["Party:O-1"], ["Party:O-2", "Party:O-3"], [10, 35, 50]),
    "CONCERNS": (["Issue:I-1", "Issue:I-2"], ACCOUNTS, [None]),
}  # fmt: skip


class Said(Saying):
    """A claim, or what an account or an issue is like."""

    @property
    def row(self) -> worlds.Row:
        """As the writer takes it."""
        id_ = self.start.partition(":")[2]
        if self.type == "ACCOUNT":
            return worlds.account(id_, self.value[0], status=self.value[1])
        return issue(id_, self.until) if self.type == "ISSUE" else super().row


def issue(id_: str, closed: Any = None) -> worlds.NodeRow:
    properties: dict[str, object] = {
        "purpose": "ADVICE", "title": f"Issue {id_}", "openedOn": START,
        "status": "RESOLVED" if closed else "OPEN", "closedOn": closed,
    }  # fmt: skip
    return worlds.NodeRow("Issue", id_, ("Issue",), properties)


@st.composite
def sayings(draw: st.DrawFn) -> Said:
    turn = draw(st.integers(1, 12))
    type_ = draw(st.sampled_from([*CLAIMS, "ACCOUNT", "ISSUE"]))
    if type_ == "ACCOUNT":
        told = (draw(st.sampled_from(NAMES)), draw(st.sampled_from(STATES)))
        return Said(turn, type_, draw(st.sampled_from(ACCOUNTS)), value=told)
    if type_ == "ISSUE":
        closed = draw(st.one_of(st.none(), st.integers(1, turn)))
        return Said(turn, type_, draw(st.sampled_from(["Issue:I-1", "Issue:I-2"])), last=closed)
    return claimed(draw, Said, turn, type_, CLAIMS)


def things(key: IdentifierKey) -> list[worlds.Row]:
    return [
        *(worlds.account(f"A-{n}", f"First {n}") for n in (1, 2)),
        worlds.account("B-1", "Broker", "Broker"),
        *(worlds.manager(f"M-{n}", f"Manager {n}") for n in (1, 2)),
        *(worlds.center(f"CEE00{n}", f"Center {n}") for n in (1, 2)),
        *(worlds.number(key, f"N-{n}", f"12-345678{n}AB") for n in (1, 2)),
        *(worlds.organization(f"O-{n}", f"Firm {n}") for n in (1, 2, 3)),
        *(issue(f"I-{n}") for n in (1, 2)),
    ]


class Known:
    """What was known by a turn to hold on a day: the claims replayed."""

    def __init__(self, history: list[Said], day: int, turn: int) -> None:
        """Keep of each claim what was said last."""
        self.day = day
        self.said = {each.claim: each for each in history if each.turn <= turn}
        self.accounts = {key: ("First " + key[-1], "ACTIVE") for key in ACCOUNTS}
        self.accounts |= {e.start: e.value for e in self.said.values() if e.type == "ACCOUNT"}
        closed = {each.start: each.last for each in self.said.values() if each.type == "ISSUE"}
        self.open = {
            key
            for key in ("Issue:I-1", "Issue:I-2")
            if (last := closed.get(key)) is None or day < last
        }

    def pairs(self, type_: str, *values: Any) -> list[tuple[str, str]]:
        """The ends of what holds, of these values if any are given."""
        return [
            (each.start, each.end)
            for each in self.said.values()
            if each.type == type_ and each.holds(self.day) and (not values or each.value in values)
        ]

    def starts(self, type_: str, end: str, *values: Any) -> set[str]:
        """What stands at the other side of an end."""
        return {start for start, other in self.pairs(type_, *values) if other == end}

    def ends(self, type_: str, start: str) -> set[str]:
        """What stands at the other side of a start."""
        return {end for other, end in self.pairs(type_) if other == start}

    def load(self, accounts: set[str], with_primary: set[str]) -> dict[str, int]:
        """A caseload of these accounts."""
        issues = {issue for issue, account in self.pairs("CONCERNS") if account in accounts}
        return {
            "accounts": len(accounts),
            "withPrimaryManager": len(accounts & with_primary),
            "openIssues": len(issues & self.open),
        }

    @property
    def answer(self) -> dict[str, Any]:
        """What is due."""
        mine, there = "AccountManager:M-1", "Center:CEE001"
        primary = {account for account, _ in self.pairs("MANAGED_BY", "PRIMARY")}
        numbers = self.ends("HOLDS", "Party:O-1")
        named = {key for key, (name, _) in self.accounts.items() if "Lantern" in name}
        names = [name for name, _ in self.accounts.values()] + ["Broker"]
        managed, centered = self.starts("MANAGED_BY", mine), self.starts("ASSIGNED_TO", there)
        shares = {
            (each.end, each.value)
            for each in self.said.values()
            if each.type == "OWNS" and each.holds(self.day)
        }
        return {
            "managed": managed,
            "centered": centered,
            "suspended": {key for key, (_, state) in self.accounts.items() if state == STATES[1]},
            "named": named,
            "troubled": {key for issue, key in self.pairs("CONCERNS") if issue in self.open},
            "alone": set(ACCOUNTS) - primary,
            "brokered": self.starts("GRANTED_POA", "Account:B-1"),
            "ordered": sorted(names, key=str.casefold, reverse=True),
            "search": named,
            "issues": self.open,
            "number": self.ends("IDENTIFIES", "ImporterNumber:N-1"),
            "of manager": self.starts("MANAGED_BY", mine, "PRIMARY"),
            "load of manager": self.load(managed, self.starts("MANAGED_BY", mine, "PRIMARY")),
            "of center": centered,
            "load of center": self.load(centered, primary),
            "clients": self.starts("GRANTED_POA", "Account:B-1"),
            "holdings": shares,
            "numbers": numbers,
            "held": {account for number, account in self.pairs("IDENTIFIES") if number in numbers},
            "standing": self.standing,
            "issues of account": self.open & {
                issue for issue, account in self.pairs("CONCERNS") if account == ACCOUNTS[0]
            },
            "managers": self.past("MANAGED_BY"),
            "centers": self.past("ASSIGNED_TO"),
            "identifiers": self.past("IDENTIFIES"),
            "holders": {
                holder
                for holder, number in self.pairs("HOLDS")
                if number in self.starts("IDENTIFIES", ACCOUNTS[0])
            },
            "differences": {(None, center) for center in self.ends("ASSIGNED_TO", ACCOUNTS[0])},
        }  # fmt: skip

    @property
    def standing(self) -> str:
        """In whose place the first point of contact of A-1 stands."""
        for role in ("PRIMARY", "BACKUP"):
            if any(account == ACCOUNTS[0] for account, _ in self.pairs("MANAGED_BY", role)):
                return f"{role}_MANAGER"
        return "CENTER_DESK"

    def past(self, type_: str) -> set[tuple[str, str, str | None]]:
        """What A-1 is or was joined with so, from when and to when."""
        return {
            (
                each.end if each.start == ACCOUNTS[0] else each.start,
                str(START + each.first * MONTH),
                None if each.last is None else str(START + each.last * MONTH),
            )
            for each in self.said.values()
            if each.type == type_
            and ACCOUNTS[0] in (each.start, each.end)
            and each.first <= self.day
        }
