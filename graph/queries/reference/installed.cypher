// Is just this reference data installed?
MATCH (reference:ReferenceData {id: 1})
WHERE reference.digest = $digest
RETURN reference.digest AS digest
ORDER BY digest
LIMIT 1
