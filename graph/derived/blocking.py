"""Which parties become or cease to be blocked: both runs over all holdings, before and after."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from graph.algorithms.control import blocked
from graph.derived.causes import Causes
from graph.derived.facts import Facts
from graph.derived.told import Moved
from graph.terms import ChangeKind, Verdict

RULE = "OFAC 50 Percent Rule"


@dataclass(frozen=True)
class Blocked:
    """Who is or may be blocked, listed or by ownership; whoever is not named here is not."""

    facts: Facts

    @cached_property
    def verdicts(self) -> Mapping[str, Verdict]:
        """By party, YES or UNDETERMINED."""
        recorded, listed = self.facts.recorded, self.facts.listed
        places = [at for key in sorted(listed) if (at := recorded.place(key)) is not None]
        both = blocked(recorded.holdings, places)
        found = {recorded.key(one): Verdict.UNDETERMINED for one in both.high.order.tolist()}
        found |= {recorded.key(one): Verdict.YES for one in both.low.order.tolist()}
        return found | dict.fromkeys(listed, Verdict.YES)

    def after(self, facts: Facts) -> "Blocked":
        """The same for later facts: this one, if it stands on what they say."""
        same = facts.recorded is self.facts.recorded and facts.listed == self.facts.listed
        return self if same else Blocked(facts)


def moved(before: Blocked, after: Blocked, by: Causes) -> list[Moved]:
    """The verdicts that differ, by the keys of parties."""
    if before is after:
        return []
    was, now = before.verdicts, after.verdicts
    found = []
    for key in sorted(was.keys() | now.keys()):
        before_it, behind_it = was.get(key, Verdict.NO), now.get(key, Verdict.NO)
        if before_it is behind_it:
            continue
        told = (("verdict", before_it.value, behind_it.value),)
        cause = by.of(*_stands_on(key, before.facts, after.facts))
        found.append(Moved(ChangeKind.BLOCKED_STATUS_CHANGED, key, told, RULE, cause))
    return found


def _stands_on(key: str, *worlds: Facts) -> tuple[set[str], set[str]]:
    """The claims on what lies above a party, and the flags that list anybody there."""
    claims, things = set(), set[str]()
    for facts in worlds:
        recorded = facts.recorded
        above, waiting = {key}, [place] if (place := recorded.place(key)) is not None else []
        seen = set(waiting)
        while waiting:
            one = waiting.pop()
            for claim in recorded.claims_into(one).tolist():
                claims.add(bytes(recorded.id[claim]).decode())
                start = int(recorded.start[claim])
                above.add(recorded.key(start))
                if start not in seen:
                    seen.add(start)
                    waiting.append(start)
        things |= {flag.key for flag in facts.flags if flag.subject in above}
    return claims, things
