"""A business case as a report to read and a workbook to check."""

from headwater.workflows.business_case_report.report import html_report
from headwater.workflows.business_case_report.sheets import workbook

__all__ = ["html_report", "workbook"]
