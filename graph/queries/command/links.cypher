// Which claims of these types begin or end at these things, and stand?
UNWIND $keys AS key
MATCH (thing:Entity {key: key})
CALL (thing) {
  MATCH (thing)-[claim:MANAGED_BY|ASSIGNED_TO|MEMBER_OF|PRACTISES|IDENTIFIES|PARTICIPATES_IN|COVERS|CONCERNS|HANDLED_BY|ADDRESSES]->()
  WHERE claim.recordedTo = $open AND type(claim) IN $outward
  RETURN claim
  UNION
  MATCH (thing)<-[claim:IDENTIFIES|SERVES|PARTICIPATES_IN|HOLDS|COVERS]-()
  WHERE claim.recordedTo = $open AND type(claim) IN $inward
  RETURN claim
}
WITH DISTINCT claim
RETURN claim.claim AS claim, type(claim) AS type, startNode(claim).key AS start,
  endNode(claim).key AS end, claim.version AS version, claim {.*} AS standing
ORDER BY type, start, end, claim
