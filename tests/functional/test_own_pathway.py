"""From made-up returns to a pathway of their own, a forecast and a business case."""

import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from headwater.cli.main import app
from headwater.workflows.business_case.case_file import check_case
from headwater.workflows.business_case.setting import resolve
from headwater.workflows.forecast.answer import forecast
from headwater.workflows.local_pathway import known_place, read_local_pathway

PLACE = "hartlepool"


def run(*words: str) -> str:
    result = CliRunner().invoke(app, list(words), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Make up returns of about as many children as Hartlepool has, and fit them."""
    at = tmp_path_factory.mktemp("own")
    made_up = ("--children", "7200", "--years", "4", "--last-year", "2025", "--out")
    run("synthesise", PLACE, *made_up, str(at / "made"))
    files = ("--out", str(at / "own.toml"), "--json", str(at / "fit.json"))
    said = run("fit-pathway", str(at / "made/returns/ssda903"), "--place", PLACE, *files)
    return at, said


def test_what_it_shows_is_what_the_truth_has(made):
    at, _ = made
    own = read_local_pathway(str(at / "own.toml"))
    lines = (at / "made/truth/child_years.csv").read_text().splitlines()
    names = lines[0].split(",")
    rows = [dict(zip(names, line.split(","), strict=True)) for line in lines[1:]]
    last = [row for row in rows if row["year"].startswith("2025") or row["year"] == "2024-25"]
    fit = json.loads((at / "fit.json").read_text())["result"]
    (stock,) = [each for each in own.stock if each.state == "looked_after"]
    counted = sum(int(row["stock"]) for row in last)
    alone = next(e for e in fit["left_out"] if "asylum" in e["unit"])["value"]
    assert 0 < stock.total <= counted <= stock.total + alone
    assert own.placements is not None
    assert sum((*own.placements.under_16, *own.placements.from_16)) == stock.total
    ends = next(each for each in own.level if each.route == "care_ends")
    moves = [each for each in own.move if each.moves[0].startswith("looked_after")]
    assert sum(sum(map(sum, each.events)) for each in moves) == ends.events
    assert fit["cover"][-1]["records"]["value"] == stock.total


def test_the_file_comes_from_the_returns_alone(made, tmp_path):
    at, said = made
    files = ("--out", str(tmp_path / "own.toml"))
    again = run("fit-pathway", str(at / "made/returns/ssda903"), "--place", PLACE, *files)
    assert (tmp_path / "own.toml").read_bytes() == (at / "own.toml").read_bytes()
    assert again[again.index("Hartlepool:") : again.index("Use it")] in said
    assert "Held out: 2024-25" in said


def test_a_forecast_begins_with_the_children_of_the_records(made):
    at, _ = made
    own = read_local_pathway(str(at / "own.toml"))
    result = forecast(str(at / "own.toml"), years=2, draws=40)
    care = next(line for line in result.stocks if line.id == "care")
    total = next(each.total for each in own.stock if each.state == "looked_after")
    published = known_place(PLACE).place.value("uasc_stock", 2025) or 0.0
    assert care.base.value == total + published
    assert care.base.note == "from the place's own records"
    first = result.months[0]
    assert abs((first.care.value or 0.0) - (care.base.value or 0.0)) <= 1
    counts = np.array(own.placements.under_16) + np.array(own.placements.from_16)
    shares = [each.value for each in first.placements.values()]
    assert np.allclose(np.array(shares) / sum(shares), counts / counts.sum(), atol=0.02)
    assert "own records" in result.first_lines[-1]


def test_a_business_case_has_the_place_s_own_pace(made):
    at, _ = made
    given = {
        "programme": "family_group_conference",
        "cohort": {"children": 50},
        "draws": 50,
    }
    usual, own = (
        resolve(check_case({"place": name, **given}, "test"))
        for name in (PLACE, str(at / "own.toml"))
    )
    fitted = read_local_pathway(str(at / "own.toml"))
    for each in fitted.move:
        where = usual.pathway.moves(*each.moves)
        expected = usual.pathway.hazards[where] * np.array(each.ratio)
        assert np.allclose(own.pathway.hazards[where], expected)
    assert any("own, fitted to its records" in line for line in own.assumptions)
    assert own.case.place == str(at / "own.toml")


def test_places_named_twice_are_refused():
    result = CliRunner().invoke(app, ["forecast", "norfolk", "--place", "norfolk"])
    assert result.exit_code != 0
    assert "is given twice" in str(result.exception)
    assert not Path("norfolk").exists()
