"""Words about figures."""

from graph import terms
from schema.terms.words import words

PerformanceDimension = words(
    terms.PerformanceDimension,
    "By what figures are broken down.",
    HTS_CHAPTER="Tariff chapter.",
    ORIGIN="Country of origin.",
    PORT="Port of entry.",
    IMPORTER_NUMBER="Importer number of the account.",
    FILER_CODE="Filer code on the entry: who filed.",
)
PeriodLength = words(
    terms.PeriodLength,
    "Length of a step.",
    MONTH="Calendar month.",
    QUARTER="Calendar quarter.",
    YEAR="Calendar year.",
)
PerformanceMetric = words(
    terms.PerformanceMetric,
    "A metric compared.",
    LETTER_OF_LAW_RATE="Letter of law compliance, percent.",
    MAJOR_DISCREPANCY_RATE="Compliance without major discrepancy, percent.",
    EXAMINATION_RATE="Examinations per 100 entry summaries.",
    CORRECTION_RATE="Post-summary corrections per 100 entry summaries.",
    INQUIRY_RATE="CBP Forms 28 and 29 per 100 entry summaries.",
    ENTERED_VALUE="Entered value, US dollars.",
)
ComplianceMeasure = words(
    terms.ComplianceMeasure,
    "What counts as compliant, as in trade compliance measurement.",
    LETTER_OF_LAW="Letter of law: no discrepancy at all.",
    MAJOR_DISCREPANCY="No major transactional discrepancy.",
)
