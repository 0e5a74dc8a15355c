"""What the record says of forecasts against no change, worst first."""

import pytest

from headwater.core.record import Record, Score
from headwater.workflows.forecast.past import in_words

CLEAR, UNCLEAR, WORSE = (0.02, 0.005), (0.004, 0.005), (-0.01, 0.005)
"""Gains against no change, and their standard errors."""


def said(gains) -> str:
    scores = tuple(
        Score("care", years, 100, 0.1 - gain, 0.0, 0.8, 0.1, 0.0, 0.2, 0.0, gain, error)
        for years, (gain, error) in enumerate(gains, start=1)
    )
    (line,) = in_words(Record(2022, 80, (), scores, {}, ()))
    return line


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
