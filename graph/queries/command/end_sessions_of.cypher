// End all sessions of this subject.
MATCH (session:Session {sub: $sub})
DELETE session
RETURN count(*) AS ended
