// Refuse all tokens of this subject, or the token of this id, until the moment given.
MERGE (lock:MigrationLock {id: 'identity'})
SET lock.at = $at
REMOVE lock.holder
MERGE (revocation:Revocation {id: $id})
SET revocation.at = $at, revocation.expires = $expires
RETURN revocation.id AS id
