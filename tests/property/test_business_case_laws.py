"""Laws of a business case: what adds up, what never falls, what both arms share."""

import tomllib
from dataclasses import replace

import numpy as np
import pytest

from headwater.workflows.business_case import read_case, run_business_case
from headwater.workflows.business_case.case import Cohort
from headwater.workflows.business_case.case_file import check_case
from headwater.workflows.business_case.outcomes import successes
from headwater.workflows.business_case.promise import promise_answer
from headwater.workflows.business_case.run import Run, work_through

LADDER = (0.3, 0.6, 0.9, 1.0, 1.3, 2.0)
"""Hazard ratios, strongest first; the last two do harm."""


def saving(run: Run) -> float:
    """Return what all budgets save, mean over draws."""
    return float(run.appraisal.saved.mean())


@pytest.fixture(scope="module")
def result(small_case):
    starts = [{"year": "2024-25", "children": 120}, {"year": "2026-27", "children": 80}]
    return run_business_case(small_case(cohort={"children": 200, "starts": starts}))


@pytest.fixture(scope="module")
def saved(small_case, hazard_ratio):
    """Mean saving by hazard ratio."""
    return [saving(work_through(small_case(effect=hazard_ratio(ratio)))) for ratio in LADDER]


@pytest.mark.parametrize(
    ("programme", "carried", "ratio"),
    [("family_group_conference", 1.0, 1.0), ("family_group_conference", 0.0, 0.4)],
    ids=["a hazard ratio of 1", "a strong effect of which nothing is carried over"],
)
def test_without_an_effect_both_arms_are_the_same(
    small_case, hazard_ratio, programme, carried, ratio
):
    options = {"effect_carried_over": carried}
    case = small_case(programme=programme, effect=hazard_ratio(ratio), options=options)
    ran = work_through(case)
    for name in ("days", "census", "entries"):
        usual, helped = getattr(ran.tally, name)
        np.testing.assert_array_equal(usual, helped)
    assert not ran.appraisal.saved.any()
    np.testing.assert_allclose(ran.appraisal.net, -ran.appraisal.cost)


def test_nothing_of_the_trial_carried_over_is_nothing(small_case):
    ran = work_through(small_case(options={"effect_carried_over": 0.0}))
    np.testing.assert_allclose(ran.solved.hazard_ratio, 1.0, atol=1e-4)
    assert saving(ran) / float(ran.appraisal.cost.mean()) == pytest.approx(0.0, abs=0.01)


def test_a_result_without_an_effect_says_net_nothing(small_case, hazard_ratio):
    head = run_business_case(small_case(effect=hazard_ratio(1.0))).headline
    assert head.net.value == 0.0
    assert head.gross.value == head.would_have_anyway.value
    assert head.number_needed.value is None
    assert head.chance_all.value == 0.0


def test_a_stronger_effect_never_saves_less(saved):
    assert saved == sorted(saved, reverse=True)
    assert saved[LADDER.index(1.0)] == 0.0
    assert saved[-1] < 0.0


def test_the_longer_an_effect_lasts_the_more_it_saves(small_case, hazard_ratio):
    saved = [
        saving(
            work_through(
                small_case(
                    horizon_years=4, effect=hazard_ratio(0.6), options={"after_follow_up": after}
                )
            )
        )
        for after in ("persist", "fade", "none", "rebound")
    ]
    assert saved[0] > saved[1] > saved[2] > 0.0


def test_an_effect_that_keeps_nothing_or_all_is_one_that_ends_or_lasts(small_case, hazard_ratio):
    def saved(after: str, kept: float = 0.5) -> float:
        options = {"after_follow_up": after, "fade_kept_per_year": kept}
        case = small_case(horizon_years=3, effect=hazard_ratio(0.6), options=options)
        return saving(work_through(case))

    assert saved("fade", 0.0) == pytest.approx(saved("none"), rel=1e-9)
    assert saved("fade", 1.0) == pytest.approx(saved("persist"), rel=1e-9)


