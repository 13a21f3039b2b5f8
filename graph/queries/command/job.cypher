// How does this job stand, now that nobody else may change it?
MATCH (job:Job {key: $key})
WHERE job.owner = $owner OR $every
SET job._lock = true
REMOVE job._lock
RETURN job.key AS key, labels(job) AS labels, job {.*} AS properties
