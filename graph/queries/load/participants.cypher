// Which of these accounts have an active ISA participation on this day?
UNWIND $keys AS key
MATCH (account:Entity {key: key})-[part:PARTICIPATES_IN]->(isa:IsaParticipation {status: 'ACTIVE'})
WHERE part.recordedTo = $open AND part.validFrom <= $day AND $day < part.validTo
RETURN DISTINCT key
ORDER BY key
