"""The risk of one thing under one policy."""

from dataclasses import dataclass

from graph import ids
from graph.records.entity import Entity
from graph.records.moment import Moment
from graph.records.traversal import Completeness, Reproduction
from graph.terms import RiskRating

AGAIN = """query Risk($id: ID!) {
  node(id: $id) {
    ... on RiskSubject { risk { own inherited score rating policy { id version } } }
  }
}"""


@dataclass(frozen=True, slots=True)
class Risk:
    """Own risk, what is inherited by the strongest chains, and both together; from 0 to 1.

    Definition: docs of `graph.algorithms.strongest_chains`. `policy` is the version applied.
    """

    subject: Entity
    own: float
    inherited: float
    score: float
    lower_bound: float
    rating: RiskRating
    policy: object
    completeness: Completeness
    moment: Moment

    @property
    def reproduction(self) -> Reproduction:
        """How to get the same answer again: the subject's id with both clocks in it."""
        at = Moment.given(self.moment.as_of, self.moment.known_at, self.moment)
        id_ = ids.encode(self.subject.stored_key + at.suffix)
        return Reproduction(AGAIN, {"id": id_})
