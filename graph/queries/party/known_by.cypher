// Which parties had this LEI, this D-U-N-S number, or held the number with this look-up key, as was known at the instant?
CALL () {
  MATCH (party:Party {lei: $lei}) WHERE coalesce(party.changedAt <= $knownAt, true) RETURN party
  UNION
  MATCH (party:Party {duns: $duns}) WHERE coalesce(party.changedAt <= $knownAt, true) RETURN party
  UNION
  MATCH (former:Former)
  WHERE former.recordedTo > $knownAt AND former.recordedAt <= $knownAt AND (former.lei = $lei OR former.duns = $duns)
  MATCH (party:Party {key: former.of})
  RETURN party
  UNION
  MATCH (number:ImporterNumber {lookup: $lookup})<-[claim:HOLDS]-(party:Party)
  WHERE claim.validFrom <= $asOf AND $asOf < claim.validTo
    AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
  RETURN party
}
WITH party WHERE party.recordedAt <= $knownAt
RETURN party {.*, recordedAt: null, labels: labels(party)} AS party
ORDER BY party.key LIMIT 10
