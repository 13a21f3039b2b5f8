// Reference data is listed by what it belongs to, requests by the Centers they name.
CREATE INDEX term_vocabulary IF NOT EXISTS
  FOR (term:Term) ON (term.vocabulary, term.code);
CREATE INDEX hts_heading_chapter IF NOT EXISTS
  FOR (heading:HtsHeading) ON (heading.chapter, heading.code);
CREATE INDEX center_change_request_to IF NOT EXISTS
  FOR (request:CenterChangeRequest) ON (request.toCenter);
CREATE INDEX center_change_request_from IF NOT EXISTS
  FOR (request:CenterChangeRequest) ON (request.fromCenter);
CALL db.awaitIndexes(300);
