"""What is asked about risk, on a small graph of a listed owner and a mill under suspicion."""

from typing import Any

from graph import ids
from tests.resolvers.conftest import Ask

ACCOUNT, IRIS, HOLDINGS, MILL = (
    ids.encode(key) for key in ("Account:A-1", "Party:P-1", "Party:O-1", "Party:O-2")
)
RISK = """query ($id: ID!, $policy: ID, $scenario: ScenarioInput) { node(id: $id) {
  ... on RiskSubject { risk(policy: $policy, scenario: $scenario) {
    own inherited score rating policy { version } moment { asOf }
    chains { source { label } seed strength flags { kind { code } severity }
      path { text hops { attenuation } } reproduction { document variables } }
    reproduction { document variables } } } } }"""
REACH = """query ($id: ID!, $atLeast: Score! = 0.01, $kinds: [EntityKind!], $first: Int,
                  $after: String) {
  node(id: $id) { ... on RiskSubject {
    riskReach(atLeast: $atLeast, kinds: $kinds, first: $first, after: $after) {
      totalCount { value } pageInfo { hasNextPage endCursor }
      edges { node { label } chain { strength source { label } path { text } } }
      completeness { state } reproduction { document variables } } } } }"""
CUTS = """query ($id: ID!, $below: Score!, $maxSize: Int! = 3, $limit: Int! = 5) {
  node(id: $id) { ... on RiskSubject { risk { counterfactual(below: $below, maxSize: $maxSize,
    limit: $limit) { cuts { score rating end { id type } resolve { id } }
    completeness { state reason hint } reproduction { document variables } } } } } }"""
WHAT_IF = """query ($scenario: ScenarioInput!, $kinds: [EntityKind!], $atLeast: Score! = 0.01,
                    $limit: Int! = 20) {
  whatIf(scenario: $scenario, kinds: $kinds, atLeast: $atLeast, limit: $limit) {
    effectCount { value relation }
    effects { before { subject { label } score } after { score chains { path { text } } } }
    completeness { state } reproduction { document variables } } }"""


async def risk(ask: Ask, id_: str = ACCOUNT, **variables: Any) -> dict[str, Any]:
    found = await ask(RISK, id=id_, **variables)
    answer: dict[str, Any] = found["node"]["risk"]
    return answer
