"""Settlement: the engine equals a slow reference, and laws hold for every agreement."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_agreements import (
    agreements,
    claims,
    contract_of,
    outcomes_of,
)
from random_terms import FIRST, LAST, METRICS, MONOTONE
from slow_settlement import Slow
from slow_values import Claim, parts, rounded

from headwater.contracts.agreement import Contract
from headwater.contracts.flows import by_payer, flows
from headwater.contracts.post import line_blocks
from headwater.contracts.settle import settle, settlement_periods

RARE = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
usual = settings.default.max_examples  # 100, or 300 with `--hypothesis-profile=thorough`
many = settings(deadline=None, max_examples=2 * usual, suppress_health_check=RARE)
few = settings(deadline=None, max_examples=usual // 2, suppress_health_check=RARE)


@many
@given(agreements(), claims())
def test_the_engine_is_the_slow_reference_to_the_penny(said, rows) -> None:
    _as_the_slow_reference(said, rows)


TO_DATE = frozenset({"measure", "outcome_payment", "table", "share_of_saving", "deadweight"})


@many
@given(agreements(TO_DATE, 5, 2), claims(15, late=400))
def test_units_to_date_are_worth_what_the_terms_of_their_day_give(said, rows) -> None:
    _as_the_slow_reference(said, rows)


def _as_the_slow_reference(said, rows) -> None:
    found = settle(contract_of(said), outcomes_of(rows), with_lines=True)
    slow = Slow(said, rows)
    assert found.total[0].tolist() == slow.settle()
    added: dict[tuple[int, str], int] = {}
    for lines in found.lines:
        key = lines.period, lines.term
        added[key] = added.get(key, 0) + int(lines.pence.sum())
    by_hand: dict[tuple[int, str], int] = {}
    for period, term, pence in slow.lines:
        by_hand[period, term] = by_hand.get((period, term), 0) + pence
    assert added == by_hand


@few
@given(agreements(), claims())
def test_payers_pay_what_the_slow_reference_says(said, rows) -> None:
    found = settle(contract_of(said), outcomes_of(rows))
    shares = [payer["share"] for payer in said["payer"]]
    most = [p["most"] if p["most"] is None else int(p["most"] * 100) for p in said["payer"]]
    by_hand = parts(shares, most, found.total[0].tolist())
    paid = by_payer(found)
    columns = [paid[payer["party"]][0].tolist() for payer in said["payer"]]
    assert [list(part) for part in zip(*columns, strict=True)] == by_hand


@few
@given(agreements(), claims(), st.integers(0, 99))
def test_many_draws_are_each_draw_alone(said, rows, seed) -> None:
    contract = contract_of(said)
    units = np.random.default_rng(seed).integers(0, 9, (4, len(rows)))
    together = settle(contract, outcomes_of(rows, units)).total
    for i in range(4):
        alone = settle(contract, outcomes_of(rows, units[i : i + 1])).total
        assert np.array_equal(alone[0], together[i])


@few
@given(agreements(), claims())
def test_lines_and_payers_add_to_what_is_due(said, rows) -> None:
    found = settle(contract_of(said), outcomes_of(rows), with_lines=True)
    by_period = np.zeros(len(found.periods), dtype=np.int64)
    for lines in found.lines:
        by_period[lines.period] += int(lines.pence.sum())
    assert np.array_equal(by_period, found.total[0])
    assert np.array_equal(np.sum(list(by_payer(found).values()), axis=0), found.total)
    assert np.array_equal(np.sum(list(found.added.values()), axis=0), found.total)
    paid: dict[str, int] = {}
    for block in line_blocks(found):
        assert np.array_equal(block.parts.sum(axis=0), block.pence)
        for payer, pence in zip(block.flow.payers, block.parts.sum(axis=1).tolist(), strict=True):
            paid[payer] = paid.get(payer, 0) + pence
    in_all = {payer: int(pence.sum()) for payer, pence in by_payer(found).items()}
    assert {p: n for p, n in paid.items() if n} == {p: n for p, n in in_all.items() if n}


@few
@given(agreements(), claims())
def test_no_payer_pays_more_than_its_most_nor_far_from_its_share(said, rows) -> None:
    contract = contract_of(said)
    found = settle(contract, outcomes_of(rows))
    flow = flows(contract)["t0"]
    paid = by_payer(found)
    for payer, share, most in zip(flow.payers, flow.shares, flow.most, strict=True):
        running = np.cumsum(paid[payer][0])
        if most is not None and (found.total >= 0).all():
            assert running.max(initial=0) <= most
        if all(limit is None for limit in flow.most):
            for pence, total in zip(paid[payer][0].tolist(), found.total[0].tolist(), strict=True):
                assert abs(pence - total * share) <= 1


@few
@given(agreements(), claims(), st.randoms(use_true_random=False))
def test_the_order_of_claims_does_not_matter(said, rows, random) -> None:
    contract, mixed = contract_of(said), [*rows]
    random.shuffle(mixed)
    mixed = [replace(row, name=i) for i, row in enumerate(mixed)]
    assert np.array_equal(
        settle(contract, outcomes_of(rows)).total, settle(contract, outcomes_of(mixed)).total
    )


@few
@given(agreements(), claims())
def test_settling_until_a_day_is_the_beginning_of_settling_all(said, rows) -> None:
    contract = contract_of(said)
    whole = settle(contract, outcomes_of(rows)).total
    for i, period in enumerate(settlement_periods(contract)[:-1]):
        part = settle(contract, outcomes_of(rows), until=period.last_day).total
        assert np.array_equal(part, whole[:, : i + 1])


@few
@given(agreements(), claims())
def test_claims_of_no_units_change_nothing(said, rows) -> None:
    # But at a floor or a table by claim, where a claim of nothing is a cell of its own.
    if any(term["kind"] in {"floor", "table"} for term in said["term"]):
        return
    if any(measure["where"].get("least_units") == 0 for measure in said["term"]):
        return
    contract = contract_of(said)
    nothing = [replace(row, name=100 + row.name, units=Fraction(0)) for row in rows]
    if any(term["kind"] == "measure" and term["how"] != "sum" for term in said["term"]):
        return
    assert np.array_equal(
        settle(contract, outcomes_of(rows)).total,
        settle(contract, outcomes_of(rows + nothing)).total,
    )


@few
@given(agreements(frozenset({"cap"}), 5), claims())
def test_no_cap_is_passed_in_any_cell(said, rows) -> None:
    said["variation"] = []
    contract = contract_of(said)
    found = settle(contract, outcomes_of(rows), with_lines=True)
    for term in said["term"]:
        if term["kind"] == "cap" and not (term.get("first_day") or term.get("last_day")):
            paid: dict[object, int] = {}
            for lines in found.lines:
                if lines.term == term["id"]:
                    period = found.periods[lines.period]
                    year = (period.last_day.year, period.last_day.month >= FIRST.month)
                    spans = {"period": lines.period, "year": year, "agreement": 0}
                    for code, pence in zip(
                        lines.codes.tolist(), lines.column.values[0].tolist(), strict=True
                    ):
                        key = spans[term["within"]], code
                        paid[key] = paid.get(key, 0) + pence
            assert max(paid.values(), default=0) <= term["amount"] * 100


@few
@given(agreements(frozenset(MONOTONE - {"deadweight"}), 5), claims(), st.data())
def test_more_of_an_outcome_is_never_worth_less(said, rows, data) -> None:
    # Under payments, caps, floors, instalments and fixed sums; a filter or a condition may turn it.
    for term in said["term"]:
        term["where"] = {}
    said["variation"] = []
    contract = contract_of(said)
    more = [
        replace(row, units=row.units + data.draw(st.integers(0, 3), label="more")) for row in rows
    ]
    before = int(settle(contract, outcomes_of(rows)).total.sum())
    assert int(settle(contract, outcomes_of(more)).total.sum()) >= before


@given(st.fractions(-9, 9), st.sampled_from(["half_up", "half_even", "down", "up"]))
def test_rounding_moves_a_number_by_less_than_one(number, mode) -> None:
    assert abs(rounded(number, mode) - number) < 1


def test_a_million_random_settlements_conserve_money_to_the_penny():
    # A thousand agreements' worth of draws: payers' parts add to what is due in every one.
    random = np.random.default_rng(1)
    contract = Contract.model_validate(
        {
            "agreement": "contract",
            "id": "any",
            "name": "any",
            "currency": "GBP",
            "first_day": FIRST,
            "last_day": LAST,
            "payee": "x",
            "party": [
                {"id": name, "name": name, "role": "outcome_payer"} for name in ("x", "y", "z")
            ],
            "payer": [
                {"party": "x", "share": "1/3", "most": 40},
                {"party": "y", "share": "1/7"},
                {"party": "z", "share": "11/21", "most": 90},
            ],
            "metric": [
                {"id": name, "name": name, "about": "person", "unit": "one"} for name in METRICS
            ],
            "price": [{"metric": "a", "amount": "17.77", "per": "one"}],
            "settlement": {"every": "year"},
            "term": [
                {"id": "pay", "kind": "outcome_payment", "of": ["a"]},
                {"id": "less", "kind": "deadweight", "of": ["pay"], "share": "1/6", "per": "all"},
                {"id": "most", "kind": "cap", "of": ["less"], "amount": 140},
            ],
        }
    )
    days = [FIRST + timedelta(days=300 * i) for i in range(4)]
    rows = [Claim(i, "a", "p", "c1", "g1", day, day, Fraction(1)) for i, day in enumerate(days)]
    for _ in range(10):
        units = random.integers(0, 9, (100_000, len(rows)))
        found = settle(contract, outcomes_of(rows, units))
        parts = by_payer(found)
        assert np.array_equal(np.sum(list(parts.values()), axis=0), found.total)
        assert found.total.sum(axis=1).max() <= 14_000
        assert parts["x"].sum(axis=1).max() <= 4_000
        assert parts["z"].sum(axis=1).max() <= 9_000
