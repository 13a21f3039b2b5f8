// Count what this batch changes, if this run still has the job: else the batch is not written.
MATCH (job:Job {key: $key})
SET job._lock = true
REMOVE job._lock
WITH job WHERE job.state = 'RUNNING' AND job.run = $run
SET job.changed = job.changed + $changed, job.sequence = coalesce($sequence, job.sequence)
RETURN job.key AS key
