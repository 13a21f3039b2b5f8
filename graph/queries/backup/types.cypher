// How many relationships has each type?
MATCH ()-[claim]->()
RETURN type(claim) AS type, count(*) AS number
ORDER BY type
LIMIT 10000
