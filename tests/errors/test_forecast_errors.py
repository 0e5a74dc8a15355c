"""One bad forecast each, and exactly what is said."""

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from headwater.cli import forecast as command
from headwater.core.errors import InputError
from headwater.workflows.forecast.answer import forecast
from headwater.workflows.forecast.scenario import read_scenario

HEAD = 'title = "what if"\n'


def change(*lines: str) -> str:
    return "\n".join([HEAD, "[[change]]", *lines, ""])


WHY = 'because = "to see"'
FROM = "from = 2026-04-01"


def played(name: str) -> None:
    asked = read_scenario("what_if.toml")
    forecast(name, years=2, draws=40, scenario=asked, scenario_name="what_if.toml")


@pytest.fixture
def said(tmp_path, monkeypatch):
    """Write a scenario, forecast with it, and return what is said, a problem a line."""
    monkeypatch.chdir(tmp_path)

    def write(content: str | bytes, name: str = "hartlepool") -> list[str]:
        data = content.encode() if isinstance(content, str) else content
        Path("what_if.toml").write_bytes(data)
        with pytest.raises(InputError) as caught:
            played(name)
        return str(caught.value).splitlines()

    return write


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            change('rate = "care_strats"', "multiply = 0.9", FROM, WHY),
            (
                "what_if.toml, line 3, change.0: no rate 'care_strats'. Did you mean 'care_starts'?"
                " Known: need_starts"
            ),
        ),
        (
            change('placement = "residental"', "multiply = 0.9", FROM, WHY),
            (
                "what_if.toml, line 3, change.0: no placement 'residental'."
                " Did you mean 'residential'? Known: foster, residential, supported,"
            ),
        ),
        (
            change('rate = "looked_after -> moon"', "multiply = 0.9", FROM, WHY),
            "what_if.toml, line 3, change.0: no rate 'looked_after -> moon'.",
        ),
        (
            change('rate = "care_starts"', "multiply = -0.1", FROM, WHY),
            ("what_if.toml, line 5, change.0.multiply: must be at least 0, got -0.1."),
        ),
        (
            change('rate = "care_starts"', "multiply = nan", FROM, WHY),
            ("what_if.toml, line 5, change.0.multiply: needs a finite number, got nan."),
        ),
        (
            change('rate = "care_starts"', "add = inf", FROM, WHY),
            "what_if.toml, line 5, change.0.add: needs a finite number, got inf.",
        ),
        (
            change('rate = "care_starts"', "multiply = 0.9", "add = 0.1", FROM, WHY),
            "what_if.toml, line 3, change.0: give either 'multiply' or 'add'.",
        ),
        (
            change('rate = "care_starts"', 'price = "all"', "multiply = 0.9", FROM, WHY),
            "what_if.toml, line 3, change.0: name one of 'rate', 'placement' and 'price'.",
        ),
        (
            change('rate = "care_starts"', "multiply = 0.9", FROM, "to = 2026-04-01", WHY),
            (
                "what_if.toml, line 3, change.0: 'to' (2026-04-01) must be later than 'from'"
                " (2026-04-01)."
            ),
        ),
        (
            change('rate = "care_starts"', "multiply = 0.9", 'from = "soon"', WHY),
            (
                "what_if.toml, line 6, change.0.from: needs a date, year first and without quotes,"
                " as 2026-04-01, got 'soon'."
            ),
        ),
        (
            change('rate = "care_starts"', "multiply = 0.9", "from = 20260401", WHY),
            (
                "what_if.toml, line 6, change.0.from: needs a date, year first and without quotes,"
                " as 2026-04-01, got 20260401."
            ),
        ),
        (
            change('rate = "care_starts"', "multiply = 0.9", FROM, "to = true", WHY),
            "what_if.toml, line 7, change.0.to: needs a date, year first and without quotes",
        ),
        (
            change('rate = "care_starts"', "multiply = true", FROM, WHY),
            "what_if.toml, line 5, change.0.multiply: needs a number, without quotes, got True.",
        ),
        (
            change('rate = "care_ends"', 'add = "0.1"', FROM, WHY),
            "what_if.toml, line 5, change.0.add: needs a number, without quotes, got '0.1'.",
        ),
        (
            change('price = "all"', "add = 1e300", FROM, WHY),
            ("what_if.toml, line 5, change.0.add: must be at most 1,000,000, got 1e+300."),
        ),
        (
            change('rate = "care_starts"', "multiply = 0.9", FROM),
            "what_if.toml, line 3, change.0.because: is missing. Add it.",
        ),
        (HEAD, "what_if.toml, change: is missing. Add it."),
        (
            change('rate = "care_starts"', "multiply = 0.9", "from = 2024-01-01", WHY),
            (
                "what_if.toml, change 1 (rate of care starts): from 2024-01-01 is outside the"
                " forecast, 2025-03-31 to 2027-03-31. Choose a day within it, or another --years."
            ),
        ),
        (
            change('rate = "care_starts"', "multiply = 0.9", "from = 2027-03-31", WHY),
            "what_if.toml, change 1 (rate of care starts): from 2027-03-31 is outside the forecast",
        ),
        (
            change('rate = "care_starts"', "add = 0.01", FROM, WHY),
            (
                "what_if.toml, change 1 (rate of care starts): care_starts is several rates, of"
                " different children. Multiply, or add to one of them: 'child_in_need ->"
            ),
        ),
        (
            change('rate = "care_ends"', "add = -5", FROM, WHY),
            "what_if.toml, change 1 (rate of care ends): -5 takes the rate below nought: it is 0.",
        ),
        (
            change('placement = "residential"', "add = 1.0", FROM, WHY),
            (
                "what_if.toml, change 1 (share of children in placement residential): +1 takes the"
                " share to 1"
            ),
        ),
        (
            change('price = "foster"', "add = -10000", FROM, WHY),
            (
                "what_if.toml, change 1 (price of foster): -10000 takes the price of foster below"
                " nought: it is £"
            ),
        ),
        (b'\xff\xfetitle = "x"', "what_if.toml, line 1: byte 0xff is not UTF-8."),
        ('title = "x', "what_if.toml: is not TOML: "),
        (
            change('rate = "care_starts"', "multiply = 0.9", FROM, 'because = "\\u001b[31m"'),
            "what_if.toml, line 7, change.0.because: holds a character that commands a screen",
        ),
    ],
)
def test_a_bad_scenario(said, content, message):
    (line, *_rest) = said(content)
    assert line.startswith(message), line


