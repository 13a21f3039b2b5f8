"""What is known of ISA, issues and strategies at a moment: the claims replayed.

The rules are those of domain.md, sections 6 and 11, and of the descriptions of the schema: a thing
is stored as it stands, and its own days tell what it was before them.
"""

import json
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from tests.resolvers.side_by_side import Known

Said = dict[str, Any]
ONGOING = ("ACTIVE", "SUSPENDED")
PENDING = "ACCEPTED_PENDING_MANAGER"


class Work(Known):
    """What was known by a turn of the work on a day."""

    def part(self, key: str) -> Said | None:
        """A participation as it stood on the day; None before the application."""
        said = self.things[key]
        accepted, ended = (self.past(said.get(name)) for name in ("acceptedOn", "endedOn"))
        if said["appliedOn"] > self.day:
            return None
        status, waits = said["status"], said.get("pendingSince")
        if said.get("acceptedOn") and not accepted:
            status = "APPLICANT"
        elif said.get("endedOn") and not ended:
            status = (PENDING if waits else "ACTIVE") if accepted else "APPLICANT"
        return {
            "status": status,
            "acceptedOn": accepted,
            "endedOn": ended,
            "pendingSince": waits if status == PENDING else None,
            "nextNotificationDue": said.get("nextNotificationDue") if status in ONGOING else None,
        }

    def past(self, day: date | None) -> date | None:
        """The day, unless it is still to come."""
        return None if day is None or day > self.day else day

    @cached_property
    def parts(self) -> dict[str, tuple[str, Said]]:
        """The participations that there are, each with its account."""
        found = {}
        for each in self.ever("PARTICIPATES_IN"):
            if each.days[0] <= self.day and (said := self.part(each.of[2])):
                found[each.of[2]] = (each.of[1], said)
        return found

    def longest_pending(self) -> list[str]:
        """The participations, longest pending first, then by the account's name."""
        parts = self.parts
        last = date.max

        def place(key: str) -> tuple[Any, ...]:
            account, said = parts[key]
            return (said["pendingSince"] or last, self.things[account]["name"].casefold(), key)

        return sorted(parts, key=place)

    def matching(self, statuses: tuple[str, ...]) -> list[str]:
        """Those in one of these states."""
        parts = self.parts
        return [key for key in self.longest_pending() if parts[key][1]["status"] in statuses]

    def waiting(self, days: int) -> list[str]:
        """Those that have waited for a manager for more than so many days."""
        parts = self.parts
        return [
            key
            for key in self.matching((PENDING,))
            if parts[key][1]["pendingSince"] + timedelta(days=days) < self.day
        ]

    def notifying(self, before: date) -> list[str]:
        """Those whose next annual notification is due before the day."""
        due = {key: said["nextNotificationDue"] for key, (_, said) in self.parts.items()}
        return [key for key in self.longest_pending() if (day := due[key]) and day < before]

    def of(self, accounts: set[str]) -> list[str]:
        """Those of these accounts."""
        parts = self.parts
        return [key for key in self.longest_pending() if parts[key][0] in accounts]

    def present(self, account: str) -> tuple[str, str] | None:
        """An account's own participation, the last one begun, and where it stands."""
        parts = self.parts
        first = {e.of[2]: e.days[0] for e in self.ever("PARTICIPATES_IN") if e.of[1] == account}
        own_parts = [key for key in first if parts.get(key, ("",))[0] == account]
        last = max(own_parts, key=lambda key: first[key], default=None)
        return (last, parts[last][1]["status"]) if last else None

    def primary(self, account: str) -> str | None:
        """The primary manager of an account."""
        return next(iter(self.ends("MANAGED_BY", account, role="PRIMARY")), None)

    def notices(self, part: str) -> list[tuple[str, Said]]:
        """The notifications of a participation as they stood, newest first."""
        found = []
        for key, said in self.kind("AnnualNotification").items():
            if said["participation"] == part.partition(":")[2]:
                received, reviewed = (self.past(said.get(n)) for n in ("receivedOn", "reviewedOn"))
                told = {"dueOn": said["dueOn"], "receivedOn": received, "reviewedOn": reviewed}
                late = (received or self.day) > said["dueOn"]
                by = f"AccountManager:{said['reviewedBy']}" if reviewed else None
                found.append((key, {**told, "overdue": late, "reviewedBy": by}))
        return sorted(found, key=lambda each: (each[1]["dueOn"], each[0]), reverse=True)

    def strategy(self, key: str) -> Said | None:
        """A strategy as it stood; None before it starts."""
        said = self.things[key]
        if said["startsOn"] > self.day:
            return None
        running = said.get("endedOn") and not self.past(said["endedOn"])
        measures = []
        for each in map(json.loads, said["measures"]):
            due, done = (
                date.fromisoformat(day) if (day := each.get(name)) else None
                for name in ("dueOn", "doneOn")
            )
            measures.append((each["title"], due, self.past(done)))
        return {
            "status": "ACTIVE" if running else said["status"],
            "reviewOn": said.get("reviewOn"),
            "endedOn": self.past(said.get("endedOn")),
            "measures": measures,
        }

    def strategies(self, *statuses: str, of: str | None = None) -> list[str]:
        """Those in one of these states, soonest review first; of all, or of an account."""
        keys = self.kind("Strategy") if of is None else self.concerned(of, "Strategy")
        there = {key: said for key in keys if (said := self.strategy(key))}
        found = [key for key, said in there.items() if not statuses or said["status"] in statuses]
        return sorted(found, key=lambda key: (there[key]["reviewOn"] or date.max, key))

    def concerned(self, account: str, kind: str) -> set[str]:
        """What concerns an account."""
        return {key for key in self.starts("CONCERNS", account) if key.startswith(f"{kind}:")}

    def open_issues(self, keys: set[str]) -> dict[str, Said]:
        """Of these issues, those opened and not closed."""
        found = {key: self.things[key] for key in keys}
        return {
            key: said
            for key, said in found.items()
            if said["openedOn"] <= self.day and not self.past(said.get("closedOn"))
        }
