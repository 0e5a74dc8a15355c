"""The ring-fenced grant: paid in advance, on conditions; what is unspent goes back."""

from datetime import date
from pathlib import Path

from headwater.catalogue.files import DATA
from headwater.workflows.agreements import read_agreement
from headwater.workflows.settle.answer import settle_claims
from headwater.workflows.settle_report import html_report
from headwater.workflows.settle_report.agreement_tables import Clauses
from headwater.workflows.settle_report.report import page_tables

GRANT = Path(str(DATA / "examples/families-first-grant.toml"))
HEAD = "claim,metric,who,group,last_day,units,verdict,evidence\n"
SPENT = (
    "s1,family_group_conference,p1,inhouse,2025-06-30,80000.50,verified,ledger\n"
    "s2,family_safeguarding,p2,inhouse,2025-12-31,120000,verified,ledger\n"
)
REPORTS = (
    "r1,half_year,council,,2025-11-20,1,verified,report\n"
    "r2,final,council,,2026-06-10,1,verified,report\n"
)


def due(tmp_path, rows: str) -> dict[str, str]:
    """Return what is due by period, and by term."""
    path = tmp_path / "spending.csv"
    path.write_text(HEAD + rows, encoding="utf-8")
    _, said = settle_claims(read_agreement(str(GRANT)), path, until=date(2026, 6, 30))
    found = {f"to {p.period[-10:]}": str(p.amount) for p in said.periods if p.amount.pence}
    return found | {t.term: str(t.amount) for t in said.terms} | {"all": str(said.due)}


def test_advances_are_paid_less_what_is_retained_and_the_unspent_returns(tmp_path):
    found = due(tmp_path, SPENT + REPORTS)
    assert found["to 2025-06-30"] == "£142,500.00"  # 150,000 less 5%
    assert found["to 2025-12-31"] == "£142,500.00"  # held from October until the report was in
    # Spent as agreed: 80,000.50, and 100,000 of the 120,000 on the programme with a limit.
    assert found["unspent_returned"] == "−£119,999.50"
    assert found["all"] == "£180,000.50"


def test_without_the_report_the_second_advance_is_held(tmp_path):
    found = due(tmp_path, SPENT)
    assert "to 2025-12-31" not in found
    # 150,000 less 5% that no last report releases: less than was spent, so nothing returns.
    assert found["all"] == "£142,500.00"
    assert found["unspent_returned"] == "£0.00"


def test_spending_by_nobody_who_may_deliver_does_not_count(tmp_path):
    counted = due(tmp_path, SPENT + REPORTS)["all"]
    nobody = "s3,family_group_conference,p3,,2025-07-31,5000,verified,ledger\n"
    assert due(tmp_path, SPENT + nobody + REPORTS)["all"] == counted


def test_the_statement_says_what_was_spent_when_sums_are_due_and_by_which_clause(tmp_path):
    path = tmp_path / "spending.csv"
    path.write_text(HEAD + SPENT + REPORTS, encoding="utf-8")
    worked, said = settle_claims(read_agreement(str(GRANT)), path, until=date(2026, 6, 30))
    tables = {table.id: table for table in page_tables(worked, said, Clauses.of(worked.settled))}
    measured = {row[0].words: row[1:] for row in tables["measured"].rows}
    assert measured["family_safeguarding_counted"] == (
        "3.2",
        "£100,000.00",
        "to date, on 2026-06-30",
    )
    assert measured["spent"][1] == "£180,000.50"
    assert [row[2] for row in tables["terms"].rows] == ["4.1", "4.2", "4.2", "4.3", "6.1"]
    first = tables["lines"].rows[0]
    assert (first[5], first[6]) == ("needs none: due on its day", "£150,000.00, due on 2025-04-01")
    assert "none named" not in html_report(worked, said)


def test_a_clause_that_is_not_named_is_left_empty(tmp_path):
    words = GRANT.read_text("utf-8").replace('unspent_clause = "6.1"\n', "")
    (tmp_path / "grant.toml").write_text(words, encoding="utf-8")
    path = tmp_path / "spending.csv"
    path.write_text(HEAD + SPENT + REPORTS, encoding="utf-8")
    agreement = read_agreement(str(tmp_path / "grant.toml"))
    page = html_report(*settle_claims(agreement, path, until=date(2026, 6, 30)))
    assert "none named" not in page
