// Give these things other properties; those that are null are removed, those not named stay.
UNWIND $rows AS row
MATCH (thing)
WHERE elementId(thing) = row.node
SET thing += row.properties
SET thing.digest = row.digest, thing.version = coalesce(thing.version, 1) + 1
