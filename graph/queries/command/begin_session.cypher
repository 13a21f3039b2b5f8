// Begin a session of a person, one writer at a time, and end the oldest of theirs beyond so many.
MERGE (lock:MigrationLock {id: 'identity'})
SET lock.at = $at
REMOVE lock.holder
CREATE (session:Session {id: $id})
SET session.issuer = $issuer, session.sub = $sub, session.person = $person, session.name = $name,
  session.roles = $roles, session.at = $at, session.seen = $at, session.expires = $expires
WITH session
CALL (session) {
  MATCH (other:Session {sub: $sub})
  WHERE other.issuer = $issuer AND other <> session
  WITH other
  ORDER BY other.at DESC, other.id
  SKIP toInteger($others)
  DELETE other
}
RETURN session.id AS id
