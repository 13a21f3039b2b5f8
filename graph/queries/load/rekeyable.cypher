// Which numbers that can be told in full have another key than this, a page in key order?
MATCH (number:Entity)
USING INDEX number:Entity(key)
WHERE number.key > $after AND number:ImporterNumber
  AND number.keyId <> $keyId AND number.type <> 'SSN'
RETURN number.key AS key, number.lookup AS before, number.display AS display
ORDER BY key
LIMIT $limit
