"""A statement to read, to print and to check: a page, a PDF and a workbook of the same tables."""

from headwater.workflows.settle_report.pdf import pdf_report
from headwater.workflows.settle_report.report import html_report
from headwater.workflows.settle_report.sheets import workbook

__all__ = ["html_report", "pdf_report", "workbook"]
