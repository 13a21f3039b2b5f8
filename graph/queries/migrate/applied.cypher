// Which migrations are recorded, each with the checksum its file had then, in order.
MATCH (migration:Migration)
RETURN migration.name AS name, migration.checksum AS checksum
ORDER BY name
LIMIT 10000
