// Which importer number has each of these look-up keys?
UNWIND $lookups AS lookup
MATCH (number:ImporterNumber {lookup: lookup})
WHERE number.recordedAt <= $knownAt
RETURN lookup, number {.*, recordedAt: null, labels: labels(number)} AS number
ORDER BY lookup LIMIT 100
