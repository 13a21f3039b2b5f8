// Keep the hash of a new key of a service.
CREATE (key:ServiceKey {id: $id})
SET key.service = $service, key.sha256 = $sha256, key.at = $at, key.expires = $expires
RETURN key.id AS id
