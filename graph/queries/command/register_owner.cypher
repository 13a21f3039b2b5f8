// Keep which accounts an owner may read and until when, one writer at a time; which of these are there?
MERGE (lock:MigrationLock {id: 'identity'})
SET lock.at = $at
REMOVE lock.holder
MERGE (owner:OwnerRegistration {id: $id})
SET owner.accounts = $accounts, owner.at = $at, owner.expires = $expires, owner.revoked = null
RETURN COUNT { (:OwnerRegistration) } AS registered, COLLECT {
  UNWIND $accounts AS key
  MATCH (account:Entity {key: key})
  WHERE account:Account
  RETURN account.key ORDER BY account.key
} AS there
