// How many jobs of this caller are not finished, up to so many?
MATCH (job:Job {owner: $owner})
WHERE job.finishedAt IS NULL
WITH job LIMIT $most
RETURN count(job) AS number
ORDER BY number
