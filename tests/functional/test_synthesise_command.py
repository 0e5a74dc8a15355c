"""`headwater synthesise`: what it prints and writes, and that what it plants can be found."""

import json

import pytest
import typer
from typer.testing import CliRunner

import made_returns as read
from headwater.cli import synthesise as command
from headwater.core.records import STATES
from headwater.synthesis.truth import records
from headwater.workflows.check_return.answer import check_return
from headwater.workflows.synthesise import Asked, Faults, make, read_faults, synthesise, written
from headwater.workflows.synthesise.many import write_episodes

KINDS = dict.fromkeys(Faults().rows.model_dump(), 2)
ALL = Faults.model_validate({"rows": KINDS})
ASKED = Asked("norfolk", children=9000, years=3, seed=3)


def run(*words: str) -> str:
    app = typer.Typer(pretty_exceptions_enable=False)
    app.callback()(lambda: None)
    command.register(app)
    result = CliRunner().invoke(app, ["synthesise", *words], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_it_writes_what_it_says(tmp_path) -> None:
    out, whole = tmp_path / "out", tmp_path / "whole.json"
    words = ("norfolk", "--children", "900", "--years", "2", "--out", str(out))
    forms = ("--forms", "csv,xml,cin,annex-a,attendance", "--json", str(whole))
    shown = run(*words, *forms)
    assert "Norfolk: 900 made-up children, seed 1" in shown
    result = json.loads(whole.read_text())["result"]
    files = [each["file"] for each in result["files"]]
    assert sorted(files) == sorted(
        str(path.relative_to(out)) for path in out.rglob("*") if path.is_file()
    )
    assert f"wrote {len(files)} files" in shown
    assert "returns/cin/2024-25.xml" in files
    truth = read.rows((out / "truth/child_years.csv").read_bytes())
    for year in result["years"]:
        days = sum(int(row["days"]) for row in truth if row["year"] == year["year"])
        assert year["days"]["value"] == days


@pytest.fixture(scope="module", name="spoilt")
def _spoilt(tmp_path_factory):
    out = tmp_path_factory.mktemp("spoilt")
    synthesise(ASKED, out=out, faults=ALL)
    return out


def test_every_kind_is_planted_and_listed(spoilt) -> None:
    listed = read.rows((spoilt / "truth/faults.csv").read_bytes())
    children = {kind: {row["child"] for row in listed if row["kind"] == kind} for kind in KINDS}
    assert {kind: len(held) for kind, held in children.items()} == KINDS
    assert len(set().union(*children.values())) == sum(KINDS.values())


def test_what_the_truth_lists_stands_in_its_file_and_row(spoilt) -> None:
    for row in read.rows((spoilt / "truth/faults.csv").read_bytes()):
        lines = read.rows((spoilt / "returns" / row["file"]).read_bytes())
        there = lines[int(row["row"]) - 2]
        if row["column"]:
            assert there[row["column"]] == row["after"]
        if row["kind"] != "two_ids":
            assert there["CHILD"] == row["child"]


def test_days_moved_are_what_a_count_of_the_rows_gives(spoilt) -> None:
    clean = {name: data for name, (_, data) in written(make(ASKED, Faults())).items()}
    after = {
        f"returns/{path.relative_to(spoilt / 'returns')}": path.read_bytes()
        for path in spoilt.rglob("episodes.csv")
        if "returns" in path.parts
    }
    for row in read.rows((spoilt / "truth/faults.csv").read_bytes()):
        if row["kind"] in {"gap", "overlap", "negative_stay", "other_start", "late_row"}:
            moved = _days(after, row["child"]) - _days(clean, row["child"])
            assert moved == int(row["days_moved"]), row


def _days(held, child) -> int:
    found, years = set(), read.episodes(held)
    for year, children in years.items():
        for row in children.get(child, ()):
            if row["LS"] not in read.BREAKS:
                for each in years:
                    until = row["stop"] or read.date(year, 4, 1)
                    found |= read.days_of_year([{**row, "stop": until}], each, breaks=False)
    return len(found)


FOUND = ("overlap", "gap", "wrong_code", "blank_required", "negative_stay", "before_1991")


def test_check_return_finds_what_was_planted_and_nothing_where_nothing_was(
    spoilt, tmp_path
) -> None:
    found = check_return([spoilt / "returns"])
    children = {fault.child for fault in found.faults}
    listed = read.rows((spoilt / "truth/faults.csv").read_bytes())
    for row in listed:
        if row["kind"] in FOUND:
            numbers = {f.number for f in found.faults if f.child == row["child"]}
            assert row["child"] in children, row
            assert set(row["rules"].split()) & numbers or row["kind"] in {
                "wrong_code",
                "blank_required",
            }, (row, numbers)
    planted = {row["child"] for row in listed} | {row["after"] for row in listed}
    assert children - {""} <= planted
    synthesise(ASKED, out=tmp_path / "clean")
    assert check_return([tmp_path / "clean" / "returns"]).faults == ()


def test_days_read_by_check_return_are_the_truth(tmp_path) -> None:
    made = synthesise(ASKED, out=tmp_path / "clean")
    found = check_return([tmp_path / "clean" / "returns"])
    for said, year in zip(found.care, made.years, strict=True):
        assert said.days.value - said.short_breaks.value == year.days.value
        assert said.short_breaks.value == year.break_days.value


def test_a_gamed_cohort_is_told_apart_in_the_truth_alone(tmp_path) -> None:
    cohort = {"children": 80, "creamed": 30, "parked": 10, "inflated_baseline": 0.5}
    synthesise(ASKED, out=tmp_path / "out", faults=Faults.model_validate({"cohort": cohort}))
    held = {path.name: path for path in (tmp_path / "out").glob("*.csv")}
    assert set(held) == {"cohort.csv", "contacts.csv", "baseline.csv"}
    members = read.rows(held["cohort.csv"].read_bytes())
    truth = read.rows((tmp_path / "out/truth/cohort.csv").read_bytes())
    assert [row["who"] for row in members] == [row["who"] for row in truth]
    creamed = [float(row["risk"]) for row in truth if row["creamed"] == "1"]
    fair = [float(row["risk"]) for row in truth if row["creamed"] == "0"]
    assert len(creamed) == 30
    assert max(creamed) < min(fair)
    seen = [row["who"] for row in read.rows(held["contacts.csv"].read_bytes())]
    parked = {row["who"] for row in truth if row["parked"] == "1"}
    assert {who for who in seen if seen.count(who) == 1} == parked
    (baseline,) = read.rows((tmp_path / "out/truth/baseline.csv").read_bytes())
    assert float(baseline["stated"]) == pytest.approx(1.5 * float(baseline["true"]))


def test_whole_files_are_spoilt(tmp_path) -> None:
    faults = Faults.model_validate(
        {"files": {"bom_file": 2, "utf16_file": 1, "semicolon_file": 1, "extra_column": 1}}
    )
    synthesise(Asked("norfolk", children=600, years=2), out=tmp_path / "out", faults=faults)
    data = [path.read_bytes() for path in (tmp_path / "out/returns").rglob("*.csv")]
    assert any(each.startswith(b"\xef\xbb\xbf") for each in data)
    assert any(each.startswith((b"\xff\xfe", b"\xfe\xff")) for each in data)
    assert any(b"TEST_COLUMN" in each or "TEST_COLUMN".encode("utf-16-le") in each for each in data)


def test_a_shipped_faults_file_can_be_planted(tmp_path) -> None:
    made = synthesise(ASKED, out=tmp_path / "out", faults=read_faults("everyday"))
    assert {each.kind for each in made.planted} >= {"overlap", "two_ids", "bom_file"}


def test_a_pipeline_stacks_its_years() -> None:
    asked = Asked("norfolk", children=900, years=2, shape="pipeline")
    held = {name: data for name, (_, data) in written(make(asked, Faults())).items()}
    stacked = read.rows(held["returns/ssda903_pipeline/episodes.csv"])
    assert {row["YEAR"] for row in stacked} == {"2025", "2026"}
    assert {row["LA"] for row in stacked} == {"Norfolk"}
    assert all(row["DECOM"][4] == "-" for row in stacked)
    upload = written(make(Asked("norfolk", children=900, years=2), Faults()))
    rows = [
        read.rows(data)
        for name, (_, data) in upload.items()
        if name.endswith("episodes.csv") and "903" in name
    ]
    assert len(stacked) == sum(map(len, rows))


def test_lives_are_records_too() -> None:
    made = read.made()
    held = records(made.lives, made.asked.returns)
    care = held.episodes.state == STATES.index("looked after")
    assert care.sum() == len(made.lives.care)
    assert held.episodes.traits["began"].word(int(care.nonzero()[0][0])) in "SLPTBU"
    assert len(held.children) == 1200


def test_episodes_can_be_written_by_the_thousand(tmp_path) -> None:
    path = tmp_path / "episodes.csv"
    write_episodes(path, 5000, asked=Asked("norfolk", children=400, years=2))
    lines = read.rows(path.read_bytes())
    assert len(lines) == 5000
    assert [*lines[0]][-2:] == ["LA", "YEAR"]
    keys = {row["CHILD"] for row in lines}
    assert {len(key) for key in keys} == {10}
    assert len({(row["CHILD"], row["DECOM"], row["YEAR"]) for row in lines}) == 5000
