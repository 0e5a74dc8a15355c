"""`headwater places`: what it prints and writes."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from headwater.cli import output, place_cells, places
from headwater.core.errors import InputError


@pytest.fixture(params=[80, 120])
def run(request, monkeypatch):
    monkeypatch.setattr(output.console, "width", request.param)

    def ask(*words: str) -> str:
        app = typer.Typer(pretty_exceptions_enable=False)
        app.callback()(lambda: None)
        places.register(app)
        result = CliRunner().invoke(app, ["places", *words], catch_exceptions=False)
        assert result.exit_code == 0
        _fits(result.stdout, request.param)
        return " ".join(result.stdout.split())

    return ask


def _fits(text: str, width: int) -> None:
    wide = [line for line in text.splitlines() if len(line) > width and "https://" not in line]
    assert wide == []


def test_a_card_shows_figures_neighbours_breaks_and_sources(run) -> None:
    text = run("norfolk")
    assert "county · East of England · number 926 · E10000020" in text
    assert "In 2024-25 Norfolk spent £69.6 million early and £170.4 million late" in text
    assert "in need, net" in text
    assert "In need at 31 March: 10,644 (31 March 2016), then 4,794 (31 March 2017)" in text
    assert "Suffolk (very close)" in text
    assert "dfe_cin_2025_b1: Children in need 2025" in text


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("isles of scilly", "n/a not applicable"),
        ("city of london", "supp. suppressed: a small number"),
        ("cumbria", "its place was taken by: cumberland, westmorland_and_furness"),
        ("dorset", "Christchurch moved from one county to the other"),
        ("wandsworth", "not shown, and left out of national totals"),
        ("hackney", "2021 not available; 2022 not available"),
    ],
)
def test_what_is_missing_is_said(run, name: str, says: str) -> None:
    assert says in run(name)


def test_the_list_names_every_place_and_former_authorities(run) -> None:
    text = run()
    assert "Norfolk 171,830 4,643 454 1,069" in text
    assert "northamptonshire: now north_northamptonshire, west_northamptonshire" in text


def test_no_mark_stands_without_a_legend(run) -> None:
    text = run("isles of scilly")
    tail = text[text.index("Where there is no number") :]
    for mark in place_cells.LEGEND:
        if f" {mark} " in text[: text.index("Where there is no number")]:
            assert f" {mark} " in tail


def test_json_holds_the_whole_result(run, tmp_path: Path) -> None:
    run("norfolk", "--json", str(tmp_path / "norfolk.json"))
    body = json.loads((tmp_path / "norfolk.json").read_text(encoding="utf-8"))
    assert (body["format"], body["kind"]) == ("headwater/1", "places")
    need = next(row for row in body["result"]["rows"] if row["measure"] == "need_stock")
    assert len(need["figures"]) == 13
    assert need["figures"][0]["value"] is None
    assert need["figures"][0]["note"] == "not available"
    assert body["result"]["neighbours_source"] in body["sources"]


def test_an_unwritable_file_is_refused_before_any_work(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no folder"):
        places.places("norfolk", tmp_path / "none" / "x.json")
