// Fail the jobs whose file was not sent in time, and those of other folders that no server cares for any more.
MATCH (job:Job)
WHERE (job.state = 'AWAITING_UPLOAD' AND job.uploadUntil < $at)
  OR (job.state IN ['QUEUED', 'RUNNING'] AND job.heartbeat < $lost AND job.folder <> $folder)
WITH job ORDER BY job.key LIMIT 1000
SET job._lock = true
REMOVE job._lock
WITH job, CASE
  WHEN job.state = 'AWAITING_UPLOAD' THEN $unsent
  WHEN job.state IN ['QUEUED', 'RUNNING'] AND job.heartbeat < $lost THEN $forgotten
END AS why
WHERE why IS NOT NULL
SET job.state = 'FAILED', job.finishedAt = $at, job.run = null, job.errors = coalesce(job.errors, []) + why
RETURN job.key AS key
