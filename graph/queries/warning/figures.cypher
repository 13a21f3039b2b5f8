// What wants attention in the figures of each of these accounts: another Center, an unauthorized broker?
// What was changed since the instant asked about says here what it said then.
UNWIND $keys AS key
MATCH (account:Entity {key: key})
WHERE account.recordedAt <= $knownAt
CALL (account) {
  WITH account WHERE 'CENTER_NOT_PREDOMINANT' IN $codes
  MATCH (account)-[at:ASSIGNED_TO]->(center:Center)
  WHERE at.validFrom <= $asOf AND $asOf < at.validTo
    AND at.recordedAt <= $knownAt AND $knownAt < at.recordedTo
  CALL (account) {
    MATCH (account)<-[counted:MEASURES]-(period:PerformancePeriod)
    WHERE period.month >= $from AND period.month < $to
      AND counted.recordedAt <= $knownAt AND $knownAt < counted.recordedTo
    WITH coalesce(CASE WHEN period.changedAt > $knownAt THEN head(COLLECT {
      MATCH (former:Former {of: period.key})
      WHERE former.recordedAt <= $knownAt AND $knownAt < former.recordedTo
      RETURN former ORDER BY former.version
    }) END, period) AS said
    WITH said.chapter AS chapter, sum(said.lines) AS lines
    CALL (chapter) {
      MATCH (:Entity {key: 'HtsChapter:' + chapter})-[scope:SCOPE_OF]->(home:Center)
      WHERE scope.fromHeading IS NULL
        AND scope.validFrom <= $asOf AND $asOf < scope.validTo
        AND scope.recordedAt <= $knownAt AND $knownAt < scope.recordedTo
      RETURN home ORDER BY scope.precedence, scope.id LIMIT 1
    }
    WITH home, sum(lines) AS lines ORDER BY lines DESC, home.key
    RETURN collect({center: home, lines: lines}) AS homes
  }
  WITH center, homes, homes[0].center AS most, homes[0].lines AS lines
  WHERE lines > 0 AND NOT any(home IN homes WHERE home.center = center AND home.lines = lines)
  RETURN 'CENTER_NOT_PREDOMINANT' AS code, [center {.*, recordedAt: null, labels: labels(center)}, most {.*, recordedAt: null, labels: labels(most)}] AS about,
    [toString(lines), toString(reduce(sum = 0, home IN homes | sum + home.lines))] AS facts
  UNION ALL
  WITH account WHERE 'NO_POWER_OF_ATTORNEY' IN $codes
  MATCH (account)<-[counted:MEASURES]-(period:PerformancePeriod)
  WHERE period.month >= $from AND period.month < $to
    AND counted.recordedAt <= $knownAt AND $knownAt < counted.recordedTo
  WITH account, coalesce(CASE WHEN period.changedAt > $knownAt THEN head(COLLECT {
    MATCH (former:Former {of: period.key})
    WHERE former.recordedAt <= $knownAt AND $knownAt < former.recordedTo
    RETURN former ORDER BY former.version
  }) END, period) AS said
  WITH DISTINCT account, said.filerCode AS filed, said.month AS month
  WHERE filed IS NOT NULL
  WITH account, filed, month, month + duration({months: 1}) AS next
  MATCH (:FilerCode {code: filed})-[is:IDENTIFIES]->(broker:Broker)
  WHERE broker <> account AND is.validFrom < next AND month < is.validTo
    AND is.recordedAt <= $knownAt AND $knownAt < is.recordedTo
    AND ($reachesAll OR $reach[broker.key])
    AND NOT EXISTS {
      MATCH (account)-[power:GRANTED_POA]->(broker)
      WHERE power.validFrom < next AND month < power.validTo
        AND power.recordedAt <= $knownAt AND $knownAt < power.recordedTo
    }
  WITH broker, count(DISTINCT month) AS months, max(month) AS last
  RETURN 'NO_POWER_OF_ATTORNEY' AS code, [broker {.*, recordedAt: null, labels: labels(broker)}] AS about,
    [toString(months), toString(last)] AS facts
  ORDER BY broker.searchName, broker.key LIMIT $most
}
RETURN key, collect([code, about, facts]) AS found
ORDER BY key
