"""The plain verdict on buying and on a pilot, from what was worked out."""

import pytest

from headwater.core.figure import Figure
from headwater.workflows.business_case.information_result import PilotAnswer, PilotLine, ShareLine
from headwater.workflows.business_case.information_verdict import idle_words, verdicts

GBP = Figure(0.0, "GBP", "assumed", price_base="2024-25", note="for the test")


def share(per_cent, now, worth=0.0) -> ShareLine:
    held = Figure(float(per_cent), "per cent", "input")
    return ShareLine("council", held, now, GBP, GBP.but(value=worth), GBP)


def pilot(*lines) -> PilotAnswer:
    held = tuple(
        PilotLine(
            "council",
            *(Figure(float(per_cent), "per cent", "input"), GBP, GBP),
            *(
                Figure(years, "years", "assumed" if years else "not known", note="for the test"),
                advice,
            ),
            *(GBP, GBP, GBP, "buy now"),
        )
        for per_cent, years, advice in lines
    )
    families, years = Figure(200.0, "families", "input"), Figure(1.0, "years", "input")
    return PilotAnswer(families, GBP, GBP, years, GBP, GBP, held, "", ())


@pytest.mark.parametrize(
    ("nows", "words"),
    [
        (("do not buy", "breaks even", "buy"), "if you can release more than 50% of average cost"),
        (("do not buy", "do not buy", "buy"), "if you can release 100% or more of average cost"),
        (("do not buy",) * 3, "whatever share of average cost you can release, do not buy"),
        (("buy",) * 3, "buy now, whatever share"),
    ],
)
def test_at_which_shares_to_buy(nows, words):
    lines = [share(at, now) for at, now in zip((0, 50, 100), nows, strict=True)]
    assert words in verdicts(lines, None, yearly=150.0)[0]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (
            (9, 25.0, "leave it"),
            "not pay for 150 children a year for 1 year (at 9% it would from 25",
        ),
        ((9, None, "buy now"), "does not pay for 150 children a year for 1 year, nor within"),
        ((9, 1.0, "test first"), "A pilot of 200 families pays where you can release 9% (test fi"),
    ],
)
def test_whether_a_pilot_pays(line, words):
    assert words in verdicts([share(100, "buy")], pilot(line), yearly=150.0)[0]


def test_rows_that_are_all_nought_are_said_in_a_line():
    lines = [share(0, "do not buy"), share(50, "buy", 9.0), share(90, "buy"), share(100, "buy")]
    assert idle_words(lines).endswith("worth nothing: do not buy at 0%; buy at 90%, 100%.")
