// A broker's clients are read a page at a time, however many there are.
CREATE INDEX granted_poa_client IF NOT EXISTS
  FOR ()-[claim:GRANTED_POA]-() ON (claim.broker, claim.client, claim.id);
CALL db.awaitIndexes(300);
