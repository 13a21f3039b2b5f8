// Every thing is known by its key, and what is asked by another identifier has one owner of it.
CREATE CONSTRAINT entity_key IF NOT EXISTS
  FOR (entity:Entity) REQUIRE entity.key IS UNIQUE;
CREATE CONSTRAINT performance_period_key IF NOT EXISTS
  FOR (performancePeriod:PerformancePeriod) REQUIRE performancePeriod.key IS UNIQUE;
CREATE CONSTRAINT annual_notification_key IF NOT EXISTS
  FOR (annualNotification:AnnualNotification) REQUIRE annualNotification.key IS UNIQUE;
CREATE CONSTRAINT center_change_request_key IF NOT EXISTS
  FOR (centerChangeRequest:CenterChangeRequest) REQUIRE centerChangeRequest.key IS UNIQUE;
CREATE CONSTRAINT risk_policy_key IF NOT EXISTS
  FOR (riskPolicy:RiskPolicy) REQUIRE riskPolicy.key IS UNIQUE;
CREATE CONSTRAINT risk_segment_key IF NOT EXISTS
  FOR (riskSegment:RiskSegment) REQUIRE riskSegment.key IS UNIQUE;
CREATE CONSTRAINT term_key IF NOT EXISTS
  FOR (term:Term) REQUIRE term.key IS UNIQUE;
CREATE CONSTRAINT hts_heading_key IF NOT EXISTS
  FOR (htsHeading:HtsHeading) REQUIRE htsHeading.key IS UNIQUE;
CREATE CONSTRAINT importer_number_lookup IF NOT EXISTS
  FOR (importerNumber:ImporterNumber) REQUIRE importerNumber.lookup IS UNIQUE;
CREATE CONSTRAINT filer_code_code IF NOT EXISTS
  FOR (filerCode:FilerCode) REQUIRE filerCode.code IS UNIQUE;
CREATE CONSTRAINT reference_data_id IF NOT EXISTS
  FOR (referenceData:ReferenceData) REQUIRE referenceData.id IS UNIQUE;
CALL db.awaitIndexes(300);
