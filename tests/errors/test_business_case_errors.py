"""A case that cannot be run: one wrong thing each, and exactly what is said."""

import pytest

from headwater.core.errors import InputError
from headwater.workflows.business_case import run_business_case
from headwater.workflows.business_case.setting import resolve

CONFERENCES = "Family Group Conferencing (pre-proceedings) is for pre-proceedings (edge of care)"
AMOUNT = {"amount": "10", "price_base": "2024-25", "source": "ours"}
STEP = {
    "marginal_per_child_month": AMOUNT,
    "fixed_per_step_month": AMOUNT,
    "step_children": 5,
    "notice_months": 1,
    "ramp_months": 3,
    "backfill": 0.1,
}


@pytest.fixture
def said(small_case):
    def call(verb=resolve, **changes) -> list[str]:
        with pytest.raises(InputError) as caught:
            verb(small_case(**changes))
        return str(caught.value).splitlines()

    return call


def test_an_unknown_place_and_programme_are_both_named(said):
    assert said(place="norfork", programme="fgcc") == [
        (
            "place: there is no place called 'norfork'. Did you mean 'norfolk'?"
            " `headwater places` lists them all."
        ),
        (
            "programme: there is no programme called 'fgcc'. Did you mean 'fgc'?"
            " `headwater programmes` lists them all."
        ),
    ]


def test_an_authority_that_ended_names_its_successors(said):
    (line,) = said(place="northamptonshire")
    assert line.startswith("place: Northamptonshire no longer exists. Ended on 31 March 2021")
    assert line.endswith("Name a successor: north_northamptonshire, west_northamptonshire.")


def test_a_level_the_programme_is_not_for_says_what_fits(said):
    cohort = {"children": 10, "level": "looked_after"}
    assert said(cohort=cohort) == [
        (
            f"cohort.level: {CONFERENCES}, not for looked after. What fits:"
            " family_drug_and_alcohol_court. To see the result all the same, --force-mismatch."
        )
    ]


def test_ages_the_programme_is_not_for(said):
    cohort = {"children": 10, "ages": [2, 5], "level": "child_in_need"}
    (line,) = said(programme="multisystemic_therapy", cohort=cohort)
    assert line.startswith("cohort.ages: Multisystemic Therapy is for ages 11 to 17, not 2 to 5.")
    assert "What fits: " in line


def test_where_nothing_fits_the_answer_is_unmet_need(said):
    cohort = {"children": 10, "ages": [0, 17], "level": "universal"}
    assert said(cohort=cohort) == [
        (
            f"cohort.level: {CONFERENCES}, not for every child. Nothing in the catalogue fits this"
            " level and these ages: unmet need."
        )
    ]


def test_a_forced_mismatch_stands_under_a_banner(small_case):
    cohort = {"children": 10, "level": "child_in_need"}
    result = run_business_case(small_case(cohort=cohort, force_mismatch=True))
    assert result.banner == (
        (f"MISMATCH, shown because it was forced: {CONFERENCES}, not for child in need."),
    )


def test_a_price_year_past_the_deflator(said):
    assert said(price_year="2030-31") == [
        (
            "price base: 2030 is outside the published deflator (1990 to 2024). Give the amount in"
            " a published year's prices, or name a rate for later inflation."
        )
    ]


def test_a_price_year_that_does_not_follow_on(said):
    assert said(price_year="2024-26") == [
        (
            "price_year: '2024-26' does not end a year after it starts. Write a financial year as"
            " 2024-25, a calendar year as 2024."
        )
    ]


def test_draws_that_do_not_fit_are_refused_before_anything_is_worked_out(said):
    told = []
    lines = said(
        verb=lambda case: run_business_case(case, lambda what, _: told.append(what)),
        draws=1_000_000,
        horizon_years=5,
    )
    assert lines == [
        (
            "draws: 1,000,000 draws need 55.6 GiB, more than the 1 GiB one run may take. Ask for at"
            " most 17,972 draws, or a shorter horizon."
        )
    ]
    assert told == ["looking up"]


def test_a_risk_that_no_hazard_can_give(said):
    risk = {"share": 0.9999, "months": 12, "source": "made up"}
    (line,) = said(verb=run_business_case, cohort={"children": 10, "risk": risk})
    assert line == (
        "cohort.risk: no hazard of entering 'looked_after' gives a share of 100.0% at 12 months."
        " Check the share, its month, and whether it counts children ever there or there then."
    )


def test_a_unit_cost_of_no_line_or_in_another_unit(said):
    own = {
        "foster": {**AMOUNT, "per": "day"},
        "looked_after_foster": {**AMOUNT, "per": "entry"},
        "care_order_application_courts": {**AMOUNT, "per": "week"},
    }
    assert said(unit_costs=own) == [
        (
            "unit_costs.foster: is no line of this case. Lines: social_work, looked_after_foster,"
            " looked_after_residential, looked_after_residual, care_order_application_legal_aid,"
            " care_order_application_council, care_order_application_courts,"
            " care_order_application_cafcass."
        ),
        "unit_costs.looked_after_foster.per: is 'entry'. Priced per day or week.",
        "unit_costs.care_order_application_courts.per: is 'week'. Priced per entry.",
    ]


@pytest.mark.parametrize("line", ["foster", "care_order_application_courts"])
def test_cashability_of_no_line_of_days(said, line: str):
    assert said(verb=run_business_case, cashability=[{"line": line, **STEP}]) == [
        (
            f"cashability.0.line: '{line}' is no line of days. Lines: social_work,"
            " looked_after_foster, looked_after_residential, looked_after_residual."
        )
    ]


def test_a_programme_for_several_levels_of_need_is_told_which(said):
    assert said(programme="homebuilders") == [
        (
            "cohort.level: Intensive Family Preservation Services (HOMEBUILDERS) is for several"
            " levels of need, and the answer turns on which. Give one with --level: child_in_need,"
            " protection_plan, pre_proceedings."
        )
    ]


def test_a_share_on_a_day_when_all_have_turned_18(said):
    assert said(run_business_case, cohort={"children": 10, "ages": [17, 17]}) == [
        (
            "cohort.ages: hardly any of these children is still under 18 at 12 months, when the"
            " share 'looked_after' is counted. Choose younger children, an earlier month, or a"
            " share ever there by then."
        )
    ]


def test_an_effect_on_care_for_children_who_are_to_go_home(said):
    effect = {
        "scale": "risk_ratio",
        "value": 0.8,
        "low": 0.7,
        "high": 0.9,
        "months": 12,
        "source": "ours",
    }
    cohort = {"children": 10, "level": "looked_after"}
    assert said(effect=effect, cohort=cohort, force_mismatch=True) == [
        (
            "effect.scale: is 'risk_ratio', which counts children looked after, but this cohort is"
            " to go home from care. Give a hazard_ratio of that move: above 1, more do."
        )
    ]
