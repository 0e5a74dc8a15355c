"""The record of forecasts: worked out again from what is shipped, and blind to what came."""

from collections import Counter
from dataclasses import astuple, replace

import numpy as np
import pytest

from headwater.catalogue import forecast as shipped
from headwater.catalogue.pathway import levels, national
from headwater.catalogue.places import england, places
from headwater.catalogue.prices import deflator
from headwater.core.pathway import STOCKS
from headwater.core.place import Place
from headwater.pathways.levels import TO_2022, fit_levels, standing
from headwater.workflows.forecast.base_day import MEASURE, base_of
from headwater.workflows.forecast.calibrate import (
    Nation,
    calibrate,
    entry_effects,
    past_forecasts,
)
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
        assert (row.grown is None) == (held.grown is None)
        assert (row.grown or 0.0) == pytest.approx(held.grown or 0.0)
        for figure in ("low", "centre", "high", "no_change", "line", "actual"):
            assert getattr(row, figure) == pytest.approx(getattr(held, figure), rel=1e-5)


def test_the_scores_are_those_of_the_rows(record):
    for one, other in zip(scores(record.rows), record.scores, strict=True):
        assert (one.measure, one.years, one.places) == (other.measure, other.years, other.places)
        for name in ("error", "median", "bias", "coverage"):
            assert getattr(one, name) == pytest.approx(getattr(other, name), abs=1e-5), name
        for rival in ("no_change", "line", "grown"):
            found, held = getattr(one, rival), getattr(other, rival)
            if rival == "grown" and one.measure != SPENDING:
                assert found is None
                assert held is None
            else:
                assert astuple(found) == pytest.approx(astuple(held), abs=1e-5), rival


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
    fitted_levels, shocks, _ = fit_levels(hidden, nation, window=TO_2022)
    models = shipped_models()
    for name, fitted in fitted_levels.items():
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


def test_belief_and_spreads_are_learnt_anew_from_a_world_that_ends_in_2022():
    """All of it, from every place's figures up to the base year: what ships comes out.

    That the national pathway is fitted anew to facts of 2022, `test_vintage_of_2022` holds.
    """
    hidden = {name: blind(place) for name, place in places().items()}
    nation, model = blind(england()), national("2022").pathway
    whole = Nation(base_of(nation, HELD_OUT), model, levels(nation.id, "2022"), YEARS)
    effects = entry_effects(whole)
    past = [
        each
        for base in range(2018, HELD_OUT)
        for each in past_forecasts(model, hidden, nation, effects, base=base, window=TO_2022)
    ]
    learnt = calibrate(past, effects, whole, last=HELD_OUT)
    for stock, kept in shipped.ahead("2022").items():
        assert learnt[stock].belief == pytest.approx(kept.belief, abs=1e-6), stock
        for whose in ("place", "nation"):
            found, held = (astuple(getattr(each, whose)) for each in (learnt[stock], kept))
            assert found == pytest.approx(held, abs=1e-6), (stock, whose)


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


def test_the_last_outturn_grown_goes_on_at_the_pace_known_then(record):
    average = [england().value("unit_cost_looked_after", year) for year in (2017, HELD_OUT)]
    index = deflator().index
    pace = (np.log(average[1] / average[0]) - np.log(index[HELD_OUT - 1] / index[2016])) / 5
    for row in record.rows:
        if row.measure == SPENDING:
            assert row.grown == pytest.approx(row.no_change * np.exp(pace * row.years), rel=1e-5)
        else:
            assert row.grown is None


@pytest.mark.parametrize("measure", SCORED)
def test_forecasts_err_less_than_no_change_and_a_line_at_every_horizon(record, measure):
    for years in range(1, YEARS + 1):
        score = record.score(measure, years)
        assert score.no_change.beaten, score
        assert score.error < score.line.error


def test_where_the_record_cannot_say_clearly_it_does_not(record):
    """As the methods page has it: plans at every horizon, need after three years, care never."""
    clear = {
        measure: [
            years
            for years in range(1, YEARS + 1)
            if record.score(measure, years).no_change.clearly_beaten
        ]
        for measure in ("need", "plan", "care")
    }
    assert clear == {"need": [3], "plan": [1, 2, 3], "care": []}


def test_spending_is_hardly_better_than_what_everybody_could_have_said(record):
    """Against the last outturn grown: better on the mean, clearly after two years alone."""
    scores = [record.score(SPENDING, years) for years in range(1, YEARS + 1)]
    assert [score.grown.beaten for score in scores] == [True] * 3
    assert [score.grown.clearly_beaten for score in scores] == [False, True, False]
    assert all(score.bias < 0.0 for score in scores)


@pytest.mark.parametrize(
    ("measure", "least", "most"),
    [
        ("need", 0.75, 0.85),
        ("care", 0.75, 0.85),
        ("plan", 0.75, 0.91),
        (SPENDING, 0.70, 0.85),
    ],
)
def test_intervals_hold_what_the_record_says(record, measure, least, most):
    """Four in five are promised; plans' are too wide at first, spending's too narrow later."""
    for years in range(1, YEARS + 1):
        assert least <= record.score(measure, years).coverage <= most, (measure, years)


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
