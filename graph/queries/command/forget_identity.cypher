// Forget revocations that are over and keys that ended long ago, a few at a time.
MATCH (old:Revocation|ServiceKey)
WHERE (old:Revocation AND old.expires < $before) OR (old:ServiceKey AND old.expires < $keysBefore)
WITH old
LIMIT 1000
DELETE old
