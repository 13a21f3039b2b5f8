// Which keys of this service hold now?
MATCH (key:ServiceKey {service: $service})
WHERE key.revoked IS NULL AND key.expires > $at
RETURN key.id AS id
ORDER BY id
LIMIT 10
