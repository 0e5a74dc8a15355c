"""`headwater programmes`, as a user sees it."""

import json

import pytest
import typer
from typer.testing import CliRunner

from headwater.cli import programmes
from headwater.core.errors import InputError


@pytest.fixture
def app():
    found = typer.Typer()

    @found.callback()
    def about() -> None:
        """Stand in for the whole command line, so that this command is tested alone."""

    programmes.register(found)
    return found


@pytest.fixture
def run(app, monkeypatch):
    def call(*words, width=80):
        monkeypatch.setattr("headwater.cli.output.console.width", width)
        return CliRunner().invoke(app, ["programmes", *words])

    return call


def squeezed(text: str) -> str:
    return " ".join(text.split())


def test_the_list_says_first_how_many_are_usable(run):
    result = run()
    assert result.exit_code == 0
    assert squeezed(result.output).startswith(
        "4 of 55 programmes have an effect that a business case can use"
    )
    assert "27 find no effect" in squeezed(result.output)
    assert "5 favour the control" in squeezed(result.output)


@pytest.mark.parametrize("width", [80, 120])
def test_no_line_is_wider_than_the_screen(run, width):
    for words in ((), ("mst",), ("fnp",), ("fft",)):
        lines = run(*words, width=width).output.splitlines()
        assert max(len(line) for line in lines) <= width


def test_every_programme_is_listed(run):
    text = squeezed(run(width=160).output)
    for name in ("family_group_conference", "big_brothers_big_sisters", "mentoring_community"):
        assert name in text
    assert "Not a programme: Life Chances Fund" in text


def test_one_programme_shows_nulls_harms_and_conflicts(run):
    text = squeezed(run("mst", width=240).output)
    for words in (
        "1.25 odds ratio (0.77 to 2.05, 95% interval)",
        "no detectable effect",
        "favours control",
        "Where the evidence conflicts",
        "Looked for and not found",
        "fonagy2018start",
    ):
        assert words in text


def test_the_family_group_conference_prints_what_is_assumed(run):
    text = squeezed(run("fgc", width=160).output)
    assert "two equal arms assumed, the family as the unit" in text
    assert "No unit cost was found: give your own." in text


def test_json_is_complete(run, tmp_path):
    file = tmp_path / "mst.json"
    assert run("multisystemic_therapy", "--json", str(file)).exit_code == 0
    document = json.loads(file.read_text(encoding="utf-8"))
    assert document["kind"] == "programmes"
    used = [effect for effect in document["result"]["effects"] if effect["bearing"]]
    assert used[0]["bearing"]["effect"]["value"] == 1.25
    assert used[0]["effect"]["sources"] == ["fonagy2018start"]
    assert "fonagy2018start" in document["sources"]


def test_an_unknown_programme_is_the_users_to_put_right(run):
    result = run("multisystemic")
    assert isinstance(result.exception, InputError)
    assert "Did you mean" in str(result.exception)


def test_an_unwritable_file_is_refused_before_anything_is_shown(run, tmp_path):
    result = run("mst", "--json", str(tmp_path / "no" / "file.json"))
    assert isinstance(result.exception, InputError)
    assert not result.output
