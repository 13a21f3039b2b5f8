"""Importer Self-Assessment: participations, covered numbers, annual notifications."""

from datetime import date, timedelta
from random import Random

from graph.demo.days import WORLD_DAY, between, months_after
from graph.demo.sources import PROGRAM
from graph.demo.world import Account, World
from graph.terms import IsaStatus

STATES = (
    (IsaStatus.ACTIVE, 46),
    (IsaStatus.SUSPENDED, 3),
    (IsaStatus.REMOVED, 4),
    (IsaStatus.WITHDRAWN, 5),
)
WAITING = (  # account without primary manager: accepted on
    ("A-1009", date(2026, 8, 17)),
    ("A-1017", date(2026, 9, 21)),
    ("A-1122", date(2026, 10, 12)),
    ("A-1176", date(2026, 11, 2)),
    ("A-1231", date(2026, 11, 16)),
    ("A-1263", date(2026, 10, 5)),
)
NAMED = ("A-1001", "A-1003", "A-1005", "A-1008")  # I-1 to I-4, all with M-31
ACCEPTED = {"A-1001": date(2023, 11, 14)}  # so that its notification is due in December
REASON = {
    IsaStatus.SUSPENDED: "Self-testing results are outstanding",
    IsaStatus.REMOVED: "Internal controls were not kept up",
    IsaStatus.WITHDRAWN: "The importer left the program on its own wish",
}
CHANGES = ("No change.", "One new importer number.", "New warehouse.", "Merger with an affiliate.")
TESTS = (
    "120 lines tested, 2 corrected.",
    "64 lines tested, none in error.",
    "200 lines tested, 9 corrected; classification training held.",
)


def write(world: World) -> None:
    """Write participations I-1 on; I-9 waits for its manager."""
    random = world.random("isa")
    managed = [
        one for one in world.importers
        if one.status == "ACTIVE" and one.manager and one.managers[0].since < date(2024, 1, 1)
        and one.since < date(2021, 1, 1) and one.id not in NAMED
    ]  # fmt: skip
    chosen = [world.importer(name) for name in NAMED] + random.sample(managed, 54)
    states = [state for state, count in STATES for _ in range(count)]
    for account, state in zip(chosen[:8], states[:8], strict=True):
        _member(world, random, account, state)
    for name, accepted in WAITING:
        _waiting(world, world.importer(name), accepted)
    for account, state in zip(chosen[8:], states[8:], strict=True):
        _member(world, random, account, state)
    others = [one for one in world.importers if one.status == "ACTIVE" and one not in chosen]
    waiting = {name for name, _ in WAITING}
    applicants = [one for one in others if one.id not in waiting and one.since < date(2023, 1, 1)]
    for account in random.sample(applicants, 5):
        day = between(random, date(2026, 7, 1), date(2026, 11, 10))
        _enter(world, account, day, IsaStatus.APPLICANT)


def _enter(
    world: World, account: Account, day: date, state: IsaStatus, until: date | None = None
) -> str:
    """Write the application; answers the participation's key."""
    key = world.book.thing(
        "IsaParticipation", world.next("I"), ("IsaParticipation",), day,
        status=str(state), appliedOn=day,
    )  # fmt: skip
    world.book.claim("PARTICIPATES_IN", account.key, key, PROGRAM, day)
    numbers = account.numbers[:1] + account.numbers[2:]  # the second one stays outside
    for number in numbers:
        since = max(day, world.book.since(number))
        if until is None or since < until:
            world.book.claim("COVERS", key, number, PROGRAM, since, until)
    return key


def _waiting(world: World, account: Account, accepted: date) -> None:
    """Accepted, but nobody to oversee it yet."""
    key = _enter(world, account, accepted - timedelta(days=120), IsaStatus.APPLICANT)
    world.book.change(
        key, accepted, status=str(IsaStatus.ACCEPTED_PENDING_MANAGER), acceptedOn=accepted,
        pendingSince=accepted,
    )  # fmt: skip
    if account.id == "A-1009":
        world.book.change(
            key, date(2026, 11, 23), statusReason="Proposed: Nora Fairweather, caseload permitting"
        )


def _member(world: World, random: Random, account: Account, state: IsaStatus) -> None:
    """Accepted after the account had its manager, and in the program since or until a day."""
    first = max(account.managers[0].since, date(2020, 1, 1))
    accepted = max(first, between(random, first, date(2024, 8, 31)).replace(day=14))
    accepted = ACCEPTED.get(account.id, accepted)
    end = between(random, date(2025, 3, 1), date(2026, 10, 15))
    ended = end if state in (IsaStatus.REMOVED, IsaStatus.WITHDRAWN) else None
    day = accepted - timedelta(days=100)
    key = _enter(world, account, day, IsaStatus.APPLICANT, ended)
    due = _notify(world, random, key, account, accepted)
    world.book.change(
        key, accepted, status=str(IsaStatus.ACTIVE), acceptedOn=accepted, nextNotificationDue=due
    )
    if state is not IsaStatus.ACTIVE:
        world.book.change(
            key, end, status=str(state), statusReason=REASON[state], endedOn=ended,
            nextNotificationDue=None if ended else due,
        )  # fmt: skip


def _notify(world: World, random: Random, key: str, account: Account, accepted: date) -> date:
    """Write the notifications up to the one due next; answers its day."""
    due = months_after(accepted, 13)
    while due < WORLD_DAY:
        late = due > date(2026, 8, 1) and random.random() < 0.35
        _notification(world, random, key, account, due, late)
        if late:
            return due
        due = months_after(due, 12)
    _notification(world, random, key, account, due, True)
    return due


def _notification(
    world: World, random: Random, key: str, account: Account, due: date, missing: bool
) -> None:
    participation = key.partition(":")[2]
    row = world.book.thing(
        "AnnualNotification", f"{participation}-{due}", ("AnnualNotification",),
        due - timedelta(days=300), participation=participation, dueOn=due,
    )  # fmt: skip
    if missing:
        return
    received = due - timedelta(days=random.randint(-20, 40))
    received = min(received, WORLD_DAY - timedelta(days=5))
    world.book.change(
        row, received, receivedOn=received, requirementsConfirmed=random.random() < 0.95,
        businessChanges=random.choice(CHANGES), selfTestResults=random.choice(TESTS),
    )  # fmt: skip
    reviewed = received + timedelta(days=random.randint(10, 75))
    if reviewed < WORLD_DAY:
        manager = account.manager or ""
        world.book.change(row, reviewed, reviewedOn=reviewed, reviewedBy=manager.partition(":")[2])
