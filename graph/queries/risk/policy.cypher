// Which risk policies are in force on a day, the newest first?
MATCH (policy:RiskPolicy)
WHERE policy.key IS NOT NULL AND policy.validFrom <= $asOf AND $asOf < policy.validTo
WITH policy ORDER BY policy.validFrom DESC, policy.number DESC, policy.key
RETURN collect(policy {.*}) AS policies
ORDER BY size(policies)
