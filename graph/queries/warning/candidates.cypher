// Which accounts may have one of these warnings, each looked for from its narrow side?
// What was changed since the instant asked about is looked at as it was then, too.
CALL () {
  WITH 1 AS one WHERE 'CENTER_MISMATCH' IN $codes
  MATCH (other:Center)<-[:MEMBER_OF]-(:AccountManager)<-[:MANAGED_BY]-(account:Account)-[:ASSIGNED_TO]->(center:Center)
  WHERE center <> other
  RETURN account
  UNION
  WITH 1 AS one WHERE 'CENTER_NOT_PREDOMINANT' IN $codes
  MATCH (:Center)<-[:ASSIGNED_TO]-(account:Account)
  WHERE COUNT { (account)<-[:MEASURES]-() } > 0
  RETURN account
  UNION
  WITH 1 AS one WHERE 'ISA_PENDING_MANAGER' IN $codes
  MATCH (participation:IsaParticipation)<-[:PARTICIPATES_IN]-(account:Account)
  WHERE participation.status = 'ACCEPTED_PENDING_MANAGER'
  RETURN account
  UNION
  WITH 1 AS one WHERE 'ISA_PENDING_MANAGER' IN $codes
  MATCH (participation:IsaParticipation)<-[:PARTICIPATES_IN]-(account:Account)
  WHERE participation.endedOn > $asOf AND participation.pendingSince <= $asOf
  RETURN account
  UNION
  WITH 1 AS one WHERE 'ISA_PENDING_MANAGER' IN $codes
  MATCH (former:Former)
  WHERE former.recordedTo > $knownAt AND former.recordedAt <= $knownAt
    AND former.pendingSince IS NOT NULL
  MATCH (:Entity {key: former.of})<-[:PARTICIPATES_IN]-(account:Account)
  RETURN account
  UNION
  WITH 1 AS one WHERE 'NUMBER_NOT_ACTIVE' IN $codes
  MATCH (number:ImporterNumber)-[:IDENTIFIES]->(account:Account)
  WHERE number.status IN ['INACTIVE', 'VOIDED']
  RETURN account
  UNION
  WITH 1 AS one WHERE 'NUMBER_NOT_ACTIVE' IN $codes
  MATCH (former:Former)
  WHERE former.recordedTo > $knownAt AND former.recordedAt <= $knownAt
    AND former.status IN ['INACTIVE', 'VOIDED']
  MATCH (:Entity {key: former.of})-[:IDENTIFIES]->(account:Account)
  RETURN account
  UNION
  WITH 1 AS one WHERE 'SPLIT_TAXPAYER' IN $codes
  MATCH (number:ImporterNumber)
  WHERE number.root IS NOT NULL
  WITH number.root AS root, collect(number) AS numbers
  WHERE size(numbers) > 1
  UNWIND numbers AS number
  MATCH (number)-[:IDENTIFIES]->(account:Account)
  RETURN account
  UNION
  WITH 1 AS one WHERE 'NUMBER_SUCCESSION' IN $codes
  MATCH (flag:RiskFlag)-[:FLAGS]->(:ImporterNumber)<-[:SUCCESSOR_OF]-(:ImporterNumber)-[:IDENTIFIES]->(account:Account)
  WHERE flag.kind = 'PENALTY'
  RETURN account
  UNION
  WITH 1 AS one WHERE 'NUMBER_SUCCESSION' IN $codes
  MATCH (former:Former)
  WHERE former.recordedTo > $knownAt AND former.recordedAt <= $knownAt AND former.kind = 'PENALTY'
  MATCH (:Entity {key: former.of})-[:FLAGS]->(:ImporterNumber)<-[:SUCCESSOR_OF]-(:ImporterNumber)-[:IDENTIFIES]->(account:Account)
  RETURN account
  UNION
  WITH 1 AS one WHERE 'BROKER_AS_IMPORTER' IN $codes
  MATCH (account:Broker)<-[:IDENTIFIES]-(:ImporterNumber)
  RETURN account
  UNION
  WITH 1 AS one WHERE 'NO_POWER_OF_ATTORNEY' IN $codes
  MATCH (account:Account)
  WHERE COUNT { (account)<-[:MEASURES]-() } > 0
  RETURN account
  UNION
  WITH 1 AS one WHERE 'OVERSUBSCRIBED' IN $codes OR 'CONFLICTING_CLAIMS' IN $codes
  MATCH (holder:Organization)-[:HOLDS]->()-[:IDENTIFIES]->(account:Account)
  WHERE COUNT { (holder)<-[:OWNS]-() } > 1
  RETURN account
  UNION
  WITH 1 AS one WHERE 'OWNERLESS_RING' IN $codes
  MATCH (:Organization)-[:OWNS]->(holder:Organization)-[:HOLDS]->()-[:IDENTIFIES]->(account:Account)
  WHERE COUNT { (holder)-[:OWNS]->() } > 0
  RETURN account
  UNION
  WITH 1 AS one WHERE 'TREASURY_SHARES' IN $codes
  MATCH (holder:Organization)-[:OWNS]->(holder)
  MATCH (holder)-[:HOLDS]->()-[:IDENTIFIES]->(account:Account)
  RETURN account
}
WITH DISTINCT account.key AS key
WHERE $reachesAll OR $reach[key]
ORDER BY key LIMIT $most
RETURN collect(key) AS keys
