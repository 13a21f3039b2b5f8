// In what do these locked things differ from what is to be written, and are they active now?
UNWIND $rows AS row
MATCH (thing)
WHERE elementId(thing) = row.node
RETURN row.number AS number, thing.active AS active,
  [name IN keys(row.properties) WHERE
    thing[name] IS NULL <> (row.properties[name] IS NULL)
    OR coalesce(thing[name] <> row.properties[name], false) | [name, thing[name]]] AS before
ORDER BY number
