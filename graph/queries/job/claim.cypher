// Take the next job whose file is in this folder; it may have been begun before.
MATCH (job:Job {folder: $folder})
WHERE job.state IN ['QUEUED', 'RUNNING']
WITH job ORDER BY job.state DESC, job.queuedAt, job.key LIMIT 1
SET job._lock = true
REMOVE job._lock
WITH job WHERE job.state IN ['QUEUED', 'RUNNING']
SET job.state = 'RUNNING', job.run = $run, job.tries = coalesce(job.tries, 0) + 1, job.heartbeat = $at,
  job.startedAt = coalesce(job.startedAt, $at)
RETURN job {.*} AS job
