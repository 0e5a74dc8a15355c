"""One bad file each, and exactly what is found."""

# ruff: noqa: E501 - each message stands whole

import io
import json
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from headwater.core.errors import InputError
from headwater.core.indigo import Project
from headwater.readers.indigo import files, read, tables
from headwater.workflows.indigo import export
from indigo_sample import (
    DOCUMENT,
    METRICS,
    PAYMENTS,
    PLANS,
    PRICINGS,
    PROJECTS,
    RESULTS,
    folder,
    form,
)


def found_in(path: Path) -> list[str]:
    return [f"{each.level}: {each}" for each in read(path).findings]


CLEAN = PRICINGS.replace('"2,500"', "2500")
ALWAYS = "noted: projects_outcome_payments.csv, row 6, Outcome Metric Id - (Value): names no outcome metric; it is kept and compared with nothing."
PRICE = "projects_outcome_pricings.csv"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, []),
        (
            {"projects_outcome_pricings": PRICINGS},
            [
                f"doubtful: {PRICE}, row 5, Price Per Unit - Amount - (Value): '2,500' is no plain number; it is read as 2500. Write digits only: 250000."
            ],
        ),
        (
            {"projects_outcome_pricings": CLEAN.replace("220.50", "about 220")},
            [
                f"wrong: {PRICE}, row 2, Price Per Unit - Amount - (Value): 'about 220' is no number; it enters no comparison. Write digits only: 250000."
            ],
        ),
        (
            {"projects_outcome_pricings": CLEAN.replace("GBP,50", ",50")},
            [
                f"wrong: {PRICE}, row 4, Price Per Unit - Amount - (Value): '50' has no currency beside it. Name the currency: GBP."
            ],
        ),
        (
            {"projects_outcome_pricings": CLEAN.replace("USD,4000", "dollars,4000")},
            [
                f"wrong: {PRICE}, row 6, Currency - (Value): 'dollars' is no currency. Write its three capital letters: GBP."
            ],
        ),
        (
            {
                "projects_outcome_pricings": CLEAN.replace(
                    "9001,outcomemetric3", "9001,outcomemetric33"
                )
            },
            [
                f"wrong: {PRICE}, row 4, Outcome Metric Id - (Value): 'outcomemetric33' names no row of Outcome Metrics of INDIGO-POJ-9001; it is kept. Did you mean 'outcomemetric3'?"
            ],
        ),
        (
            {
                "projects_outcome_metrics": METRICS.replace(
                    "9002,outcomemetric3", "9002,outcomemetric1"
                )
            },
            [
                *(
                    f"wrong: projects_outcome_metrics.csv, row {row}, Id: 'outcomemetric1' is the id of 2 rows of INDIGO-POJ-9002; all are kept. Give each its own id."
                    for row in (5, 7)
                ),
                *(
                    f"wrong: {name}, Outcome Metric Id - (Value): 'outcomemetric3' names no row of Outcome Metrics of INDIGO-POJ-9002; it is kept. Did you mean 'outcomemetric2'?"
                    for name in (
                        "projects_outcome_payments.csv, row 9",
                        "projects_results.csv, row 7",
                    )
                ),
            ],
        ),
        (
            {
                "projects_outcome_payments": PAYMENTS.replace(
                    "9001,plan1,outcomemetric1", "9001,plan7,outcomemetric1"
                )
            },
            [
                "wrong: projects_outcome_payments.csv, row 2, Outcome Payment Plan Id - (Value): 'plan7' names no row of Outcome Payment Plans of INDIGO-POJ-9001; it is kept. Did you mean 'plan1'?"
            ],
        ),
        (
            {"projects_outcome_payments": PAYMENTS.replace("Actual,GBP,8000", "Actul,GBP,8000")},
            [
                "wrong: projects_outcome_payments.csv, row 8, Type - (Value): 'Actul' is not in the code list. Did you mean 'Actual'?"
            ],
        ),
        (
            {
                "projects_results": RESULTS.replace(
                    "2018-10-01,2022-10-01,10,41", "2018-13,05/10/2022,10,41", 1
                )
            },
            [
                "wrong: projects_results.csv, row 2, Period - Start - (Value): '2018-13' is no date. Write it as 2019, 2019-04 or 2019-04-30.",
                "doubtful: projects_results.csv, row 2, Period - End - (Value): '05/10/2022' is not written as the standard has it; it is read as 2022-10-05. Write it as 2019, 2019-04 or 2019-04-30.",
            ],
        ),
        (
            {"projects_outcome_payment_plans": PLANS.replace("2019,2020", "2021,2020-04")},
            [
                "wrong: projects_outcome_payment_plans.csv, row 3, Period: '2021 to 2020-04' ends before it starts. Check both dates."
            ],
        ),
        (
            {"projects_outcome_pricings": CLEAN + ",outcomemetric1,GBP,5,,,,\n"},
            [f"wrong: {PRICE}, row 7, Project ID: names no project; it is kept. Say whose it is."],
        ),
        (
            {"projects_outcome_pricings": CLEAN + "INDIGO-POJ-9999,,GBP,5,,,,\n"},
            [
                f"wrong: {PRICE}, row 7, Project ID: 'INDIGO-POJ-9999' is no row of the projects; its rows are kept. Add the project, or put the id right.",
                f"noted: {PRICE}, row 7, Outcome Metric Id - (Value): names no outcome metric; it is kept and compared with nothing.",
            ],
        ),
        (
            {
                "projects": PROJECTS.replace("9002,Going", "9001,Going"),
                "projects_outcome_payments": None,
                "projects_outcome_metrics": None,
                "projects_outcome_pricings": None,
                "projects_results": None,
                "projects_outcome_payment_plans": None,
            },
            [
                f"wrong: projects.csv, row {row}, ID: 'INDIGO-POJ-9001' 2 rows have this id; other tables' rows go to the first. Give each project one row."
                for row in (2, 3)
            ],
        ),
        (
            {
                "projects_outcome_pricings": CLEAN.replace(
                    ",Sources", ",Sources,Agreed by,Currency - (Value)"
                ).replace("\n\n", "\n")
            },
            [
                f"noted: {PRICE}, Agreed by: is not in the standard; it is kept.",
                f"doubtful: {PRICE}, Currency - (Value): stands twice; the second is kept apart.",
            ],
        ),
        (
            {
                "projects_outcome_pricings": CLEAN
                + "\n,,\nINDIGO-POJ-9002,outcomemetric2,USD,4000,,,,,more\n"
            },
            [
                f"doubtful: {PRICE}, row 9, (column 9): 'more' stands under no heading; it is kept.",
                f"noted: {PRICE}: 2 blank rows (the first is row 7) were passed over.",
            ],
        ),
        (
            {
                "projects_outcome_pricings": CLEAN.replace("2% a year", "£20 a year").encode(
                    "cp1252"
                )
            },
            [
                f"repaired: {PRICE}, row 3: is not UTF-8 (byte 0xa3); it was read as Windows-1252. Save the file as UTF-8."
            ],
        ),
        ({"projects_outcome_pricings": CLEAN.encode("utf-16")}, []),
        ({"projects_outcome_pricings": CLEAN.encode("utf-8-sig")}, []),
        (
            {"projects_outcome_pricings": CLEAN.replace("Project ID,", "Whose,")},
            None,
        ),
        (
            {"organisations": "ID,Name\nINDIGO-ORG-1,A council\n"},
            [
                "noted: organisations.csv: is no table of projects; it was not read. Name it after its table (projects_results.csv), with a column 'Project ID'."
            ],
        ),
        ({"projects_documents": ""}, ["noted: projects_documents.csv: is empty."]),
    ],
)
def test_a_table_and_what_is_found_in_it(changes, said, tmp_path):
    held = {"projects_outcome_pricings": CLEAN, **changes}
    found = found_in(folder(tmp_path / "in", **held))
    if said is None:
        assert (
            f"wrong: {PRICE}: has no column 'Project ID': its rows belong to no project. Add the column."
            in found
        )
        return
    always = [] if changes.get("projects_outcome_payments", "") is None else [ALWAYS]
    assert sorted(found) == sorted(said + always)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            b"{",
            "wrong: one.json, row 1: is not JSON (Expecting property name enclosed in double quotes); it was not read.",
        ),
        (b"3", "wrong: one.json: '3' holds no project."),
        (b"[3]", "wrong: one.json, project 1: '3' is no project."),
        (
            b'"\xff"',
            "wrong: one.json: byte 1 is not UTF-8; it was not read. Save the file as UTF-8.",
        ),
        (b"[" * 100_000, "wrong: one.json: nests too deep, or is too large, to read."),
        (
            b'{"project": {"id": "INDIGO-POJ-9001", "name": {"value": "a", "value": "b"}}}',
            "doubtful: one.json, value: stands twice in one object; the later is kept apart.",
        ),
        (
            b'{"projects": [], "licence": "none"}',
            "noted: one.json, licence: '\"none\"' belongs to no project; it was not kept.",
        ),
        (
            b'{"id": "Mine", "data": {"status": "SECRET"}}',
            "wrong: one.json, Mine, Status: 'SECRET' is not in the code list. Known: PUBLIC, PRIVATE, DISPUTED.",
        ),
    ],
)
def test_a_document_and_what_is_found_in_it(content, said, tmp_path):
    path = tmp_path / "one.json"
    path.write_bytes(content)
    assert found_in(path)[0] == said


