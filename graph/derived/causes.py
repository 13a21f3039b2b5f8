"""Which entry of a unit moved a thing: the last one that touched what its standing rests on."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from graph.derived.units import Logged, Unit


@dataclass(frozen=True)
class Causes:
    """The entries of a unit by what they touch.

    A flag that is raised is two entries, the flag and what it is on: the flag's own is told.
    """

    by_claim: Mapping[str, int]
    by_thing: Mapping[str, int]
    last: int | None  # of those that may move anything

    def of(self, claims: Iterable[str], things: Iterable[str]) -> int | None:
        """The last entry that touches any of these; if none does, the last of all."""
        found = [self.by_claim[each] for each in claims if each in self.by_claim]
        found += [self.by_thing[each] for each in things if each in self.by_thing]
        return max(found, default=self.last)


NO_CAUSE = Causes({}, {}, None)


def causes(unit: Unit, moving: Collection[Logged]) -> Causes:
    """The causes among these entries of a unit, which are in order."""
    flags = {str(each.subject): each.sequence for each in moving if each.flag}
    by_claim: dict[str, int] = {}
    by_thing: dict[str, int] = {}
    last = None
    for entry in moving:
        last = flags.get(entry.subject or "", entry.sequence)
        ends = [each for each in (entry.subject, entry.rules) if each]
        for id_ in (entry.opened, entry.closed):
            if id_ is not None:
                by_claim[id_] = last
                if id_ in unit.claims:
                    ends += [unit.claims[id_].start, unit.claims[id_].end]
        by_thing |= dict.fromkeys(ends, last)
    return Causes(by_claim, by_thing, last)
