// Which webhooks did this caller register, oldest first?
MATCH (webhook:Webhook {owner: $owner})
WITH webhook ORDER BY webhook.createdAt, webhook.key LIMIT $limit
RETURN collect(webhook {.*, createdAt: toString(webhook.createdAt)}) AS rows
ORDER BY size(rows)
