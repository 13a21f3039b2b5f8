// What wants attention about who owns the organizations behind each of these accounts?
// A ring is looked for among at most 40 organizations, in at most 5 steps.
UNWIND $keys AS key
MATCH (account:Entity {key: key})<-[is:IDENTIFIES]-()<-[held:HOLDS]-(holder:Organization)
WHERE account.recordedAt <= $knownAt
  AND is.validFrom <= $asOf AND $asOf < is.validTo
    AND is.recordedAt <= $knownAt AND $knownAt < is.recordedTo
    AND held.validFrom <= $asOf AND $asOf < held.validTo
    AND held.recordedAt <= $knownAt AND $knownAt < held.recordedTo
WITH DISTINCT key, holder
CALL (holder) {
  WITH holder WHERE 'OVERSUBSCRIBED' IN $codes
  MATCH (holder)<-[claim:OWNS]-(owner:Party)
  WHERE claim.minShare = claim.maxShare AND coalesce(claim.disclosed, true)
    AND coalesce(claim.directOrIndirect, 'direct') <> 'indirect'
    AND claim.validFrom <= $asOf AND $asOf < claim.validTo
    AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
  // What two sources say of one holding counts once, at the least of it.
  WITH holder, owner, claim.interest AS interest, claim.source AS source, sum(claim.minShare) AS share
  WITH holder, owner, interest, min(share) AS share
  WITH holder, owner, interest, share ORDER BY share DESC, owner.key
  WITH holder, interest, sum(share) AS total, collect(owner)[..$most] AS owners
  WHERE total > 1000000000
  RETURN 'OVERSUBSCRIBED' AS code,
    [thing IN [holder] + owners | thing {.*, recordedAt: null, labels: labels(thing)}] AS about,
    [interest, toString(total)] AS facts
  ORDER BY interest
  UNION ALL
  WITH holder WHERE 'OWNERLESS_RING' IN $codes AND COUNT { (holder)<-[:OWNS]-() } > 0
  // Whoever stands above a closed ring is in it: each is met once, and too many are no ring.
  CALL (holder) {
    MATCH (holder)<-[claims:OWNS*1..5]-(member:Party)
    WHERE all(claim IN claims WHERE coalesce(claim.directOrIndirect, 'direct') <> 'indirect'
      AND claim.validFrom <= $asOf AND $asOf < claim.validTo
      AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo)
    RETURN DISTINCT member LIMIT 41
  }
  WITH holder, member ORDER BY member.searchName, member.key
  WITH holder, collect(member) AS members
  WHERE holder IN members AND 1 < size(members) AND size(members) <= 40
    AND all(member IN members WHERE member:Organization AND NOT EXISTS {
      MATCH (member)<-[claim:OWNS]-(outsider:Party)
      WHERE NOT outsider IN members
        AND claim.validFrom <= $asOf AND $asOf < claim.validTo
        AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    })
  CALL (members) {
    UNWIND members AS member
    MATCH (member)<-[claim:OWNS]-(owner:Party)
    WHERE coalesce(claim.directOrIndirect, 'direct') <> 'indirect'
      AND claim.validFrom <= $asOf AND $asOf < claim.validTo
      AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    WITH member, owner, claim.interest AS interest, claim.source AS source, sum(claim.minShare) AS share
    WITH member, owner, interest, min(share) AS share
    WITH member, interest, sum(share) AS total
    WHERE total >= 999999990  // three thirds, each rounded down, are a whole
    RETURN count(DISTINCT member) AS whole
  }
  WITH members WHERE whole = size(members)
  RETURN 'OWNERLESS_RING' AS code, [member IN members | member {.*, recordedAt: null, labels: labels(member)}] AS about,
    [] AS facts
  UNION ALL
  WITH holder WHERE 'TREASURY_SHARES' IN $codes
  MATCH (holder)-[claim:OWNS]->(holder)
  WHERE coalesce(claim.directOrIndirect, 'direct') <> 'indirect'
    AND claim.validFrom <= $asOf AND $asOf < claim.validTo
    AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
  WITH DISTINCT holder
  RETURN 'TREASURY_SHARES' AS code, [holder {.*, recordedAt: null, labels: labels(holder)}] AS about, [] AS facts
  UNION ALL
  WITH holder WHERE 'CONFLICTING_CLAIMS' IN $codes
  MATCH (holder)<-[claim:OWNS]-(owner:Party)
  WHERE coalesce(claim.directOrIndirect, 'direct') <> 'indirect'
    AND claim.validFrom <= $asOf AND $asOf < claim.validTo
    AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
  WITH holder, owner, claim.interest AS interest, claim.source AS source,
    sum(claim.minShare) AS low, sum(claim.maxShare) AS high ORDER BY source
  WITH holder, owner, interest, max(low) AS low, min(high) AS high, collect(source) AS sources
  WHERE low > high  // no share fits what all of them say
  RETURN 'CONFLICTING_CLAIMS' AS code, [owner {.*, recordedAt: null, labels: labels(owner)}, holder {.*, recordedAt: null, labels: labels(holder)}] AS about,
    [interest] + sources AS facts
  ORDER BY owner.searchName, owner.key, interest LIMIT $most
}
// A ring of two holders is one ring.
WITH key, holder, code, about, facts ORDER BY holder.searchName, holder.key
RETURN key, collect(DISTINCT [code, about, facts]) AS found
ORDER BY key
