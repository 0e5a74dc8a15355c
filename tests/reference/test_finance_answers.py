"""Waterfalls and returns against published deals, and rates against another library."""

from datetime import date

import numpy as np
import pytest
import pyxirr

from headwater.core.money_side import MoneySide, Termination
from headwater.finance.returns import (
    FLAGS,
    FOUND,
    NO_CHANGE,
    NO_FLOWS,
    SEVERAL,
    expected_shortfall,
    first_cash,
    irr,
    returns,
    yearly,
)
from headwater.finance.timeline import Timeline
from headwater.finance.waterfall import Deal, Flowed, waterfall


def run(side: dict, receipts: list[int], first_day: date = date(2012, 8, 1), **more) -> Flowed:
    """Return a deal of whole years, its receipts in pounds."""
    timeline = Timeline(first_day, 12, len(receipts))
    deal = Deal(MoneySide.model_validate(side), timeline, timeline.end(len(receipts) - 1), "payer")
    return waterfall(deal, {"payer": np.array([receipts], dtype=np.int64) * 100}, **more)


def net(flowed: Flowed, name: str) -> float:
    return float(flowed.of_instrument(name).sum()) / 100


RIKERS = {
    # Committed 9.6m, drawn 7.2m before the end; 6.0m of the guarantee stood behind what was drawn.
    "instrument": [
        {"id": "loan", "kind": "senior", "party": "goldman", "commitment": 9_600_000},
        {
            "id": "guarantee",
            "kind": "guarantee",
            "party": "bloomberg",
            "commitment": 6_000_000,
            "covers": "loan",
        },
    ],
    "cost": [{"id": "service", "to": "mdrc", "amount": 2_400_000, "every": "year"}],
    "waterfall": [{"id": "repay", "action": "principal", "of": "loan"}],
}


def test_rikers_7_2_million_drawn_6_0_million_guaranteed_1_2_million_lost():
    flowed = run(RIKERS, [0, 0, 0])
    assert flowed.drawn["loan"][0] == 720_000_000
    assert net(flowed, "guarantee") == -6_000_000
    assert net(flowed, "loan") == -1_200_000
    assert flowed.lost["loan"][0] == 120_000_000


NEWPIN = {
    "instrument": [
        {
            "id": "bond",
            "kind": "equity_note",
            "party": "holders",
            "commitment": 7_000_000,
            "drawn": "at_start",
        }
    ],
    "cost": [{"id": "service", "to": "burnside", "amount": 1_000_000, "every": "year"}],
    "waterfall": [{"id": "repay", "action": "principal", "of": "bond"}],
}
STEPS = [
    {"first_day": date(2017, 6, 30), "share": "75%"},
    {"first_day": date(2018, 6, 30), "share": "50%"},
]


@pytest.mark.parametrize(("on", "back"), [(date(2017, 6, 30), 0.75), (date(2019, 6, 30), 0.5)])
def test_newpin_gives_back_75_then_50_per_cent_at_an_early_end(on, back):
    end = Termination.model_validate(
        {
            "id": "redeemed",
            "on": on,
            "by": "nsw",
            "of": "bond",
            "payer": "nsw",
            "capital_back": STEPS,
        }
    )
    costly = NEWPIN | {"cost": [NEWPIN["cost"][0] | {"amount": 1_750_000}]}
    flowed = run(costly, [0] * 7, date(2013, 7, 1), ended=end)
    assert net(flowed, "bond") == -7_000_000 * (1 - back)


def test_capital_not_yet_spent_counts_towards_what_is_given_back():
    # After four years 4.0m of 7.0m is spent: 3.0m comes back from the trust, 2.25m from the state.
    end = Termination.model_validate(
        {
            "id": "redeemed",
            "on": date(2017, 6, 30),
            "by": "nsw",
            "of": "bond",
            "payer": "nsw",
            "capital_back": STEPS,
        }
    )
    flowed = run(NEWPIN, [0] * 7, date(2013, 7, 1), ended=end)
    assert flowed.of_party("nsw").sum() == -225_000_000
    assert net(flowed, "bond") == -1_750_000


def roca() -> dict:
    """Return 21.76m: senior 9.0, juniors 2 × 1.5, grants 6.0, deferred fees 3.76."""
    loans = [("senior", "senior", 9_000_000, "goldman", "5%")]
    loans += [("kresge", "junior", 1_500_000, "kresge", "2%")]
    loans += [("living_cities", "junior", 1_500_000, "living_cities", "2%")]
    instruments = [
        {"id": n, "kind": k, "commitment": c, "party": p, "yearly": y, "order": 3 - (k == "junior")}
        for n, k, c, p, y in loans
    ]
    fees = {"id": "fees", "kind": "deferred_fee", "party": "roca", "commitment": 3_760_000}
    grant = {"id": "grants", "kind": "grant", "party": "donors", "commitment": 6_000_000}
    return {
        "instrument": [*instruments, fees, grant],
        "cost": [{"id": "service", "to": "roca", "amount": 21_760_000, "on": [date(2014, 1, 1)]}],
        "waterfall": [
            {"id": "senior_interest", "action": "interest", "of": "senior"},
            {"id": "senior_back", "action": "principal", "of": "senior"},
            {"id": "junior_back", "action": "principal", "of": ["kresge", "living_cities"]},
            {"id": "fees_back", "action": "principal", "of": "fees"},
        ],
    }


