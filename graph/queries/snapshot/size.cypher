// How many ownership claims are stored, whenever they hold? The store keeps count.
MATCH ()-[claim:OWNS]->()
RETURN count(claim) AS claims
ORDER BY claims
