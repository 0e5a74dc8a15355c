"""`headwater waterfall`: who gets what, as promised and where things go wrong."""

import io
import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from rich.console import Console
from typer.testing import CliRunner

from headwater.catalogue.files import DATA
from headwater.cli.main import app
from headwater.cli.waterfall_screen import show_waterfall
from headwater.contracts.settle import settlement_periods
from headwater.core.errors import InputError
from headwater.workflows.agreements import read_agreement
from headwater.workflows.waterfall.answer import waterfall_answer

BOND = Path(str(DATA / "examples/bond.toml"))
AUTUMN = date(2027, 9, 30)
SETTLED = {"until": AUTUMN, "today": date(2028, 1, 31)}
CLAIMS = """\
claim,metric,who,first_day,last_day,units,verdict,verdict_on,claimed_on,evidence
1,day_out,a,2026-10-01,2027-09-30,365,verified,2027-10-05,2027-10-01,file 1
2,day_out,b,2026-10-01,2027-09-30,365,verified,2027-10-05,2027-10-01,file 2
"""


@pytest.fixture(scope="module")
def found():
    return waterfall_answer(read_agreement(str(BOND)), draws=200)


def by_name(found) -> dict:
    return {one.scenario: one for one in found.scenarios}


def test_six_scenarios_are_run(found):
    assert [one.scenario for one in found.scenarios] == [
        "as promised",
        "with half the effect",
        "with no effect",
        "with half the referrals",
        "with late data",
        "ended early (council_stops)",
    ]


def test_what_parties_are_left_with_adds_to_nothing(found):
    for one in found.scenarios:
        assert sum(line.net.value for line in one.parties) == pytest.approx(0, abs=1e-6)


def test_without_an_effect_the_first_loss_loses_all_before_the_senior(found):
    lines = {line.instrument: line for line in by_name(found)["with no effect"].instruments}
    assert lines["first"].multiple.value == 0
    assert 0 < lines["senior"].multiple.value < 1
    assert lines["promise"].given.value == 150_000


def test_a_shortfall_is_shown_first_and_never_hidden(found):
    one = by_name(found)["with no effect"]
    assert one.never_paid.value > 100_000
    assert any(words.startswith("Short, with no effect: costs of £") for words in found.in_words)
    assert found.in_words[0].startswith("Investors, as promised: they put in £")


def test_rate_multiple_peak_and_chance_of_loss_stand_in_the_first_lines(found):
    one, first = found.scenarios[0], found.in_words[0]
    assert f"Rate of return {one.investors_rate.value:g}%".replace("-", "−") in first
    assert f"{one.investors_multiple.value:.2f} times their money back" in first
    assert f"at most £{one.investors_peak.value:,.0f} out" in first
    assert f"they lose in {one.investors_lose.value:.0f}% of draws" in first
    assert one.investors_multiple.value == pytest.approx(
        1 + one.investors_net.value / one.invested.value
    )
    assert max(i.peak.value for i in one.instruments) <= one.investors_peak.value


@pytest.mark.parametrize("width", [80, 60])
def test_no_line_is_wider_than_the_screen_and_money_says_what_it_is(width, found):
    screen = Console(width=width, record=True, file=io.StringIO())
    show_waterfall(screen, found)
    shown = screen.export_text()
    assert max(map(len, shown.splitlines())) <= width
    text = " ".join(shown.split())
    assert "Amounts are in GBP, in cash of their day, not discounted" in text
    assert "Payments are gross" in text


def test_at_an_early_end_three_quarters_of_the_seniors_capital_come_back_at_least(found):
    one = by_name(found)["ended early (council_stops)"]
    senior = next(line for line in one.instruments if line.instrument == "senior")
    assert senior.got.value >= 0.75 * senior.given.value


def test_money_stands_on_the_day_on_which_it_moves(found):
    # The money side starts in April: its fourth quarter's cost falls due on the first of January.
    flows = by_name(found)["as promised"].flows
    days = [line.day for line in flows if line.what == "delivery"][:4]
    assert days == ["2026-04-01", "2026-07-01", "2026-10-01", "2027-01-01"]
    assert {line.day[5:] for line in flows if line.what == "interest"} <= {
        "03-31",
        "06-30",
        "09-30",
        "12-31",
    }


