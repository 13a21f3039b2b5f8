// How many importer numbers are looked up with each key?
MATCH (number:ImporterNumber)
RETURN coalesce(number.keyId, '') AS key, count(*) AS number
ORDER BY key
LIMIT 10000
