// Let this key hold no longer.
MATCH (key:ServiceKey {id: $id})
SET key.revoked = coalesce(key.revoked, $at)
RETURN key.id AS id