def test_gross_is_what_happened_anyway_and_net(result):
    head = result.headline
    assert head.gross.value == pytest.approx(head.would_have_anyway.value + head.net.value)
    for row in result.outcomes:
        assert row.programme.value == pytest.approx(row.usual.value + row.net.value), row.id


def test_everybody_enters_or_never_does(result):
    by = {row.id: row for row in result.outcomes}
    for arm in ("usual", "programme"):
        never, ever = (getattr(by[key], arm).value for key in ("never_entered", "ever_entered"))
        assert never + ever == pytest.approx(200)


def test_days_by_placement_add_up_to_days_looked_after(result):
    by = {row.id: row.usual.value for row in result.outcomes}
    names = ("foster", "residential", "supported", "parents", "other")
    assert sum(by[f"days_{name}"] for name in names) == pytest.approx(by["days_looked_after"])


def test_savings_by_agency_by_price_and_by_year_add_up(result):
    council, every = (row.saved.value for row in result.worth)
    by_agency = [row.saved.value for row in result.agencies if row.saved.value is not None]
    assert sum(by_agency) == pytest.approx(every)
    by_price = [p.spent_usual.value - p.spent_programme.value for p in result.prices]
    assert 200 * sum(by_price) == pytest.approx(every)
    by_year = [(y.saved_council.value, y.saved_all.value, y.factor.value) for y in result.years]
    assert sum(all_ * factor for _, all_, factor in by_year) == pytest.approx(every)
    assert sum(mine * factor for mine, _, factor in by_year) == pytest.approx(council)


def test_every_year_s_net_is_its_savings_less_its_delivery(result):
    for year in result.years:
        expected = year.saved_all.value - year.delivery.value
        assert year.net_all.value == pytest.approx(expected), year.year


def test_delivery_is_spent_in_the_years_in_which_children_start(result):
    spent = [year.delivery.value for year in result.years]
    assert spent == pytest.approx([120 * 2000, 0, 80 * 2000, 0])


def test_net_present_value_is_savings_less_the_cost_of_delivery(result):
    for row in result.worth:
        expected = row.saved.value - result.headline.delivery_cost.value
        assert row.net_present_value.value == pytest.approx(expected)


def test_without_discounting_present_value_is_the_plain_sum(small_case):
    found = work_through(small_case(horizon_years=3)).appraisal
    plain = replace(found, factors=np.ones_like(found.factors))
    for whole in (plain, plain.council):
        np.testing.assert_allclose(whole.saved, whole.benefits.sum(axis=(0, 2)))
    np.testing.assert_allclose(plain.cost, found.delivery.sum(axis=1))


def test_the_council_s_part_is_never_more_of_the_cost_than_everybody_s(result):
    usual = {row.agency: row.usual.value for row in result.agencies if row.usual.value is not None}
    assert min(usual.values()) > 0.0
    court = ("legal aid", "courts", "Cafcass")
    assert all(usual[agency] < usual["council: children's services"] for agency in court)


def test_twice_the_cohort_is_twice_the_money_a_child_the_same(small_case):
    """Within chance: the numbers of a larger cohort are other children."""
    one, two = (
        work_through(small_case(cohort={"children": n}, draws=40)).appraisal for n in (2000, 4000)
    )
    each, other = (a.saved / a.children for a in (one, two))
    error = np.std(each - other, ddof=1) / np.sqrt(len(each))
    assert abs(each.mean() - other.mean()) < 3 * error
    np.testing.assert_allclose(one.cost / one.children, two.cost / two.children)


def test_a_name_however_it_is_given_is_the_same_case(small_case):
    by_id = run_business_case(small_case())
    otherwise = run_business_case(small_case(place="Norfolk", programme="fgc"))
    assert otherwise == by_id


def test_the_case_file_of_a_result_gives_the_same_result(small_case):
    once = run_business_case(small_case())
    again = check_case(tomllib.loads(once.case_file), "again.toml", once.case_file)
    assert run_business_case(again) == once