def test_rocas_stack_adds_to_what_was_raised():
    flowed = run(roca(), [0], date(2014, 1, 1))
    assert sum(int(pence[0]) for pence in flowed.drawn.values()) == 2_176_000_000
    assert flowed.arrears[0, -1] == 0


@pytest.mark.parametrize(
    ("paid", "senior", "junior", "fees"),
    [
        (0, -9_000_000, -1_500_000, -3_760_000),
        (5_000_000, -4_000_000, -1_500_000, -3_760_000),
        (9_450_000, 450_000, -1_500_000, -3_760_000),
        (11_450_000, 450_000, -500_000, -3_760_000),
        (27_000_000, 450_000, 0, 0),
    ],
)
def test_rocas_receipts_reach_senior_then_juniors_alike_then_the_providers_fees(
    paid, senior, junior, fees
):
    flowed = run(roca(), [paid], date(2014, 1, 1))
    assert net(flowed, "senior") == senior
    assert net(flowed, "kresge") == net(flowed, "living_cities") == junior
    assert net(flowed, "fees") == fees
    assert net(flowed, "grants") == -6_000_000


def test_two_classes_of_one_note_the_protected_loses_nothing():
    side = {
        "instrument": [
            {
                "id": "protected",
                "kind": "protected_note",
                "party": "savers",
                "commitment": 7_500_000,
                "protector": "state",
                "drawn": "at_start",
            },
            {
                "id": "equity",
                "kind": "equity_note",
                "party": "funds",
                "commitment": 2_500_000,
                "drawn": "at_start",
            },
        ],
        "cost": [
            {"id": "service", "to": "provider", "amount": 10_000_000, "on": [date(2013, 10, 4)]}
        ],
        "waterfall": [{"id": "back", "action": "principal", "of": ["protected", "equity"]}],
    }
    flowed = run(side, [0, 0, 4_000_000], date(2013, 10, 4))
    assert net(flowed, "protected") == 0
    assert net(flowed, "equity") == -1_500_000
    assert flowed.of_party("state").sum() == -450_000_000


def test_a_fixed_coupon_then_one_from_what_there_is():
    # Aspire: 2% a year on 9m, and then what the trust has, here at most 8.5%.
    side = {
        "instrument": [
            {
                "id": "bond",
                "kind": "performance_coupon",
                "party": "holders",
                "commitment": 9_000_000,
                "yearly": "2%",
                "fixed_until": date(2019, 6, 30),
                "most_yearly": "8.5%",
                "drawn": "at_start",
            }
        ],
        "cost": [{"id": "service", "to": "hutt", "amount": 9_000_000, "on": [date(2017, 7, 1)]}],
        "waterfall": [{"id": "coupon", "action": "interest", "of": "bond"}],
    }
    flowed = run(side, [500_000, 180_000, 400_000, 2_000_000], date(2017, 7, 1))
    assert (flowed.of_instrument("bond")[0, 1:] // 100).tolist() == [
        180_000,
        180_000,
        # 320,000 of the first year waits in the account: 720,000 in the third.
        720_000,
        765_000,
    ]


def test_educate_girls_144_085_on_270_000_is_15_3_per_cent_over_three_years():
    side = {
        "instrument": [
            {
                "id": "capital",
                "kind": "equity_note",
                "party": "ubs",
                "commitment": 270_000,
                "drawn": "at_start",
            }
        ],
        "cost": [
            {"id": "service", "to": "educate_girls", "amount": 270_000, "on": [date(2015, 7, 1)]}
        ],
        "waterfall": [
            {"id": "back", "action": "principal", "of": "capital"},
            {"id": "rest", "action": "split", "part": [{"to": "capital", "share": 1}]},
        ],
    }
    flowed = run(side, [0, 0, 414_085], date(2015, 7, 1))
    found = returns(flowed.of_instrument("capital"), periods_a_year=1)
    assert found.rate[0] == pytest.approx((414_085 / 270_000) ** (1 / 3) - 1, abs=1e-14)
    assert round(100 * found.rate[0], 1) == 15.3
    # Its cap of 15% would have let through 410,636.25.
    capped = run(side | {"return_cap": {"yearly": "15%"}}, [0, 0, 414_085], date(2015, 7, 1))
    assert capped.of_instrument("capital")[0, -1] == 41_063_625


