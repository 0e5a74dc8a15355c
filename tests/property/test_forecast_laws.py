"""Laws of forecasts: standing still, wandering, spending, scenarios."""

from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.catalogue import forecast as shipped
from headwater.catalogue.pathway import levels, national
from headwater.catalogue.places import england, place
from headwater.core.ahead import NOWHERE, Ahead, SpendAhead, Spread
from headwater.core.pathway import PLACEMENTS, STOCKS, YEAR, Arms
from headwater.evaluation.scores import line, variance_to_cover
from headwater.pathways.ahead import arms_ahead, wander
from headwater.pathways.simulate import simulate
from headwater.pathways.stand_still import COUNTED, stand_still, starts
from headwater.workflows.forecast.base_day import base_of
from headwater.workflows.forecast.outlook import SETTLED, Outlook, look_ahead
from headwater.workflows.forecast.played import Played
from headwater.workflows.forecast.scenario import RATES, Scenario
from headwater.workflows.forecast.spending import purse_of, shared_out, spending_ahead

STILL = dict.fromkeys(STOCKS, Ahead(0.0, NOWHERE, NOWHERE))
SPREADS = st.builds(Spread, *(st.floats(0.0, 0.4) for _ in range(3)))
FEW = settings(max_examples=25, derandomize=True, deadline=None)


@cache
def still_of(name: str):
    base = base_of(place(name), 2025)
    return stand_still(
        national().pathway, levels(name), population=base.population, stocks=base.stocks
    )


def outlook_of(name: str, *, years: int = 2, draws: int = 40, change=None) -> Outlook:
    base = base_of(place(name), 2025)
    pathway = national().pathway
    return look_ahead(
        base,
        pathway,
        levels(name),
        STILL,
        years=years,
        draws=draws,
        seed=3,
        change=change,
    )


@pytest.mark.parametrize("name", ["norfolk", "hartlepool", "kent", "westminster", "bradford"])
def test_a_place_that_stands_still_keeps_its_stocks(name: str):
    still, base, draws = still_of(name), base_of(place(name), 2025), 40
    pathway = replace(still.pathway, multipliers=still.pathway.multipliers.repeat(draws, axis=0))
    tally = simulate(
        pathway,
        starts(still, days=3 * YEAR),
        Arms(np.zeros(0), np.ones((2, draws, 1, len(pathway.transitions)))),
        period_edges=np.array([0, 365, 730, 1095]),
        target="looked_after",
    )
    for stock in STOCKS:
        states = [pathway.state(state) for state in COUNTED[stock]]
        drawn = tally.census[0][:, states].sum(axis=1)
        published = base.stocks[stock]
        assert still.stock(stock) == pytest.approx(published, rel=1e-4)
        assert (drawn[:, 0] == drawn[0, 0]).all()
        assert drawn[0, 0] == pytest.approx(published, abs=1.0)
        error = drawn[:, -1].std(ddof=1) / np.sqrt(draws)
        assert abs(drawn[:, -1].mean() - published) < 4 * error + 0.005 * published


def test_the_course_is_where_children_come_to_on_luck_of_their_own():
    """Ten draws without a wander, against as many lives again as 60 draws of another seed."""
    ahead = {n: replace(e, place=NOWHERE, nation=NOWHERE) for n, e in shipped.ahead().items()}
    base, draws, years = base_of(place("bristol"), 2025), 60, 2
    outlook = look_ahead(
        base, national().pathway, levels("bristol"), ahead, years=years, draws=4, seed=3
    )
    still = outlook.still
    tally = simulate(
        replace(still.pathway, multipliers=np.repeat(still.pathway.multipliers, draws, axis=0)),
        starts(still, days=float(outlook.months[-1])),
        arms_ahead(still, ahead, place="bristol", years=years, draws=draws, seed=9),
        period_edges=outlook.months,
        target="looked_after",
        seed=9,
    )
    for stock in STOCKS:
        states = [still.pathway.state(state) for state in COUNTED[stock]]
        drawn = tally.census[0][:, states].sum(axis=1)[:, [12, 24]]
        error = drawn.std(axis=0, ddof=1) * np.sqrt(1 / draws + 1 / SETTLED)
        course = outlook.course[stock][[12, 24]]
        assert (np.abs(drawn.mean(axis=0) - course) < 3 * error).all(), stock
        assert outlook.course[stock][0] == pytest.approx(base.stocks[stock], rel=1e-4)


def test_draws_are_not_carried_far_to_stand_about_the_course():
    """Centring mends a few per cent: as far as wide draws lean, and no further."""
    name, base = "bristol", base_of(place("bristol"), 2025)
    both = [
        look_ahead(base, national().pathway, levels(name), shipped.ahead(), years=3, **asked)
        for asked in ({"draws": 200, "seed": 1}, {"draws": 200, "seed": 2})
    ]
    for stock in STOCKS:
        one, other = (outlook.course[stock][-1] for outlook in both)
        assert one == pytest.approx(other, rel=0.02), stock
        means = [outlook.children[stock][0, :, -1].mean() for outlook in both]
        assert means[0] == pytest.approx(one, rel=0.06), stock
        assert means[1] == pytest.approx(other, rel=0.06), stock


