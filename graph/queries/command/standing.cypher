// Which of these claims stand?
UNWIND $rows AS row
MATCH (start:Entity {key: row.start})-[claim]->(:Entity {key: row.end})
WHERE claim.claim = row.claim AND claim.recordedTo = $open
RETURN DISTINCT claim.claim AS claim
ORDER BY claim
