// Which parties were there as they were known at an earlier instant, by name?
// What was changed since says here what it said then, so no index has that order or those words.
MATCH (party:Party)
WHERE party.recordedAt <= $knownAt
  AND ($labels IS NULL OR any(label IN labels(party) WHERE label IN $labels))
  AND ($flagKinds IS NULL OR EXISTS {
    MATCH (party)<-[claim:FLAGS]-(flag:RiskFlag)
    WHERE claim.validFrom <= $asOf AND $asOf < claim.validTo
      AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    WITH coalesce(CASE WHEN flag.changedAt > $knownAt THEN head(COLLECT {
      MATCH (former:Former {of: flag.key})
      WHERE former.recordedAt <= $knownAt AND $knownAt < former.recordedTo
      RETURN former ORDER BY former.version
    }) END, flag) AS flag
    WHERE flag.kind IN $flagKinds AND (flag.resolvedOn IS NULL OR $asOf < flag.resolvedOn)
    RETURN flag
  })
WITH party, coalesce(CASE WHEN party.changedAt > $knownAt THEN head(COLLECT {
  MATCH (former:Former {of: party.key})
  WHERE former.recordedAt <= $knownAt AND $knownAt < former.recordedTo
  RETURN former ORDER BY former.version
}) END, party) AS said
WHERE ($countries IS NULL OR said.country IN $countries)
  AND ($begins IS NULL OR all(begin IN $begins WHERE any(text IN [said.searchName] + coalesce(said.searchAliases, [])
    WHERE text STARTS WITH begin OR text CONTAINS ' ' + begin)))
WITH party, [said.searchName, party.key] AS sort
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
