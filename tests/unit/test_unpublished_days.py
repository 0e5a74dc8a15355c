"""Days that nobody published: what rests on them is not worked out, and says so."""

from datetime import date

import pytest
from test_settlement_corners import DAYS, HEAD, ONE, STAYS

from headwater.core.errors import InputError
from headwater.workflows.agreements import read_agreement
from headwater.workflows.settle.answer import settle_claims
from headwater.workflows.settle_report import html_report

CLAIM = "claim,metric,who,last_day,units,verdict\n1,stay,a,2024-02-01,5,verified\n"


def agreement(folder, terms: str, *, day: str = "last_day = 2024-12-31", top: str = ONE):
    """Return an agreement one of whose days is not published."""
    name = day.partition(" ")[0]
    words = HEAD.replace(f"\n{day}\n", f'\n{name} = "not published"\n', 1)
    assert words != HEAD
    path = folder / "agreement.toml"
    path.write_text(f"{top}\n{words}\n{terms}", encoding="utf-8")
    (folder / "claims.csv").write_text(CLAIM, encoding="utf-8")
    return read_agreement(str(path))


@pytest.mark.parametrize("day", ["last_day = 2024-12-31", "first_day = 2024-01-01"])
def test_periods_that_cannot_be_known_are_not_guessed(tmp_path, day) -> None:
    read = agreement(tmp_path, STAYS, day=day)
    assert str(getattr(read.contract, day.partition(" ")[0])) == "not published"
    with pytest.raises(InputError) as error:
        settle_claims(read, tmp_path / "claims.csv", until=date(2024, 12, 31))
    assert str(error.value) == (
        f"the agreement: {day.partition(' ')[0]} of 'corner' is not published. Its periods, and "
        "all that falls due in them, cannot be worked out. Put a day of your own in a copy."
    )


def test_what_does_not_need_the_day_is_worked_out(tmp_path) -> None:
    top = f"{ONE}\nsettlement = {{ dates = [2024-03-31, 2024-06-30] }}"
    core = '[[term]]\nid = "core"\nkind = "block_payment"\namount = 7\neach = "month"\n'
    read = agreement(tmp_path, STAYS + DAYS + core, top=top)
    worked, said = settle_claims(read, tmp_path / "claims.csv", until=date(2024, 6, 30))
    assert said.due.pence == 5_000
    unknown = {term.term: term.unknown for term in said.terms if term.unknown}
    assert unknown == {"core": "last_day of the agreement not published"}
    assert "2024-01-01 to not published" in html_report(worked, said)


def test_a_cohort_may_have_days_that_are_not_published(tmp_path) -> None:
    path = tmp_path / "agreement.toml"
    words = HEAD.replace("last_day = 2024-06-30 }", 'last_day = "not published" }')
    path.write_text(f"{ONE}\n{words}\n{STAYS}", encoding="utf-8")
    assert str(read_agreement(str(path)).contract.cohort[0].last_day) == "not published"


def test_any_other_word_is_no_day(tmp_path) -> None:
    path = tmp_path / "agreement.toml"
    path.write_text(f"{ONE}\n{HEAD}\n{STAYS}".replace("2024-12-31\npayee", '"soon"\npayee'))
    with pytest.raises(InputError, match="last_day"):
        read_agreement(str(path))
