"""One bad table of odds each, and exactly what is said."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from headwater.catalogue.files import DATA
from headwater.cli.main import app
from headwater.core.errors import InputError
from headwater.workflows.odds.answer import odds
from headwater.workflows.odds.read import read_odds

GOOD = """\
[odds]
title = "made up"
outcome = "share"
unit = "child in care"
better = "lower"
people = 200
price_base = "2025-26"
baseline = { value = 0.448, because = "made up" }
promised = { value = 0.086, because = "made up" }
[odds.comparator]
kind = "concurrent"
controls_per_case = 1
[[odds.rule]]
kind = "point_threshold"
threshold = 0.05
pays = 1000
"""


@pytest.fixture
def said(tmp_path, monkeypatch):
    """Write a table, read it, and return what is said, a problem a line."""
    monkeypatch.chdir(tmp_path)

    def read(text: str) -> list[str]:
        Path("odds.toml").write_text(text, encoding="utf-8")
        with pytest.raises(InputError) as caught:
            read_odds("odds.toml")
        return str(caught.value).splitlines()

    return read


def test_the_good_one_is_good(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("odds.toml").write_text(GOOD, encoding="utf-8")
    assert read_odds("odds.toml").odds.people == 200


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'baseline = { value = 0.448, because = "made up" }',
            "",
            "odds.toml, line 1, odds.baseline: is missing. Add it.",
        ),
        (
            'value = 0.448, because = "made up"',
            "value = 0.448",
            (
                'odds.toml, line 8, odds.baseline: needs source = "…" (where it was read) or'
                " because ="
                ' "…" (why it is assumed).'
            ),
        ),
        (
            "0.448",
            "44.8",
            (
                "odds.toml, line 8, odds.baseline: 44.8 is no share of people, above 0 and below 1."
                " Write 44.8% as 0.448."
            ),
        ),
        (
            "0.448",
            '"high"',
            (
                'odds.toml, line 8, odds.baseline.value: needs a number, such as 3, 0.05, "5/6" or'
                " \"12.5%\", got 'high'."
            ),
        ),
        (
            "0.086",
            "8.6",
            (
                "odds.toml, line 9, odds.promised: cannot be: 0.448 made better by 8.6 is -8.152."
                " Check its scale: five points are 0.05."
            ),
        ),
        (
            "0.086",
            "0",
            "odds.toml, line 9, odds.promised.value: must be above 0, got 0.",
        ),
        (
            'kind = "concurrent"\ncontrols_per_case = 1',
            'kind = "historic"\npeople = 200',
            "odds.toml, line 10, odds.comparator.drift_sd: is missing. Add it.",
        ),
        (
            'kind = "concurrent"',
            'kind = "concurent"',
            (
                "odds.toml, line 10, odds.comparator: no kind 'concurent'. Did you mean"
                " 'concurrent'?"
                " Known: concurrent, known, historic, difference_in_differences."
            ),
        ),
        (
            'outcome = "share"',
            'outcome = "events"',
            (
                "odds.toml, line 1, odds.dispersion: is missing: events of some people come in"
                " runs."
                " Add variance ÷ mean of each person's events."
            ),
        ),
        (
            'outcome = "share"',
            'outcome = "mean"',
            (
                "odds.toml, line 1, odds.sd: is missing: a mean needs the standard deviation"
                " between"
                ' people. Add sd = { value = …, source = "…" }.'
            ),
        ),
        (
            'outcome = "share"',
            'outcome = "shares"',
            (
                "odds.toml, line 3, odds.outcome: input should be 'share', 'events' or 'mean', got"
                " 'shares'. Did you mean 'share'?"
            ),
        ),
        (
            "people = 200",
            'people = 200\nsd = { value = 3, because = "made up" }',
            "odds.toml, line 7, odds.sd: is for a mean, not for share. Take it out.",
        ),
        (
            "people = 200",
            'people = 200\nmissing = { value = 1, because = "made up" }',
            (
                "odds.toml, line 7, odds.missing: leaves nobody whose outcome is known. Give a part"
                " below 1."
            ),
        ),
        (
            'price_base = "2025-26"',
            'price_base = "last year"',
            "odds.toml, line 7, odds.price_base: needs a year, as 2024-25, got 'last year'.",
        ),
        (
            GOOD[GOOD.index("[[odds.rule]]") :],
            "",
            (
                "odds.toml, line 1, odds.rule: is missing: how would be paid? Add [[odds.rule]]"
                ' with kind = "point_threshold" or another kind.'
            ),
        ),
        (
            'kind = "point_threshold"',
            'kind = "threshold"',
            (
                "odds.toml, line 13, odds.rule.0: no kind 'threshold'. Did you mean"
                " 'point_threshold'?"
                " Known: banded, ci_lower, hybrid, individual_gross, linear_floor_cap,"
                " point_threshold, posterior_prob, shrunk_linear."
            ),
        ),
        (
            "threshold = 0.05",
            "",
            "odds.toml, line 13, odds.rule.0.threshold: is missing. Add it.",
        ),
        (
            "pays = 1000",
            "pays = 1000\ncap = 5",
            "odds.toml, line 17, odds.rule.0.cap: is not known here.",
        ),
        (
            "pays = 1000",
            'pays = 1000\n[[odds.rule]]\nkind = "point_threshold"\nthreshold = 0\npays = 1',
            (
                "odds.toml, line 17, odds.rule.1.name: a second rule is called 'point threshold'."
                " Give each a name of its own."
            ),
        ),
        (
            "people = 200",
            "people = 1",
            "odds.toml, line 6, odds.people: must be at least 2, got 1.",
        ),
        (
            "[odds]",
            "[chances]",
            (
                "odds.toml: has no [odds] table: what is promised, how many people, and what they"
                " are compared with. Add one as in the shipped example that `headwater contracts"
                " edge-of-care --copy FILE` writes."
            ),
        ),
        (
            "0.448",
            "1",
            (
                "odds.toml, line 8, odds.baseline: 1 is no share of people, above 0 and below 1."
                " Write 44.8% as 0.448."
            ),
        ),
        (
            "0.448",
            "nan",
            (
                "odds.toml, line 8, odds.baseline.value: needs a number, such as 3, 0.05,"
                ' "5/6" or "12.5%", got NaN.'
            ),
        ),
        (
            "0.448",
            "-0.2",
            "odds.toml, line 8, odds.baseline.value: must be at least 0, got -0.2.",
        ),
        (
            "pays = 1000",
            "pays = 10000000000000",
            (
                "odds.toml, line 16, odds.rule.0.pays: needs a number of at most 1,000,000,000,000,"
                " got 10000000000000."
            ),
        ),
        (
            "threshold = 0.05",
            "threshold = 5",
            (
                "odds.toml, line 15, odds.rule.0.threshold: 5 is never reached: 0.448 made better"
                " by that is -4.552. Check its scale: five points are 0.05."
            ),
        ),
        (
            'kind = "concurrent"\n',
            "",
            (
                "odds.toml, line 10, odds.comparator: has no kind. Add kind, such as"
                ' kind = "concurrent".'
            ),
        ),
        (
            'price_base = "2025-26"',
            'price_base = "2025-26"\nhow = 3',
            "odds.toml, line 8, odds.how: is not known here.",
        ),
        (
            "[odds.comparator]",
            "[other]\nx = 1\n[odds.comparator]",
            "odds.toml, line 10, other: is not known here.",
        ),
    ],
)
def test_what_is_said(said, old, new, message):
    assert old in GOOD
    text = GOOD.replace(old, new)
    if old == "[odds]":
        text = "[chances]\n"
    assert message in said(text)


def test_a_rule_of_successes_needs_a_share(said):
    text = GOOD.replace('outcome = "share"', 'outcome = "events"').replace(
        "people = 200", 'people = 200\ndispersion = { value = 2, because = "made up" }'
    )
    text += '[[odds.rule]]\nkind = "individual_gross"\nprice = 5\n'
    assert said(text) == [
        (
            "odds.toml, line 19, odds.rule.1.kind: a price for each success needs a share of"
            " people,"
            " not events. Use a rule on the effect."
        )
    ]


def test_bands_that_fall_are_refused(said):
    bands = "band = [{ at_least = 0.1, pays = 1 }, { at_least = 0.05, pays = 2 }]"
    text = GOOD + f'[[odds.rule]]\nkind = "banded"\non = "effect"\n{bands}\n'
    assert said(text) == [
        "odds.toml, line 20, odds.rule.1.band: do not rise. Order them by at_least, each once."
    ]


def test_half_a_prior_is_refused(said):
    text = GOOD + (
        '[[odds.rule]]\nkind = "posterior_prob"\nleast = 0\npays = 1\n'
        'prior_mean = { value = 0.04, because = "made up" }\n'
    )
    assert said(text) == [
        (
            "odds.toml, line 17, odds.rule.1.prior_sd: is missing: a prior has both. Add it, or"
            " take"
            " the other out."
        )
    ]


def test_every_fault_is_named_at_once(said):
    text = GOOD.replace("people = 200", "people = 1").replace("threshold = 0.05", "")
    assert len(said(text)) == 2


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"draws": 10}, "--draws: 10 is not 1,000 to 200,000. Choose one within."),
        ({"seed": -1}, "--seed: -1 is not 0 to 2,147,483,647. Choose one within."),
    ],
)
def test_draws_and_seed_have_limits(more, message):
    with pytest.raises(InputError) as caught:
        odds(read_odds("family-group-conferences"), **more)
    assert str(caught.value) == message


def test_nothing_of_that_name():
    with pytest.raises(InputError) as caught:
        read_odds("family-group-conference")
    assert str(caught.value).startswith(
        "family-group-conference: is neither a file nor a shipped agreement or table of odds. Did"
        " you mean 'family-group-conferences'? Shipped: family-group-conferences, "
    )


def test_what_is_no_toml_is_named_with_its_line(said):
    (line,) = said(GOOD.replace('title = "made up"', 'title = "made up'))
    assert line.startswith("odds.toml: is not TOML: Illegal character")
    assert "(at line 2, " in line


def test_a_text_that_would_command_the_screen_is_printed_as_it_stands(tmp_path):
    path = tmp_path / "odds.toml"
    path.write_text(GOOD.replace("made up", "[bold red]x[/] [/nope]", 1), encoding="utf-8")
    done = CliRunner().invoke(app, ["odds", str(path), "--draws", "1000"])
    assert done.exit_code == 0
    assert done.stdout.startswith("[bold red]x[/] [/nope]")


def test_the_file_itself_is_not_written_over(tmp_path):
    path = tmp_path / "odds.toml"
    path.write_text(GOOD, encoding="utf-8")
    done = CliRunner().invoke(app, ["odds", str(path), "--json", str(path)])
    assert isinstance(done.exception, InputError)
    assert path.read_text("utf-8") == GOOD


def test_shipped_examples_read():
    for path in (DATA / "odds").iterdir():
        assert read_odds(path.name.removesuffix(".toml")).rules


@pytest.mark.parametrize(("field", "value"), [("power", "1"), ("significance", "0")])
def test_a_test_that_is_never_wrong_is_refused(said, field, value):
    text = GOOD.replace(
        "[odds.comparator]", f"[odds.accepts]\n{field} = {value}\n[odds.comparator]"
    )
    (line,) = said(text)
    limit = "must be below 1, got 1." if value == "1" else "must be above 0, got 0."
    assert line == f"odds.toml, line 11, odds.accepts.{field}: {limit}"
