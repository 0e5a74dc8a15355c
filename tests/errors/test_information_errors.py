"""What cannot be asked about knowing more: one wrong thing each, and exactly what is said."""

import pytest

from headwater.cli.business_case_question import asked
from headwater.core.errors import InputError
from headwater.workflows.business_case import Pilot, Question, run_business_case
from headwater.workflows.business_case.information import information
from headwater.workflows.business_case.question import check_question
from headwater.workflows.business_case.run import work_through

WRONG = {
    Pilot(0): ("pilot: 0 families are too few: a trial has two arms. Give 2 or more (--pilot)."),
    Pilot(-5): ("pilot: -5 families are too few: a trial has two arms. Give 2 or more (--pilot)."),
    Pilot(1): "pilot: 1 family is too few: a trial has two arms. Give 2 or more (--pilot).",
    Pilot(2_000_000): (
        "pilot: 2,000,000 families are more than any trial. At most 1,000,000 (--pilot)."
    ),
    Pilot(200, cost=-1.0): (
        "pilot cost: -1 is no cost of a pilot in pounds."
        " Give 0 to 1,000,000,000,000 (--pilot-cost)."
    ),
    Pilot(200, cost=1e13): (
        "pilot cost: 10,000,000,000,000 is no cost of a pilot in pounds."
        " Give 0 to 1,000,000,000,000 (--pilot-cost)."
    ),
    Pilot(200, cost=float("nan")): (
        "pilot cost: nan is no cost of a pilot in pounds."
        " Give 0 to 1,000,000,000,000 (--pilot-cost)."
    ),
    Pilot(200, delay_months=-3.0): (
        "pilot delay: -3 months is no wait for a result. Give 0 to 240 (--pilot-delay)."
    ),
    Pilot(200, years=0): (
        "pilot years: 0 years of children cannot be looked at. Give 1 to 30 (--pilot-years)."
    ),
}


@pytest.mark.parametrize(("pilot", "said"), WRONG.items(), ids=str)
def test_a_pilot_that_cannot_be(small_case, pilot, said):
    with pytest.raises(InputError) as caught:
        check_question(small_case(draws=200), Question(pilot))
    assert str(caught.value) == said


def test_too_few_draws_are_refused_before_anything_is_run(small_case):
    with pytest.raises(InputError) as caught:
        run_business_case(small_case(draws=20), question=Question(Pilot(0)))
    assert str(caught.value).splitlines() == [
        "pilot: 0 families are too few: a trial has two arms. Give 2 or more (--pilot).",
        "draws: 20 are too few for the value of information. At least 200 (--draws).",
    ]


def test_a_pilot_without_the_question():
    with pytest.raises(InputError) as caught:
        asked(value_of_information=False, pilot=200, cost=None, delay_months=None, years=None)
    assert str(caught.value) == (
        "--pilot: asks about a pilot, but not what knowing more is worth."
        " Give --value-of-information too."
    )


def test_a_delay_without_a_pilot():
    with pytest.raises(InputError) as caught:
        asked(value_of_information=True, pilot=None, cost=None, delay_months=6.0, years=None)
    assert str(caught.value) == (
        "--pilot-delay: is said of a pilot that is not asked for. Give --pilot too."
    )


def test_nothing_asked_is_no_question():
    nothing = {"pilot": None, "cost": None, "delay_months": None, "years": None}
    assert asked(value_of_information=False, **nothing) is None


def test_a_trial_whose_outcome_comes_after_childhood(small_case, hazard_ratio):
    effect = {**hazard_ratio(0.8, 0.5, 1.2), "months": 60}
    case = small_case(
        draws=200, effect=effect, cohort={"children": 50, "ages": [16, 17]}, horizon_years=1
    )
    with pytest.raises(InputError) as caught:
        information(work_through(case), Question(Pilot(200)))
    assert str(caught.value) == (
        "pilot: hardly any of these children is still under 18 at 60 months, when its outcome is"
        " counted. Choose younger children or an earlier follow-up."
    )
