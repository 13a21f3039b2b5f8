// Which things have these words in a name, an alias or a title, the likeliest of each index?
UNWIND $indexes AS index
CALL db.index.fulltext.queryNodes(index, $words, {limit: $most}) YIELD node, score
WITH index, node, score
ORDER BY score DESC, node.key
WITH index, collect(node) AS nodes
WITH index, size(nodes) AS found, [node IN nodes
  WHERE coalesce(node.recordedAt <= $knownAt, true)
    AND ($labels IS NULL OR any(label IN labels(node) WHERE label IN $labels))
  | [node.key, labels(node), coalesce(node.name, node.title), node.searchName,
     coalesce(node.aliases, node.alternateNames, []), coalesce(node.searchAliases, [])]] AS rows
RETURN index, found, rows
ORDER BY index
