"""The record of forecasts: worked out again from what is shipped, and blind to what came."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from headwater.catalogue import forecast as shipped
from headwater.catalogue.places import england, places
from headwater.catalogue.prices import deflator
from headwater.core.pathway import STOCKS
from headwater.core.place import Place
from headwater.pathways.levels import TO_2022, fit_levels, standing
from headwater.workflows.forecast.base_day import MEASURE, base_of
from headwater.workflows.forecast.calibrate_spending import calibrate_spending
from headwater.workflows.forecast.models import HELD_OUT, older_share, shipped_models
from headwater.workflows.forecast.outlook import look_ahead
from headwater.workflows.forecast.record import SCORED, SPENDING, YEARS, past_rows, scores
from headwater.workflows.forecast.spending import purse_of

FEW = ("hartlepool", "rutland", "cumbria", "north_northamptonshire")
"""Small places, and two that were reorganised before or after the base year."""


@pytest.fixture(scope="module")
def record():
    return shipped.record()


def family_of(name: str) -> dict[str, Place]:
    """Return a place with those it came out of or went into."""
    area = places()[name].area
    related = {name, *area.successors, *area.predecessors}
    related |= {s for p in area.predecessors for s in places()[p].area.successors}
    return {each: places()[each] for each in related}


@pytest.mark.parametrize("name", FEW)
def test_the_record_is_worked_out_again_from_what_is_shipped(record, name):
    rows, _ = past_rows(
        family_of(name), england(), shipped_models(), deflator(), draws=record.draws, seed=1
    )
    kept = [row for row in record.rows if name in row.places]
    assert len(rows) == len(kept) > 0
    for row, held in zip(rows, kept, strict=True):
        assert (row.places, row.measure, row.years) == (held.places, held.measure, held.years)
        for figure in ("low", "centre", "high", "no_change", "line", "actual"):
            assert getattr(row, figure) == pytest.approx(getattr(held, figure), rel=1e-5)


def test_the_scores_are_those_of_the_rows(record):
    for one, other in zip(scores(record.rows), record.scores, strict=True):
        assert (one.measure, one.years, one.places) == (other.measure, other.years, other.places)
        for name in ("error", "bias", "coverage", "error_no_change", "error_line", "bias_line"):
            assert getattr(one, name) == pytest.approx(getattr(other, name), abs=1e-5), name


def test_what_came_is_what_is_published(record):
    for row in record.rows:
        if row.measure == SPENDING or len(row.places) > 1:
            continue
        place, year = places()[row.places[0]], HELD_OUT + row.years
        value = place.value(MEASURE[row.measure], year)
        if value is None:
            value = sum(
                places()[s].value(MEASURE[row.measure], year) for s in place.area.successors
            )
        assert row.actual == pytest.approx(value, rel=1e-6)
        base = place.value(MEASURE[row.measure], HELD_OUT)
        assert row.no_change == pytest.approx(base, rel=1e-6)


def test_every_authority_is_scored_or_said_to_be_not(record):
    scored = Counter(name for row in record.rows for name in row.places)
    said = " ".join(record.unscored)
    for name, place in places().items():
        if name == england().id or not standing(place, HELD_OUT):
            continue
        whole = scored[name] == len(SCORED) * YEARS
        assert whole or place.name in said, name
    assert len([n for n, rows in scored.items() if rows]) >= 149


def blind(place: Place) -> Place:
    """Return a place of which nothing after the base year is known."""
    cut = {
        name: replace(
            series,
            values=np.where(np.array(series.years) > HELD_OUT, np.nan, series.values),
        )
        for name, series in place.series.items()
    }
    return replace(place, series=cut)


def test_what_forecasts_rest_on_knows_nothing_that_came_later():
    then = {n: p for n, p in places().items() if n != england().id and standing(p, HELD_OUT)}
    hidden = {name: blind(place) for name, place in then.items()}
    nation = blind(england())
    levels, shocks, _ = fit_levels(hidden, nation, window=TO_2022)
    models = shipped_models()
    for name, fitted in levels.items():
        for level, kept in zip(fitted, models.levels[name], strict=True):
            assert level.level == pytest.approx(kept.level, abs=1e-9), (name, level.route)
    assert all(np.isfinite(list(shocks.values())))
    every = {name: blind(place) for name, place in places().items()}
    spend = calibrate_spending(every, nation, deflator(), last=HELD_OUT, older=older_share("2022"))
    kept_spend = shipped.spend_ahead("2022")
    np.testing.assert_allclose(spend.price_drift, kept_spend.price_drift)
    assert spend.price_place.a_year == pytest.approx(kept_spend.price_place.a_year)
    for name in FEW:
        seen, unseen = (base_of(each[name], HELD_OUT) for each in (then, hidden))
        assert seen.stocks == unseen.stocks
        one, other = (
            purse_of(each, nat, HELD_OUT, older=models.older)
            for each, nat in ((then[name], england()), (hidden[name], nation))
        )
        np.testing.assert_allclose(one.weekly, other.weekly)
        np.testing.assert_allclose(one.shares, other.shares)


def test_the_forecast_of_a_place_that_is_blind_to_the_future_is_the_same():
    models, name = shipped_models(), "rutland"
    drawn = [
        look_ahead(
            base_of(place, HELD_OUT),
            models.pathway,
            models.levels[name],
            models.ahead,
            years=1,
            draws=10,
            seed=1,
        ).children
        for place in (places()[name], blind(places()[name]))
    ]
    for stock in STOCKS:
        np.testing.assert_array_equal(drawn[0][stock], drawn[1][stock])


@pytest.mark.parametrize("stock", ["care", "plan"])
def test_forecasts_err_less_than_no_change_at_every_horizon(record, stock):
    for years in range(1, YEARS + 1):
        score = record.score(stock, years)
        assert score.better, score
        assert score.error < score.error_line


@pytest.mark.parametrize(
    ("stock", "least", "most"), [("need", 0.75, 0.85), ("care", 0.75, 0.85), ("plan", 0.75, 0.91)]
)
def test_intervals_hold_what_the_record_says(record, stock, least, most):
    """Four in five are promised; for plans they are too wide after one and two years."""
    for years in range(1, YEARS + 1):
        assert least <= record.score(stock, years).coverage <= most, (stock, years)


def test_neighbours_and_part_belief_earn_their_place(record):
    (kept,) = [each for each in record.variations if each.kept]
    full = next(
        each
        for each in record.variations
        if each.name == "pooled towards neighbours, believed in full"
    )
    alone = next(
        each for each in record.variations if each.name == "own flows alone, believed in part"
    )
    still = next(each for each in record.variations if each.name.startswith("standing still"))
    for stock in ("plan", "care"):
        for other in (full, alone, still):
            assert sum(kept.error[stock]) < sum(other.error[stock]), (stock, other.name)
