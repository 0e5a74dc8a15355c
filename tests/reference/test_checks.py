"""The model beside published figures: as shipped, and honest about what was fitted."""

import json
from dataclasses import asdict, replace
from importlib.resources import files

import numpy as np
import pytest

from headwater.catalogue.pathway import checks, national, national_facts
from headwater.catalogue.programmes import programme
from headwater.core.check import Check
from headwater.core.pathway import MONTH, Arms
from headwater.pathways.arms import Change, Risk, solve_arms
from headwater.pathways.fit import calibrate
from headwater.pathways.local import entrants
from headwater.pathways.simulate import simulate
from headwater.workflows.checks import check_rows
from headwater.workflows.checks.conference import TRIAL, days_in_care
from headwater.workflows.checks.ground import Ground
from headwater.workflows.checks.lives import ever
from headwater.workflows.checks.returns import back_in_care
from headwater.workflows.checks.spending import mix_without_asylum, modelled_mix, modelled_prices
from headwater.workflows.checks.working import work_out

VINTAGES = ("latest", "2022")
ASKED = {
    "ever in need by 18": 25.3,
    "ever on a plan by 18": 6.9,
    "ever looked after by 18": 4.0,
    "back in care within 3 months of going home": 12.0,
    "back in care within 6 years of going home": 35.0,
    "leave care at 18, of all who leave: a year later": 39.9,
    "fewer days in care after a conference referral, over 6 months": 28.0,
    "fewer days in care after a conference referral, over 12 months": 28.0,
    "spending on children's homes, 2023-24": 39.0,
}
"""Published figures that nothing may be fitted to."""


@pytest.mark.parametrize("vintage", VINTAGES)
def test_every_check_ships_as_the_shipped_pathway_gives_it(vintage):
    found = work_out(vintage)
    assert [check.name for check in found] == [check.name for check in checks(vintage)]
    for one, shipped in zip(found, checks(vintage), strict=True):
        numbers = {k: v for k, v in asdict(one).items() if isinstance(v, float)}
        words = {k: v for k, v in asdict(one).items() if k not in numbers}
        assert {k: getattr(shipped, k) for k in numbers} == pytest.approx(numbers, rel=1e-6)
        assert {k: getattr(shipped, k) for k in words} == words


def test_what_was_asked_for_is_shown_and_nothing_is_fitted_to_it():
    held = {check.name: check for check in checks() if not check.fitted}
    for name, published in ASKED.items():
        assert held[name].published == pytest.approx(published, abs=0.05), name


@pytest.mark.parametrize("vintage", VINTAGES)
def test_names_are_told_apart(vintage):
    names = [check.name for check in checks(vintage)]
    assert len(set(names)) == len(names)


def test_two_that_part_in_silence_are_refused():
    said = {"unit": "children", "period": "2024", "fitted": False, "sources": ("a_key",)}
    assert Check("a", published=10.0, modelled=10.4, within=0.5, **said).agrees
    with pytest.raises(ValueError, match="they part, but not why"):
        Check("a", published=10.0, modelled=11.0, within=0.5, **said)
    with pytest.raises(ValueError, match="like for like, but not how"):
        Check("a", published=10.0, modelled=10.0, within=0.5, like_for_like=9.0, **said)


def test_what_is_of_a_later_year_is_not_in_the_vintage_of_2022():
    known = json.loads(
        files("headwater.catalogue").joinpath("data/checks_2022.json").read_text("utf-8")
    )
    said = " ".join(f"{check['name']} {check['period']}" for check in known)
    assert not any(year in said for year in ("2023", "2024", "2025", "conference"))


def test_rows_are_figures_with_sources():
    for row in check_rows():
        assert row.published.sources
        assert row.apart.value == pytest.approx(
            100 * (row.modelled.value / row.published.value - 1), abs=1e-9
        )


def test_coming_back_follows_the_two_published_shares_alone():
    """Whatever their ages: the same share of those who do not turn 18 meanwhile."""
    year, five = (national_facts()[name][0] for name in ("reentry_1_year", "reentry_5_years"))
    assert back_in_care(national(), 12) == pytest.approx(year)
    assert back_in_care(national(), 3) == pytest.approx(1 - (1 - year) ** 0.25)
    later = ((1 - five) / (1 - year)) ** 0.25
    assert back_in_care(national(), 72) == pytest.approx(1 - (1 - five) * later)
    assert back_in_care(national(), 72, all_ages=True) < back_in_care(national(), 72)


@pytest.mark.parametrize("vintage", VINTAGES)
def test_ever_on_a_plan_and_looked_after_are_first_entries_by_births(vintage):
    """Why these two say little: they follow from fitted flows, whatever happens in between."""
    ground = Ground.of(vintage)
    plans = ground.value("plan_starts") * (1 - ground.value("repeat_plan_share"))
    assert ever(ground, "protection_plan") == pytest.approx(plans / ground.births, rel=1e-3)
    flows = ground.flows.sum(axis=1)
    first = ground.targets["care_starts"].sum() - flows[12]
    assert ever(ground, "looked_after") == pytest.approx(first / ground.births, rel=1e-3)


@pytest.mark.parametrize("vintage", VINTAGES)
def test_a_point_more_re_referred_is_about_a_point_fewer_ever_in_need(vintage):
    facts = national_facts(vintage)
    more = {**facts, "rereferral_share": facts["rereferral_share"] + 0.01}
    now, then = (
        ever(Ground.of(vintage, nation=calibrate(of), facts=of), "child_in_need")
        for of in (facts, more)
    )
    assert then - now == pytest.approx(-0.01, abs=0.004)


def test_a_mix_without_asylum_costs_about_8_per_cent_more():
    """As the limits say."""
    ground, prices = Ground.of("latest"), modelled_prices()
    near, mine = mix_without_asylum(ground), modelled_mix(ground)
    assert near.sum() == pytest.approx(1.0)
    assert mine.sum() == pytest.approx(1.0)
    assert near @ prices / (mine @ prices) == pytest.approx(1.08, abs=0.01)


def test_days_in_care_are_those_of_the_simulator():
    """The expected equations, which the check ships, within three standard errors of lives."""
    bearing = programme(TRIAL).usable[0].bearing
    expected = days_in_care(Ground.of("latest"), bearing)[:, 0, [6, 12]]
    nation, draws, children = national(), 40, 5000
    model = replace(nation.pathway, multipliers=np.ones((draws, len(nation.pathway.transitions))))
    ages = programme(TRIAL).population.ages
    start = entrants(
        nation, "pre_proceedings", children=children, age_from=ages[0], age_to=ages[1] + 1
    )
    moves = model.moves(*bearing.transitions)
    solved = solve_arms(
        model,
        start,
        risk=Risk(np.full(draws, bearing.control_risk.centre), bearing.state, 12, ever=False),
        risk_moves=moves,
        change=Change(
            np.full(draws, bearing.effect.centre),
            bearing.scale,
            bearing.state,
            moves,
            12,
            ever=False,
        ),
        horizon=12 * MONTH,
    )
    arms = Arms(solved.arms.edges, solved.arms.scale)
    edges = np.round(np.array([0, 6, 12]) * MONTH).astype(np.int64)
    tally = simulate(model, start, arms, period_edges=edges, target="looked_after", seed=3)
    care = model.state("looked_after")
    days = np.cumsum(tally.days[:, :, care], axis=2) / children
    error = days.std(axis=1, ddof=1) / np.sqrt(draws)
    np.testing.assert_array_less(abs(days.mean(axis=1) - expected), 3 * error + 0.5)
