// Which things hold these importer numbers, each known by its keyed hash?
UNWIND $lookups AS lookup
MATCH (number:ImporterNumber {lookup: lookup})
RETURN lookup, number.key AS key
ORDER BY lookup