def packed(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as held:
        for name, content in members.items():
            held.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        (
            "a.xlsx",
            b"PK no",
            "is not a whole xlsx file (File is not a zip file). Save or download it again.",
        ),
        (
            "a.zip",
            b"PK no",
            "is not a whole zip file (File is not a zip file). Save or download it again.",
        ),
        (
            "a.xlsx",
            packed(x=b"0" * 5_000_000),
            "holds a file packed more than 200 to one; it was not read.",
        ),
        (
            "a.zip",
            packed(x=b"0" * 5_000_000),
            "holds a file packed more than 200 to one; it was not read.",
        ),
        (
            "a.xlsx",
            packed(x=b"hello"),
            "is no workbook that can be read (KeyError). Open it in a spreadsheet program and save it again.",
        ),
        (
            "a.xlsx",
            packed(xl__workbook=b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'),
            "declares a document type; it was not read.",
        ),
    ],
)
def test_a_hostile_file_is_not_read(name, content, said, tmp_path):
    path = tmp_path / name
    path.write_bytes(content)
    assert found_in(path) == [f"wrong: {name}: {said}"]


def test_a_file_that_is_too_large_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MOST_BYTES", 100)
    path = folder(tmp_path / "in", projects="ID\nINDIGO-POJ-9001\n")
    found = found_in(path)
    assert (
        "wrong: projects_results.csv: is larger than 100 bytes; it was not read. Split it by project."
        in found
    )


