// How many accounts have two managers in one role on one day?
MATCH (account:Account)-[one:MANAGED_BY]->()
WHERE one.recordedTo.year = 9999
MATCH (account)-[other:MANAGED_BY {role: one.role}]->()
WHERE other.recordedTo.year = 9999 AND elementId(one) < elementId(other)
  AND one.validFrom < other.validTo AND other.validFrom < one.validTo
RETURN count(DISTINCT account) AS number
ORDER BY number
