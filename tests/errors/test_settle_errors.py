# ruff: noqa: E501 - messages stand whole
"""Bad files of claims, tampered certificates and broken ledgers: what is said of each."""

import json
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from headwater.catalogue.files import DATA
from headwater.core.errors import InputError
from headwater.workflows.agreements import read_agreement
from headwater.workflows.settle.answer import settle_claims
from headwater.workflows.settle.certificate import certificate, certificate_text, seal, verify

CONTRACT = Path(str(DATA / "examples/care-days.toml"))
READ = [
    (b"claim,metric,who,first_day,last_day,units,verdict,evidence\n", "£0.00"),
    (
        b"\xef\xbb\xbfclaim,metric,who,first_day,last_day,units,verdict,evidence\na,day_out,k,2026-05-01,2026-05-31,31,verified,x\n",
        "£387.50",
    ),
    (
        b"claim;metric;who;first_day;last_day;units;verdict;evidence\na;day_out;k;2026-05-01;2026-05-31;31;verified;x\n",
        "£387.50",
    ),
    (
        b"claim,metric,who,first_day,last_day,units,verdict,evidence\na,day_out,k,2026-05-01,2026-05-31,31,verified,x\na,day_out,k,2026-05-01,2026-05-31,31,verified,x\n",
        "£387.50",
    ),
    (
        b"claim,metric,who,first_day,last_day,units,verdict,evidence\na,day_out,=cmd|calc,2026-05-01,2026-05-31,31,verified,x\n",
        "£387.50",
    ),
    (
        b'[{"claim":"a","metric":"day_out","who":"k","last_day":"2026-05-31","units":31,"verdict":"verified"}]',
        "£387.50",
    ),
    (
        b"claim,metric,who,first_day,last_day,units,verdict,evidence\na,day_out,k,2026-05-01,31/05/2026,31,verified,x\n",
        "£387.50",
    ),
    (
        b"claim,metric,who,first_day,last_day,units,verdict,evidence\na,day_out,k,2026-05-01,2026-05-31 00:00:00,31,verified,x\n",
        "£387.50",
    ),
]
REFUSED = [
    (
        b"claim,metric,who,first_day,last_day,units,verdict,Units\na,day_out,k,2026-05-01,2026-05-31,31,verified,x\n",
        (
            "claims.csv: has a column 'units' twice, and does not say which one counts. Take one "
            "out, or give it another name."
        ),
    ),
    (
        b"claim,metric,who,last_day,units,verdict\ra,day_out,k,2026-05-31,31,verified\r",
        (
            "claims.csv: ends its lines with a carriage return alone: its rows cannot be told "
            "apart. Save it as CSV in UTF-8."
        ),
    ),
    (
        "claim,metric,who,last_day,units,verdict\na,day_out,k\u200b,2026-05-31,1,verified\n".encode(),
        (
            "claims.csv, row 2, who: 'k\u200b' holds a character that cannot be seen: it would be "
            "another than it looks. Write it anew.\n"
            "nothing is settled: 1 fault stops it. Mend them, or settle without those rows with "
            "--leave-out-faulty."
        ),
    ),
    (
        b'[{"claim":"a","metric":"day_out","who":"k","last_day":"2026-05-31","units":31,"units":91,"verdict":"verified"}]',
        (
            "claims.csv: has 'units' twice in one record, and does not say which one counts. Take "
            "one out."
        ),
    ),
    (
        b"",
        "claims.csv: is no table that can be read: empty CSV. Save it as CSV in UTF-8.",
    ),
    (
        b"\xff\xfec\x00l\x00a\x00i\x00m\x00,\x00m\x00e\x00t\x00r\x00i\x00c\x00,\x00w\x00h\x00o\x00,\x00f\x00i\x00r\x00s\x00t\x00_\x00d\x00a\x00y\x00,\x00l\x00a\x00s\x00t\x00_\x00d\x00a\x00y\x00,\x00u\x00n\x00i\x00t\x00s\x00,\x00v\x00e\x00r\x00d\x00i\x00c\x00t\x00,\x00e\x00v\x00i\x00d\x00e\x00n\x00c\x00e\x00\n\x00a\x00,\x00d\x00a\x00y\x00_\x00o\x00u\x00t\x00,\x00k\x00,\x002\x000\x002\x006\x00-\x000\x005\x00-\x000\x001\x00,\x002\x000\x002\x006\x00-\x000\x005\x00-\x003\x001\x00,\x003\x001\x00,\x00v\x00e\x00r\x00i\x00f\x00i\x00e\x00d\x00,\x00x\x00\n\x00",
        "claims.csv: is UTF-16, not CSV, JSON or Parquet. Save it as CSV in UTF-8.",
    ),
    (
        b"claim,metric,who,first_day,last_day,units,verdict,evidence\na,day_out,k,2026-05-01,2026-05-31,31,verified,\xe9\n",
        "claims.csv, row 2: byte 0xe9 is not UTF-8. Save the file as CSV in UTF-8.",
    ),
    (
        b"claim,metric,who,first_day,last_day,units,verdict,evidence\na,day_out,k,2026-05-01,2026-05-31,31,verified,x\nb,day_out\n",
        "claims.csv, row 3, last_day: is empty. Say when the outcome was reached.\nclaims.csv, row 3, who: is empty. Every claim needs one.\nclaims.csv, row 3, verdict: is no verdict. Known: claimed, verified, rejected, disputed, withdrawn.\nclaims.csv, row 3, units: is not a number of 0 or more. Write it with at most 6 decimal places, no sign and no commas: 12 or 0.375.\nnothing is settled: 4 faults stop it. Mend them, or settle without those rows with --leave-out-faulty.",
    ),
    (
        b"claim,metric,who,first_day,last_day,units,verdict,evidence\na,day_out,k,2026-05-01,2026-05-31,31,verified,x\nb,day_out,k,2026-06-01,2026-06-30,3,verified,x,y,z\n",
        "claims.csv: is no table that can be read: found more fields than defined in 'Schema'. Save it as CSV in UTF-8.",
    ),
    (
        b"claim,metric,who,first_day,last_day,units,verdict,evidence\na,day_out,k,2026-05-01,2026-05-31,31,verified,x\na,day_out,k,2026-05-01,2026-05-31,30,verified,x\n",
        "claims.csv, row 2, claim: 'a' is also in row 3, with another units. Give each claim its own name.\nnothing is settled: 1 fault stops it. Mend them, or settle without those rows with --leave-out-faulty.",
    ),
    (
        b"claim,metric,who,first_day,last_day,units,verdict,evidence\na,day_out,k,2025-05-01,2025-05-31,31,verified,x\n",
        "claims.csv, row 2, last_day: '2025-05-31' is outside the agreement, 2026-04-01 to 2029-03-31. Mend the day.\nnothing is settled: 1 fault stops it. Mend them, or settle without those rows with --leave-out-faulty.",
    ),
    (
        b"claim,metric,who,first_day,last_day,units,verdict,evidence\na,day_out,k,2026-06-01,2026-05-31,31,verified,x\n",
        "claims.csv, row 2, first_day: '2026-06-01' is after the last day. Mend the day.\nnothing is settled: 1 fault stops it. Mend them, or settle without those rows with --leave-out-faulty.",
    ),
    (
        b"claim,metric,who,first_day,last_day,units,verdict,evidence\na,day_out,k,2026-05-01,2026-05-31,-31,verified,x\n",
        "claims.csv, row 2, units: '-31' is below 0. No claim takes away: mark the wrong claim withdrawn, and claim what is right.\nnothing is settled: 1 fault stops it. Mend them, or settle without those rows with --leave-out-faulty.",
    ),
    (
        b"claim,metric,who,first_day,last_day,unit,verdict,evidence\na,day_out,k,2026-05-01,2026-05-31,31,verified,x\n",
        "claims.csv: has no column 'units'. Is it 'unit'? Add it.",
    ),
    (
        b'claim,metric,who,first_day,last_day,units,verdict,evidence\na,day_out,k,2026-05-01,2026-05-31,31,verified,"x\ny"\n',
        "claims.csv, row 2, evidence: 'x y' holds a character that commands a screen. Take it out.\nnothing is settled: 1 fault stops it. Mend them, or settle without those rows with --leave-out-faulty.",
    ),
    (
        b"[1,2]",
        'claims.csv: is not a list of records. Write [{"claim": "…"}, …].',
    ),
    (
        b"PK\x03\x04aaa",
        "claims.csv: is a zip or a workbook, not CSV, JSON or Parquet. Save it as CSV in UTF-8.",
    ),
    (
        b"claim,metric,who,first_day,last_day,units,verdict,evidence\na,day_out,k,2026-05-01,2026-05-31,31,verified,\x00\n",
        "claims.csv, row 2, evidence: '\x00' holds a character that commands a screen. Take it out.\nnothing is settled: 1 fault stops it. Mend them, or settle without those rows with --leave-out-faulty.",
    ),
    (
        b'claim,metric,who,first_day,last_day,units,verdict,evidence\na,day_out,k,2026-05-01,2026-05-31,"1,031",verified,x\n',
        "claims.csv, row 2, units: '1,031' is not a number of 0 or more. Write it with at most 6 decimal places, no sign and no commas: 12 or 0.375.\nnothing is settled: 1 fault stops it. Mend them, or settle without those rows with --leave-out-faulty.",
    ),
]
END = date(2029, 3, 31)
HEAD = "claim,metric,who,first_day,last_day,units,verdict,evidence\n"
CLAIM = "{0},day_out,k{0},2026-05-01,2026-05-31,31,verified,x\n"


