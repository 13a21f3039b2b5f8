// Under what are importer numbers found that are stored in full, a page in key order?
MATCH (number:Entity)
USING INDEX number:Entity(key)
WHERE number.key > $after AND number:ImporterNumber AND number.type <> 'SSN'
RETURN number.display AS display, number.keyId AS key, number.lookup AS lookup
ORDER BY number.key
LIMIT $limit
