"""Chance: what is given to commands, mostly sound, at times not."""

from datetime import date
from random import Random

from tests.days import today, tomorrow
from tests.model.state import DAYS, State

MISSING = {
    "Account": "Account:A-0", "ImporterNumber": "ImporterNumber:N-0", "FilerCode": "FilerCode:ZZ9",
    "AccountManager": "AccountManager:M-0", "Specialist": "Specialist:S-0", "Party": "Party:O-0",
    "IsaParticipation": "IsaParticipation:I-0", "RiskFlag": "RiskFlag:F-0", "Issue": "Issue:IS-0",
    "CenterChangeRequest": "CenterChangeRequest:CR-0", "SavedView": "SavedView:V-0",
    "Strategy": "Strategy:ST-0", "RiskSegment": "RiskSegment:SG-0.1", "Job": "Job:J-0",
}  # fmt: skip


def some(random: Random, state: State, kind: str) -> str:
    """A key of the kind, most often of a thing there is."""
    luck = random.random()
    there = state.of(kind)
    if luck < 0.01:
        return "nonsense"
    if luck < 0.02 or not there:
        return MISSING[kind]
    if luck < 0.03:
        return random.choice(state.of("Party" if kind != "Party" else "Account"))
    return random.choice(there)


def several(random: Random, state: State, kind: str, most: int) -> list[str]:
    """Some keys of the kind; at times none, or one twice."""
    if random.random() < 0.03:
        return []
    found = [some(random, state, kind) for _ in range(random.randint(1, most))]
    return found if random.random() < 0.1 else list(dict.fromkeys(found))


def day(random: Random) -> date | None:
    """A day, mostly one that others were given too."""
    luck = random.random()
    if luck < 0.5:
        return None
    return tomorrow() if luck < 0.52 else random.choice([*DAYS, today()])
