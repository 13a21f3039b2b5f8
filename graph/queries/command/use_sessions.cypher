// Note when these sessions were last used, if nobody noted a later moment.
UNWIND $uses AS use
MATCH (session:Session {id: use.id})
WHERE session.seen < use.seen
SET session.seen = use.seen
RETURN count(*) AS noted
