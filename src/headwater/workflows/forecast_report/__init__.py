"""A forecast, or the record of forecasts, as a report to read and a workbook to check."""

from headwater.workflows.forecast_report.report import html_report
from headwater.workflows.forecast_report.sheets import workbook

__all__ = ["html_report", "workbook"]
