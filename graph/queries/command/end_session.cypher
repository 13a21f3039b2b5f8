// End this session.
MATCH (session:Session {id: $id})
DELETE session
RETURN $id AS id
