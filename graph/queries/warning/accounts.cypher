// What wants attention about each of these accounts: its Center, its manager, its numbers?
// What was changed since the instant asked about says here what it said then.
UNWIND $keys AS key
MATCH (account:Entity {key: key})
WHERE account.recordedAt <= $knownAt
CALL (account) {
  WITH account WHERE 'CENTER_MISMATCH' IN $codes
  MATCH (account)-[at:ASSIGNED_TO]->(center:Center)
  WHERE at.validFrom <= $asOf AND $asOf < at.validTo
    AND at.recordedAt <= $knownAt AND $knownAt < at.recordedTo
  WITH account, center
  MATCH (account)-[by:MANAGED_BY {role: 'PRIMARY'}]->(manager:AccountManager)
  WHERE by.validFrom <= $asOf AND $asOf < by.validTo
    AND by.recordedAt <= $knownAt AND $knownAt < by.recordedTo
  WITH center, manager
  MATCH (manager)-[of:MEMBER_OF]->(other:Center)
  WHERE center <> other
    AND of.validFrom <= $asOf AND $asOf < of.validTo
    AND of.recordedAt <= $knownAt AND $knownAt < of.recordedTo
  RETURN 'CENTER_MISMATCH' AS code, [center {.*, recordedAt: null, labels: labels(center)}, manager {.*, recordedAt: null, labels: labels(manager)}, other {.*, recordedAt: null, labels: labels(other)}] AS about,
    [] AS facts
  UNION ALL
  WITH account WHERE 'ISA_PENDING_MANAGER' IN $codes
  MATCH (account)-[in:PARTICIPATES_IN]->(participation:IsaParticipation)
  WHERE in.validFrom <= $asOf AND $asOf < in.validTo
    AND in.recordedAt <= $knownAt AND $knownAt < in.recordedTo
    AND NOT EXISTS {
      MATCH (account)-[by:MANAGED_BY {role: 'PRIMARY'}]->(:AccountManager)
      WHERE by.validFrom <= $asOf AND $asOf < by.validTo
      AND by.recordedAt <= $knownAt AND $knownAt < by.recordedTo
    }
  WITH participation, coalesce(CASE WHEN participation.changedAt > $knownAt THEN head(COLLECT {
    MATCH (former:Former {of: participation.key})
    WHERE former.recordedAt <= $knownAt AND $knownAt < former.recordedTo
    RETURN former ORDER BY former.version
  }) END, participation) AS said
  WHERE coalesce(said.appliedOn <= $asOf, true)
    AND coalesce(said.acceptedOn, said.pendingSince) <= $accepted
    AND CASE WHEN said.endedOn > $asOf THEN said.pendingSince <= $asOf
      ELSE said.status = 'ACCEPTED_PENDING_MANAGER' END
  RETURN 'ISA_PENDING_MANAGER' AS code, [participation {.*, recordedAt: null, labels: labels(participation)}] AS about,
    [toString(coalesce(said.acceptedOn, said.pendingSince))] AS facts
  UNION ALL
  WITH account WHERE 'NUMBER_NOT_ACTIVE' IN $codes
  MATCH (account)<-[is:IDENTIFIES]-(number:ImporterNumber)
  WHERE is.validFrom <= $asOf AND $asOf < is.validTo
    AND is.recordedAt <= $knownAt AND $knownAt < is.recordedTo
  WITH number, coalesce(CASE WHEN number.changedAt > $knownAt THEN head(COLLECT {
    MATCH (former:Former {of: number.key})
    WHERE former.recordedAt <= $knownAt AND $knownAt < former.recordedTo
    RETURN former ORDER BY former.version
  }) END, number) AS said
  WHERE said.status IN ['INACTIVE', 'VOIDED']
  RETURN 'NUMBER_NOT_ACTIVE' AS code, [number {.*, recordedAt: null, labels: labels(number)}] AS about,
    [said.status] AS facts
  ORDER BY number.display, number.key LIMIT $most
  UNION ALL
  WITH account WHERE 'SPLIT_TAXPAYER' IN $codes
  MATCH (account)<-[is:IDENTIFIES]-(number:ImporterNumber)
  WHERE number.root IS NOT NULL
    AND is.validFrom <= $asOf AND $asOf < is.validTo
    AND is.recordedAt <= $knownAt AND $knownAt < is.recordedTo
  WITH account, number ORDER BY number.display, number.key
  WITH account, number.root AS root, collect(number)[..$most] AS own
  MATCH (twin:ImporterNumber {root: root})-[is:IDENTIFIES]->(other:Account)
  WHERE other <> account
    AND is.validFrom <= $asOf AND $asOf < is.validTo
    AND is.recordedAt <= $knownAt AND $knownAt < is.recordedTo
    AND ($reachesAll OR $reach[other.key])
  WITH root, own, twin, other ORDER BY twin.display, twin.key
  WITH root, own, collect(DISTINCT twin)[..$most] AS twins, collect(DISTINCT other)[..$most] AS others
  RETURN 'SPLIT_TAXPAYER' AS code,
    [thing IN own + twins + others | thing {.*, recordedAt: null, labels: labels(thing)}] AS about, [root] AS facts
  ORDER BY root LIMIT $most
  UNION ALL
  WITH account WHERE 'NUMBER_SUCCESSION' IN $codes
  MATCH (account)<-[is:IDENTIFIES]-(new:ImporterNumber)
  WHERE is.validFrom <= $asOf AND $asOf < is.validTo
    AND is.recordedAt <= $knownAt AND $knownAt < is.recordedTo
  WITH new
  MATCH (new)-[after:SUCCESSOR_OF]->(old:ImporterNumber)
  WHERE after.validFrom <= $asOf AND $asOf < after.validTo
    AND after.recordedAt <= $knownAt AND $knownAt < after.recordedTo
    AND ($reachesAll OR $seen[old.key])
  WITH new, old, after
  MATCH (old)<-[on:FLAGS]-(flag:RiskFlag)
  WHERE flag.recordedAt <= $knownAt AND on.recordedAt <= $knownAt AND $knownAt < on.recordedTo
  WITH new, old, after, flag, coalesce(CASE WHEN flag.changedAt > $knownAt THEN head(COLLECT {
    MATCH (former:Former {of: flag.key})
    WHERE former.recordedAt <= $knownAt AND $knownAt < former.recordedTo
    RETURN former ORDER BY former.version
  }) END, flag) AS said
  WHERE said.kind = 'PENALTY' AND said.raisedOn <= $asOf AND said.raisedOn <= after.validFrom
    AND after.validFrom <= said.raisedOn + duration({months: 12})
  WITH new, old, after, flag, said.raisedOn AS raised ORDER BY raised DESC, flag.key
  WITH new, old, max(after.validFrom) AS since, collect(flag)[0] AS flag, max(raised) AS raised
  RETURN 'NUMBER_SUCCESSION' AS code, [new {.*, recordedAt: null, labels: labels(new)}, old {.*, recordedAt: null, labels: labels(old)}, flag {.*, recordedAt: null, labels: labels(flag)}] AS about,
    [toString(since), toString(raised)] AS facts
  ORDER BY new.display, old.display LIMIT $most
  UNION ALL
  WITH account WHERE 'BROKER_AS_IMPORTER' IN $codes AND account:Broker
  MATCH (account)<-[is:IDENTIFIES]-(number:ImporterNumber)
  WHERE is.validFrom <= $asOf AND $asOf < is.validTo
    AND is.recordedAt <= $knownAt AND $knownAt < is.recordedTo
  WITH number ORDER BY number.display, number.key LIMIT $most
  WITH collect(number) AS numbers WHERE size(numbers) > 0
  RETURN 'BROKER_AS_IMPORTER' AS code, [number IN numbers | number {.*, recordedAt: null, labels: labels(number)}] AS about,
    [] AS facts
}
RETURN key, collect([code, about, facts]) AS found
ORDER BY key
