"""A ledger on disk: postings that are only ever added, each chained to the one before by its hash.

It is one SQLite database. A settlement's postings are added in one transaction: after a crash it
holds all of them or none. Triggers refuse to change or delete; the chain shows a change made
behind their back.
"""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

from headwater.core.errors import InputError, Problem
from headwater.core.ledger import Posting

START = "0" * 64
"""What the first posting is chained to."""
_MARK = 0x48574C31
"""Marks the file as a ledger of this kind."""
_PATIENCE = 60.0
"""Seconds to wait while another process posts."""
_ONE_MORE = "INSERT INTO posting VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_EVERYTHING = """
SELECT number, on_day, payer, payee, pence, key, term, clause, because, evidence, chain
FROM posting ORDER BY number
"""
Held = dict[tuple[str, str, str], int]
"""Pence by key, payer and payee."""
_SCHEMA = (
    f"PRAGMA application_id = {_MARK}",
    "CREATE TABLE agreement (id TEXT NOT NULL, currency TEXT NOT NULL)",
    """CREATE TABLE posting (
    number INTEGER PRIMARY KEY,
    on_day TEXT NOT NULL, payer TEXT NOT NULL, payee TEXT NOT NULL, pence INTEGER NOT NULL,
    key TEXT NOT NULL, term TEXT NOT NULL, clause TEXT NOT NULL, because TEXT NOT NULL,
    evidence TEXT NOT NULL, chain TEXT NOT NULL
) STRICT""",
    """CREATE TRIGGER posting_stays BEFORE UPDATE ON posting
    BEGIN SELECT RAISE(ABORT, 'a posting is never changed: post a reversal'); END""",
    """CREATE TRIGGER posting_is_kept BEFORE DELETE ON posting
    BEGIN SELECT RAISE(ABORT, 'a posting is never deleted: post a reversal'); END""",
    """CREATE TRIGGER posting_comes_last BEFORE INSERT ON posting
    WHEN new.number <= (SELECT max(number) FROM posting)
    BEGIN SELECT RAISE(ABORT, 'a posting is never replaced: post a reversal'); END""",
    """CREATE TRIGGER agreement_stays BEFORE UPDATE ON agreement
    BEGIN SELECT RAISE(ABORT, 'a ledger is of one agreement'); END""",
    """CREATE TRIGGER agreement_is_kept BEFORE DELETE ON agreement
    BEGIN SELECT RAISE(ABORT, 'a ledger is of one agreement'); END""",
    """CREATE TRIGGER agreement_is_one BEFORE INSERT ON agreement
    WHEN (SELECT count(*) FROM agreement) > 0
    BEGIN SELECT RAISE(ABORT, 'a ledger is of one agreement'); END""",
)


@contextmanager
def open_ledger(path: Path, *, agreement: str, currency: str) -> Iterator[sqlite3.Connection]:
    """Open a ledger, or begin one.

    Raises
    ------
    InputError
        If the file is no ledger, or is of another agreement.
    """
    with _opened(path, "rwc") as ledger:
        ledger.execute("PRAGMA synchronous = FULL")
        with all_or_nothing(ledger):
            if not ledger.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                for statement in _SCHEMA:
                    ledger.execute(statement)
                ledger.execute("INSERT INTO agreement VALUES (?, ?)", (agreement, currency))
        _check(ledger, path, agreement, currency)
        yield ledger


@contextmanager
def all_or_nothing(ledger: sqlite3.Connection) -> Iterator[None]:
    """Do what stands inside in one transaction; no other process posts meanwhile."""
    ledger.execute("BEGIN IMMEDIATE")
    try:
        yield
        ledger.execute("COMMIT")
    except BaseException:
        if ledger.in_transaction:
            ledger.execute("ROLLBACK")
        raise


@contextmanager
def read_ledger(path: Path, *, agreement: str, currency: str) -> Iterator[sqlite3.Connection]:
    """Open a ledger that is there, to read it.

    Raises
    ------
    InputError
        If there is none, or it is of another agreement.
    """
    # A posting that was cut short leaves a journal: only who may write can take it back.
    unfinished = path.with_name(f"{path.name}-journal").exists()
    with _opened(path, "rw" if unfinished else "ro") as ledger:
        ledger.execute("PRAGMA query_only = ON")
        _check(ledger, path, agreement, currency)
        yield ledger


@contextmanager
def _opened(path: Path, mode: str) -> Iterator[sqlite3.Connection]:
    try:
        place = f"{path.absolute().as_uri()}?mode={mode}"
        with closing(_connect(place)) as ledger:
            yield ledger
    except sqlite3.Error as error:
        raise InputError(Problem(path.name, f"cannot be used as a ledger ({error}).")) from error


def _connect(place: str) -> sqlite3.Connection:
    return sqlite3.connect(place, timeout=_PATIENCE, isolation_level=None, uri=True)


def _check(ledger: sqlite3.Connection, path: Path, agreement: str, currency: str) -> None:
    if ledger.execute("PRAGMA application_id").fetchone()[0] != _MARK:
        raise InputError(Problem(path.name, "is no ledger.", "Name another file."))
    held = ledger.execute("SELECT id, currency FROM agreement").fetchone()
    if held != (agreement, currency):
        whose = f"'{held[0]}' in {held[1]}" if held else "nobody"
        raise InputError(
            Problem(
                path.name,
                f"is the ledger of {whose}, not of '{agreement}' in {currency}.",
                "One ledger for each agreement: name another file.",
            )
        )


def chained(before: str, posting: Posting) -> str:
    """Return the hash that chains a posting to the one before it."""
    parts = (before, str(posting.on), posting.payer, posting.payee, str(posting.pence))
    words = (posting.key, posting.term, posting.clause, posting.because, posting.evidence)
    return hashlib.sha256("\x1f".join((*parts, *words)).encode()).hexdigest()


def head(ledger: sqlite3.Connection) -> tuple[int, str]:
    """Return how many postings there are, and the hash of the last."""
    row = ledger.execute(
        "SELECT number, chain FROM posting ORDER BY number DESC LIMIT 1"
    ).fetchone()
    return (int(row[0]), str(row[1])) if row else (0, START)


def held(ledger: sqlite3.Connection) -> Held:
    """Return the pence that the ledger holds, by key, payer and payee."""
    rows = ledger.execute(
        "SELECT key, payer, payee, sum(pence) FROM posting GROUP BY key, payer, payee"
    )
    return {(key, payer, payee): int(pence) for key, payer, payee, pence in rows if pence}


def add(ledger: sqlite3.Connection, postings: Iterable[Posting]) -> int:
    """Add postings, and return how many; the caller holds the transaction."""
    number, chain = head(ledger)
    first = number

    def rows() -> Iterator[tuple[object, ...]]:
        nonlocal number, chain
        for posting in postings:
            number, chain = number + 1, chained(chain, posting)
            fields = (posting.payer, posting.payee, posting.pence, posting.key, posting.term)
            words = (posting.clause, posting.because, posting.evidence)
            yield (number, str(posting.on), *fields, *words, chain)

    ledger.executemany(_ONE_MORE, rows())
    return number - first


def read_postings(ledger: sqlite3.Connection) -> Iterator[tuple[int, Posting, str]]:
    """Yield every posting with its number and its chain, in order."""
    for row in ledger.execute(_EVERYTHING):
        number, on, payer, payee, pence, *words = row
        whole = pence if isinstance(pence, int) else 0
        posting = Posting(_day(on), str(payer), str(payee), whole, *map(str, words[:-1]))
        yield number, posting, str(words[-1])


def _day(text: object) -> date:
    """Return a posting's day; one that is none becomes the first of all, and breaks the chain."""
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return date.min


