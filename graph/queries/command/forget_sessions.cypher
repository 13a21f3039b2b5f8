// Forget sessions that are over, and those that nobody used for too long, a few at a time.
MATCH (old:Session)
WHERE old.expires <= $at OR old.seen <= $unused
WITH old
LIMIT 1000
DELETE old
