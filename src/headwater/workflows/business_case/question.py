"""What is asked of a case about knowing more: everything, or a trial of so many families."""

from dataclasses import dataclass

from headwater.core.errors import InputError, Problem
from headwater.workflows.business_case.case import Case

LEAST_DRAWS = 200
"""Draws from which what inputs explain can be told from luck; tests hold it to 10,000."""
MOST_YEARS = 30
"""Years of children looked at when asking from when on a trial pays."""
MOST_MONTHS = 240
MOST_FAMILIES = 1_000_000
MOST_COST = 1e12


@dataclass(frozen=True, slots=True)
class Pilot:
    """A pilot run as a trial: two equal arms, the outcome counted at the effect's follow-up.

    Parameters
    ----------
    families
        In both arms together.
    cost
        Pounds, in the run's prices, the help in it too; None: families × delivery cost per child.
    delay_months
        Until its result is acted on; None: the follow-up.
    years
        Years of children that the decision is for; None: those in which the cohort starts.
    """

    families: int
    cost: float | None = None
    delay_months: float | None = None
    years: int | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """The value of information is asked for, of a pilot too if there is one."""

    pilot: Pilot | None = None


def check_question(case: Case, question: Question) -> None:
    """Refuse, before any long work, what cannot be asked.

    Raises
    ------
    InputError
        With every problem found.
    """
    problems = [] if question.pilot is None else _faults(question.pilot)
    if case.draws < LEAST_DRAWS:
        problems.append(
            Problem(
                "draws",
                f"{case.draws} are too few for the value of information.",
                f"At least {LEAST_DRAWS} (--draws).",
            )
        )
    if problems:
        raise InputError(problems)


def _faults(pilot: Pilot) -> list[Problem]:
    problems, cost, months = [], pilot.cost, pilot.delay_months
    if pilot.families < 2:
        few = "1 family is" if pilot.families == 1 else f"{pilot.families:,} families are"
        what = f"{few} too few: a trial has two arms."
        problems.append(Problem("pilot", what, "Give 2 or more (--pilot)."))
    if pilot.families > MOST_FAMILIES:
        what = f"{pilot.families:,} families are more than any trial."
        problems.append(Problem("pilot", what, f"At most {MOST_FAMILIES:,} (--pilot)."))
    if cost is not None and not 0.0 <= cost <= MOST_COST:
        what = f"{cost:,.15g} is no cost of a pilot in pounds."
        remedy = f"Give 0 to {MOST_COST:,.0f} (--pilot-cost)."
        problems.append(Problem("pilot cost", what, remedy))
    if months is not None and not 0.0 <= months <= MOST_MONTHS:
        what = f"{months:,.15g} months is no wait for a result."
        problems.append(Problem("pilot delay", what, f"Give 0 to {MOST_MONTHS} (--pilot-delay)."))
    if pilot.years is not None and not 1 <= pilot.years <= MOST_YEARS:
        what = f"{pilot.years:,} years of children cannot be looked at."
        problems.append(Problem("pilot years", what, f"Give 1 to {MOST_YEARS} (--pilot-years)."))
    return problems
