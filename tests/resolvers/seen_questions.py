"""What is asked of whole and cut graphs: connections, ownership, control and risk."""

from datetime import UTC, date, datetime

from graph.records.moment import Moment

DAY, KNOWN = date(2026, 11, 25), datetime(2026, 1, 1, tzinfo=UTC)
AT = {"asOf": DAY.isoformat(), "knownAt": KNOWN.isoformat()}
SUFFIX = Moment.given(DAY, KNOWN, Moment.now()).suffix
COMPLETE = "completeness { state exploredNodes exploredEdges reason hint }"
CHAIN = "source { key label } flags { key } seed strength path { text hops { attenuation } }"
RISK = f"""
  query ($id: ID!) {{
    node(id: $id) {{
      ... on RiskSubject {{
        risk {{
          own inherited score lowerBound rating {COMPLETE} chains {{ {CHAIN} }}
          counterfactual(below: 0.3, maxSize: 2) {{
            cuts {{ score end {{ id }} resolve {{ key }} }} {COMPLETE}
          }}
        }}
        riskReach(first: 50) {{
          totalCount {{ value relation }} {COMPLETE}
          edges {{ node {{ key label }} chain {{ {CHAIN} }} }}
        }}
      }}
    }}
  }}
"""
OWNERSHIP = f"""
  query ($id: ID!) {{
    node(id: $id) {{
      ... on Organization {{
        owners {{ nodes {{ ... on Party {{ key }} }} remainder {{ min max }} }}
        holdings {{ nodes {{ key }} }}
        ultimateOwners {{
          owners {{ owner {{ ... on Party {{ key }} }} share {{ min max }} paths {{ text }} }}
          remainder {{ min max }} {COMPLETE}
        }}
        controllingGroup {{ controller {{ ... on Party {{ key }} }} verdict {COMPLETE} }}
        blockedStatus {{ verdict listed aggregate {{ min max }} paths {{ text }} {COMPLETE} }}
      }}
    }}
  }}
"""
PATHS = f"""
  query ($from: ID!, $to: ID!, $walk: WalkInput, $moment: MomentInput) {{
    shortestPaths(from: $from, to: $to, walk: $walk, longer: true, limit: 20, moment: $moment) {{
      paths {{ text hops {{ relationship {{ id }} }} }} connected {COMPLETE}
    }}
  }}
"""
REACHABLE = f"""
  query ($from: [ID!]!, $walk: WalkInput, $moment: MomentInput) {{
    reachable(from: $from, walk: $walk, maxDepth: 5, first: 100, moment: $moment) {{
      totalCount {{ value relation }} {COMPLETE}
      edges {{ distance node {{ key label }} path {{ text }} }}
    }}
  }}
"""
PART = f"""
  query ($around: [ID!]!, $walk: WalkInput, $moment: MomentInput) {{
    neighborhood(around: $around, depth: 2, limit: 200, walk: $walk, moment: $moment) {{
      nodes {{
        distance entity {{ __typename key label degrees {{ type direction count {{ value }} }} }}
        hidden {{ type direction count {{ value relation }} }} beside {{ key }}
      }}
      relationships {{ id }} {COMPLETE}
    }}
  }}
"""
RANKED = """
  query ($filter: AccountFilter, $orderBy: AccountOrder!, $moment: MomentInput) {
    accounts(filter: $filter, orderBy: $orderBy, first: 100, moment: $moment) {
      totalCount { value } nodes { key name }
    }
  }
"""
WHAT_IF = f"""
  query ($scenario: ScenarioInput!, $moment: MomentInput) {{
    whatIf(scenario: $scenario, limit: 100, moment: $moment) {{
      effectCount {{ value }} {COMPLETE}
      effects {{
        before {{ score }}
        after {{ subject {{ key label }} score {COMPLETE} chains {{ {CHAIN} }} }}
      }}
    }}
  }}
"""
