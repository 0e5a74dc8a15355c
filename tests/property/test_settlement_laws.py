"""Settlement: the engine equals a slow reference, and laws hold for every agreement."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from slow_settlement import Claim, Slow

from headwater.contracts.agreement import Contract
from headwater.contracts.flows import by_payer
from headwater.contracts.periods import day_number
from headwater.contracts.settle import settle, settlement_periods
from headwater.contracts.tally import Tally

FIRST, LAST = date(2020, 4, 1), date(2023, 9, 30)
METRICS, COHORTS, WHOS = ("a", "b"), ("2020", "2021"), ("p", "q", "r")
SHARES = st.fractions(0, 1, max_denominator=12)
POUNDS = st.integers(0, 3000)


@st.composite
def agreements(draw) -> tuple[Contract, Slow]:
    """Return a random agreement, and the same for the slow reference."""
    mode = draw(st.sampled_from(["half_up", "half_even", "down", "up"]))
    to = draw(st.sampled_from(["penny", "penny", "pound"]))
    price = st.fractions(0, 500, max_denominator=1000)
    prices = {(m, c): draw(price) for m in METRICS for c in COHORTS}
    terms: list[dict[str, Any]] = [
        {"id": "pay_a", "kind": "outcome_payment", "of": ["a"]},
        {"id": "pay_b", "kind": "outcome_payment", "of": ["b"]},
        {"id": "count", "kind": "measure", "of": ["a", "b"], "over": "to_date"},
    ]
    grain, ends = "claim", ["pay_a", "pay_b"]
    for i in range(draw(st.integers(0, 4))):
        term, grain = draw(_next(f"t{i}", grain, ends))
        terms.append(term)
        ends = [term["id"]]
    payers = draw(st.integers(1, 3))
    parts = [Fraction(1, payers)] * payers
    contract = Contract.model_validate(
        {
            "agreement": "contract",
            "id": "any",
            "name": "any",
            "currency": "GBP",
            "first_day": FIRST,
            "last_day": LAST,
            "payee": "x",
            "party": [{"id": "x", "name": "x", "role": "provider"}]
            + [{"id": f"y{i}", "name": "y", "role": "outcome_payer"} for i in range(payers)],
            "payer": [{"party": f"y{i}", "share": str(part)} for i, part in enumerate(parts)],
            "metric": [{"id": m, "name": m, "about": "person", "unit": "one"} for m in METRICS],
            "cohort": [{"id": c, "first_day": FIRST, "last_day": LAST} for c in COHORTS],
            "price": [
                {"metric": m, "cohort": c, "amount": str(p), "per": "one"}
                for (m, c), p in prices.items()
            ],
            "settlement": {
                "every": draw(st.sampled_from(["quarter", "half_year", "year", "once"]))
            },
            "rounding": {"mode": mode, "to": to},
            "term": [_written(term) for term in terms],
        }
    )
    return contract, Slow(terms, prices, mode, to == "pound", FIRST)


def _written(term: dict[str, Any]) -> dict[str, Any]:
    """Return a term as an agreement says it."""
    said = {key: value for key, value in term.items() if key not in {"measure", "at_least"}}
    if term["kind"] == "indexation":
        del said["per"]
    if term["kind"] == "threshold":
        said["test"] = [{"measure": term["measure"], "at_least": term["at_least"]}]
    return said


@st.composite
def _next(draw, name: str, grain: str, ends: list[str]) -> tuple[dict[str, Any], str]:
    """Return a term that takes up what there is, and the grain it gives."""
    coarser = {"claim": ["claim", "who", "all"], "who": ["who", "all"], "all": ["all"]}
    per = draw(st.sampled_from(coarser[grain]))
    spans = ["period", "year", "agreement"] if per != "claim" else ["period"]
    gate = {"measure": "count", "at_least": draw(st.integers(0, 12)), "else_part": draw(SHARES)}
    yearly = draw(st.fractions(0, Fraction(1, 10), max_denominator=100))
    kinds: dict[str, dict[str, Any]] = {
        "deadweight": {"share": draw(SHARES)},
        "cap": {"amount": draw(POUNDS), "within": draw(st.sampled_from(spans))},
        "indexation": {"base": FIRST, "yearly": yearly, "per": grain},
        "threshold": gate | {"missed": "lost"},
        "held": gate | {"kind": "threshold", "missed": "held", "per": "all"},
        "floor": {"amount": draw(POUNDS), "per": "all"},
        "retention": {"share": draw(SHARES), "per": "all"},
    }
    if len(ends) > 1:
        kinds["best_of"] = {"per": draw(st.sampled_from(["who", "all"]))}
    kind = draw(st.sampled_from(sorted(kinds)))
    term = {"id": name, "of": ends, "kind": kind, "per": per} | kinds[kind]
    return term, term["per"]


@st.composite
def claims(draw) -> list[Claim]:
    """Return outcomes of three people over the agreement."""
    count = draw(st.integers(0, 12))
    span = (LAST - FIRST).days
    return [
        Claim(
            i,
            draw(st.sampled_from(METRICS)),
            draw(st.sampled_from(WHOS)),
            draw(st.sampled_from(COHORTS)),
            FIRST + timedelta(days=draw(st.integers(0, span))),
            draw(st.integers(0, 9)),
        )
        for i in range(count)
    ]


def tally_of(rows: list[Claim], units: np.ndarray | None = None) -> Tally:
    """Return claims as the engine reads them; `units` by draw and claim instead of their own."""
    days = np.array([day_number(row.day) for row in rows], dtype=np.int64)
    own = np.array([[row.units for row in rows]], dtype=np.int64)
    return Tally(
        units=own if units is None else units,
        metric=np.array([METRICS.index(row.metric) for row in rows], dtype=np.int64),
        who=np.array([WHOS.index(row.who) for row in rows], dtype=np.int64),
        cohort=np.array([1 + COHORTS.index(row.cohort) for row in rows], dtype=np.int64),
        group=np.zeros(len(rows), dtype=np.int64),
        first_day=days,
        last_day=days,
        counted_on=days,
        source=np.arange(len(rows), dtype=np.int64),
        metrics=METRICS,
        whos=WHOS,
        cohorts=("", *COHORTS),
        groups=("",),
    )


@settings(deadline=None, max_examples=300)
@given(agreements(), claims())
def test_the_engine_is_the_slow_reference_to_the_penny(both, rows):
    contract, slow = both
    ends = [period.last_day for period in settlement_periods(contract)]
    assert settle(contract, tally_of(rows)).total[0].tolist() == slow.settle(rows, ends)


@settings(deadline=None)
@given(agreements(), claims(), st.integers(0, 99))
def test_many_draws_are_each_draw_alone(both, rows, seed):
    contract, _ = both
    units = np.random.default_rng(seed).integers(0, 9, (4, len(rows)))
    together = settle(contract, tally_of(rows, units)).total
    for i in range(4):
        alone = settle(contract, tally_of(rows, units[i : i + 1])).total
        assert np.array_equal(alone[0], together[i])


@settings(deadline=None)
@given(agreements(), claims())
def test_lines_and_payers_add_to_what_is_due(both, rows):
    contract, _ = both
    found = settle(contract, tally_of(rows), with_lines=True)
    by_period = np.zeros(len(found.periods), dtype=np.int64)
    for lines in found.lines:
        by_period[lines.period] += int(lines.pence.sum())
    assert np.array_equal(by_period, found.total[0])
    assert np.array_equal(np.sum(list(by_payer(found).values()), axis=0), found.total)


@settings(deadline=None)
@given(agreements(), claims(), st.randoms(use_true_random=False))
def test_the_order_of_claims_does_not_matter(both, rows, random):
    contract, _ = both
    mixed = list(rows)
    random.shuffle(mixed)
    assert np.array_equal(
        settle(contract, tally_of(rows)).total, settle(contract, tally_of(mixed)).total
    )


@settings(deadline=None)
@given(agreements(), claims())
def test_settling_until_a_day_is_the_beginning_of_settling_all(both, rows):
    contract, _ = both
    whole = settle(contract, tally_of(rows)).total
    for i, period in enumerate(settlement_periods(contract)[:-1]):
        part = settle(contract, tally_of(rows), until=period.last_day).total
        assert np.array_equal(part, whole[:, : i + 1])


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
            "metric": [{"id": "a", "name": "a", "about": "person", "unit": "one"}],
            "price": [{"metric": "a", "amount": "17.77", "per": "one"}],
            "settlement": {"every": "year"},
            "term": [
                {"id": "pay", "kind": "outcome_payment", "of": ["a"]},
                {"id": "less", "kind": "deadweight", "of": ["pay"], "share": "1/6", "per": "all"},
                {"id": "most", "kind": "cap", "of": ["less"], "amount": 140},
            ],
        }
    )
    rows = [Claim(i, "a", "p", "2020", FIRST + timedelta(days=300 * i), 1) for i in range(4)]
    for _ in range(10):
        units = random.integers(0, 9, (100_000, 4))
        found = settle(contract, tally_of(rows, units))
        parts = by_payer(found)
        assert np.array_equal(np.sum(list(parts.values()), axis=0), found.total)
        assert found.total.sum(axis=1).max() <= 14_000
        assert parts["x"].sum(axis=1).max() <= 4_000
        assert parts["z"].sum(axis=1).max() <= 9_000
