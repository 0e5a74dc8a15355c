"""Only periods that are over are settled; the statement says up to when, and what lies beyond."""

from datetime import date
from pathlib import Path

import pytest

from headwater.catalogue.files import DATA
from headwater.cli.output import console
from headwater.cli.settle_screen import show_statement
from headwater.core.errors import InputError
from headwater.workflows.agreements import read_agreement
from headwater.workflows.settle.answer import settle_claims
from headwater.workflows.settle.certificate import certificate, certificate_text, verify
from headwater.workflows.settle_report import html_report

CONTRACT = Path(str(DATA / "examples/care-days.toml"))
HEAD = "claim,metric,who,first_day,last_day,units,claimed_on,verdict\n"
SPRING = "a,day_out,k1,2026-05-01,2026-05-31,31,{},verified\n"
SUMMER = "b,day_out,k2,2026-07-01,2026-07-31,31,{},verified\n"


def settled(folder: Path, rows: str, **how):
    claims = folder / "claims.csv"
    claims.write_text(HEAD + rows, encoding="utf-8")
    return settle_claims(read_agreement(str(CONTRACT)), claims, **how)


def test_a_period_is_over_by_the_last_day_that_the_claims_name(tmp_path) -> None:
    worked, said = settled(tmp_path, SPRING.format("2026-07-03"))
    assert (said.until, said.due.pence, said.beyond) == ("2026-06-30", 31 * 1250, "")
    assert said.until_because.endswith("by 2026-07-03, the last day in the claims")
    assert [period.period for period in said.periods] == ["2026-04-01 to 2026-06-30"]
    proof = tmp_path / "proof.json"
    proof.write_text(certificate_text(certificate(worked, said)), encoding="utf-8")
    (tmp_path / CONTRACT.name).write_text(CONTRACT.read_text("utf-8"), encoding="utf-8")
    assert verify(proof).difference is None


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (
            SPRING.format(""),
            (
                "claims.csv: the last day it names is 2026-05-31: it does not show that the period "
                "2026-04-01 to 2026-06-30 is over, and 1 claim that counts lies in it or later. "
                "Settle that period too with --until 2026-06-30."
            ),
        ),
        (
            SPRING.format("2026-07-03") + SUMMER.format("2026-08-02"),
            (
                "claims.csv: the last day it names is 2026-08-02: it does not show that the period "
                "2026-07-01 to 2026-09-30 is over, and 1 claim that counts lies in it or later. "
                "Settle that period too with --until 2026-09-30, or leave it out with "
                "--until 2026-06-30."
            ),
        ),
        (
            "",
            (
                "claims.csv: holds no claim, so that nothing says which periods are over. Name "
                "one's last day: --until 2026-06-30"
            ),
        ),
    ],
)
def test_nothing_is_settled_that_may_not_be_over(rows, message, tmp_path) -> None:
    with pytest.raises(InputError) as error:
        settled(tmp_path, rows)
    assert str(error.value) == message


def test_a_day_before_the_first_period_is_over_settles_nothing(tmp_path) -> None:
    with pytest.raises(InputError, match="is before the end of the first period") as error:
        settled(tmp_path, SPRING.format(""), until=date(2026, 5, 31))
    assert "nothing is over. Name the last day of a period." in str(error.value)


def test_what_lies_beyond_is_said(tmp_path) -> None:
    rows = SPRING.format("") + SUMMER.format("")
    worked, said = settled(tmp_path, rows, until=date(2026, 6, 30))
    beyond = "1 of 2 claims that count, of outcomes that ended on 2026-07-31, is not in it"
    assert (said.due.pence, said.beyond) == (31 * 1250, beyond)
    assert beyond in html_report(worked, said)
    with console.capture() as shown:
        show_statement(console, said, worked)
    assert f"Beyond it: {beyond}." in " ".join(shown.get().split())


# A day that has not come, or that is mistyped

TODAY = date(2026, 8, 1)
FUTURE = [
    ("claimed_on", SPRING.format("2062-07-03")),
    ("last_day", "a,day_out,k1,2026-05-01,2026-08-31,31,,verified\n"),
]


@pytest.mark.parametrize(("column", "row"), FUTURE)
def test_a_claim_cannot_name_a_day_that_has_not_come(column, row, tmp_path) -> None:
    with pytest.raises(InputError) as error:
        settled(tmp_path, SPRING.format("").replace("a,", "z,") + row, today=TODAY)
    day = "2062-07-03" if column == "claimed_on" else "2026-08-31"
    assert str(error.value).splitlines()[0] == (
        f"claims.csv, row 3, {column}: '{day}' has not come yet: it is after 2026-08-01. "
        "Mend the day."
    )


def test_a_day_up_to_the_one_named_may_be_claimed(tmp_path) -> None:
    _, said = settled(tmp_path, SUMMER.format(""), until=date(2026, 9, 30), today=date(2026, 1, 1))
    assert said.due.pence == 31 * 1250


@pytest.mark.parametrize("claimed", ["2026-07-03", "2026-12-03"])
def test_a_day_of_claim_that_is_mistyped_settles_no_further_period(claimed, tmp_path) -> None:
    _, said = settled(tmp_path, SPRING.format(claimed), today=date(2027, 1, 1))
    assert (said.until, said.due.pence) == ("2026-06-30", 31 * 1250)


def test_periods_after_the_last_claim_are_named_and_not_settled(tmp_path) -> None:
    _, said = settled(tmp_path, SPRING.format("2026-12-03"), today=date(2027, 1, 1))
    assert said.until_because == (
        "the end of the last period in which claims lie; 2026-12-03, the last day in the claims, "
        "is past 2026-09-30: --until 2026-09-30 settles up to then"
    )


def test_rows_left_out_as_not_come_yet_stay_left_out_when_it_is_worked_out_again(tmp_path) -> None:
    rows = SPRING.format("") + SUMMER.format("2026-08-20")
    how = {"until": date(2026, 7, 1), "leave_out": True}
    worked, said = settled(tmp_path, rows, today=TODAY, **how)
    assert [state.state for state in said.claims][-1].startswith("stopped")
    proof = tmp_path / "proof.json"
    proof.write_text(certificate_text(certificate(worked, said)), encoding="utf-8")
    (tmp_path / CONTRACT.name).write_text(CONTRACT.read_text("utf-8"), encoding="utf-8")
    assert verify(proof).difference is None