def check_chain(ledger: sqlite3.Connection, name: str) -> tuple[int, str]:
    """Return how many postings there are and the last hash, each link made anew.

    Raises
    ------
    InputError
        At the first posting that is missing, or is not what was chained.
    """
    count, chain = 0, START
    for number, posting, said in read_postings(ledger):
        count += 1
        if number != count:
            raise InputError(
                Problem(
                    f"{name}, posting {count:,}", "is missing.", "Restore the ledger from a copy."
                )
            )
        chain = chained(chain, posting)
        if chain != said:
            raise InputError(
                Problem(
                    f"{name}, posting {number:,}",
                    f"is not what was posted: {posting.pence:,} pence for {posting.key}.",
                    "It was changed afterwards: restore the ledger from a copy.",
                )
            )
    return count, chain


def kept(ledger: sqlite3.Connection) -> bool:
    """Return whether the ledger still refuses to change or delete what was posted."""
    guards = ledger.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    wanted = {statement for statement in _SCHEMA if statement.startswith("CREATE TRIGGER")}
    return {sql for (sql,) in guards} == wanted


def check_kept(ledger: sqlite3.Connection, name: str) -> None:
    """Refuse a ledger whose postings anybody could change.

    Raises
    ------
    InputError
        If what keeps them was taken out.
    """
    if not kept(ledger):
        what = "no longer refuses to change or delete postings: what kept them was taken out."
        raise InputError(Problem(name, what, "Restore the ledger from a copy."))
