"""Claims from the census, from returns read together, and from what was measured of families."""

import csv
import json
from datetime import date

import pytest
from test_claims_command import AGREEMENT
from typer.testing import CliRunner

from headwater.cli.main import app
from headwater.workflows.measure.answer import measure
from headwater.workflows.measure.ask import Asked as Question
from headwater.workflows.synthesise.answer import synthesise
from headwater.workflows.synthesise.asked import Asked

COUNTS = ("plan_ended", "need_closed", "no_escalation", "days_out_of_care")
MONTHS = {"plan_ended": 6, "need_closed": 6, "no_escalation": 6, "days_out_of_care": 0}


@pytest.fixture(scope="module")
def returns(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    synthesise(Asked("norfolk", 1500, 3, forms=("csv", "cin")), out=folder)
    with (folder / "truth" / "children.csv").open(encoding="utf-8") as file:
        keys = [row["child"] for row in csv.DictReader(file)]
    (folder / "cohort.txt").write_text("\n".join(["who", *keys[:400]]))
    return folder


def claim(folder, paths, cohort, records, *, until="2026-03-31"):
    agreement = AGREEMENT.format(records=records).replace("2025-04-01", "2024-04-01")
    (folder / "edge.toml").write_text(agreement.replace("2026-03-31", "2027-03-31"))
    given = ["claims", str(folder / "edge.toml"), "--return", str(paths), "--cohort", str(cohort)]
    given += ["--out", str(folder / "claims.csv"), "--on", "2026-06-01", "--until", until]
    done = CliRunner().invoke(app, [*given, "--json", str(folder / "claims.json")])
    assert done.exit_code == 0, done.output
    return json.loads((folder / "claims.json").read_text())["result"]


@pytest.mark.parametrize("count", COUNTS)
def test_claims_of_all_periods_add_up_to_what_is_measured(returns, tmp_path, count):
    months = f", months = {MONTHS[count]}" if MONTHS[count] else ""
    records = f'records = {{ count = "{count}"{months} }}'
    cohort = returns / "cohort.txt"
    made = claim(tmp_path, returns / "returns", cohort, records)
    asked = Question(
        count,
        paths=(returns / "returns",),
        cohort=cohort,
        first_day=date(2024, 4, 1),
        last_day=date(2026, 3, 31),
        months=MONTHS[count],
    )
    counted = measure(asked).metric.units.value
    assert sum(line["units"]["value"] for line in made["claims"]) == counted > 0
    assert made["until"] == "2026-03-31"
    if count in {"plan_ended", "need_closed"}:
        proofs = [" ".join(line["proof"]) for line in made["claims"]]
        assert all(".xml, row " in proof for proof in proofs)


def test_a_metric_that_the_returns_do_not_speak_of_is_not_claimed(returns, tmp_path):
    records = 'records = { count = "plan_ended", months = 6 }'
    agreement = AGREEMENT.format(records=records)
    (tmp_path / "edge.toml").write_text(agreement)
    given = ["claims", str(tmp_path / "edge.toml"), "--cohort", str(returns / "cohort.txt")]
    given += ["--return", str(returns / "returns" / "ssda903" / "2025-26" / "header.csv")]
    given += ["--out", str(tmp_path / "claims.csv"), "--on", "2026-06-01"]
    done = CliRunner().invoke(app, given)
    assert "has no period that ends by" in str(done.exception)


def test_a_familys_outcome_is_claimed_with_the_rows_that_prove_it(tmp_path):
    (tmp_path / "seen.csv").write_text(
        "who,family,measure,day,value\n"
        ",Z,antisocial behaviour,2023-01-01,0\n"
        ",F1,antisocial behaviour,2024-01-02,10\n"
        ",F1,antisocial behaviour,2024-12-02,4\n"
        ",Z,antisocial behaviour,2027-01-01,0\n"
    )
    (tmp_path / "families.txt").write_text("who\nF1\nF2\n")
    records = 'records = { count = "antisocial_fell" }'
    made = claim(
        tmp_path, tmp_path / "seen.csv", tmp_path / "families.txt", records, until="2025-03-31"
    )
    lines = [(line["who"], line["verdict"], line["proof"]) for line in made["claims"]]
    assert ("F1", "verified", ["seen.csv, row 3", "seen.csv, row 4"]) in lines
    assert {who for who, *_ in lines} == {"F1"}
    assert {line["why"] for line in made["unclaimed"] if line["who"] == "F2"} == {
        "no observation names this key"
    }
