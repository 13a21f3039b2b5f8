// Pages are read in name order, and things are found by what others know them by.
CREATE INDEX account_search_name IF NOT EXISTS
  FOR (account:Account) ON (account.searchName, account.key);
CREATE INDEX party_search_name IF NOT EXISTS
  FOR (party:Party) ON (party.searchName, party.key);
CREATE INDEX account_manager_search_name IF NOT EXISTS
  FOR (accountManager:AccountManager) ON (accountManager.searchName, accountManager.key);
CREATE INDEX importer_number_root IF NOT EXISTS
  FOR (importerNumber:ImporterNumber) ON (importerNumber.root);
CREATE INDEX party_lei IF NOT EXISTS
  FOR (party:Party) ON (party.lei);
CREATE INDEX party_duns IF NOT EXISTS
  FOR (party:Party) ON (party.duns);
CREATE INDEX annual_notification_participation IF NOT EXISTS
  FOR (annualNotification:AnnualNotification) ON (annualNotification.participation);
CREATE INDEX center_change_request_account IF NOT EXISTS
  FOR (centerChangeRequest:CenterChangeRequest) ON (centerChangeRequest.account);
CALL db.awaitIndexes(300);
