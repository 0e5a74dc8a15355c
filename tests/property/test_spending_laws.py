"""Laws of what care costs ahead: its course, its prices, its placements, and changes by month."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from headwater.catalogue import forecast as shipped
from headwater.catalogue.pathway import levels, national
from headwater.catalogue.places import england, place, places
from headwater.catalogue.prices import deflator
from headwater.core.ahead import NOWHERE, Ahead, SpendAhead
from headwater.core.arrays import IntArray
from headwater.core.pathway import MONTH, PLACEMENTS, STOCKS
from headwater.pathways.ahead import arms_ahead
from headwater.pathways.stand_still import stand_still
from headwater.workflows.forecast.base_day import base_of
from headwater.workflows.forecast.calibrate_spending import AVERAGE, DRIFT_YEARS, cost_variances
from headwater.workflows.forecast.models import older_share
from headwater.workflows.forecast.played import Played
from headwater.workflows.forecast.scenario import Scenario
from headwater.workflows.forecast.spending import (
    HALF,
    HOMES,
    Purse,
    Spending,
    course_of_prices,
    purse_of,
    real_growth,
    shares_ahead,
    spending_ahead,
)

CARE = "looked_after"
BASE = {"2022": 2022, "latest": 2025}
STILL = dict.fromkeys(STOCKS, Ahead(0.0, NOWHERE, NOWHERE))
MONTHS = (np.arange(60) + 0.5) / 12


def purse(name: str = "england", year: int = 2025) -> Purse:
    return purse_of(place(name), england(), year, older=older_share())


def calm(ahead: SpendAhead) -> SpendAhead:
    """Return the same course, from which nothing wanders."""
    spreads = ("price_place", "price_nation", "mix_place", "mix_nation")
    return replace(ahead, **dict.fromkeys(spreads, NOWHERE))


def ahead_of(name: str, ahead: SpendAhead, *, year: int = 2025, draws: int = 2) -> Spending:
    here = purse(name, year)
    looked_after = np.full((draws, len(MONTHS)), here.children)
    return spending_ahead(here, ahead, looked_after, MONTHS, place=name, seed=1)


@pytest.mark.parametrize("vintage", BASE)
def test_what_a_child_costs_england_goes_on_as_the_average_did(vintage: str):
    """Exactly: the drift of the mix is in the average, and is not counted beside it."""
    year, ahead = BASE[vintage], shipped.spend_ahead(vintage)
    grown = real_growth(england(), AVERAGE, deflator(), first=year - DRIFT_YEARS, last=year)
    assert ahead.average_drift == pytest.approx(grown)
    older = older_share(vintage)
    here = purse_of(england(), england(), year, older=older)
    looked_after = np.full((1, len(MONTHS)), here.children)
    course = spending_ahead(here, calm(ahead), looked_after, MONTHS, place="england", seed=1)
    logs = np.log(course.price * course.mix)[0]
    np.testing.assert_allclose(logs, grown * (MONTHS + HALF), rtol=1e-9)


@pytest.mark.parametrize("vintage", BASE)
def test_the_parts_of_the_average_s_drift_are_its_placements_and_its_mix(vintage: str):
    ahead = shipped.spend_ahead(vintage)
    here = purse_of(england(), england(), BASE[vintage], older=older_share(vintage))
    shares = here.shares_of_the_year(ahead.mix_drift)
    cost = shares * here.weekly / (shares @ here.weekly)
    parts = cost @ ahead.price_drift + (cost[HOMES] - shares[HOMES]) * ahead.mix_drift
    assert parts == pytest.approx(ahead.average_drift)
    assert len(set(ahead.price_drift[2:])) == 1


@pytest.mark.parametrize("vintage", BASE)
def test_price_and_mix_together_spread_as_the_average_cost_was_seen_to(vintage: str):
    """What the mix brings is taken off once, as it acts; two parts fit three years within 12%."""
    year, older = BASE[vintage], older_share(vintage)
    own, shared = cost_variances(places(), england(), deflator(), last=year)
    here = purse_of(england(), england(), year, older=older)
    looked_after = np.full((4000, 36), here.children)
    ahead = shipped.spend_ahead(vintage)
    found = spending_ahead(here, ahead, looked_after, MONTHS[:36], place="england", seed=1)
    logs = np.log((found.price * found.mix).reshape(-1, 3, 12).mean(axis=2))
    wanted = [np.sqrt(own[after] + shared[after]) for after in (1, 2, 3)]
    np.testing.assert_allclose(logs.std(axis=0), wanted, rtol=0.12)


def test_prices_begin_at_their_own_drifts():
    """The factor that keeps the average steady is none to begin with, and small in five years."""
    ahead = calm(shipped.spend_ahead())
    year = np.array([-HALF, -HALF + 1e-4, 4.5])
    first, next_, last = np.log(shipped_course(ahead, year))
    np.testing.assert_allclose((next_ - first) / 1e-4, ahead.price_drift, atol=1e-4)
    slowed = ahead.price_drift - (last - first) / 5
    assert (slowed >= 0.0).all()
    assert slowed.max() < 0.02


def shipped_course(ahead: SpendAhead, times: np.ndarray) -> np.ndarray:
    return course_of_prices(purse(), ahead, times)


@pytest.mark.parametrize("year", [2022, 2025])
def test_placements_at_their_prices_cost_what_a_child_costs_on_average(year: int):
    seen = 0
    for name, here in places().items():
        found = purse_of(here, england(), year, older=older_share())
        average = here.value(AVERAGE, year)
        if found is None or average is None:
            continue
        seen += 1
        assert found.shares.sum() == pytest.approx(1.0)
        assert found.shares @ found.weekly == pytest.approx(average, rel=1e-9), name
        assert (found.weekly > 0.0).all(), name
    assert seen > 140


def test_where_the_average_cannot_be_met_the_note_says_why_and_by_how_much():
    (said,) = purse("bromley").notes
    assert said.startswith("price of supported, parents, other: England's, for the published")
    assert "Every price is then multiplied by 1.25" in said
    assert "£2,920 a week" in said
    assert purse("norfolk").notes == ()


def test_on_the_base_day_placements_are_those_published_in_every_draw():
    here, ahead = purse("norfolk"), shipped.spend_ahead()
    times = np.array([0.0, 1.0, 2.0])
    shares = shares_ahead(here, ahead, times, draws=400, place="norfolk", seed=1)
    np.testing.assert_allclose(shares[:, 0], np.tile(here.shares, (400, 1)))
    logs = np.log(shares[..., HOMES] / shares[..., 0])
    middle = np.median(logs, axis=0) - logs[0, 0]
    np.testing.assert_allclose(middle, ahead.mix_drift * times, atol=0.03)
    wide = ahead.mix_place, ahead.mix_nation
    wanted = [sum(s.at_once**2 + s.a_year**2 * year for s in wide) for year in (1, 2)]
    np.testing.assert_allclose(logs.var(axis=0)[1:], wanted, rtol=0.2)


def test_the_year_s_mix_is_the_base_day_s_half_a_year_back():
    here, ahead = purse("norfolk"), calm(shipped.spend_ahead())
    now = shares_ahead(here, ahead, np.array([0.0]), draws=1, place="norfolk", seed=1)[0, 0]
    then = here.shares_of_the_year(ahead.mix_drift)
    rise = np.log(now[HOMES] / now[0]) - np.log(then[HOMES] / then[0])
    assert rise == pytest.approx(HALF * ahead.mix_drift)
    half_a_year = ahead_of("norfolk", ahead)
    assert half_a_year.mix[0, 0] > now @ here.weekly / (then @ here.weekly) > 1.0


def scenario(*changes: dict) -> Scenario:
    entries = [{"because": "to see", "from": date(2026, 3, 31), **change} for change in changes]
    return Scenario.model_validate({"title": "what if", "change": entries})


def played(*changes: dict, years: int = 2) -> Played:
    return Played(scenario(*changes), "what_if.toml", date(2025, 3, 31), round(years * 365.25))


def months(years: int = 2) -> IntArray:
    return np.round(np.arange(12 * years + 1) * MONTH).astype(np.int64)


def test_a_month_that_a_change_covers_in_part_is_changed_for_that_part():
    """Fifteen days are half a month, wherever they lie in it; none is lost."""
    edges = months()
    weekly = np.full((2, 24, len(PLACEMENTS)), 700.0)
    shares = np.tile(np.array([0.5, 0.2, 0.15, 0.1, 0.05]), (2, 24, 1))
    for first, last in (((2025, 5, 1), (2025, 5, 16)), ((2025, 5, 20), (2025, 6, 11))):
        window = {"from": date(*first), "to": date(*last)}
        days = (date(*last) - date(*first)).days
        dearer = played({"price": "foster", "add": 100.0, **window}).priced(edges, weekly)
        more = ((dearer - weekly)[0, :, 0] * np.diff(edges)).sum()
        assert more == pytest.approx(100.0 * days)
        np.testing.assert_array_equal(dearer[..., 1:], weekly[..., 1:])
        fewer = played({"placement": "residential", "multiply": 0.5, **window})
        changed = fewer.placed(edges, shares)
        np.testing.assert_allclose(changed.sum(axis=-1), 1.0)
        less = ((shares - changed)[0, :, HOMES] * np.diff(edges)).sum()
        assert less == pytest.approx(0.1 * days)


@pytest.mark.parametrize("rate", ["care_ends", "looked_after -> left_care_home"])
def test_what_is_added_after_a_rate_was_taken_to_nought_replaces_it(rate: str):
    base = base_of(place("norfolk"), 2025)
    pathway = national().pathway
    here = levels("norfolk")
    still = stand_still(pathway, here, population=base.population, stocks=base.stocks)
    arms = arms_ahead(still, STILL, place="norfolk", years=2, draws=2, seed=1)
    moves = still.pathway.moves(
        *([rate] if " " in rate else [m.name for m in pathway.transitions if m.origin == CARE])
    )
    now = still.rates[moves].sum()
    twice = played({"rate": rate, "multiply": 0.0}, {"rate": rate, "add": 0.3}).arms(still, arms)
    once = played({"rate": rate, "add": 0.3 - float(now)}).arms(still, arms)
    np.testing.assert_allclose(twice.scale, once.scale, rtol=1e-9)
    after = (still.rates * twice.scale[1, 0, -1])[moves].sum()
    assert after == pytest.approx(0.3)