@pytest.fixture(name="agreement")
def _agreement():
    return read_agreement(str(CONTRACT))


@pytest.mark.parametrize(("data", "due"), READ)
def test_forms_that_are_read(data, due, agreement, tmp_path):
    path = tmp_path / "claims.csv"
    path.write_bytes(data)
    assert str(settle_claims(agreement, path, until=END)[1].due) == due


@pytest.mark.parametrize(("data", "message"), REFUSED)
def test_what_cannot_be_used_is_named(data, message, agreement, tmp_path):
    path = tmp_path / "claims.csv"
    path.write_bytes(data)
    with pytest.raises(InputError) as error:
        settle_claims(agreement, path)
    assert str(error.value) == message


def test_three_bad_rows_of_many_are_listed_and_nothing_is_settled(agreement, tmp_path):
    path = tmp_path / "claims.csv"
    good = [CLAIM.format(i) for i in range(20_000)]
    for place, bad in ((7, ",31,"), (9_000, "2026-05-31"), (19_999, "verified")):
        good[place] = good[place].replace(bad, {",31,": ",many,"}.get(bad, "never"))
    path.write_text(HEAD + "".join(good), encoding="utf-8")
    with pytest.raises(InputError) as error:
        settle_claims(agreement, path, ledger=tmp_path / "ledger.db")
    places = [problem.place for problem in error.value.problems]
    assert places == [
        "claims.csv, row 9, units",
        "claims.csv, row 9002, last_day",
        "claims.csv, row 20001, verdict",
        "nothing is settled",
    ]
    assert not (tmp_path / "ledger.db").exists()
    _, said = settle_claims(agreement, path, until=END, leave_out=True)
    assert said.not_settled == "3 rows that cannot be used are left out"


