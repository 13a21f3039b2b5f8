// Which of these sessions are there, by the hashes of their secrets?
UNWIND $ids AS id
MATCH (session:Session {id: id})
RETURN session.id AS id, session.issuer AS issuer, session.sub AS sub, session.person AS person,
  session.name AS name, session.roles AS roles, session.seen AS seen, session.expires AS expires
ORDER BY id
