"""`headwater care-days`: equal to what checks cell by cell, and what it refuses."""

import csv
import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from headwater.cli.main import app
from headwater.core.errors import InputError
from headwater.workflows.care_days.answer import count, no_care, said
from headwater.workflows.check_return.answer import check_return

BREAKS = frozenset({"short breaks"})
EVERY: frozenset[str] = frozenset()


def run(*words: str) -> str:
    result = CliRunner().invoke(app, list(words), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def counted(*paths: Path, leave_out: frozenset[str] = BREAKS):
    return count(paths, first=None, last=None, leave_out=leave_out)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Make up stacked returns with every day's faults."""
    at = tmp_path_factory.mktemp("days")
    words = ("--children", "2500", "--years", "3", "--shape", "pipeline", "--faults", "everyday")
    run("synthesise", "norfolk", *words, "--out", str(at / "made"))
    (episodes,) = (at / "made/returns").rglob("*episodes*.csv")
    return at / "made", episodes


def test_it_counts_what_check_return_counts_of_the_same_rows_faults_and_all(made):
    _, episodes = made
    slow = check_return([episodes]).care
    fast = said(counted(episodes, leave_out=EVERY), leave_out=EVERY).windows
    assert len(slow) == len(fast) == 3
    for one, other in zip(slow, fast, strict=True):
        assert one.year == other.window
        assert one.children.value == other.children.value
        assert one.days.value == other.days.value
        assert one.entered.value == other.entered.value
        assert one.left.value == other.left.value
        assert one.on_last_day.value == other.on_last_day.value


def test_each_child_and_year_is_what_was_lived(tmp_path):
    at = tmp_path / "made"
    run("synthesise", "norfolk", "--children", "2500", "--years", "3", "--out", str(at))
    found = list((at / "returns").rglob("*episodes*.csv"))
    table = counted(*sorted(found)).table()
    days = {(row["child"], row["window"]): row["days"] for row in table.iter_rows(named=True)}
    with (at / "truth/child_years.csv").open() as file:
        lived = {
            (row["child"], row["year"]): int(row["days"])
            for row in csv.DictReader(file)
            if int(row["days"])
        }
    assert days == lived


def test_parquet_dates_as_dates_or_text_and_another_order_say_the_same(made, tmp_path):
    _, episodes = made
    wanted = said(counted(episodes), leave_out=BREAKS).windows
    frame = pl.read_csv(episodes, infer_schema=False)
    frame.reverse().write_parquet(tmp_path / "text.parquet")
    days = [pl.col(name).str.to_date(strict=False) for name in ("DECOM", "DEC")]
    whole = frame.filter(days[0].is_not_null() & (days[1].is_not_null() | pl.col("DEC").is_null()))
    whole.with_columns(*days).write_parquet(tmp_path / "days.parquet")
    british = [day.dt.strftime("%d/%m/%Y") for day in days]
    frame.with_columns(*british).write_csv(tmp_path / "british.csv", include_bom=True)
    for name in ("text.parquet", "days.parquet", "british.csv"):
        found = said(counted(tmp_path / name), leave_out=BREAKS).windows
        assert [line.days.value for line in found] == [line.days.value for line in wanted], name
        assert [line.left.value for line in found] == [line.left.value for line in wanted], name


def test_one_key_in_two_authorities_is_two_children(tmp_path):
    head = "CHILD,DECOM,DEC,LS,LA,YEAR\n"
    rows = "1,2023-05-01,2023-05-11,C2,A,2024\n1,2023-05-01,2023-05-11,C2,B,2024\n"
    (tmp_path / "two.csv").write_text(head + rows)
    (line,) = said(counted(tmp_path / "two.csv"), leave_out=BREAKS).windows
    assert (line.children.value, line.days.value) == (2, 20)


def test_what_cannot_be_used_is_counted_and_no_good_row_is_lost(tmp_path):
    rows = [
        "CHILD,DECOM,DEC,LS,YEAR",
        "A,2023-05-01,2023-05-11,C2,2024",
        ",2023-05-01,2023-05-11,C2,2024",
        "B,yesterday,,C2,2024",
        "C,2023-05-01,soon,C2,2024",
        "D,0023-05-01,2023-05-02,C2,2024",
        "E,2024-03-30,,V3,2024",
        "F,2024-03-30,,C2,2023-24",
    ]
    (tmp_path / "bad.csv").write_text("\n".join(rows) + "\n")
    made = said(counted(tmp_path / "bad.csv"), leave_out=BREAKS)
    assert (made.rows.value, made.left_out.value) == (7, 4)
    assert made.windows[0].days.value == 12


def test_the_command_writes_days_and_the_whole_result(made, tmp_path):
    _, episodes = made
    files = ("--out", str(tmp_path / "d.parquet"), "--json", str(tmp_path / "d.json"))
    window = ("--from", "2024-05-01", "--to", "2025-08-31")
    text = run("care-days", str(episodes), *window, *files, "--leave-out", "short breaks, remand")
    assert "2024-05-01 to" in text
    table = pl.read_parquet(tmp_path / "d.parquet")
    result = json.loads((tmp_path / "d.json").read_text())["result"]
    for line in result["windows"]:
        of = table.filter(pl.col("window") == line["window"])
        assert of["days"].sum() == line["days"]["value"]
        assert len(of) == line["children"]["value"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "e.csv: is neither CSV in UTF-8 nor Parquet"),
        (b"CHILD,DECOM\nA,2023-04-01\n", "e.csv: has no column DEC."),
        (b"CHILD;DECOM;DEC\nA;2023-04-01;\n", "e.csv: has no column CHILD, DECOM, DEC."),
        (b"PAR1 and nothing more", "e.csv: is neither CSV in UTF-8 nor Parquet"),
        (b"CHILD,DECOM,DEC,YEAR\nA,2023-04-01,,1066\n", "e.csv, row 2: YEAR is 1066."),
        (b"CHILD,DECOM,DEC,YEAR\nA,2023-04-01,,x\n", "e.csv, row 2: YEAR is no year."),
        (b"CHILD,DECOM,DEC\nA,,\n", "e.csv: holds no day by which its year is known."),
        ("CHILD,DECOM,DEC\nA,2023-04-01,\n".encode("utf-16"), "e.csv: "),
    ],
)
def test_a_file_that_is_none_is_refused(tmp_path, content, message):
    (tmp_path / "e.csv").write_bytes(content)
    with pytest.raises(InputError) as caught:
        counted(tmp_path / "e.csv")
    assert str(caught.value).startswith(message)


def test_a_window_that_is_none_and_a_word_that_is_no_choice():
    with pytest.raises(InputError, match="is no window"):
        count((), first=date(2025, 1, 2), last=date(2025, 1, 1), leave_out=BREAKS)
    with pytest.raises(InputError, match="'remnd' is no choice"):
        no_care("remnd")
