// Put this job in the queue of the folder that holds its file, unless its file was there before.
MATCH (job:Job {key: $key})
SET job._lock = true
REMOVE job._lock
WITH job WHERE job.state = 'AWAITING_UPLOAD'
SET job.state = 'QUEUED', job.folder = $folder, job.file = $file, job.queuedAt = $at, job.heartbeat = $at
RETURN job.key AS key
