// Record which reference data is installed, and since when.
MERGE (reference:ReferenceData {id: 1})
SET reference.digest = $digest, reference.installedAt = $at
RETURN reference.id AS id
ORDER BY id
