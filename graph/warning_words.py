"""Warnings in one sentence each; numbers appear as their display shows them."""

from collections.abc import Callable, Sequence

from graph import records
from graph.terms import WarningCode

Things = Sequence[records.Entity]
Facts = Sequence[str]
LISTED = 3  # names in a sentence; the rest is counted


def message(code: WarningCode, things: Things, facts: Facts) -> str:
    """The sentence for a warning about these things, with what the statement found."""
    return SENTENCES[code](things, facts)


def _list(things: Things) -> str:
    names = [thing.label for thing in things]
    if len(names) > LISTED:
        return f"{', '.join(names[:LISTED])} and {len(names) - LISTED} more"
    return " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)


def _mismatch(things: Things, _: Facts) -> str:
    center, manager, other = (thing.label for thing in things)
    return f"Its Center is {center}, but its primary manager {manager} belongs to {other}."


def _predominant(things: Things, facts: Facts) -> str:
    center, most = (thing.label for thing in things)
    lines, whole = (f"{int(fact):,}" for fact in facts)
    return (
        f"Its Center is {center}, but {lines} of its {whole} lines of the last 12 whole months"
        f" belong to {most}."
    )


def _pending(things: Things, facts: Facts) -> str:
    (participation,) = things
    return (
        f"Its ISA participation {participation.business_id} was accepted on {facts[0]} and still"
        " has no manager."
    )


def _inactive(things: Things, facts: Facts) -> str:
    return f"Its importer number {things[0].label} is {facts[0].lower()}."


def _split(things: Things, facts: Facts) -> str:
    others = [thing for thing in things if isinstance(thing, records.Account)]
    verb = "identify" if len(others) > 1 else "identifies"
    those = "others" if len(others) > 1 else "another account"
    return f"The IRS root {facts[0]} of its numbers also {verb} {those}: {_list(others)}."


def _succession(things: Things, facts: Facts) -> str:
    new, old, *_ = (thing.label for thing in things)
    since, raised = facts
    return (
        f"Its number {new} replaced {old} on {since}, within 12 months of the penalty flag of"
        f" {raised}."
    )


def _importing(things: Things, _: Facts) -> str:
    noun = "importer numbers" if len(things) > 1 else "the importer number"
    return f"A broker account, it holds {noun} {_list(things)}."


def _powerless(things: Things, facts: Facts) -> str:
    months, last = facts
    noun = "month" if months == "1" else "months"
    return (
        f"{things[0].label} filed for it in {months} {noun} without a power of attorney in force,"
        f" last in {last[:7]}."
    )


def _oversubscribed(things: Things, facts: Facts) -> str:
    interest, total = facts
    percent = f"{int(total) / 10_000_000:.7f}".rstrip("0").rstrip(".")
    return f"The stated shares in {things[0].label} ({_words(interest)}) sum to {percent} percent."


def _ring(things: Things, _: Facts) -> str:
    return f"{_list(things)} own one another completely; no owner stands outside the ring."


def _treasury(things: Things, _: Facts) -> str:
    return f"{things[0].label} holds shares of its own; they carry no vote and no dividend."


def _conflict(things: Things, facts: Facts) -> str:
    owner, owned = (thing.label for thing in things)
    interest, *sources = facts
    said = ", ".join(sources[:-1])
    return (
        f"{said} and {sources[-1]} contradict one another on what {owner} owns of {owned}"
        f" ({_words(interest)})."
    )


def _words(code: str) -> str:
    return code.replace("_", " ").lower()


SENTENCES: dict[WarningCode, Callable[[Things, Facts], str]] = {
    WarningCode.CENTER_MISMATCH: _mismatch,
    WarningCode.CENTER_NOT_PREDOMINANT: _predominant,
    WarningCode.ISA_PENDING_MANAGER: _pending,
    WarningCode.NUMBER_NOT_ACTIVE: _inactive,
    WarningCode.SPLIT_TAXPAYER: _split,
    WarningCode.NUMBER_SUCCESSION: _succession,
    WarningCode.BROKER_AS_IMPORTER: _importing,
    WarningCode.NO_POWER_OF_ATTORNEY: _powerless,
    WarningCode.OVERSUBSCRIBED: _oversubscribed,
    WarningCode.OWNERLESS_RING: _ring,
    WarningCode.TREASURY_SHARES: _treasury,
    WarningCode.CONFLICTING_CLAIMS: _conflict,
}
