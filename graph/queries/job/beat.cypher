// Say that this folder's jobs are not forgotten.
MATCH (job:Job {folder: $folder})
WHERE job.state IN ['QUEUED', 'RUNNING']
SET job._lock = true
REMOVE job._lock
WITH job WHERE job.state IN ['QUEUED', 'RUNNING']
SET job.heartbeat = $at
RETURN job.key AS key, job.run AS run
