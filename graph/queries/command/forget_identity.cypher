// Forget revocations that are over, and keys and owners whose time ended long ago, a few at a time.
MATCH (old:Revocation|ServiceKey|OwnerRegistration)
WHERE CASE WHEN old:OwnerRegistration THEN coalesce(old.revoked, old.expires) ELSE old.expires END
  < CASE WHEN old:Revocation THEN $before ELSE $keysBefore END
WITH old
LIMIT 1000
DELETE old
