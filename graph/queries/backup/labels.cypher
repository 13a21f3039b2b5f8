// How many nodes has each label?
MATCH (thing)
UNWIND labels(thing) AS label
RETURN label, count(*) AS number
ORDER BY label
LIMIT 10000
