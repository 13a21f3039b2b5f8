// What do this request for another Center and the others of its account say?
CALL () {
  MATCH (request:CenterChangeRequest {key: $key})
  RETURN request.account AS account
  UNION
  WITH $account AS account
  WHERE account IS NOT NULL
  RETURN account
}
WITH DISTINCT account
MATCH (request:CenterChangeRequest {account: account})
RETURN request.key AS key, labels(request) AS labels, request {.*} AS properties
ORDER BY key
