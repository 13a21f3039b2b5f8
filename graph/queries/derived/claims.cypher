// What do these versions of claims say, by type?
CALL () {
  UNWIND $of.OWNS AS id
  MATCH (start)-[claim:OWNS {id: id}]->(end)
  RETURN start, claim, end
  UNION ALL
  UNWIND $of.GRANTED_POA AS id
  MATCH (start)-[claim:GRANTED_POA {id: id}]->(end)
  RETURN start, claim, end
  UNION ALL
  UNWIND $of.SHARES AS id
  MATCH (start)-[claim:SHARES {id: id}]->(end)
  RETURN start, claim, end
  UNION ALL
  UNWIND $of.HOLDS AS id
  MATCH (start)-[claim:HOLDS {id: id}]->(end)
  RETURN start, claim, end
  UNION ALL
  UNWIND $of.IDENTIFIES AS id
  MATCH (start)-[claim:IDENTIFIES {id: id}]->(end)
  RETURN start, claim, end
  UNION ALL
  UNWIND $of.CONTROLS AS id
  MATCH (start)-[claim:CONTROLS {id: id}]->(end)
  RETURN start, claim, end
  UNION ALL
  UNWIND $of.OFFICER_OF AS id
  MATCH (start)-[claim:OFFICER_OF {id: id}]->(end)
  RETURN start, claim, end
  UNION ALL
  UNWIND $of.SUCCESSOR_OF AS id
  MATCH (start)-[claim:SUCCESSOR_OF {id: id}]->(end)
  RETURN start, claim, end
  UNION ALL
  UNWIND $of.NOMINEE_FOR AS id
  MATCH (start)-[claim:NOMINEE_FOR {id: id}]->(end)
  RETURN start, claim, end
  UNION ALL
  UNWIND $of.FLAGS AS id
  MATCH (start)-[claim:FLAGS {id: id}]->(end)
  RETURN start, claim, end
}
WITH start, claim, end ORDER BY claim.id
RETURN collect([claim.id, type(claim), start.key, end.key,
  head([label IN labels(start) WHERE label IN $kinds]),
  head([label IN labels(end) WHERE label IN $kinds]),
  coalesce(claim.minShare, 0), coalesce(claim.maxShare, 0), coalesce(claim.disclosed, true),
  claim.interest, claim.source, coalesce(claim.directOrIndirect, 'direct') = 'indirect',
  claim.validFrom, claim.validTo]) AS rows
ORDER BY size(rows)
