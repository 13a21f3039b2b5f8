// End the sessions of who was signed in when it was saved: some have signed out since, or were revoked.
MATCH (session:Session)
DELETE session
RETURN count(*) AS ended
