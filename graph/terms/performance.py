"""Words about figures."""

from enum import StrEnum


class PerformanceDimension(StrEnum):
    """By what figures are broken down."""

    HTS_CHAPTER = "HTS_CHAPTER"
    ORIGIN = "ORIGIN"
    PORT = "PORT"
    IMPORTER_NUMBER = "IMPORTER_NUMBER"
    FILER_CODE = "FILER_CODE"


class PeriodLength(StrEnum):
    """Length of a step."""

    MONTH = "MONTH"
    QUARTER = "QUARTER"
    YEAR = "YEAR"


class PerformanceMetric(StrEnum):
    """A metric compared."""

    LETTER_OF_LAW_RATE = "LETTER_OF_LAW_RATE"
    MAJOR_DISCREPANCY_RATE = "MAJOR_DISCREPANCY_RATE"
    EXAMINATION_RATE = "EXAMINATION_RATE"
    CORRECTION_RATE = "CORRECTION_RATE"
    INQUIRY_RATE = "INQUIRY_RATE"
    ENTERED_VALUE = "ENTERED_VALUE"


class ComplianceMeasure(StrEnum):
    """What counts as compliant, as in trade compliance measurement."""

    LETTER_OF_LAW = "LETTER_OF_LAW"
    MAJOR_DISCREPANCY = "MAJOR_DISCREPANCY"
