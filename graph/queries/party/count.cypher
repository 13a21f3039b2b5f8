// How many parties match, counted up to a bound?
MATCH (party:Party)
WHERE party.recordedAt <= $knownAt
  AND ($labels IS NULL OR any(label IN labels(party) WHERE label IN $labels))
  AND ($countries IS NULL OR party.country IN $countries)
  AND ($flagKinds IS NULL OR EXISTS {
    MATCH (party)<-[claim:FLAGS]-(flag:RiskFlag)
    WHERE flag.kind IN $flagKinds AND (flag.resolvedOn IS NULL OR $asOf < flag.resolvedOn)
      AND claim.validFrom <= $asOf AND $asOf < claim.validTo
      AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
  })
WITH party LIMIT $most
RETURN count(party) AS total
ORDER BY total
