// Which parties have words that begin with these words in a name or alias, by name?
CALL db.index.fulltext.queryNodes('party_words', $words) YIELD node AS party
WHERE party.recordedAt <= $knownAt
  AND ($labels IS NULL OR any(label IN labels(party) WHERE label IN $labels))
  AND ($countries IS NULL OR party.country IN $countries)
  AND ($flagKinds IS NULL OR EXISTS {
    MATCH (party)<-[claim:FLAGS]-(flag:RiskFlag)
    WHERE flag.kind IN $flagKinds AND (flag.resolvedOn IS NULL OR $asOf < flag.resolvedOn)
      AND claim.validFrom <= $asOf AND $asOf < claim.validTo
      AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
  })
WITH party, [party.searchName, party.key] AS sort
ORDER BY sort
WITH collect({party: party, sort: sort}) AS found
WITH size(found) AS total, [row IN found
  WHERE ($after IS NULL OR row.sort > $after) AND ($before IS NULL OR row.sort < $before)] AS open
WITH total, CASE WHEN $backward THEN open[-$limit..] ELSE open[..$limit] END AS page
RETURN total, COLLECT {
  UNWIND page AS row
  WITH row.party AS party, row.sort AS sort
  RETURN [null, party {.*, recordedAt: null, labels: labels(party)}, sort]
} AS rows
ORDER BY total