def test_a_table_with_too_many_rows_is_read_as_far_as_it_may(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "MOST_ROWS", 3)
    reading = read(folder(tmp_path / "in"))
    said = [str(each) for each in reading.findings]
    assert "projects_results.csv: holds more than 3 rows; the rest was not read. Split it." in said
    assert sum(row.table == "results" for row in reading.exchange.records) == 2


def test_a_cell_that_has_no_end_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "MOST_IN_A_CELL", 1000)
    text = PRICINGS + 'INDIGO-POJ-9001,"' + "x" * 2000
    said = [
        str(each) for each in read(folder(tmp_path / "in", projects_outcome_pricings=text)).findings
    ]
    assert (
        f"{PRICE}, row 7: cannot be read (field larger than field limit (1000)); nor can what follows."
        " Look for a quotation mark left open."
    ) in said


def test_a_formula_and_an_error_in_a_workbook_are_found(tmp_path):
    path = form(tmp_path)
    book = load_workbook(path)
    book["Outcome Pricing (Proto)"]["C12"] = "=10*10"
    book["Outcome Payments"]["J12"] = "#REF!"
    book.save(path)
    said = found_in(path)
    assert (
        "wrong: INDIGO-POJ-9004.xlsx, Outcome Pricing (Proto), row 12, C: '=10*10' is a formula; its result"
        " was not read. Put the value in its place."
    ) in said
    assert (
        "wrong: INDIGO-POJ-9004.xlsx, Outcome Payments, row 12, J: '#REF!' is an error. Put the value in its"
        " place."
    ) in said


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nowhere", "nowhere: is neither a folder nor a file. Check the path."),
        ("a.txt", "a.txt: is no CSV, JSON, XLSX or zip file. Name one, or a folder of tables."),
        ("empty", "empty: holds no CSV, JSON or XLSX file. Name a folder of tables or a file."),
    ],
)
def test_a_path_at_which_nothing_can_be_read(name, message, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("", encoding="utf-8")
    Path("empty").mkdir()
    with pytest.raises(InputError) as caught:
        read(Path(name))
    assert str(caught.value) == message


def test_a_text_too_long_for_a_workbook_is_refused(tmp_path):
    held = json.loads(json.dumps(DOCUMENT))
    held["project"]["data"]["notes"] = {"value": "x" * 40_000}
    path = tmp_path / "one.json"
    path.write_text(json.dumps(held), encoding="utf-8")
    exchange = read(path).exchange
    assert isinstance(exchange.projects[0], Project)
    with pytest.raises(InputError) as caught:
        export(exchange, tmp_path / "out.xlsx")
    assert str(caught.value) == (
        "Projects, Notes - (Value) of INDIGO-POJ-9003: 40,000 characters are more than a workbook's cell holds"
        " (32,767). Export to a folder of CSV files or to JSON."
    )


def test_an_ending_that_is_no_form_is_refused(tmp_path):
    with pytest.raises(InputError) as caught:
        export(read(folder(tmp_path / "in")).exchange, Path("out.ods"))
    assert str(caught.value) == (
        "out.ods: '.ods' is no form of INDIGO data. Name a folder, a .json or an .xlsx."
    )