FEE = """
[[term]]
id = "fee"
kind = "block_payment"
amount = 10000
each = "quarter"
"""


def test_after_an_early_end_no_fee_for_later_quarters_is_paid(tmp_path):
    file = tmp_path / "fee.toml"
    text = BOND.read_text("utf-8").replace('owed = "lost"', 'owed = "paid"')
    file.write_text(text.replace("[[expected]]", FEE + "[[expected]]"), "utf-8")
    found = waterfall_answer(read_agreement(str(file)), draws=100)
    without = waterfall_answer(read_agreement(str(_without(file, FEE))), draws=100)
    name = "ended early (council_stops)"
    more = by_name(found)[name].payments.value - by_name(without)[name].payments.value
    # Six quarters to 30 September 2027 of the twelve.
    assert more == pytest.approx(60_000)


def _without(file: Path, part: str) -> Path:
    other = file.with_name("other.toml")
    other.write_text(file.read_text("utf-8").replace(part, ""), "utf-8")
    return other


def test_late_data_never_brings_cash_forward(found):
    scenarios = by_name(found)
    for early, late in zip(
        scenarios["as promised"].instruments, scenarios["with late data"].instruments, strict=True
    ):
        assert not early.first_cash or early.first_cash <= late.first_cash


def test_the_command_prints_and_writes_the_same(tmp_path):
    files = [tmp_path / "all.json", tmp_path / "all.xlsx"]
    words = ["waterfall", str(BOND), "--draws", "100", "--json", str(files[0])]
    done = CliRunner().invoke(app, [*words, "--xlsx", str(files[1])], env={"COLUMNS": "100"})
    assert done.exit_code == 0, done.output
    assert "Who gets what, when: as promised" in done.output
    assert "What each party is left with" in done.output
    body = json.loads(files[0].read_text("utf-8"))
    assert body["kind"] == "waterfall"
    assert len(body["result"]["scenarios"]) == 6
    book = openpyxl.load_workbook(files[1])
    assert {"scenarios", "instruments", "parties", "flows"} <= set(book.sheetnames)


def test_real_claims_come_first_and_to_the_penny(tmp_path):
    claims = tmp_path / "claims.csv"
    claims.write_text(CLAIMS, encoding="utf-8")
    found = waterfall_answer(read_agreement(str(BOND)), draws=100, claims=claims, **SETTLED)
    real = found.scenarios[0]
    assert real.scenario == "on real claims"
    # Two children × 365 days × 12.50.
    assert real.payments.value == 9125
    assert real.payments.low is None
    assert len(found.scenarios) == 7


def test_what_is_settled_on_real_claims_and_what_is_not_yet_come_first(tmp_path):
    claims = tmp_path / "claims.csv"
    later = "3,day_out,a,2027-10-01,2027-12-31,92,verified,,,file 3\n"
    claims.write_text(CLAIMS + later, encoding="utf-8")
    found = waterfall_answer(read_agreement(str(BOND)), draws=100, claims=claims, **SETTLED)
    assert found.settled_until == "2027-09-30"
    settled, left = found.in_words[:2]
    periods = settlement_periods(read_agreement(str(BOND)).contract)
    over = sum(period.last_day <= AUTUMN for period in periods)
    assert settled == (
        "Settled on claims.csv up to 2027-09-30 (named with --until): £9,125.00, in "
        f"{over} of {len(periods)} periods."
    )
    assert left.startswith(f"Not settled yet: {len(periods) - over} periods, to ")
    assert "1 of 3 claims that count, of outcomes that ended on 2027-12-31, is not in it" in left
    assert "no forecast" in left
    assert found.scenarios[0].payments.value == 9125


def test_periods_that_the_claims_do_not_show_to_be_over_are_not_settled(tmp_path):
    claims = tmp_path / "claims.csv"
    row = "1,day_out,a,2026-04-01,2026-05-01,31,verified,,,file 1\n"
    claims.write_text(CLAIMS.splitlines()[0] + "\n" + row, encoding="utf-8")
    with pytest.raises(InputError, match="does not show that the period"):
        waterfall_answer(read_agreement(str(BOND)), draws=100, claims=claims)
