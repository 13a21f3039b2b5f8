// Which accounts are there, in pieces of a thousand?
MATCH (account:Account)
WHERE account.searchName >= ''
WITH collect(account.key) AS rows
UNWIND range(0, size(rows) - 1, 1000) AS place
RETURN rows[place..place + 1000] AS rows
ORDER BY place
