"""How well a name matches typed words: a number from 0 to 1, the same for the same two texts.

Each typed word counts by the best word of the name: 1 if equal, 0.8 to 1 if the name's word begins
with it, the OSA similarity (edits and swapped neighbours, rapidfuzz) times 0.75 if it is nearly so.
Words of legal form (Inc, GmbH, ...) weigh a tenth. The mean is multiplied by how much of the name
the words cover; a name that begins as the text does gains a little.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA

from graph.text import fold
from graph.words import WORD

LEGAL = (
    "ab ag as bv co company corp corporation gmbh inc incorporated kg limited llc llp lp ltd"
    " nv oy plc pte pty sa sarl sas se spa srl the"
)
FORMS = frozenset(LEGAL.split())
FORM_WEIGHT = 0.1
NEAR = 0.75  # what a nearly equal word is worth at most
SIMILAR = 0.6  # below, two words have nothing to do with one another
BEGINS = 0.05
REMEMBERED = 50_000  # pairs of words: names share most of theirs


def words(text: str) -> list[str]:
    """The words of a text, folded, as the indexes know them."""
    return WORD.findall(fold(text))


def score(wanted: Sequence[str], name: str | None) -> float:
    """How well a folded name matches the wanted words, 0 to 1, to 6 decimals."""
    held = words(name or "")
    if not wanted or not held:
        return 0.0
    weights = [_weight(word) for word in wanted]
    matched = sum(
        weight * max(_alike(word, other) for other in held)
        for word, weight in zip(wanted, weights, strict=True)
    )
    mean = matched / sum(weights)
    covered = min(1.0, sum(weights) / sum(map(_weight, held)))
    begins = BEGINS if " ".join(held).startswith(" ".join(wanted)) else 0.0
    return round(mean * (0.75 + 0.2 * covered) + begins, 6)


def expressions(wanted: Sequence[str]) -> tuple[str | None, str | None]:
    """Full-text queries for these words, whole, begun or slightly misspelt: for all, and for any.

    None where there is nothing (more) to ask: no word, or just one.

    Words of legal form are not asked for beside others. The words are folded letters and digits,
    so nothing in them means anything to the query language.
    """
    each = [_expression(word) for word in _needed(wanted)]
    if len(each) < 2:
        return (each[0] if each else None), None
    return " AND ".join(each), " OR ".join(each)


def found(wanted: Sequence[str], names: Iterable[str], *, every: bool) -> bool:
    """Whether the query for all the wanted words (`every`), or for any, finds these folded names.

    The same rules as those of the full-text indexes, for names that none of them holds.
    """
    held = {word for name in names for word in words(name)}
    judged = (_found(word, held) for word in _needed(wanted))
    return all(judged) if every else any(judged)


def _needed(wanted: Sequence[str]) -> list[str]:
    """The words asked for, each once: those of legal form only where there are no others."""
    return list(dict.fromkeys([word for word in wanted if word not in FORMS] or wanted))


def _found(word: str, held: Iterable[str]) -> bool:
    slips = _slips(word)
    return any(
        other.startswith(word) or OSA.distance(word, other, score_cutoff=slips) <= slips
        for other in held
    )


def _slips(word: str) -> int:
    """A slip is forgiven from 4 letters on, two from 8 on."""
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2


def _expression(word: str) -> str:
    """Equal counts most, then words that begin so, then those nearly so."""
    slips = _slips(word)
    near = f" OR {word}~{slips}" if slips else ""
    return f"({word}^4 OR {word}*^2{near})"


def _weight(word: str) -> float:
    return FORM_WEIGHT if word in FORMS else 1.0


@lru_cache(maxsize=REMEMBERED)
def _alike(word: str, other: str) -> float:
    if word == other:
        return 1.0
    if other.startswith(word):
        return 0.8 + 0.2 * len(word) / len(other)
    similar = float(OSA.normalized_similarity(word, other))
    return NEAR * similar if similar >= SIMILAR else 0.0
