// Keep this job as it is asked for.
CREATE (job:Job {key: $key})
SET job += $properties
RETURN job.key AS key
