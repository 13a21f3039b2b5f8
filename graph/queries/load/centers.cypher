// How may the Centers be named?
MATCH (center:Center)
RETURN center.key AS key, center.code AS code, center.name AS name,
  coalesce(center.alternateNames, []) AS others
ORDER BY key
LIMIT 100
