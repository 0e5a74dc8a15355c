"""`headwater forecast`: what it prints, and that the files say the same."""

import json
import re

import pytest
import typer
from typer.testing import CliRunner

from headwater.catalogue.places import place
from headwater.cli import forecast as command

WIDTH = 80


def run(*words: str) -> str:
    app = typer.Typer(pretty_exceptions_enable=False)
    app.callback()(lambda: None)
    command.register(app)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("headwater.cli.output.console.width", WIDTH)
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
        assert f"{part}: forecasts of March 2022 were off by" in said, part
    assert "no change" in head


def test_no_line_is_wider_than_the_screen(ran):
    lines = [line for line in ran[0].splitlines() if "http" not in line]
    assert max(map(len, lines)) <= WIDTH


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


def test_the_largest_part_of_what_spending_adds_is_price(found):
    last = found["spending"][-1]
    parts = {name: abs(last[name]["value"]) for name in ("children", "mix", "price")}
    assert parts["price"] > parts["mix"]


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
        "Mean error over places",
        "What earns its place",
        "Not scored",
        "Isles of Scilly",
        "Not fitted to: how the model does",
        "Why they part",
    ):
        assert part in text, part
