"""Laws of the waterfall, and the same to the penny in plain Python."""

from datetime import date
from fractions import Fraction
from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from waterfall_reference import Plain

from headwater.core.money_side import MoneySide, Termination
from headwater.finance.book import POTS
from headwater.finance.capped import factor, grown
from headwater.finance.position import apportion
from headwater.finance.returns import FOUND, irr
from headwater.finance.timeline import Timeline
from headwater.finance.waterfall import Deal, waterfall

PERIODS = 6
POUNDS = st.integers(0, 50_000)
SHARES = st.fractions(0, 1, max_denominator=20)
FEW = settings(deadline=None, max_examples=60)


@st.composite
def instruments(draw) -> list[dict]:
    """Return some of each kind."""

    def loan(name: str, kind: str, **more: object) -> dict:
        return {
            "id": name,
            "kind": kind,
            "party": f"{name}_party",
            "commitment": draw(POUNDS),
            "yearly": draw(SHARES),
            "unpaid": draw(st.sampled_from(["owed", "compounds", "lapses"])),
            "order": draw(st.integers(1, 3)),
            **more,
        }

    at = draw(st.sampled_from(["as_needed", "at_start"]))
    found = [
        loan("senior", "senior", drawn=at),
        loan("junior", "junior"),
        loan("first", "first_loss"),
        loan("fee", "deferred_fee", party="provider"),
        loan("note", "protected_note", protected=draw(SHARES), protector="state"),
        loan("equity", "equity_note"),
        loan(
            "coupon_note",
            "performance_coupon",
            fixed_until=date(2026, 12, 31),
            share=draw(SHARES),
            most_yearly=draw(SHARES),
        ),
        {
            "id": "part",
            "kind": "revenue_participation",
            "party": "angel",
            "commitment": draw(POUNDS),
            "share": draw(SHARES),
            "most_times": draw(st.fractions(0, 3, max_denominator=10)),
        },
        {"id": "gift", "kind": "grant", "party": "trust", "commitment": draw(POUNDS)},
    ]
    kept = [one for one in found if draw(st.booleans())]
    covers = [one["id"] for one in kept if one["id"] not in {"part", "gift"}]
    if covers:
        more = {"covers": covers, "share": draw(SHARES), "commitment": draw(POUNDS)}
        kept.append({"id": "promise", "kind": "guarantee", "party": "guarantor", **more})
    return kept or found[:1]


@st.composite
def deals(draw) -> Deal:
    """Return a money side whose steps stand in any order."""
    held = draw(instruments())
    names = [one["id"] for one in held if one["kind"] not in {"grant", "guarantee"}]
    lent = [name for name in names if name != "part"]
    steps: list[dict] = [
        {"id": "fees", "action": "costs"},
        {"id": "late", "action": "arrears"},
        {"id": "keep", "action": "recycle", "limit": draw(POUNDS)},
        {"id": "fill", "action": "reserve"},
        {"id": "success", "action": "bonus", "to": "provider", "limit": draw(POUNDS)},
    ]
    if names:
        one = draw(st.sampled_from(names))
        steps += [
            {"id": "coupon", "action": "interest", "of": names},
            {
                "id": "rest",
                "action": "split",
                "part": [{"to": one, "share": "1/3"}, {"to": "council", "share": "1/2"}],
            },
        ]
    steps += [{"id": f"repay_{n}", "action": "principal", "of": n} for n in lent]
    steps = draw(st.permutations(steps))
    for step in steps:
        step["share"] = draw(st.sampled_from([1, 1, "2/3"]))
        step["within"] = draw(st.sampled_from(["period", "agreement"]))
        if lent and draw(st.booleans()):
            step["condition"] = {"repaid": draw(st.lists(st.sampled_from(lent), max_size=2))}
    return _deal(
        {
            "instrument": held,
            "cost": [
                {"id": "delivery", "to": "provider", "amount": draw(POUNDS), "every": "quarter"},
                {
                    "id": "management",
                    "to": "manager",
                    "amount": draw(st.integers(0, 5000)),
                    "every": "quarter",
                    "paid": "end",
                },
            ],
            "waterfall": steps,
            "reserve": {"target": draw(POUNDS), "pays": ["delivery", "coupon", "fees"]},
            "return_cap": draw(
                st.none()
                | st.builds(lambda r, m: {"yearly": r, "most_times": m}, SHARES, st.integers(1, 3))
            ),
        }
    )


def _deal(side: dict) -> Deal:
    timeline = Timeline(date(2026, 4, 1), 3, PERIODS)
    return Deal(MoneySide.model_validate(side), timeline, date(2027, 9, 30), "council")


def receipts_from(least: int, most: int):
    row = st.lists(st.integers(least, most), min_size=PERIODS, max_size=PERIODS)
    return st.lists(row, min_size=1, max_size=3).map(lambda rows: np.array(rows, dtype=np.int64))


PAID = receipts_from(-(10**6), 10**7)


