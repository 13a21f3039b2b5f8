// Does the database answer?
RETURN true AS alive
ORDER BY alive
