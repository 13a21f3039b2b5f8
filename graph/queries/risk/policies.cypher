// Which versions of risk policies are there, the newest first?
MATCH (policy:RiskPolicy)
WHERE policy.key IS NOT NULL
WITH policy ORDER BY policy.validFrom DESC, policy.number DESC, policy.key
RETURN collect(policy {.*}) AS policies
ORDER BY size(policies)
