"""`headwater claims`: what returns prove, made into the file that `settle` reads."""

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from headwater.cli.main import app
from headwater.core.errors import InputError
from returns_sample import episode, write

AGREEMENT = """
agreement = "contract"
id = "edge"
name = "Edge of care"
currency = "GBP"
first_day = 2025-04-01
last_day = 2026-03-31
payee = "provider"
party = [
  {{ id = "council", name = "The council", role = "outcome_payer" }},
  {{ id = "provider", name = "A provider", role = "provider" }},
]
payer = [{{ party = "council", share = 1 }}]
price = [{{ metric = "out", amount = 10, per = "unit" }}]
term = [{{ id = "pay", kind = "outcome_payment", of = "out", clause = "1" }}]
[[metric]]
id = "out"
name = "Out of care"
about = "person"
unit = "unit"
{records}
"""
ROWS = (
    episode("A1", "20/04/2025", "24/04/2025", rec="E4A"),
    episode("A1", "28/06/2025", "29/06/2025", rec="E4A"),
    episode("B2", "01/06/2025", "01/03/2026", rec="E8"),
    episode("B2", "20/02/2026", rne="P"),
)


def make(folder: Path, records: str, *words: str, keys="A1\nB2\nD4\n", rows=ROWS):
    write(folder / "return", *rows)
    (folder / "edge.toml").write_text(AGREEMENT.format(records=records))
    (folder / "cohort.txt").write_text(f"who\n{keys}")
    given = ["claims", str(folder / "edge.toml"), "--return", str(folder / "return")]
    given += ["--cohort", str(folder / "cohort.txt"), "--out", str(folder / "claims.csv")]
    return CliRunner().invoke(app, [*given, "--on", "2026-06-01", *words])


def read(folder):
    with (folder / "claims.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("claims")
    done = make(
        folder, 'records = { count = "days_out_of_care" }', "--json", str(folder / "c.json")
    )
    assert done.exit_code == 0, done.output
    return folder


def test_claims_are_of_members_and_periods_and_add_up(made):
    units = {}
    for row in read(made):
        units[row["who"]] = units.get(row["who"], 0) + int(row["units"])
    assert units == {"A1": 365 - 5, "B2": 365 - 304, "D4": 365}


def test_a_wrong_row_makes_a_dispute_and_an_unknown_key_only_a_claim(made):
    verdicts = {(row["who"], row["verdict"], row["verdict_on"]) for row in read(made)}
    assert verdicts == {
        ("A1", "verified", "2026-06-01"),
        ("B2", "disputed", "2026-06-01"),
        ("D4", "claimed", ""),
    }


def test_each_claim_names_its_rows_and_what_is_not_claimed_its_reason(made):
    found = json.loads((made / "c.json").read_text())["result"]
    first = next(line for line in found["claims"] if line["who"] == "A1")
    assert first["proof"] == ["episodes.csv, row 2", "episodes.csv, row 3"]
    assert first["evidence"].startswith("episodes.csv rows 2, 3 (SHA-256 ")
    assert {line["why"] for line in found["unclaimed"]} == {"nothing was counted"}


def test_settle_reads_the_claims_and_pays_the_verified_ones_alone(made):
    done = CliRunner().invoke(
        app,
        ["settle", str(made / "edge.toml"), str(made / "claims.csv"), "--until", "2026-03-31"],
    )
    assert done.exit_code == 0, done.output
    assert "£3,600.00" in done.output


def test_a_run_that_crosses_the_end_of_a_quarter_is_not_lost(tmp_path):
    done = make(tmp_path, 'records = { count = "sevens_out_of_care" }', keys="A1\n")
    assert done.exit_code == 0, done.output
    runs = sum(int(row["units"]) for row in read(tmp_path))
    assert runs == 19 // 7 + 65 // 7 + 276 // 7


def test_the_same_records_give_the_same_claims(made, tmp_path):
    make(tmp_path, 'records = { count = "days_out_of_care" }')
    assert (tmp_path / "claims.csv").read_bytes() == (made / "claims.csv").read_bytes()


@pytest.mark.parametrize(
    ("records", "keys", "words"),
    [
        ("", "A1\n", "has no metric with 'records'"),
        ('records = { count = "days" }', "A1\n", "metric.out.records, metric: 'days' is none."),
        ('records = { count = "returned_home" }', "A1\n", "how long must 'returned_home' last?"),
        ('records = { count = "days_out_of_care" }', "=1+1\n", "'=1+1' begins like a formula"),
    ],
)
def test_what_cannot_be_claimed_is_refused(tmp_path, records, keys, words):
    done = make(tmp_path, records, keys=keys)
    assert isinstance(done.exception, InputError)
    assert words in str(done.exception)


def test_no_period_that_is_over_is_refused(tmp_path):
    done = make(tmp_path, 'records = { count = "days_out_of_care" }', "--until", "2025-04-30")
    assert "has no period that ends by 2025-04-30: the first ends on 2025-06-30" in str(
        done.exception
    )


def test_a_reviewer_sees_every_row_of_a_claim_and_no_key(tmp_path):
    records = 'records = { count = "days_out_of_care" }'
    page, whole = tmp_path / "claims.html", tmp_path / "claims.json"
    result = make(tmp_path, records, "--timelines", str(page), "--json", str(whole))
    assert result.exit_code == 0, result.output
    text = page.read_text()
    claims = json.loads(whole.read_text())["result"]["claims"]
    assert claims
    for row, claim in enumerate(claims, start=2):
        assert f'id="claim-{row}"' in text
        for line in claim["timeline"]:
            assert line["where"] in text
            assert line["first_day"] in text
        shown = {line["where"] for line in claim["timeline"]}
        assert set(claim["proof"]) <= shown
    for key in ("A1", "B2", "D4"):
        assert key not in text
    assert "absence is all that proves the claim" in text
    assert "Personal data still" in text
