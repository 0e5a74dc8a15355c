"""The model beside published figures: what it was fitted to, what not, and why they part."""

from headwater.workflows.checks.rows import CheckRow, check_rows

__all__ = ["CheckRow", "check_rows"]
