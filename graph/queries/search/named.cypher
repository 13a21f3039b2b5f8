// Which things have these words in a name, an alias or a title, the likeliest of each index?
// At an earlier instant not what was changed since: what it said then tells whether it has them.
UNWIND $indexes AS index
// Where the index also holds what is out of reach, that neither takes a place nor says who is likelier.
WITH index, $reachesAll OR index IN ['party_words', 'staff_words'] AS open
CALL db.index.fulltext.queryNodes(index, $words, {limit: CASE WHEN open THEN $most ELSE $deep END}) YIELD node, score
WITH index, node, CASE WHEN open THEN score END AS score
WHERE $reachesAll OR node:Party|AccountManager|Specialist|Center|Discipline|Port|HtsChapter OR $seen[node.key]
ORDER BY score DESC, node.key
WITH index, collect(node)[..$most] AS nodes
WITH index, size(nodes) AS found, [node IN nodes
  WHERE coalesce(node.recordedAt <= $knownAt, true) AND NOT ($changed AND coalesce(node.changedAt > $knownAt, false))
    AND ($labels IS NULL OR any(label IN labels(node) WHERE label IN $labels))
  | [node.key, labels(node), coalesce(node.name, node.title), node.searchName,
     coalesce(node.aliases, node.alternateNames, []), coalesce(node.searchAliases, [])]] AS rows
RETURN index, found, rows
ORDER BY index
