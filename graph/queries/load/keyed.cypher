// How many numbers have this key?
MATCH (number:ImporterNumber {keyId: $keyId})
RETURN count(number) AS number
ORDER BY number
