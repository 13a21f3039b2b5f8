// Which things said otherwise at an instant, and under which names and identifiers were they known then?
MATCH (former:Former)
WHERE former.recordedTo > $knownAt AND former.recordedAt <= $knownAt AND former.searchName IS NOT NULL
MATCH (node:Entity {key: former.of})
WHERE any(label IN labels(node) WHERE label IN $labels)
  AND ($reachesAll OR node:Party|AccountManager|Specialist|Center|Discipline|Port|HtsChapter OR $seen[node.key])
WITH former, node
ORDER BY node.key
LIMIT $deep
RETURN collect([node.key, labels(node), coalesce(former.name, former.title), former.searchName,
  coalesce(former.aliases, former.alternateNames, []), coalesce(former.searchAliases, []), former.lei, former.duns]) AS rows
ORDER BY size(rows)
