"""`headwater indigo`: what it prints and writes, in every form."""

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
import typer
from openpyxl import load_workbook
from typer.testing import CliRunner

from headwater.cli import indigo, output
from headwater.core.errors import InputError
from headwater.core.indigo import OutcomeMetric, Party, Pricing, Result, period_of
from headwater.readers.indigo import read
from indigo_sample import DOCUMENT, folder, form


def ask(*words: object) -> str:
    app = typer.Typer(pretty_exceptions_enable=False)
    app.callback()(lambda: None)
    indigo.register(app)
    result = CliRunner().invoke(app, ["indigo", *map(str, words)], catch_exceptions=False)
    assert result.exit_code == 0
    assert [line for line in result.stdout.splitlines() if len(line) > output.console.width] == []
    return " ".join(result.stdout.split())


@pytest.mark.parametrize("width", [100, 140])
def test_a_folder_of_tables(width, tmp_path, monkeypatch):
    monkeypatch.setattr(output.console, "width", width)
    monkeypatch.chdir(tmp_path)
    text = ask(folder(Path("in")))
    assert "INDIGO data in in" in text
    assert "2 projects, 29 rows, 2 findings." in text
    assert "7 lines: 1 agrees, 1 differs, 1 price missing, 1 different currency" in text
    assert "GBP 2,205 GBP 2,205 agrees" in text
    assert "1 doubtful, 1 noted" in text


def test_one_project(tmp_path):
    text = ask(folder(tmp_path / "in"), "--project", "INDIGO-POJ-9002")
    assert "GBP 5,000 GBP 5,000 ambiguous" in text
    assert "outcomemetric2 6" not in text


def test_a_document_keeps_what_is_disputed_or_not_public(tmp_path):
    path = tmp_path / "one.json"
    path.write_text(json.dumps(DOCUMENT), encoding="utf-8")
    text = ask(path)
    assert "agrees (price disputed, result not public)" in " ".join(text.split())
    (project,) = read(path).exchange.projects
    (pricing,), (result,) = project.of(Pricing), project.of(Result)
    assert (pricing.price.text, pricing.price.status) == ("0.1", "DISPUTED")
    assert result.achieved.status == "PRIVATE"
    assert str(period_of(result)) == "2020 to 2021-06"
    assert project.record.text("headwater_colour/shade") == "[1.5, null]"
    assert [(each.organisation.text, each.part) for each in project.of(Party)] == [
        ("INDIGO-ORG-9009", "provider")
    ]


@pytest.mark.parametrize("headed", [False, True])
def test_a_workbook_in_the_form_of_the_standard(headed, tmp_path):
    path = form(tmp_path, headed=headed)
    assert "GBP 700 GBP 700 agrees" in ask(path)
    (project,) = read(path).exchange.projects
    assert (project.id, project.name) == ("INDIGO-POJ-9004", "Family First (made up)")
    (metric,) = project.of(OutcomeMetric)
    assert metric.definition.text == "Weeks at home"


def test_json_and_workbook_hold_every_line_and_finding(tmp_path):
    ask(folder(tmp_path / "in"), "--json", tmp_path / "o.json", "--xlsx", tmp_path / "o.xlsx")
    held = json.loads((tmp_path / "o.json").read_text("utf-8"))
    assert held["kind"] == "indigo"
    assert "indigo_data_standard" in held["sources"]
    lines = held["result"]["comparisons"]
    assert len(lines) == 7
    agreed = next(line for line in lines if line["verdict"] == "agrees")
    assert agreed["price"]["value"] == 220.5
    assert agreed["where"] == [
        "projects_outcome_pricings.csv, row 2",
        "projects_results.csv, row 2",
        "projects_outcome_payments.csv, row 2",
    ]
    book = load_workbook(BytesIO((tmp_path / "o.xlsx").read_bytes()))
    assert book.sheetnames[1:5] == ["comparisons", "plans", "projects", "findings"]


@pytest.mark.parametrize("target", ["out", "out.json", "out.xlsx"])
def test_what_is_exported_reads_back_as_it_was(target, tmp_path):
    source = folder(tmp_path / "in")
    ask(source, "--export", tmp_path / target)
    assert read(tmp_path / target).exchange == read(source).exchange
    said = {str(each).partition(":")[2] for each in read(tmp_path / target).findings}
    assert len(said) == 2


def test_a_zip_reads_as_the_folder_it_was_packed_from(tmp_path):
    source = folder(tmp_path / "in")
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as packed:
        for path in source.iterdir():
            packed.write(path, f"data/{path.name}")
    assert read(tmp_path / "in.zip").exchange == read(source).exchange


def test_an_export_is_not_mixed_with_what_lies_there(tmp_path):
    source = folder(tmp_path / "in")
    folder(tmp_path / "out", projects_grants="Project ID,Id\nINDIGO-POJ-9001,grant1\n")
    with pytest.raises(InputError) as caught:
        ask(source, "--export", tmp_path / "out")
    assert str(caught.value).endswith(
        "out: holds 'projects_grants.csv', which would be read with what is written."
        " Name an empty folder."
    )


def test_no_exported_cell_is_computed(tmp_path):
    held = json.loads(json.dumps(DOCUMENT))
    held["project"]["data"]["notes"] = {"value": '=HYPERLINK("http://a.b";"see")'}
    path = tmp_path / "one.json"
    path.write_text(json.dumps(held), encoding="utf-8")
    ask(path, "--export", tmp_path / "out")
    ask(path, "--export", tmp_path / "out.xlsx")
    assert "'=HYPERLINK" in (tmp_path / "out" / "projects.csv").read_text("utf-8-sig")
    sheet = load_workbook(tmp_path / "out.xlsx")["Projects"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--project", "INDIGO-POJ-9009"], "--project: no project 'INDIGO-POJ-9009' was read."),
        (["--export", "in"], "in: is what is being read. Name another folder."),
        (["--export", "nowhere/out"], "nowhere/out: there is no folder"),
        (["--json", "nowhere/out.json"], "nowhere/out.json: there is no folder"),
        (["--export", "afile"], "afile: is a file. Name a folder, a .json or an .xlsx."),
    ],
)
def test_a_bad_command(words, message, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder(Path("in"))
    Path("afile").touch()
    app = typer.Typer(pretty_exceptions_enable=False)
    app.callback()(lambda: None)
    indigo.register(app)
    result = CliRunner().invoke(app, ["indigo", "in", *words])
    assert isinstance(result.exception, InputError)
    assert str(result.exception).startswith(message), str(result.exception)
