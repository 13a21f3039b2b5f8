// Which of these numbers had the key before, and have the one of now from here on?
UNWIND $rows AS row
MATCH (number:ImporterNumber {lookup: row.before})
WHERE NOT EXISTS { MATCH (:ImporterNumber {lookup: row.lookup}) }
SET number.lookup = row.lookup, number.keyId = row.keyId
RETURN number.key AS key
ORDER BY key