def receipts_like(paid):
    numbers = st.integers(-(10**6), 10**6)
    row = st.lists(numbers, min_size=PERIODS, max_size=PERIODS)
    rows = st.lists(row, min_size=len(paid), max_size=len(paid))
    return rows.map(lambda rows: np.array(rows, dtype=np.int64))


@st.composite
def early_ends(draw, deal: Deal) -> Termination | None:
    """Return no early end, or one on any day, after which a part of some capital comes back."""
    kinds = {"grant", "guarantee", "revenue_participation"}
    owed = [one.id for one in deal.side.instrument if one.kind not in kinds]
    if not owed or draw(st.booleans()):
        return None
    days = st.dates(date(2026, 4, 1), date(2027, 9, 30))
    steps = sorted(draw(st.sets(days, min_size=1, max_size=3)))
    said = {
        "id": "stops",
        "on": draw(days),
        "of": draw(st.lists(st.sampled_from(owed), min_size=1, unique=True)),
        "payer": "payer",
        "capital_back": [{"first_day": day, "share": draw(SHARES)} for day in steps],
    }
    return Termination.model_validate(said)


@FEW
@given(deals(), PAID, st.data())
def test_every_penny_is_that_of_plain_python(deal, paid, data):
    ended = data.draw(early_ends(deal))
    receipts = {"payer": paid, "another": data.draw(receipts_like(paid))}
    flowed = waterfall(deal, receipts, ended=ended)
    parties = {m.source for m in flowed.movements} | {m.target for m in flowed.movements}
    for draw in range(len(paid)):
        rows = {payer: pence[draw].tolist() for payer, pence in receipts.items()}
        plain = Plain(deal, rows, ended)
        for name in (one.id for one in deal.side.instrument):
            assert flowed.of_instrument(name)[draw].sum() == plain.instrument[name], name
            assert flowed.lost[name][draw] == plain.capital[name]
            assert flowed.unpaid_interest[name][draw] == plain.interest[name]
        for party in parties - set(POTS):
            assert flowed.of_party(party)[draw].sum() == plain.net[party], party
        assert flowed.arrears[draw, -1] == sum(plain.arrears.values())
        assert flowed.owed_to_payers[draw] == sum(plain.back.values())


@FEW
@given(deals(), PAID)
def test_cash_out_is_cash_in_at_every_moment(deal, paid):
    flowed = waterfall(deal, {"payer": paid})
    parties = {m.source for m in flowed.movements} | {m.target for m in flowed.movements}
    outside = sum((flowed.of_party(p) for p in parties - set(POTS)), np.zeros(1, np.int64))
    inside = sum((flowed.of_party(p) for p in POTS), np.zeros(1, np.int64))
    assert np.all(outside + inside == 0)
    assert np.all(np.cumsum(inside, axis=-1) >= 0)
    assert np.all(np.sum(outside, axis=-1) == 0)


@FEW
@given(deals(), PAID)
def test_nobody_draws_more_than_is_committed_or_is_repaid_more_than_is_drawn(deal, paid):
    flowed = waterfall(deal, {"payer": paid})
    for one in deal.side.instrument:
        assert np.all(flowed.drawn[one.id] <= int(one.commitment * 100))
        assert np.all(flowed.drawn[one.id] >= 0)
        assert np.all((flowed.lost[one.id] >= 0) & (flowed.lost[one.id] <= flowed.drawn[one.id]))
        repaid = sum(
            (m.pence for m in flowed.movements if m.what == f"repay_{one.id}"),
            np.zeros(flowed.draws, np.int64),
        )
        assert np.all(repaid <= flowed.drawn[one.id])


@FEW
@given(deals(), PAID)
def test_no_return_passes_its_cap(deal, paid):
    cap = deal.side.return_cap
    if cap is None:
        return
    flowed = waterfall(deal, {"payer": paid})
    made_good = {m.into for m in flowed.movements if m.what == "made good"}
    growth = (1 + cap.yearly) ** Fraction(1, 4)
    for one in deal.side.instrument:
        if one.kind in {"grant", "guarantee"} or one.id in made_good:
            continue
        net = flowed.of_instrument(one.id)
        later = np.array([growth ** (PERIODS - m) for m in range(PERIODS + 1)])
        assert np.all((net * later).sum(axis=1) <= 1e-3 + 1e-9 * np.abs(net).sum(axis=1))
        assert np.all(
            net.sum(axis=1) + flowed.drawn[one.id] <= flowed.drawn[one.id] * cap.most_times
        )


@st.composite
def strict(draw) -> Deal:
    """Return a strict waterfall: all drawn at the start, no interest, each before the next."""
    names = ("senior", "junior", "first_loss")
    return _deal(
        {
            "instrument": [
                {
                    "id": name,
                    "kind": name,
                    "party": f"{name}_party",
                    "commitment": draw(POUNDS),
                    "drawn": "at_start",
                }
                for name in names
            ],
            "cost": [
                {"id": "delivery", "to": "provider", "amount": draw(POUNDS), "every": "quarter"}
            ],
            "waterfall": [
                {"id": "late", "action": "arrears"},
                *({"id": f"repay_{n}", "action": "principal", "of": n} for n in names),
                {"id": "rest", "action": "split", "part": [{"to": "first_loss", "share": "1/2"}]},
            ],
        }
    )


