"""One outcome claimed under two agreements: named, with its days and claims."""

from datetime import date
from pathlib import Path

from headwater.catalogue.files import DATA
from headwater.workflows.agreements import read_agreement
from headwater.workflows.settle.answer import work_out
from headwater.workflows.settle.portfolio import claimed_twice

DAYS = Path(str(DATA / "examples/care-days.toml"))
HEAD = "claim,metric,who,first_day,last_day,units,verdict,share\n"


def worked(tmp_path, name: str, rows: str):
    agreement, claims = tmp_path / f"{name}.toml", tmp_path / f"{name}.csv"
    agreement.write_text(DAYS.read_text("utf-8").replace('"care-days"', f'"{name}"'), "utf-8")
    claims.write_text(HEAD + rows, encoding="utf-8")
    return work_out(read_agreement(str(agreement)), claims, until=date(2029, 3, 31))


def test_days_claimed_under_two_agreements_are_found(tmp_path):
    one = worked(tmp_path, "one", "a,day_out,k1,2026-05-01,2026-05-30,30,verified,1\n")
    two = worked(tmp_path, "two", "b,day_out,k1,2026-05-21,2026-06-09,20,verified,0.5\n")
    (found,) = claimed_twice([one, two])
    assert (found.who, found.outcome) == ("k1", "day_out")
    assert (found.first_day, found.last_day, found.share) == ("2026-05-21", "2026-05-30", "1.5")
    assert found.claims == ("one: a", "two: b")


def test_shares_that_add_to_the_whole_are_not_doubled(tmp_path):
    one = worked(tmp_path, "one", "a,day_out,k1,2026-05-01,2026-05-30,30,verified,0.5\n")
    two = worked(tmp_path, "two", "b,day_out,k1,2026-05-01,2026-05-30,30,verified,0.5\n")
    other = worked(tmp_path, "three", "c,day_out,k2,2026-05-01,2026-05-30,30,verified,1\n")
    assert claimed_twice([one, two, other]) == ()
