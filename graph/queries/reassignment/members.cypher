// Which active account managers are members of each of these Centers?
UNWIND $keys AS key
MATCH (center:Entity {key: key})<-[b:MEMBER_OF]-(manager:AccountManager {active: true})
WHERE b.validFrom <= $asOf AND $asOf < b.validTo
  AND b.recordedAt <= $knownAt AND $knownAt < b.recordedTo
RETURN key, collect(DISTINCT manager.key) AS managers
ORDER BY key