NEVER_BACK = receipts_from(0, 10**7)


@FEW
@given(deals(), PAID)
def test_nothing_is_left_over_while_a_payer_or_a_cost_is_owed(deal, paid):
    flowed = waterfall(deal, {"payer": paid})
    left = sum(
        (m.pence for m in flowed.movements if m.what == "left over"),
        np.zeros(flowed.draws, np.int64),
    )
    owed = flowed.owed_to_payers + flowed.arrears[:, -1]
    assert np.all((left == 0) | (owed == 0))


@FEW
@given(strict(), NEVER_BACK)
def test_the_next_gets_nothing_while_the_one_before_is_owed(deal, paid):
    flowed = waterfall(deal, {"payer": paid})
    order = ("senior", "junior", "first_loss")
    for before, after in pairwise(order):
        got = flowed.of_instrument(after).clip(min=0).sum(axis=1)
        assert np.all(got[flowed.lost[before] > 0] == 0)


@FEW
@given(strict(), NEVER_BACK, st.integers(0, PERIODS - 1), st.integers(1, 10**7))
def test_more_receipts_never_hurt_anybody(deal, paid, period, more):
    raised = paid.copy()
    raised[:, period] += more
    before, after = (waterfall(deal, {"payer": each}) for each in (paid, raised))
    for party in ("senior_party", "junior_party", "first_loss_party", "provider", "council"):
        gained = (after.of_party(party) - before.of_party(party)).cumsum(axis=1)
        assert np.all(gained[:, -1] >= 0), party


@FEW
@given(deals(), PAID)
def test_draws_do_not_know_of_each_other(deal, paid):
    together = waterfall(deal, {"payer": paid})
    for i in range(len(paid)):
        alone = waterfall(deal, {"payer": paid[i : i + 1]})
        for one in deal.side.instrument:
            assert np.array_equal(alone.of_instrument(one.id)[0], together.of_instrument(one.id)[i])


@FEW
@given(strict(), NEVER_BACK)
def test_recycling_never_raises_what_is_drawn(deal, paid):
    side = deal.side.model_dump()
    for one in side["instrument"]:
        one["drawn"] = "as_needed"
    without = _deal(side)
    keep = {"id": "keep", "action": "recycle"}
    with_it = _deal(side | {"waterfall": [keep, *side["waterfall"]]})
    drawn = [
        sum(waterfall(each, {"payer": paid}).drawn.values(), np.zeros(len(paid), np.int64))
        for each in (without, with_it)
    ]
    assert np.all(drawn[1] <= drawn[0])


@given(st.integers(0, 2**40 - 1), st.fractions(0, 1, max_denominator=400), st.integers(1, 24))
def test_growth_is_the_exact_product_rounded_down_and_never_above_the_truth(pence, yearly, months):
    by = factor(yearly, months)
    assert by**12 <= (1 + yearly) ** months
    assert int(grown(np.array([pence]), by)[0]) == pence * by.numerator // by.denominator


@given(st.lists(st.integers(0, 10**11), min_size=1, max_size=5), st.integers(0, 10**12))
def test_parts_add_to_the_amount_and_nobody_gets_more_than_it_wants(wanted, amount):
    parts = apportion(np.array([amount]), np.array(wanted)[:, None])[:, 0]
    assert parts.sum() == min(amount, sum(wanted))
    assert all(0 <= part <= want for part, want in zip(parts, wanted, strict=True))


@settings(deadline=None)
@given(st.lists(st.integers(1, 10**6), min_size=2, max_size=40), st.floats(-0.4, 0.6))
def test_a_found_rate_discounts_flows_to_nothing(back, rate):
    flows = np.array([0.0, *back])
    flows[0] = -float(np.sum(flows[1:] / (1 + rate) ** np.arange(1, len(flows))))
    found, flag = irr(flows[np.newaxis])
    assert flag[0] == FOUND
    assert abs(found[0] - rate) < 1e-9


@settings(deadline=None)
@given(st.lists(st.integers(-(10**5), 10**5), min_size=2, max_size=12))
def test_where_a_rate_is_found_no_other_fits_on_its_side_of_nought(flows):
    (rate,), (flag,) = irr(np.array([flows], dtype=float))
    if flag != FOUND:
        return
    roots = np.roots(np.trim_zeros(np.array(flows, dtype=float)))
    real = roots[(np.abs(roots.imag) < 1e-9 * np.abs(roots)) & (roots.real > 0)].real - 1.0
    same_side = real[(real > 0) == (rate > 0)]
    assert len(same_side) == 0 or np.all(np.abs(same_side - rate) < 1e-4 * (1 + abs(rate)))