def test_every_fault_of_a_scenario_is_shown_at_once(said):
    lines = said(
        change('rate = "care_starts"', "multiply = 0.9", "from = 2020-01-01", WHY)
        + change('price = "all"', "multiply = 2", "from = 2040-01-01", WHY).removeprefix(HEAD)
    )
    assert [line.split(":")[0] for line in lines] == [
        "what_if.toml, change 1 (rate of care starts)",
        "what_if.toml, change 2 (price of all)",
    ]


@pytest.mark.parametrize(
    ("name", "asked", "message"),
    [
        ("norfok", {}, "place: there is no place called 'norfok'. Did you mean 'norfolk'?"),
        ("northamptonshire", {}, "place: Northamptonshire no longer exists."),
        (
            "city_of_london",
            {},
            (
                "place: City of London: of 31 March 2025, children in need (69) are published;"
                " children on plans and looked-after children are not."
            ),
        ),
        (
            "isles_of_scilly",
            {},
            (
                "place: Isles of Scilly: of 31 March 2025, children in need (16) are published;"
                " children on plans and looked-after children are not. Children in need hold the"
                " others, so that without them there is no stock to begin with."
            ),
        ),
        ("norfolk", {"years": 0}, "--years: 0 is not 1 to 15. Choose one within."),
        ("norfolk", {"years": 16}, "--years: 16 is not 1 to 15. Choose one within."),
        ("norfolk", {"draws": 39}, "--draws: 39 is not 40 to 2,000. Choose one within."),
        ("norfolk", {"draws": 1}, "--draws: 1 is not 40 to 2,000. Choose one within."),
        ("norfolk", {"draws": 10**6}, "--draws: 1,000,000 is not 40 to 2,000. Choose one within."),
        ("norfolk", {"seed": -1}, "--seed: -1 is not 0 to 2,147,483,647. Choose one within."),
    ],
)
def test_a_bad_question(name, asked, message):
    with pytest.raises(InputError) as caught:
        forecast(name, **asked)
    assert str(caught.value).startswith(message), str(caught.value)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "forecast: needs a place. Try: headwater forecast norfolk"),
        (["norfolk", "--record"], "forecast: --record is of every place: it takes none."),
        (["--record", "--scenario", "x.toml"], "--scenario: is for a place"),
        (["--record", "--years", "3"], "--years: is for a place: the record is of what came."),
        (["--record", "--draws", "80"], "--draws: is for a place: the record is of what came."),
        (["--record", "--seed", "1"], "--seed: is for a place: the record is of what came."),
        (["norfolk", "--json", "-"], "-: is no file: nothing is written to the screen."),
        (["norfolk", "--scenario", "none.toml"], "none.toml: is neither a file nor a shipped"),
        (["norfolk", "--json", "nowhere/x.json"], "nowhere/x.json: there is no folder"),
    ],
)
def test_a_bad_command(words, message, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    app = typer.Typer(pretty_exceptions_enable=False)
    app.callback()(lambda: None)
    command.register(app)
    result = CliRunner().invoke(app, ["forecast", *words])
    assert isinstance(result.exception, InputError)
    assert str(result.exception).startswith(message), str(result.exception)


def test_a_scenario_is_not_written_over(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("mine.toml").write_text(change('rate = "care_starts"', "multiply = 0.9", FROM, WHY))
    app = typer.Typer(pretty_exceptions_enable=False)
    app.callback()(lambda: None)
    command.register(app)
    words = ["forecast", "norfolk", "--scenario", "mine.toml", "--json", "mine.toml"]
    result = CliRunner().invoke(app, words)
    assert str(result.exception) == "mine.toml: is the scenario file itself. Name another file."
