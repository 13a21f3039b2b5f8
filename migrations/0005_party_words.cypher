// Parties are found by the words of their names and aliases.
CREATE FULLTEXT INDEX party_words IF NOT EXISTS
  FOR (party:Party) ON EACH [party.searchName, party.searchAliases]
  OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-no-stop-words'}};
CALL db.awaitIndexes(300);
