# ruff: noqa: S608 - statements of the tests' own
"""Laws of a ledger: all of a settlement or nothing, never twice, and every change is found."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.catalogue.files import DATA
from headwater.contracts.ledger_file import (
    START,
    add,
    all_or_nothing,
    check_chain,
    head,
    held,
    open_ledger,
    read_ledger,
)
from headwater.core.errors import InputError
from headwater.core.ledger import Posting
from headwater.workflows.agreements import read_agreement
from headwater.workflows.settle.answer import settle_claims

CONTRACT = Path(str(DATA / "examples/care-days.toml"))
HEAD = "claim,metric,who,first_day,last_day,units,verdict,corrects\n"
WHOSE = {"agreement": "care-days", "currency": "GBP"}
SCRIPT = """
import sys
from datetime import date
from pathlib import Path
from headwater.workflows.agreements import read_agreement
from headwater.workflows.settle import answer
agreement, folder, stop = read_agreement(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
every = answer.postings
def with_a_pause(*given):
    for i, posting in enumerate(every(*given)):
        if i == stop:
            print("posting", flush=True)
            sys.stdin.readline()
        yield posting
answer.postings = with_a_pause
print("ready", flush=True)
sys.stdin.readline()
found = answer.settle_claims(
    agreement,
    folder / "claims.csv",
    until=date(2026, 6, 30),
    ledger=folder / "ledger.db",
    on=date(2026, 8, 1),
)[1]
print(found.ledger.postings)
"""


def process(folder: Path, stop: int) -> subprocess.Popen[str]:
    """Start a settlement that waits to begin, and again before a posting."""
    words = [sys.executable, "-c", SCRIPT, str(CONTRACT), str(folder), str(stop)]
    pipe = subprocess.PIPE
    made = subprocess.Popen(words, stdin=pipe, stdout=pipe, env=dict(os.environ), text=True)
    assert made.stdout is not None
    assert made.stdout.readline() == "ready\n"
    return made


def goes_on(made: subprocess.Popen[str]) -> None:
    assert made.stdin is not None
    made.stdin.write("\n")
    made.stdin.flush()


def written(folder: Path, rows: int) -> int:
    """Write claims, and return what is due in pence."""
    units = [1 + i % 30 for i in range(rows)]
    text = (
        f"c{i},day_out,k{i},2026-05-01,2026-05-31,{days},verified,\n"
        for i, days in enumerate(units)
    )
    (folder / "claims.csv").write_text(HEAD + "".join(text), encoding="utf-8")
    return min(sum(units) * 1250, 150_000_000)


ROWS = 8_000


@pytest.mark.parametrize("stop", [0, 1, ROWS, 15_000])
def test_killed_at_any_posting_a_ledger_holds_nothing_of_it(stop: int, tmp_path: Path) -> None:
    # Two payers a claim: over 15,000 postings, more than are kept in memory before the last.
    due = written(tmp_path, ROWS)
    made = process(tmp_path, stop)
    goes_on(made)
    assert made.stdout is not None
    assert made.stdout.readline() == "posting\n"
    made.send_signal(signal.SIGKILL)
    made.communicate()
    with read_ledger(tmp_path / "ledger.db", **WHOSE) as book:
        assert check_chain(book, "ledger.db") == (0, START)
    agreement = read_agreement(str(CONTRACT))
    for posted in (due, 0):
        _, said = settle_claims(
            agreement,
            tmp_path / "claims.csv",
            until=date(2026, 6, 30),
            ledger=tmp_path / "ledger.db",
            on=date(2026, 8, 1),
        )
        assert said.ledger is not None
        assert (said.ledger.posted.pence, said.due.pence) == (posted, due)


def test_of_two_processes_at_once_one_posts(tmp_path: Path) -> None:
    due = written(tmp_path, 500)
    both = [process(tmp_path, -1) for _ in range(2)]
    for made in both:
        goes_on(made)
    counts = sorted(made.communicate(timeout=120)[0].strip() for made in both)
    assert counts == ["0", "1,000"]
    with read_ledger(tmp_path / "ledger.db", **WHOSE) as book:
        assert check_chain(book, "ledger.db")[0] == 1_000
        assert sum(held(book).values()) == due


def test_another_waits_while_one_posts_and_then_has_nothing_to_post(tmp_path: Path) -> None:
    due = written(tmp_path, 50)
    slow, quick = process(tmp_path, 40), process(tmp_path, -1)
    goes_on(slow)
    assert slow.stdout is not None
    assert slow.stdout.readline() == "posting\n"
    goes_on(quick)
    goes_on(slow)
    assert slow.communicate(timeout=60)[0] == "100\n"
    assert quick.communicate(timeout=60)[0] == "0\n"
    with read_ledger(tmp_path / "ledger.db", **WHOSE) as book:
        assert sum(held(book).values()) == due


# The chain

WORDS = st.text(st.characters(exclude_categories=["C"]), max_size=6)
POSTINGS = st.lists(
    st.builds(
        Posting,
        on=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
        payer=WORDS,
        payee=WORDS,
        pence=st.integers(-(2**53), 2**53),
        key=WORDS,
        term=WORDS,
        clause=WORDS,
        because=WORDS,
        evidence=WORDS,
    ),
    min_size=2,
    max_size=6,
)
COLUMNS = ("on_day", "payer", "payee", "key", "term", "clause", "because", "evidence")


@pytest.fixture(name="folder", scope="module")
def _folder():
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def ledger_of(folder: Path, postings: list[Posting]) -> Path:
    path = folder / "ledger.db"
    path.unlink(missing_ok=True)
    with open_ledger(path, **WHOSE) as book, all_or_nothing(book):
        add(book, postings)
    return path


def behind_its_back(path: Path, *statements: str) -> None:
    with sqlite3.connect(path) as book:
        names = book.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in names:
            book.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            book.execute(statement)


def said_of(path: Path) -> str:
    with (
        pytest.raises(InputError) as error,
        read_ledger(path, **WHOSE) as book,
    ):
        check_chain(book, path.name)
    return str(error.value)


@settings(deadline=None, max_examples=40)
@given(POSTINGS, st.data())
def test_a_changed_posting_is_named(folder: Path, postings, data) -> None:
    at = data.draw(st.integers(1, len(postings)))
    column = data.draw(st.sampled_from(["pence", *COLUMNS]))
    path = ledger_of(folder, postings)
    change = {"pence": "pence + 1", "on_day": "date(on_day, '+1 day')"}
    new = change.get(column, f"{column} || 'x'")
    behind_its_back(path, f"UPDATE posting SET {column} = {new} WHERE number = {at}")
    assert said_of(path).startswith(f"ledger.db, posting {at}: is not what was posted")


@settings(deadline=None, max_examples=30)
@given(POSTINGS, st.data())
def test_a_missing_posting_is_named(folder: Path, postings, data) -> None:
    at = data.draw(st.integers(1, len(postings) - 1))
    path = ledger_of(folder, postings)
    behind_its_back(path, f"DELETE FROM posting WHERE number = {at}")
    assert said_of(path).startswith(f"ledger.db, posting {at}: is missing.")


@settings(deadline=None, max_examples=30)
@given(POSTINGS, st.data())
def test_two_postings_that_changed_places_are_found_at_the_first(
    folder: Path, postings, data
) -> None:
    a = data.draw(st.integers(1, len(postings) - 1))
    b = data.draw(st.integers(a + 1, len(postings)))
    path = ledger_of(folder, postings)
    places = ((a, 1000), (b, a), (1000, b))
    moves = [f"UPDATE posting SET number = {new} WHERE number = {old}" for old, new in places]
    behind_its_back(path, *moves)
    assert said_of(path).startswith(f"ledger.db, posting {a}: is not what was posted")


@settings(deadline=None, max_examples=30)
@given(POSTINGS)
def test_the_chain_is_whole_and_its_head_that_of_the_last(folder: Path, postings) -> None:
    with read_ledger(ledger_of(folder, postings), **WHOSE) as book:
        assert check_chain(book, "ledger.db") == head(book)
        assert head(book)[0] == len(postings)


REFUSED = [
    "UPDATE posting SET pence = 0",
    "DELETE FROM posting",
    "INSERT OR REPLACE INTO posting SELECT * FROM posting WHERE number = 1",
    "UPDATE agreement SET id = 'other'",
    "DELETE FROM agreement",
    "INSERT INTO agreement VALUES ('other', 'GBP')",
]


@pytest.mark.parametrize("statement", REFUSED)
def test_a_ledger_refuses_what_would_change_it(statement: str, tmp_path: Path) -> None:
    one = Posting(date(2026, 8, 1), "a", "b", 5, "k", "t", "", "")
    path = ledger_of(tmp_path, [one, one])
    with sqlite3.connect(path) as book:
        with pytest.raises(sqlite3.IntegrityError, match=r"posting|agreement"):
            book.execute(statement)
        assert book.execute("SELECT sum(pence) FROM posting").fetchone() == (10,)


# Settling again

ROW = st.tuples(
    st.integers(0, 5),  # whose, and in which month
    st.integers(1, 28),
    st.sampled_from(["verified", "verified", "claimed", "withdrawn"]),
)


def claims_of(rows) -> str:
    text = HEAD
    for i, (which, days, verdict) in enumerate(rows):
        first = date(2026, 4, 1) + timedelta(days=45 * i)
        last = first + timedelta(days=days - 1)
        text += f"c{i},day_out,k{which},{first},{last},{days},{verdict},\n"
    return text


@settings(deadline=None, max_examples=25)
@given(st.lists(st.lists(ROW, max_size=5), min_size=1, max_size=4), st.integers(0, 400))
def test_a_ledger_holds_what_is_due_however_it_came_there(folder: Path, files, days) -> None:
    agreement, ledger, path = read_agreement(str(CONTRACT)), folder / "again.db", folder / "c.csv"
    ledger.unlink(missing_ok=True)

    def post(**how):
        how = {"until": date(2029, 3, 31)} | how
        said = settle_claims(agreement, path, ledger=ledger, on=date(2026, 8, 1), **how)[1]
        assert said.ledger is not None
        return said, said.ledger

    for rows in files:
        path.write_text(claims_of(rows), encoding="utf-8")
        said, book = post()
        assert book.before.pence + book.posted.pence == said.due.pence
        again = post()[1]
        assert (again.postings, again.posted.pence, again.head) == ("0", 0, book.head)
        # What is settled up to a day leaves later periods as they are.
        part = post(until=date(2026, 6, 30) + timedelta(days=days))[1]
        assert (part.postings, part.head) == ("0", book.head)
    with read_ledger(ledger, **WHOSE) as book:
        whole: dict[str, int] = {}
        for (_, payer, _), pence in held(book).items():
            whole[payer] = whole.get(payer, 0) + pence
        check_chain(book, ledger.name)
    assert {p: c for p, c in whole.items() if c} == {
        payer.what: payer.amount.pence for payer in said.payers if payer.amount.pence
    }


def test_a_copy_of_a_ledger_is_a_ledger(tmp_path: Path) -> None:
    one = Posting(date(2026, 8, 1), "a", "b", 5, "k", "t", "", "")
    copy = shutil.copy(ledger_of(tmp_path, [one]), tmp_path / "copy.db")
    with open_ledger(Path(copy), **WHOSE) as book, all_or_nothing(book):
        add(book, [one])
        assert check_chain(book, "copy.db")[0] == 2
