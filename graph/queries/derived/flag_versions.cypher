// What did each of these flags say in this version?
UNWIND $versions AS asked
MATCH (flag:Entity {key: asked[0]})
OPTIONAL MATCH (former:Former {key: asked[0] + '@' + toString(asked[1])})
WITH asked, CASE WHEN coalesce(flag.version, 1) = asked[1] THEN flag ELSE former END AS said
ORDER BY asked[0], asked[1]
RETURN collect([asked[0], asked[1], said.kind, said.severity, said.raisedOn, said.resolvedOn]) AS rows
ORDER BY size(rows)
