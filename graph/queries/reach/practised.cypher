// Which disciplines does this specialist practise now?
MATCH (person:Entity {key: $key})-[c:PRACTISES]->(discipline:Discipline)
WHERE coalesce(person.active, true)
  AND c.validFrom <= $asOf AND $asOf < c.validTo
  AND c.recordedAt <= $knownAt AND $knownAt < c.recordedTo
RETURN DISTINCT discipline.code AS code
ORDER BY code LIMIT 10
