"""The main job: what a programme would do here, cost and save, for whom, and how sure we are."""

from headwater.workflows.business_case.answer import run_business_case
from headwater.workflows.business_case.case import Case
from headwater.workflows.business_case.case_file import read_case, shipped_cases
from headwater.workflows.business_case.question import Pilot, Question
from headwater.workflows.business_case.result import BusinessCase

__all__ = [
    "BusinessCase",
    "Case",
    "Pilot",
    "Question",
    "read_case",
    "run_business_case",
    "shipped_cases",
]
