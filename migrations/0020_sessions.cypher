// A session is found by the hash of its secret, and those of a person by the person.
CREATE CONSTRAINT session_id IF NOT EXISTS
  FOR (session:Session) REQUIRE session.id IS UNIQUE;
CREATE INDEX session_subject IF NOT EXISTS
  FOR (session:Session) ON (session.sub);
CALL db.awaitIndexes(300);
