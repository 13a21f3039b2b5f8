// Which active ISA participants have one of these managers as their primary manager on this day?
UNWIND $keys AS key
MATCH (manager:Entity {key: key})<-[managed:MANAGED_BY {role: 'PRIMARY'}]-(account:Account)
WHERE managed.recordedTo = $open AND managed.validFrom <= $day AND $day < managed.validTo
MATCH (account)-[part:PARTICIPATES_IN]->(isa:IsaParticipation {status: 'ACTIVE'})
WHERE part.recordedTo = $open AND part.validFrom <= $day AND $day < part.validTo
RETURN DISTINCT account.key AS key
ORDER BY key
