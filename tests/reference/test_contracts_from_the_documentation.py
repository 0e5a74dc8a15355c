"""Real contracts that do not ship, written from the documentation alone, against what was paid.

Denver supportive housing: payments as printed in the last report to the governance committee
(Gillespie and others, July 2021,
123doc.top/document/11468940-denver-supportive-housing-social-impact-bond-initiative-final-outcome-payments-1.htm).
The price of a day is inferred: 15.12 divides both sums for housing without remainder. The table for
days in jail was not in what was read; its sum is put in as it was printed.

DC Water: tiers as the fact sheet prints them
(pfs.urban.org/pfs-project-fact-sheets/content/dc-water-environmental-impact-bond).
"""

import pytest
from typer.testing import CliRunner

from headwater.cli.main import app

PARTIES = """
agreement = "contract"
currency = "USD"
payee = "investors"
party = [
  { id = "payer", name = "The payer", role = "outcome_payer" },
  { id = "investors", name = "The investors", role = "investor" },
]
payer = [{ party = "payer", share = 1 }]
"""
DENVER = (
    PARTIES
    + """
id = "denver"
name = "Denver supportive housing"
first_day = 2016-01-01
last_day = 2020-12-31
metric = [
  { id = "housed", name = "Days housed, less days in jail", about = "person", unit = "day" },
  { id = "jail", name = "For the fall in days in jail", about = "cohort", unit = "pound" },
]
price = [{ metric = "housed", amount = 15.12, per = "day" }]
settlement = { dates = [2020-06-30, 2020-12-31] }
[[term]]
id = "housing"
kind = "outcome_payment"
of = "housed"
[[term]]
id = "jail_days"
kind = "outcome_payment"
of = "jail"
amount = 1
[[term]]
id = "most"
kind = "cap"
of = ["housing", "jail_days"]
amount = 11420000
"""
)
DC_WATER = (
    PARTIES
    + """
id = "dc_water"
name = "DC Water"
first_day = 2016-09-29
last_day = 2021-04-01
metric = [{ id = "cut", name = "Fall in runoff", about = "place", unit = "per cent", places = 2 }]
settlement = { every = "once" }
[[term]]
id = "fall"
kind = "measure"
of = "cut"
[[term]]
id = "tiers"
kind = "table"
of = "fall"
below = -3300000
band = [{ at_least = 18.6, value = 0 }, { at_least = 41.31, value = 3300000 }]
"""
)
HEAD = "claim,metric,who,first_day,last_day,units,verdict\n"


def settled(tmp_path, monkeypatch, agreement: str, claims: str, until: str) -> str:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "agreement.toml").write_text(agreement, encoding="utf-8")
    (tmp_path / "claims.csv").write_text(HEAD + claims, encoding="utf-8")
    words = ["settle", "agreement.toml", "claims.csv", "--until", until]
    done = CliRunner().invoke(app, words, env={"COLUMNS": "200"})
    assert done.exit_code == 0, done.output
    return done.output


def of_people(name: str, days: int, first: str, last: str) -> str:
    """Return days shared out evenly between 250 people, a claim each."""
    each, more = divmod(days, 250)
    return "".join(
        f"{name}{i},housed,p{i},{first},{last},{each + (i < more)},verified\n" for i in range(250)
    )


def test_denver_paid_to_the_cent(tmp_path, monkeypatch) -> None:
    claims = (
        of_people("a", 258_858, "2016-01-01", "2020-06-30")
        + of_people("b", 41_070, "2020-07-01", "2020-12-31")
        + "j,jail,all,2016-01-01,2020-12-31,5104000,verified\n"
    )
    said = settled(tmp_path, monkeypatch, DENVER, claims, "2020-12-31")
    assert "Due to investors up to 2020-12-31: US$9,638,911.36" in said
    assert "US$3,913,932.96" in said
    assert f"US${620_978.40 + 5_104_000:,.2f}" in said


@pytest.mark.parametrize(
    ("fall", "due"),
    [
        ("18.59", "from investors up to 2021-04-01: US$3,300,000.00"),
        ("18.6", "to investors up to 2021-04-01: US$0.00"),
        ("41.3", "to investors up to 2021-04-01: US$0.00"),
        ("41.31", "to investors up to 2021-04-01: US$3,300,000.00"),
    ],
)
def test_dc_water_by_tier(tmp_path, monkeypatch, fall: str, due: str) -> None:
    claims = f"c,cut,creek,,2021-03-31,{fall},verified\n"
    said = settled(tmp_path, monkeypatch, DC_WATER, claims, "2021-04-01")
    assert f"Due {due}\n" in said
