"""What the record says of forecasts against no change, worst first."""

from dataclasses import replace
from pathlib import Path

import pytest

from headwater.catalogue import forecast as forecast_catalogue
from headwater.core.record import Record, Rival, Score
from headwater.workflows.forecast.cautions import cautions, narrow
from headwater.workflows.forecast.record_words import in_short, in_words

CLEAR, UNCLEAR, WORSE = (0.02, 0.005), (0.004, 0.005), (-0.01, 0.005)
"""Gains against no change, and their standard errors."""


def said(gains) -> str:
    return in_words(Record(2022, 80, (), scores("care", gains), {}, ()))[0]


def scores(measure, gains, grown=()):
    return tuple(
        Score(
            measure=measure,
            years=years,
            places=100,
            error=0.1 - gain,
            median=0.05,
            bias=0.0,
            coverage=0.8,
            no_change=Rival(0.1, 0.05, 0.0, gain, error),
            line=Rival(0.2, 0.1, 0.0, 0.1 + gain, error),
            grown=Rival(0.08, 0.04, 0.0, *grown[years - 1]) if grown else None,
        )
        for years, (gain, error) in enumerate(gains, start=1)
    )


def test_spending_is_never_clearly_better_without_what_costs_had_done():
    """No change in real terms leaves out a rise that everybody had seen."""
    found = scores("spending", (CLEAR,) * 3, grown=(UNCLEAR, WORSE, CLEAR))
    line, where = in_words(Record(2022, 80, (), found, {}, ()))
    before, after = line.split("But costs had been rising")
    assert "clearly less at every horizon." in before
    assert "was off by 8.0%, 8.0%, 8.0% (median 4.0%, 4.0%, 4.0%)" in after
    assert "NO BETTER than that after two; less by no more than chance after one" in after
    assert "one base year" in where
    assert "share what befell all England" in where


def test_what_was_too_low_on_average_is_said_by_year_and_what_the_last_outturn_grown_was():
    found = scores("spending", (CLEAR,) * 3, grown=(UNCLEAR,) * 3)
    low = [
        replace(score, bias=-bias, grown=replace(score.grown, bias=-bias - 0.01))
        for score, bias in zip(found, (0.03, 0.06, 0.09), strict=True)
    ]
    line = in_words(Record(2022, 80, (), tuple(low), {}, ()))[0]
    assert "On average forecasts were TOO LOW, by 3.0%, 6.0%, 9.0%" in line
    assert "(the last outturn grown: 4.0% too low, 7.0% too low, 10.0% too low)" in line
    swung = [replace(low[0], bias=0.01), *low[1:]]
    assert "On average" not in in_words(Record(2022, 80, (), tuple(swung), {}, ()))[0]


def test_in_short_the_verdicts_and_the_bias_stay():
    found = scores("spending", (CLEAR,) * 3, grown=(UNCLEAR, WORSE, CLEAR))
    low = tuple(replace(score, bias=-0.06) for score in found)
    what, line = in_short(Record(2022, 80, (), low, {}, ()))
    assert "off by 8.0%, 8.0%, 8.0%, no change in real terms by 10.0%, 10.0%, 10.0%:" in line
    assert "against that, NO BETTER than that after two; less by no more than chance after" in line
    assert "TOO LOW, by 6.0%, 6.0%, 6.0%." in line
    assert "median" not in line
    assert "after forecasts of March 2022" in what


def test_a_straight_line_is_said_where_it_was_nearer_than_no_change():
    found = scores("care", (CLEAR,) * 3)
    assert "straight line" not in in_words(Record(2022, 80, (), found, {}, ()))[0]
    near = tuple(replace(score, line=Rival(0.09, 0.08, 0.0, 0.0, 0.0)) for score in found)
    line = in_words(Record(2022, 80, (), near, {}, ()))[0]
    assert "A straight line through the five years before was off by 9.0%, 9.0%, 9.0%" in line


def test_the_methods_page_says_of_intervals_what_the_screen_says():
    said = narrow(forecast_catalogue.record())
    page = (Path(__file__).parents[2] / "docs" / "methods" / "record.md").read_text()
    assert said in " ".join(page.split())


def test_too_narrow_intervals_are_named_and_years_that_nothing_tested_are_said():
    found = [replace(score, coverage=0.7) for score in scores("care", (CLEAR,) * 3)]
    record = Record(2022, 80, (), tuple(found), {}, ())
    said = cautions(record, years=4, spending=False)
    assert said[0].startswith("The intervals of March 2022 were too narrow for looked-after child")
    assert "after 1 year (70%) and 2 years (70%) and 3 years (70%)." in said[0]
    assert "Today's are learnt from the years to 2025 too: no later year has tested" in said[0]
    assert "nothing has tested those beyond, up to 4 years" in said[1]
    assert not any("prices" in line for line in said)
    assert len(cautions(record, years=3, spending=False)) == 2
    assert any("at most 3 years" in line for line in cautions(record, years=3))


@pytest.mark.parametrize(
    ("gains", "words"),
    [
        ((CLEAR, CLEAR, CLEAR), ": clearly less at every horizon."),
        (
            (UNCLEAR, UNCLEAR, UNCLEAR),
            ": less, but by no more than chance: NO CLEARER than no change.",
        ),
        ((UNCLEAR, CLEAR, CLEAR), ": less by no more than chance after one; else clearly less."),
        ((CLEAR, WORSE, WORSE), ": NO BETTER than no change after two and three; else clearly"),
        (
            (WORSE, UNCLEAR, CLEAR),
            ": NO BETTER than no change after one; less by no more than chance after two; else",
        ),
        ((WORSE, WORSE, WORSE), ": NO BETTER than no change after one and two and three."),
    ],
)
def test_how_forecasts_did_against_no_change(gains, words):
    assert words in said(gains)
