// Which parties precede this one by name?
MATCH (party:Party)
WHERE party.searchName <= $name AND party.key IS NOT NULL
  AND (party.searchName < $name OR party.key < $key)
  AND party.recordedAt <= $knownAt
  AND ($labels IS NULL OR any(label IN labels(party) WHERE label IN $labels))
  AND ($countries IS NULL OR party.country IN $countries)
  AND ($flagKinds IS NULL OR EXISTS {
    MATCH (party)<-[claim:FLAGS]-(flag:RiskFlag)
    WHERE flag.kind IN $flagKinds AND (flag.resolvedOn IS NULL OR $asOf < flag.resolvedOn)
      AND claim.validFrom <= $asOf AND $asOf < claim.validTo
      AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
  })
WITH party ORDER BY party.searchName DESC, party.key DESC LIMIT $limit
RETURN collect([null, party {.*, recordedAt: null, labels: labels(party)}, [party.searchName, party.key]]) AS rows
ORDER BY size(rows)
