"""Parts of the synthesis of made-up lives: days, keys, postcodes, levels, codes of a year."""

import re

import numpy as np
import pytest

from headwater.catalogue.places import england, place
from headwater.core.records import OPEN
from headwater.synthesis import year_codes
from headwater.synthesis.care_placements import postcodes
from headwater.synthesis.children import keys
from headwater.synthesis.days import birthday, iso, slashed, weekday, working
from headwater.synthesis.draws import stream, waits
from headwater.synthesis.levels import levels


def days(*dates: str) -> np.ndarray:
    return np.array(dates, dtype="datetime64[D]").astype(np.int64)


@pytest.mark.parametrize(
    ("born", "years", "expected"),
    [
        ("2008-02-29", 18, "2026-03-01"),
        ("2008-02-29", 16, "2024-02-29"),
        ("2010-12-31", 10, "2020-12-31"),
    ],
)
def test_a_birthday_of_29_february_is_on_1_march(born, years, expected) -> None:
    assert birthday(days(born), years)[0] == days(expected)[0]


def test_days_are_written_as_returns_write_them() -> None:
    some = np.append(days("2024-02-29", "1991-10-14"), OPEN)
    assert slashed(some).tolist() == ["29/02/2024", "14/10/1991", ""]
    assert iso(some).tolist() == ["2024-02-29", "1991-10-14", ""]
    assert slashed(np.zeros(0, dtype=np.int64)).tolist() == []


def test_a_weekend_is_put_off_to_monday() -> None:
    week = days("2026-03-27", "2026-03-28", "2026-03-29", "2026-03-30")
    assert weekday(week).tolist() == [4, 5, 6, 0]
    assert (
        working(week).tolist()
        == days("2026-03-27", "2026-03-30", "2026-03-30", "2026-03-30").tolist()
    )


def test_keys_are_different_and_no_words() -> None:
    made = keys(stream(1, "children"), 5000).tolist()
    assert len(set(made)) == 5000
    assert all(re.fullmatch("[BCDFGHJKLMNPQRSTVWXZ]{8}", key) for key in made)


def test_postcodes_are_well_formed_and_nowhere() -> None:
    made = postcodes(np.arange(0, 400_000, 37)).tolist()
    assert all(re.fullmatch(r"ZZ\d{1,2} \d[ABD-HJLNP-UW-Z]{2}", code) for code in made)


def test_what_never_happens_is_never_waited_for() -> None:
    assert np.isinf(waits(stream(1, "care"), np.array([0.0, 0.0]))).all()


def test_a_place_without_a_figure_takes_englands_and_says_so() -> None:
    whole = levels(england(), england())
    assert whole.assumed == ()
    assert whole.leaving == pytest.approx(1.0)
    small = levels(place("isles of scilly"), england())
    assert small.assumed
    for held in (whole, small):
        for shares in (held.need_lasts, held.plan_lasts, held.placements):
            assert sum(shares) == pytest.approx(1.0)


def test_codes_are_those_of_the_year() -> None:
    place_, other = np.array(["H", "Z", "U6"]), np.array(["Z11", "Z13", "Z11"])
    assert year_codes.placement(place_, other, 2024).tolist() == ["H5", "Z1", "U6"]
    assert year_codes.placement(place_, other, 2025).tolist() == ["K3", "Z1", "U6"]
    assert year_codes.placement(place_, other, 2026).tolist() == ["K3", "Z13", "U6"]
    assert year_codes.sex(np.array(["M", "F"]), 2024).tolist() == ["1", "2"]
    left = np.array(["E45", "E47"])
    assert year_codes.left(left, np.array(["U1", "P1"]), 2018).tolist() == ["E43", "E44"]
    assert year_codes.left(left, np.array(["U1", "P1"]), 2019).tolist() == ["E45", "E47"]
