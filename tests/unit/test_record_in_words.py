"""What is said of past forecasts: a hair's breadth is not called better."""

import pytest

from headwater.core.record import Record, Score
from headwater.workflows.forecast.past import in_words


def said(*errors: float) -> str:
    """Return what is said of forecasts with these errors beside a tenth for no change."""
    scores = tuple(
        Score("care", years, 100, error, 0.0, 0.8, 0.1, 0.0, 0.2, 0.0)
        for years, error in enumerate(errors, start=1)
    )
    return in_words(Record(2022, 100, (), scores, {}, ()))[0]


@pytest.mark.parametrize(
    ("errors", "words"),
    [
        ((0.08, 0.09, 0.07), "10.0%, 10.0%: less at every horizon."),
        ((0.099, 0.096, 0.097), ": hardly less."),
        ((0.099, 0.09, 0.09), ": less, but hardly so after 1 year."),
        ((0.09, 0.096, 0.097), ": less, but hardly so after 2 and 3 years."),
        ((0.09, 0.1, 0.11), ": NO BETTER than no change after 2 and 3 years."),
        ((0.11, 0.09, 0.09), ": NO BETTER than no change after 1 year."),
    ],
)
def test_how_forecasts_did_against_no_change(errors, words) -> None:
    assert words in said(*errors)