def test_as_many_children_stay_in_the_place():
    outlook = outlook_of("hartlepool")
    moves, still = outlook.moves[0], outlook.still
    population = outlook.base.population
    groups = starts(still, days=float(outlook.months[-1]))
    assert sum(group.children for group in groups[:-1]) == pytest.approx(population, abs=4)
    assert groups[-1].children == pytest.approx(2 * population / 18, abs=2)
    assert (moves >= 0).all()


def test_rates_are_those_that_the_simulator_lives():
    outlook = outlook_of("kent", years=1)
    still = outlook.still
    there = still.children.sum(axis=(1, 2, 3))
    for i, move in enumerate(still.pathway.transitions):
        made = outlook.moves[0].sum(axis=2)[:, i]
        origin = there[still.pathway.state(move.origin)]
        error = made.std(ddof=1) / np.sqrt(len(made)) / origin
        assert abs(made.mean() / origin - still.rates[i]) < 4 * error + 0.01 * still.rates[i]


@FEW
@given(spread=SPREADS, draws=st.integers(2, 9), years=st.integers(1, 5))
def test_a_wander_is_mirrored_and_its_draws_are_worlds(spread: Spread, draws: int, years: int):
    here = wander(1, "here", spread, draws=draws, years=years)
    more = wander(1, "here", spread, draws=draws + 3, years=years + 2)
    np.testing.assert_array_equal(here, more[:draws, :years])
    even = here[: draws // 2 * 2].reshape(-1, 2, years)
    np.testing.assert_allclose(even.sum(axis=1), 0.0, atol=1e-12)


def test_a_wander_spreads_as_it_says():
    spread = Spread(0.1, 0.2, 0.3)
    drawn = wander(1, "wide", spread, draws=40_000, years=3)
    wanted = np.sqrt(0.1**2 + 0.2**2 * np.arange(1, 4) + 0.3**2)
    np.testing.assert_allclose(drawn.std(axis=0), wanted, rtol=0.03)


def test_what_all_england_brings_is_shared_and_what_a_place_brings_is_not():
    nation = {**STILL, "care": Ahead(0.0, NOWHERE, Spread(0.1, 0.1, 0.1))}
    own = {**STILL, "care": Ahead(0.0, Spread(0.1, 0.1, 0.1), NOWHERE)}

    def scale(ahead, name: str):
        return arms_ahead(still_of(name), ahead, place=name, years=2, draws=6, seed=1).scale

    np.testing.assert_array_equal(scale(nation, "kent"), scale(nation, "norfolk"))
    assert not np.allclose(scale(own, "kent"), scale(own, "norfolk"))


@FEW
@given(belief=st.floats(0.0, 1.0))
def test_belief_leads_from_standing_still_to_the_fitted_level(belief: float):
    still = still_of("norfolk")
    ahead = dict.fromkeys(STOCKS, Ahead(belief, NOWHERE, NOWHERE))
    arms = arms_ahead(still, ahead, place="norfolk", years=1, draws=1, seed=1)
    used = np.log(arms.scale[0, 0, 0] * still.pathway.multipliers[0])
    fitted = np.ones(len(used))
    for level in levels("norfolk"):
        fitted[still.pathway.moves(*level.moves)] = np.exp(level.level)
    standing = np.log(still.pathway.multipliers[0])
    wanted = standing + belief * (np.log(fitted) - standing)
    np.testing.assert_allclose(used, wanted, atol=1e-9)


@FEW
@given(
    children=st.floats(0.3, 3.0),
    drift=st.floats(-0.1, 0.1),
    mix=st.floats(-0.1, 0.2),
    spread=SPREADS,
)
def test_the_parts_of_spending_add_up_to_its_change(children, drift, mix, spread):
    purse = purse_of(place("norfolk"), england(), 2025, older=0.3)
    prices = np.full(len(PLACEMENTS), drift)
    ahead = SpendAhead(drift, prices, mix, spread, spread, spread, spread)
    looked_after = np.full((6, 12), children * purse.children)
    times = (np.arange(12) + 0.5) / 12 + 0.5
    spending = spending_ahead(purse, ahead, looked_after, times, place="norfolk", seed=1)
    parts = shared_out(spending)
    change = spending.a_year - purse.spent
    np.testing.assert_allclose(sum(parts.values()), change, rtol=1e-9, atol=1e-3)
    np.testing.assert_allclose(spending.shares.sum(axis=-1), 1.0)
    np.testing.assert_allclose(spending.children, children)


def scenario(**change) -> Scenario:
    entry = {"because": "to see", "from": date(2026, 3, 31), **change}
    return Scenario.model_validate({"title": "what if", "change": [entry]})


def played(asked: Scenario, years: int = 2) -> Played:
    return Played(asked, "what_if.toml", date(2025, 3, 31), round(years * 365.25))


@pytest.mark.parametrize("rate", [name for name in RATES if " " not in name])
def test_a_rate_multiplied_by_one_changes_nothing_and_by_nought_stops_it(rate: str):
    one = outlook_of("hartlepool", change=played(scenario(rate=rate, multiply=1.0)).arms, draws=4)
    for stock in STOCKS:
        np.testing.assert_array_equal(*one.children[stock])
    none = outlook_of("hartlepool", change=played(scenario(rate=rate, multiply=0.0)).arms, draws=4)
    moves = none.still.pathway.moves(*RATES[rate])
    assert none.moves[1][:, moves, 12:].sum() == 0
    np.testing.assert_array_equal(none.moves[0][:, :, :12], none.moves[1][:, :, :12])


def test_adding_to_a_rate_is_multiplying_it():
    still = still_of("norfolk")
    at = still.pathway.moves("looked_after -> left_care_home")[0]
    rate = float(still.rates[at])
    arms = arms_ahead(still, STILL, place="norfolk", years=2, draws=1, seed=1)
    name = "looked_after -> left_care_home"
    added = played(scenario(rate=name, add=0.5 * rate)).arms(still, arms)
    times = played(scenario(rate=name, multiply=1.5)).arms(still, arms)
    np.testing.assert_allclose(added.scale, times.scale)
    assert added.scale[1, 0, -1, at] == pytest.approx(1.5)
    assert added.scale[1, 0, 0, at] == 1.0


def test_a_change_holds_from_its_first_day_up_to_its_last():
    still = still_of("norfolk")
    arms = arms_ahead(still, STILL, place="norfolk", years=2, draws=1, seed=1)
    asked = scenario(rate="care_starts", multiply=0.5, **{"from": date(2025, 4, 10)})
    asked = asked.model_copy(
        update={"change": (asked.change[0].model_copy(update={"end": date(2025, 5, 10)}),)}
    )
    changed = played(asked).arms(still, arms)
    begins = np.concatenate([[0.0], changed.edges])
    at = still.pathway.moves(*RATES["care_starts"])[0]
    inside = (begins >= 10) & (begins < 40)
    np.testing.assert_allclose(changed.scale[1, 0, inside, at], 0.5)
    np.testing.assert_allclose(changed.scale[1, 0, ~inside, at], 1.0)


@FEW
@given(multiply=st.floats(0.0, 1.5), at=st.sampled_from(PLACEMENTS))
def test_what_one_placement_loses_the_others_gain_in_their_proportions(multiply, at):
    shares = np.tile(np.array([0.5, 0.2, 0.15, 0.1, 0.05]), (3, 24, 1))
    edges = np.round(np.arange(25) * 365 / 12).astype(int)
    changed = played(scenario(placement=at, multiply=multiply)).placed(edges, shares)
    np.testing.assert_allclose(changed.sum(axis=-1), 1.0)
    index = PLACEMENTS.index(at)
    after = edges[:-1] >= 365
    np.testing.assert_allclose(
        changed[:, after, index], multiply * shares[:, after, index], atol=1e-12
    )
    np.testing.assert_array_equal(changed[:, ~after], shares[:, ~after])
    others = [i for i in range(len(PLACEMENTS)) if i != index]
    ratio = changed[:, after][..., others] / shares[:, after][..., others]
    np.testing.assert_allclose(ratio, ratio[..., :1] * np.ones(len(others)))


def test_variance_to_cover_covers_four_fifths():
    rng = np.random.default_rng(1)
    chance = rng.uniform(0.001, 0.01, 4000)
    errors = rng.normal(0.0, np.sqrt(0.02 + chance))
    found = variance_to_cover(errors, chance)
    assert np.mean(np.abs(errors) <= 1.2816 * np.sqrt(found + chance)) == pytest.approx(
        0.8, abs=0.01
    )
    assert found == pytest.approx(0.02, rel=0.1)


def test_the_line_goes_on_straight_and_never_below_nought():
    years = range(2018, 2023)
    assert line(years, np.array([10.0, 12.0, 14.0, 16.0, 18.0]), 2025) == pytest.approx(24.0)
    assert line(years, np.array([50.0, 40.0, 30.0, 20.0, 10.0]), 2025) == 0.0


def test_shipped_beliefs_lie_between_standing_still_and_flows():
    for vintage in ("2022", "latest"):
        for stock, entry in shipped.ahead(vintage).items():
            assert 0.0 < entry.belief < 1.0, (vintage, stock)


def test_intervals_widen_with_the_years():
    base = base_of(place("bristol"), 2025)
    outlook = look_ahead(
        base,
        national().pathway,
        levels("bristol"),
        shipped.ahead(),
        years=4,
        draws=200,
        seed=1,
    )
    for stock in STOCKS:
        low, high = np.quantile(outlook.children[stock][0][:, [12, 48]], [0.1, 0.9], axis=0)
        assert high[1] - low[1] > high[0] - low[0], stock
