"""The ledger: settling again posts nothing, a correction is reversed, a kill loses nothing."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from headwater.catalogue.files import DATA
from headwater.contracts.ledger_file import check_chain, held, read_ledger
from headwater.workflows.agreements import read_agreement
from headwater.workflows.settle.answer import settle_claims

CONTRACT = Path(str(DATA / "examples/care-days.toml"))
END = date(2029, 3, 31)
HEAD = "claim,metric,who,first_day,last_day,units,verdict,corrects\n"


@pytest.fixture(name="agreement")
def _agreement():
    return read_agreement(str(CONTRACT))


def settled(agreement, folder: Path, rows: str):
    claims = folder / "claims.csv"
    claims.write_text(HEAD + rows, encoding="utf-8")
    return settle_claims(
        agreement, claims, ledger=folder / "ledger.db", until=END, on=date(2026, 8, 1)
    )[1]


FIRST = (
    "a,day_out,k1,2026-05-01,2026-05-31,31,verified,\n"
    "b,day_out,k2,2026-06-01,2026-06-30,30,verified,\n"
)


def test_settling_again_posts_nothing(agreement, tmp_path):
    assert settled(agreement, tmp_path, FIRST).ledger.postings == "4"  # two claims, two payers
    again = settled(agreement, tmp_path, FIRST).ledger
    assert (again.postings, again.posted.pence) == ("0", 0)
    assert again.before.pence == 61 * 1250


def test_a_correction_reverses_and_posts_anew(agreement, tmp_path):
    settled(agreement, tmp_path, FIRST)
    corrected = FIRST + "c,day_out,k2,2026-06-01,2026-06-20,20,verified,b\n"
    found = settled(agreement, tmp_path, corrected)
    assert found.due.pence == 51 * 1250
    assert found.ledger.posted.pence == -10 * 1250
    with sqlite3.connect(tmp_path / "ledger.db") as book:
        rows = book.execute("SELECT pence, because FROM posting ORDER BY number").fetchall()
    assert any(pence < 0 and "reversed" in because for pence, because in rows)
    assert sum(pence for pence, _ in rows) == 51 * 1250


def test_a_withdrawn_claim_is_taken_back(agreement, tmp_path):
    settled(agreement, tmp_path, FIRST)
    withdrawn = FIRST.replace("30,verified", "30,withdrawn")
    found = settled(agreement, tmp_path, withdrawn)
    assert found.due.pence == 31 * 1250
    assert found.ledger.before.pence + found.ledger.posted.pence == 31 * 1250


SCRIPT = """
import sys
from datetime import date
from pathlib import Path
from headwater.workflows.agreements import read_agreement
from headwater.workflows.settle.answer import settle_claims
folder = Path(sys.argv[2])
agreement = read_agreement(sys.argv[1])
print("ready", flush=True)
how = {"until": date(2029, 3, 31), "on": date(2026, 8, 1)}
settle_claims(agreement, folder / "claims.csv", ledger=folder / "ledger.db", **how)
"""


@pytest.mark.parametrize("after", [0.05, 0.3, 0.6, 0.9, 1.3])
def test_a_process_killed_while_it_posts_leaves_all_or_nothing(agreement, tmp_path, after):
    rows = "".join(
        f"c{i},day_out,k{i},2026-05-01,2026-05-31,{1 + i % 30},verified,\n" for i in range(15_000)
    )
    (tmp_path / "claims.csv").write_text(HEAD + rows, encoding="utf-8")
    words = [sys.executable, "-c", SCRIPT, str(CONTRACT), str(tmp_path)]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, env=dict(os.environ))
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    ledger = tmp_path / "ledger.db"
    whole = sum(1 + i % 30 for i in range(15_000)) * 1250
    if ledger.exists() and ledger.stat().st_size:
        with sqlite3.connect(ledger) as book:
            tables = book.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if tables:
            with read_ledger(ledger, agreement="care-days", currency="GBP") as book:
                check_chain(book, ledger.name)
                assert sum(held(book).values()) in {0, min(whole, 150_000_000)}
    found = settled(agreement, tmp_path, rows)
    assert found.ledger.before.pence + found.ledger.posted.pence == found.due.pence


CAPPED = """
[[term]]
id = "return"
kind = "cap"
of = "whole"
yearly = 0.13
invested = [{ on = 2026-04-01, amount = 1000 }]
"""


def test_a_cap_on_what_investors_earn_is_not_passed(tmp_path):
    text = CONTRACT.read_text("utf-8").replace("\n[[expected]]", f"{CAPPED}\n[[expected]]", 1)
    path = tmp_path / "capped.toml"
    path.write_text(text, encoding="utf-8")
    rows = "".join(f"{i},day_out,k{i},2026-05-01,2026-06-30,{60},verified,\n" for i in range(1, 4))
    (tmp_path / "claims.csv").write_text(HEAD + rows, encoding="utf-8")
    _, said = settle_claims(read_agreement(str(path)), tmp_path / "claims.csv", until=END)
    # 3 × 60 × 12.50 is due; 1,000 grown at 13% from 1 April to 30 June is the most.
    most = 100_000 * 1.13 ** (90 / 365)
    assert most - 2 < said.due.pence <= most
