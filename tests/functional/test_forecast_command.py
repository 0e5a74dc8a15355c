"""`headwater forecast`: what it prints, and that the files say the same."""

import json
import re

import numpy as np
import pytest
import typer
from typer.testing import CliRunner

from headwater.catalogue.places import place
from headwater.cli import forecast as command
from headwater.workflows.forecast.answer import forecast
from headwater.workflows.forecast.result import COST_LEFT_OUT, MIDDLE_OF_DIFFERENCES

WIDTH = 80


def run(*words: str, width: int = WIDTH) -> str:
    app = typer.Typer(pretty_exceptions_enable=False)
    app.callback()(lambda: None)
    command.register(app)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("headwater.cli.output.console.width", width)
        result = CliRunner().invoke(app, ["forecast", *words], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def figures_of(entry):
    """Yield every figure of a document."""
    if isinstance(entry, dict) and "unit" in entry:
        yield entry
    elif isinstance(entry, dict | list):
        for inner in entry.values() if isinstance(entry, dict) else entry:
            yield from figures_of(inner)


SMALL = ("hartlepool", "--years", "2", "--draws", "40")


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    path = tmp_path_factory.mktemp("forecast") / "out.json"
    text = run(*SMALL, "--scenario", "a-tenth-fewer-care-starts", "--json", str(path))
    return text, json.loads(path.read_bytes())


@pytest.fixture(scope="module")
def found(ran):
    return ran[1]["result"]


def test_the_first_lines_say_how_such_forecasts_have_done(ran):
    head = ran[0].split("Children, as publishers")[0]
    said = " ".join(head.split())
    for part in (
        "in need",
        "on plans",
        "Looked-after children",
        "Spending on looked-after children",
    ):
        assert f"{part}: off by" in said, part
    assert said.count(", no change by") + said.count(", no change in real terms by") == 4
    assert "after forecasts of March 2022" in said


def test_no_line_is_wider_than_the_screen(ran):
    lines = [line for line in ran[0].splitlines() if "http" not in line]
    assert max(map(len, lines)) <= WIDTH


@pytest.mark.parametrize("width", [30, 60, 80])
def test_england_loses_no_digit_and_no_date_however_narrow_the_screen(tmp_path, width):
    path = tmp_path / "out.json"
    text = run("england", "--years", "1", "--draws", "40", "--json", str(path), width=width)
    assert max(len(line) for line in text.splitlines() if "http" not in line) <= width
    shown = text[text.index("Children, as publishers") : text.index("Assumed")]
    for line in json.loads(path.read_bytes())["result"]["stocks"]:
        first = line["years"][0]
        ends = (f"({first['low']:,.0f}", f"{first['high']:,.0f})")
        for number in (f"{line['base']['value']:,.0f}", f"{first['value']:,.0f}", *ends):
            assert re.search(rf"(?<![\d,]){re.escape(number)}(?![\d,])", shown), number
    for year in ("2025", "2026", "2025-26"):
        assert re.search(rf"^{year}\b", shown, re.MULTILINE), year


def test_it_begins_where_the_place_is(found):
    here = place("hartlepool")
    for line in found["stocks"]:
        measure = f"{line['id']}_stock"
        assert line["base"]["value"] == here.value(measure, 2025)
        first = found["months"][0][line["id"]]
        assert first["value"] == pytest.approx(here.value(measure, 2025), abs=2)
    assert found["spent_base"]["value"] == here.value("spend_looked_after", 2025)


def test_every_interval_holds_its_middle(ran):
    figures = [figure for figure in figures_of(ran[1]["result"]) if "low" in figure]
    assert len(figures) > 100
    for figure in figures:
        assert figure["low"] <= figure["value"] <= figure["high"], figure
        assert figure["interval"]


def test_fewer_care_starts_make_fewer_children_in_care_and_less_spending(found):
    care = next(line for line in found["stocks"] if line["id"] == "care")
    assert care["difference"][0]["value"] == 0
    assert care["difference"][1]["high"] < 0
    assert found["spending"][1]["difference"]["value"] < 0


def test_a_tenth_fewer_starts_are_a_tenth_fewer_in_the_first_full_year(tmp_path):
    """Within simulation error, and half a point: who does not enter may enter later."""
    path = tmp_path / "out.json"
    run(
        *("birmingham", "--years", "3", "--draws", "60", "--json", str(path)),
        *("--scenario", "a-tenth-fewer-care-starts"),
    )
    flows = {line["id"]: line for line in json.loads(path.read_bytes())["result"]["flows"]}
    starts = flows["care_starts"]
    for i, wanted in enumerate((0.0, -0.1, -0.1)):
        fewer = starts["difference"][i]["value"] / starts["years"][i]["value"]
        assert fewer == pytest.approx(wanted, abs=0.011), i
        drawn = starts["scenario"][i]["value"] / starts["years"][i]["value"] - 1
        assert drawn == pytest.approx(fewer, abs=0.03), i


def test_flows_stand_beside_what_is_published_in_both_arms(ran, found):
    here = place("hartlepool")
    for line in found["flows"]:
        assert line["published"]["value"] == here.value(line["id"], 2025)
        assert line["published"]["basis"] == "published"
        assert len(line["years"]) == len(line["scenario"]) == len(line["difference"]) == 2
    assert "asylum-seeking children" in found["flows_note"]
    text = " ".join(ran[0].split())
    assert "Moves a year with it (in brackets: more than without it)" in text
    assert "(published)" in text
    assert MIDDLE_OF_DIFFERENCES in text
    assert COST_LEFT_OUT in text
    assert found["flows_note"] in text


def test_placements_on_the_base_day_are_those_published(found):
    first = found["months"][0]
    here = place("hartlepool")
    total = sum(figure["value"] for figure in first["placements"].values())
    assert total == pytest.approx(here.value("care_stock", 2025), abs=2.5)
    own = here.value("placement_residential", 2025) / 100
    homes = first["placements"]["residential"]
    assert homes["value"] / total == pytest.approx(own, abs=0.02)
    assert all("low" not in figure for figure in first["placements"].values())
    assert "low" in found["months"][12]["placements"]["residential"]


def test_what_each_part_adds_to_spending_is_shown_by_size_with_children_among_them(tmp_path):
    """In England price is the largest part of what is added by the fifth year, then the mix."""
    path = tmp_path / "out.json"
    run("england", "--draws", "40", "--json", str(path))
    last = json.loads(path.read_bytes())["result"]["spending"][-1]
    parts = {name: abs(last[name]["value"]) for name in ("children", "mix", "price")}
    assert parts["price"] > parts["mix"] > parts["children"]
    together = sum(last[name]["value"] for name in parts)
    assert together == pytest.approx(last["change"]["value"], rel=0.15)


def test_shares_of_the_variance_are_said_to_the_nearest_tenth(ran, found):
    for doubt in found["doubts"]:
        shares = [figure["value"] for figure in doubt["parts"].values()]
        assert all(share % 10 == 0 for share in shares)
        assert 70 <= sum(shares) <= 130
    assert "about" in ran[0]
    assert "to the nearest ten per cent" in " ".join(ran[0].split())


def test_how_far_the_ends_of_intervals_hang_on_the_seed_is_worked_out(ran, found):
    """Over seeds they move by what is said on the mean, as near as so few seeds can tell."""
    said: dict[str, list] = {shift["id"]: [] for shift in found["seed_shifts"]}
    assert list(said) == ["need", "plan", "care", "spending"]
    ends: dict[str, list] = {stock: [] for stock in said}
    for seed in range(1, 21):
        result = forecast("hartlepool", years=2, draws=40, seed=seed)
        for shift in result.seed_shifts:
            said[shift.id].append((shift.low.value, shift.high.value))
        for line in result.stocks:
            ends[line.id].append((line.years[-1].low, line.years[-1].high))
        last = result.spending[-1].spending
        ends["spending"].append((last.low, last.high))
    for stock, stated in said.items():
        moved = np.std(ends[stock], axis=0, ddof=1).sum()
        assert np.mean(stated, axis=0).sum() == pytest.approx(moved, rel=0.4), stock
    text = " ".join(ran[0].split())
    assert "At 40 draws the ends of the last year's intervals move with another seed" in text
    assert "--draws 400 gives steadier ones" in text


def test_how_far_intervals_were_tested_is_said(ran, found):
    text = " ".join(ran[0].split())
    for line in (*found["first_lines"], *found["cautions"]):
        assert line in text
    assert any("intervals of March 2022 were too narrow" in line for line in found["cautions"])
    assert not any("nothing has tested" in line for line in found["cautions"])
    longer = " ".join(run("hartlepool", "--years", "4", "--draws", "40").split())
    assert "nothing has tested those beyond, up to 4 years" in longer


def test_what_is_not_published_is_named_and_nothing_else():
    text = " ".join(run("middlesbrough", "--years", "1", "--draws", "40").split())
    wanted = "not known: spending on looked-after children: not published for the base year."
    assert wanted in text


def test_the_same_words_give_the_same_forecast(ran):
    again = run(*SMALL, "--scenario", "a-tenth-fewer-care-starts")
    assert again == ran[0]


def test_another_seed_gives_a_near_one():
    def care(text: str) -> float:
        row = re.search(r"^2027 +[\d,]+ \([^)]*\) +[\d,]+ \([^)]*\) +([\d,]+)", text, re.MULTILINE)
        return float(row[1].replace(",", ""))

    first, other = run(*SMALL), run(*SMALL, "--seed", "2")
    assert first != other
    assert care(other) == pytest.approx(care(first), rel=0.03)


def test_the_record_is_printed_whole():
    text = run("--record")
    for part in (
        "Error over places",
        "Spending against the last outturn grown",
        "one base year",
        "What earns its place",
        "Not scored",
        "Isles of Scilly",
        "Not fitted to: how the model does",
        "Why they part",
    ):
        assert part in text, part
