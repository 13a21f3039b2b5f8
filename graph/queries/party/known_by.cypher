// Which parties have this LEI, this D-U-N-S number, or hold the number with this look-up key?
CALL () {
  MATCH (party:Party {lei: $lei}) RETURN party
  UNION
  MATCH (party:Party {duns: $duns}) RETURN party
  UNION
  MATCH (number:ImporterNumber {lookup: $lookup})<-[claim:HOLDS]-(party:Party)
  WHERE claim.validFrom <= $asOf AND $asOf < claim.validTo
    AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
  RETURN party
}
WITH party WHERE party.recordedAt <= $knownAt
RETURN party {.*, recordedAt: null, labels: labels(party)} AS party
ORDER BY party.key LIMIT 10