def written(agreement, folder: Path, **more):
    """Settle two claims, and write the certificate beside them."""
    claims = folder / "claims.csv"
    claims.write_text(HEAD + CLAIM.format(1) + CLAIM.format(2), encoding="utf-8")
    (folder / CONTRACT.name).write_text(CONTRACT.read_text("utf-8"), encoding="utf-8")
    worked, said = settle_claims(agreement, claims, until=END, **more)
    path = folder / "certificate.json"
    path.write_text(certificate_text(certificate(worked, said)), encoding="utf-8")
    return path


def test_a_certificate_is_worked_out_the_same(agreement, tmp_path):
    path = written(agreement, tmp_path, ledger=tmp_path / "ledger.db", on=date(2026, 7, 1))
    assert verify(path).difference is None


def test_a_tampered_certificate_is_found_by_its_seal(agreement, tmp_path):
    path = written(agreement, tmp_path)
    path.write_text(path.read_text("utf-8").replace('"775.00"', '"776.00"'), encoding="utf-8")
    assert verify(path).difference.what == "the certificate's own seal"


def test_a_certificate_sealed_anew_is_found_by_what_it_says(agreement, tmp_path):
    path = written(agreement, tmp_path)
    held = json.loads(path.read_text("utf-8"))
    held["result"]["due"] = "776.00"
    path.write_text(json.dumps(held | {"sha256": seal(held)}), encoding="utf-8")
    difference = verify(path).difference
    assert (difference.what, difference.certificate, difference.found) == (
        "due",
        "776.00",
        "775.00",
    )


def test_changed_claims_are_found(agreement, tmp_path):
    path = written(agreement, tmp_path)
    claims = tmp_path / "claims.csv"
    claims.write_text(claims.read_text("utf-8").replace(",31,", ",30,", 1), encoding="utf-8")
    assert verify(path).difference.what == "claims file"


def test_a_ledger_with_a_missing_link_is_refused(agreement, tmp_path):
    ledger = tmp_path / "ledger.db"
    written(agreement, tmp_path, ledger=ledger)
    with sqlite3.connect(ledger) as book:
        book.execute("DROP TRIGGER posting_is_kept")
        book.execute("DELETE FROM posting WHERE number = 2")
    with pytest.raises(InputError, match=r"ledger.db, posting 2: is missing"):
        settle_claims(agreement, tmp_path / "claims.csv", until=END, ledger=ledger)