def test_rates_are_another_librarys_to_twelve_places():
    random = np.random.default_rng(3)
    flows = np.zeros((2000, 40))
    flows[:, :8] = -random.integers(1, 10**6, (2000, 8))
    flows[:, 8:] = random.integers(0, 10**6, (2000, 32))
    flows[:500, 8:] //= 40
    rates, flags = irr(flows)
    assert np.all(flags == FOUND)
    theirs = np.array([pyxirr.irr(row) for row in flows])
    assert np.max(np.abs(rates - theirs)) < 1e-12


def test_what_has_no_rate_says_so():
    rows = [[0.0, 0, 0, 0], [1.0, 2, 3, 0], [-100.0, 230, -132, 0], [-5.0, 0, 0, 0]]
    rates, flags = irr(np.array(rows))
    assert flags.tolist() == [NO_FLOWS, NO_CHANGE, SEVERAL, NO_CHANGE]
    assert np.isnan(rates[[0, 1, 3]]).all()
    assert FLAGS[SEVERAL].startswith("several rates")


def test_one_rate_above_nought_is_found_though_signs_change_often():
    rates, flags = irr(np.array([[-100.0, 60, -10, 120]]))
    assert flags[0] == FOUND
    assert rates[0] == pytest.approx(pyxirr.irr([-100, 60, -10, 120]), abs=1e-12)


@pytest.mark.parametrize(
    "flows",
    [
        # Drawn in parts, with interest between, and less back than was given.
        [-100.0, 30, -50, 90],
        [-1000.0, 50, 50, -200, 400, 20, 0, 0],
        # The same seen from the other side.
        [100.0, -30, 50, -90],
    ],
)
def test_a_loss_has_its_rate_where_money_is_out_at_it_from_first_to_last(flows):
    rates, flags = irr(np.array([flows]))
    assert flags[0] == FOUND
    assert rates[0] == pytest.approx(pyxirr.irr(flows), abs=1e-10)


def test_two_rates_are_never_called_one():
    # Both 10% and 20% fit, and money is out at first and in later at either.
    _, flags = irr(np.array([[-100.0, 230, -132], [100.0, -230, 132]]))
    assert flags.tolist() == [SEVERAL, SEVERAL]


def test_a_rate_of_quarters_is_compounded_to_a_year():
    assert yearly(np.array([0.02]), 4)[0] == pytest.approx(1.02**4 - 1)


def test_the_worst_tenth_and_the_first_cash():
    assert expected_shortfall(np.arange(-50, 50)) == np.mean(np.arange(-50, -40))
    assert first_cash(np.array([[-1, 0, 2], [-1, 0, 0]])).tolist() == [2, -1]


def test_a_reserve_adds_only_what_the_steps_own_part_of_the_cash_lacks():
    side = {
        "instrument": [
            {
                "id": "loan",
                "kind": "senior",
                "party": "bank",
                "commitment": 1000,
                "yearly": "10%",
                "drawn": "at_start",
            }
        ],
        "cost": [{"id": "service", "to": "provider", "amount": 1000, "on": [date(2020, 1, 1)]}],
        "reserve": {"target": 30, "pays": ["interest"]},
        "waterfall": [
            {"id": "first", "action": "reserve"},
            {"id": "interest", "action": "interest", "of": "loan", "share": "50%"},
            {"id": "fee", "action": "bonus", "to": "provider"},
        ],
    }
    flowed = run(side, [130, 60, 0], date(2020, 1, 1))
    paid = flowed.of_instrument("loan")[0, 1:] // 100
    # Year 1: of 130, 30 go aside; half of the other 100 and the 30 are interest. Year 2: of 60, 30
    # go aside; half of the other 30 and the 30 are interest. The rest is the provider's.
    assert paid.tolist()[:2] == [80, 45]
    assert flowed.of_party("provider")[0, 1:3].tolist() == [5000, 1500]


def test_payers_have_back_what_is_released_before_anybody_else():
    side = NEWPIN | {"reserve": {"target": 100, "pays": []}}
    side["waterfall"] = [{"id": "first", "action": "reserve"}, *NEWPIN["waterfall"]]
    side["cost"] = [NEWPIN["cost"][0] | {"amount": 3_500_000}]
    side["cost"][0] |= {"every": None, "on": [date(2013, 7, 1), date(2014, 7, 1)]}
    flowed = run(side, [100, -100], date(2013, 7, 1))
    assert flowed.of_party("payer").sum() == 0
    assert flowed.owed_to_payers[0] == 0
    assert net(flowed, "bond") == -7_000_000
