"""What the writer says of a row it refuses: reason and remedy, in words for who keeps the file."""

from graph.load import ends

FUTURE = (
    "An assignment cannot be recorded as ended on a day that is still to come.",
    "Leave the end empty and load the row again when the assignment has ended.",
)
INACTIVE = (
    "The manager is not active and receives no assignment.",
    "Name an active manager, or give the day on which the assignment ended.",
)
BACKWARDS = (
    "The end is not after the beginning.",
    "The end is the day after the last day on which it holds: correct one of the two.",
)
SHARE = (
    "A share lies between 0 and 100 percent, and its minimum is not above its maximum.",
    "Correct the share, or leave it empty if it is not known.",
)
LAST = (
    "An active ISA participant must keep an active primary manager.",
    "Load the next manager's assignment in the same file.",
)
CONFLICTS = {
    "IDENTIFIES": (
        "IDENTIFIER_IN_USE",
        "The number or code identifies another account in that time.",
        "End the other account's claim first, or correct the days.",
    ),
    "MANAGED_BY": (
        "INTERVAL_CONFLICT",
        "The account has an assignment of this role in that time.",
        "End the other assignment first, or correct the days.",
    ),
    "MEMBER_OF": (
        "INTERVAL_CONFLICT",
        "The person belongs to another Center in that time.",
        "End the other membership first, or correct the days.",
    ),
    "ASSIGNED_TO": (
        "INTERVAL_CONFLICT",
        "The account is assigned to another Center in that time.",
        "End the other assignment first, or correct the days.",
    ),
}
TWICE = (
    "An earlier row says otherwise of the same thing.",
    "Keep one of the two rows.",
)
CLAIMED_TWICE = (
    "An earlier row of the same source says otherwise of the same two ends.",
    "Keep one of the two rows, or tell them apart by first day or source reference.",
)
OTHER_KIND = (
    "This id belongs to a thing of another kind.",
    "Give the thing an id of its own, or correct its kind.",
)
OTHER_ID = (
    "The importer number is registered under another id.",
    "Leave the id empty: the number finds the one it has.",
)


def missing(type_: str, end: int) -> tuple[str, str]:
    """For an end that is not there."""
    kinds = ends.told(type_, end)
    return (f"There is no such {kinds}.", "Load it first, or correct the reference.")


def misfit(type_: str, end: int) -> tuple[str, str]:
    """For an end of a kind the relationship cannot join."""
    side = "leads to" if end else "starts at"
    return (
        f"{type_} {side} {ends.told(type_, end)}, which this is not.",
        "Correct the type, or the reference; perhaps the two ends are exchanged.",
    )
