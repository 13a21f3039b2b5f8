// A migration is known by its name, and there is one lock for those who apply them.
// Every starter runs this before it asks for the lock: without the constraint there could be two.
CREATE CONSTRAINT migration_name IF NOT EXISTS
  FOR (migration:Migration) REQUIRE migration.name IS UNIQUE;
CREATE CONSTRAINT migration_lock_id IF NOT EXISTS
  FOR (lock:MigrationLock) REQUIRE lock.id IS UNIQUE;
