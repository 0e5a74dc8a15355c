"""What was paid stays paid unless the agreement takes it back; a threshold says what is outside."""

import pytest
from test_settlement_corners import DAYS, STAYS, due, settled

from headwater.core.errors import InputError

CAPPED = DAYS + '[[term]]\nid = "most"\nkind = "cap"\nof = "days"\nper = "all"\namount = 100\n'
LOWERED = """
[[variation]]
first_day = 2024-04-01
because = "less money"
[[variation.term]]
id = "most"
kind = "cap"
of = "days"
per = "all"
amount = 60
"""
RAISED = LOWERED.replace("2024-04-01", "2024-10-01").replace("60", "120")
DAYS_CLAIMED = """
day,a,2024-02-01,80
day,a,2024-05-01,30
day,a,2024-08-01,30
day,a,2024-11-01,90
"""


def cap(before: str) -> str:
    own = f'paid_before = "{before}"\n' if before else ""
    return "".join(text.replace('"all"\nam', f'"all"\n{own}am') for text in (CAPPED, LOWERED))


@pytest.mark.parametrize(
    ("before", "paid"),
    [("", [80, 0, 0, 40]), ("stays", [80, 0, 0, 40]), ("taken_back", [80, -20, 0, 60])],
)
def test_a_lower_limit_takes_back_only_where_the_agreement_says_so(before, paid, tmp_path) -> None:
    said = settled(tmp_path, cap(before) + RAISED, DAYS_CLAIMED)
    assert due(said) == paid
    assert said.stays == ()


def test_a_statement_says_what_stays_paid(tmp_path) -> None:
    said = settled(tmp_path, cap(""), DAYS_CLAIMED)
    assert due(said) == [80, 0, 0, 0]
    assert [(one.what, str(one.amount)) for one in said.stays] == [("most", "£20.00")]


@pytest.mark.parametrize(
    ("outside", "paid"), [("through", [20, 0, 50, 0]), ("not_met", [0, 0, 50, 0])]
)
def test_a_threshold_says_what_happens_outside_its_days(outside, paid, tmp_path) -> None:
    rule = f"""
[[term]]
id = "stays_now"
kind = "measure"
of = "stay"
[[term]]
id = "enough"
kind = "threshold"
of = "stays"
per = "all"
test = [{{ measure = "stays_now", at_least = 5 }}]
first_day = 2024-04-01
outside = "{outside}"
"""
    claims = "stay,a,2024-02-01,2\nstay,b,2024-05-01,4\nstay,c,2024-08-01,5"
    assert due(settled(tmp_path, STAYS + rule, claims)) == paid
    with pytest.raises(InputError, match="does not say what happens outside"):
        settled(tmp_path, STAYS + rule.replace(f'outside = "{outside}"', ""), claims)
