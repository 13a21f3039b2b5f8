// How many importer numbers identify two accounts on one day?
MATCH (number:ImporterNumber)-[one:IDENTIFIES]->(first)
WHERE one.recordedTo.year = 9999
MATCH (number)-[other:IDENTIFIES]->(second)
WHERE other.recordedTo.year = 9999 AND first.key < second.key
  AND one.validFrom < other.validTo AND other.validFrom < one.validTo
RETURN count(DISTINCT number) AS number
ORDER BY number
