// Powers of attorney recorded before carry the keys of their ends, too: pages are found by them.
MATCH (client)-[claim:GRANTED_POA]->(broker) WHERE claim.broker IS NULL
SET claim.client = client.key, claim.broker = broker.key;