@pytest.mark.parametrize(
    ("programme", "level"),
    [
        ("family_group_conference", "pre_proceedings"),
        ("homebuilders", "child_in_need"),
        ("homebuilders", "pre_proceedings"),
        ("multisystemic_therapy", "protection_plan"),
        ("family_nurse_partnership", "targeted"),
        ("family_drug_and_alcohol_court", "looked_after"),
    ],
)
def test_a_stronger_effect_does_more_good_whatever_a_programme_is_for(
    small_case, hazard_ratio, programme, level
):
    """Going home is better the higher its hazard ratio; entry to need or care the lower."""
    better = 2.0 if level == "looked_after" else 0.5
    cohort = {"children": 2000, "level": level}
    good, harm = (
        work_through(
            small_case(
                programme=programme,
                cohort=cohort,
                effect=hazard_ratio(ratio),
                force_mismatch=True,
            )
        )
        for ratio in (better, 1 / better)
    )
    usual, gained = successes(good).mean(axis=1)
    assert gained > usual > successes(harm)[1].mean()
    assert saving(good) > 0.0 > saving(harm)


def test_the_most_one_may_pay_saves_in_half_of_the_draws(small_case):
    """With children who start later too: a pound paid later costs less."""
    starts = [{"year": "2024-25", "children": 100}, {"year": "2028-29", "children": 100}]
    cohort = {"children": 200, "starts": starts}
    asked = run_business_case(small_case(cohort=cohort))
    most = dict(asked.reverse.most_per_child)["council, more likely than not"].value
    amount = {"amount": f"{most:.6f}", "price_base": "2024-25", "source": "made up"}
    paid = run_business_case(small_case(cohort=cohort, delivery={"cost_per_child": amount}))
    assert paid.headline.chance_council.value == pytest.approx(50.0)


def test_a_whole_step_closes_only_where_that_many_are_fewer_at_once(small_case):
    """Two halves of a cohort who start ten years apart are never fewer together."""
    amount = {"price_base": "2024-25", "source": "made up"}
    step = {
        "line": "looked_after_foster",
        "marginal_per_child_month": {"amount": "0", **amount},
        "fixed_per_step_month": {"amount": "1000", **amount},
        "step_children": 15,
        "notice_months": 0,
        "ramp_months": 0,
        "backfill": 0,
    }
    starts = [{"year": "2024-25", "children": 200}, {"year": "2034-35", "children": 200}]
    together = {"children": 400}
    released = [
        run_business_case(small_case(cohort=cohort, cashability=[step])).cashability.released.value
        for cohort in (together, {**together, "starts": starts})
    ]
    assert released[0] > 2000.0
    assert released[1] < released[0] / 4


def test_another_programme_s_effect_is_enough_only_for_as_long_as_it_was_seen(small_case):
    """Put in as the cohort's own for a year, what stands beside it pays or not, as it says."""
    case = small_case(programme="functional_family_therapy_child_welfare", horizon_years=5)
    case = case.model_copy(
        update={"cohort": Cohort.model_validate({"children": 1000, "level": "child_in_need"})}
    )
    beside = {row.study: row for row in run_business_case(case).reverse.beside}
    row = next(row for study, row in beside.items() if "Bezeczky" in study)
    assert row.enough == "not enough, held for 12 months"


def test_what_a_promise_needs_in_days_is_what_its_effect_avoids():
    """Both not discounted: days avoided × the price of a day are about the promised saving."""
    run = work_through(read_case("stronger-families-norfolk").model_copy(update={"draws": 20}))
    promise = promise_answer(run)
    needed = next(
        line.value.value for line in promise.lines if line.name.startswith("net days needed")
    )
    for row in promise.rows[1:]:
        share = np.array([row.risk.value / 100])
        at = run.middle.but(risk=replace(run.middle.setting.risk, share=share))
        arms = at.at(row.effect_if_before.value)
        days = 400 * (at.care_days(arms, 0) - at.care_days(arms, 1))
        assert days == pytest.approx(needed, rel=0.06)
        avoided = 400 * (at.ever(arms, 0) - at.ever(arms, 1))
        assert row.entries_if_before.value == pytest.approx(avoided, rel=1e-6)
        assert row.ever_without.value == pytest.approx(100 * at.ever(arms, 0))
        assert row.ever_without.value > row.risk.value