def test_a_changed_posting_is_found(agreement, tmp_path):
    ledger = tmp_path / "ledger.db"
    written(agreement, tmp_path, ledger=ledger)
    with sqlite3.connect(ledger) as book:
        book.execute("DROP TRIGGER posting_stays")
        book.execute("UPDATE posting SET pence = pence + 1 WHERE number = 2")
    with pytest.raises(InputError, match=r"ledger.db, posting 2: is not what was posted"):
        settle_claims(agreement, tmp_path / "claims.csv", until=END, ledger=ledger)


@pytest.mark.parametrize("day", ["x", ""])
def test_a_day_that_is_none_is_found(day, agreement, tmp_path):
    ledger = tmp_path / "ledger.db"
    written(agreement, tmp_path, ledger=ledger)
    with sqlite3.connect(ledger) as book:
        book.execute("DROP TRIGGER posting_stays")
        book.execute("UPDATE posting SET on_day = ? WHERE number = 1", (day,))
    with pytest.raises(InputError, match=r"ledger.db, posting 1: is not what was posted"):
        settle_claims(agreement, tmp_path / "claims.csv", until=END, ledger=ledger)


def test_a_ledger_that_anybody_could_change_is_refused(agreement, tmp_path):
    ledger = tmp_path / "ledger.db"
    path = written(agreement, tmp_path, ledger=ledger)
    with sqlite3.connect(ledger) as book:
        book.execute("DROP TRIGGER posting_stays")
    with pytest.raises(InputError, match=r"ledger.db: no longer refuses to change or delete"):
        settle_claims(agreement, tmp_path / "claims.csv", until=END, ledger=ledger)
    assert verify(path).difference.found.startswith("no longer refuses changes")


def test_a_posting_that_was_added_behind_the_chain_is_found(agreement, tmp_path):
    ledger = tmp_path / "ledger.db"
    path = written(agreement, tmp_path, ledger=ledger)
    with sqlite3.connect(ledger) as book:
        book.execute(
            "INSERT INTO posting SELECT 999, on_day, payer, payee, 1, key, term, clause, because, "
            "evidence, chain FROM posting WHERE number = 1"
        )
    assert verify(path).difference.found == "broken at posting 999"


def test_postings_are_neither_changed_nor_deleted(agreement, tmp_path):
    ledger = tmp_path / "ledger.db"
    written(agreement, tmp_path, ledger=ledger)
    with sqlite3.connect(ledger) as book:
        for said in ("UPDATE posting SET pence = 0", "DELETE FROM posting"):
            with pytest.raises(sqlite3.IntegrityError, match="post a reversal"):
                book.execute(said)


def test_a_file_that_is_no_ledger_is_refused(agreement, tmp_path):
    claims = tmp_path / "claims.csv"
    claims.write_text(HEAD + CLAIM.format(1), encoding="utf-8")
    other = tmp_path / "notes.txt"
    other.write_text("not a ledger at all, but a long enough text" * 50, encoding="utf-8")
    with pytest.raises(InputError, match="cannot be used as a ledger"):
        settle_claims(agreement, claims, until=END, ledger=other)


def test_claims_of_those_who_are_not_on_the_list_stop(agreement, tmp_path):
    claims, people = tmp_path / "claims.csv", tmp_path / "cohort.csv"
    claims.write_text(HEAD + CLAIM.format(1) + CLAIM.format(2), encoding="utf-8")
    people.write_text("who,cohort\nk1,\n", encoding="utf-8")
    with pytest.raises(InputError) as error:
        settle_claims(agreement, claims, cohort=people)
    first = error.value.problems[0]
    assert str(first) == ("claims.csv, row 3, who: 'k2' is not on the cohort list. Mend the key.")
    people.write_text("who\nk1\nk2\n", encoding="utf-8")
    assert settle_claims(agreement, claims, until=END, cohort=people)[1].due.pence == 62 * 1250


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("key\nk1\n", "cohort.csv: has no column 'who'. Add it: one key a row."),
        ("who,cohort\n,a\n", "cohort.csv, row 2, who: is empty. Add the key."),
        (
            "who,cohort\nk1,a\nk1,b\n",
            "cohort.csv, row 3, who: 'k1' stands above with another cohort or group. Keep one row.",
        ),
    ],
)
def test_a_bad_cohort_list_is_refused(rows, message, agreement, tmp_path):
    claims, people = tmp_path / "claims.csv", tmp_path / "cohort.csv"
    claims.write_text(HEAD + CLAIM.format(1), encoding="utf-8")
    people.write_text(rows, encoding="utf-8")
    with pytest.raises(InputError) as error:
        settle_claims(agreement, claims, cohort=people)
    assert str(error.value) == message
