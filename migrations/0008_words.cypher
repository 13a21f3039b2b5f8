// Accounts, staff, Centers, disciplines, ports, chapters, issues and strategies are found by their words.
CREATE FULLTEXT INDEX account_words IF NOT EXISTS
  FOR (account:Account) ON EACH [account.searchName]
  OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-no-stop-words'}};
CREATE FULLTEXT INDEX staff_words IF NOT EXISTS
  FOR (staff:AccountManager|Specialist) ON EACH [staff.searchName, staff.searchAliases]
  OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-no-stop-words'}};
CREATE FULLTEXT INDEX program_words IF NOT EXISTS
  FOR (thing:Center|Discipline|Port|HtsChapter|Issue|Strategy) ON EACH [thing.searchName, thing.searchAliases]
  OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-no-stop-words'}};
CALL db.awaitIndexes(300);
