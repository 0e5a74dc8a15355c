"""Laws of the waterfall: money is conserved, order is kept, nobody gets more than is due."""

from datetime import date
from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.core.instrument import Action, Cost, Instrument, Reserve
from headwater.finance.returns import FOUND, irr
from headwater.finance.waterfall import PAYER, Structure, waterfall

FIRST = date(2020, 4, 1)
ENDS = tuple(date(2020 + (m + 2) // 12, (m + 2) % 12 + 1, 28) for m in range(4, 24, 3))
POUNDS = st.integers(0, 500_000)


@st.composite
def structures(draw) -> Structure:
    """Return a strict waterfall: interest and capital of the senior, then of the junior."""
    rate = st.fractions(0, Fraction(1, 5), max_denominator=100)
    senior = Instrument(
        id="senior",
        kind="senior",
        party="a",
        commitment=Fraction(draw(POUNDS)),
        yearly=draw(rate),
        drawn=draw(st.sampled_from(["as_needed", "at_start"])),
    )
    junior = Instrument(
        id="junior", kind="junior", party="b", commitment=Fraction(draw(POUNDS)), yearly=draw(rate)
    )
    order = draw(st.permutations([senior, junior]))
    actions = [
        Action(do="pay_costs"),
        Action(do="interest", to="senior"),
        Action(do="repay", to="senior"),
        Action(do="reserve"),
        Action(do="interest", to="junior"),
        Action(do="repay", to="junior"),
        Action(do="share_out", when="end", shares={"junior": Fraction(2, 3), "c": Fraction(1, 3)}),
    ]
    return Structure(
        first_day=FIRST,
        ends=ENDS,
        instruments=tuple(order),
        costs=(Cost(id="delivery", to="c", amount=Fraction(draw(st.integers(0, 100_000)))),),
        actions=tuple(actions),
        reserve=Reserve(target=Fraction(draw(st.integers(0, 50_000)))),
    )


RECEIPTS = st.lists(
    st.lists(st.integers(-(10**6), 10**8), min_size=len(ENDS), max_size=len(ENDS)),
    min_size=1,
    max_size=3,
).map(lambda rows: np.array(rows, dtype=np.int64))
ACCOUNTS = ("senior", "junior", "c", PAYER)


@settings(deadline=None)
@given(structures(), RECEIPTS)
def test_money_out_is_money_in_every_moment_and_draw(structure, receipts):
    run = waterfall(structure, receipts)
    held = run.of("vehicle") + run.of("reserve")
    outside = np.sum([run.of(name) for name in ACCOUNTS], axis=0)
    assert np.array_equal(held, -outside)
    assert np.array_equal(held.sum(axis=1), run.left)
    assert held.cumsum(axis=1).min() >= 0
    assert all(move.pence.min() >= 0 for move in run.movements)


@settings(deadline=None)
@given(structures(), RECEIPTS)
def test_nobody_draws_more_than_is_committed_nor_loses_more_than_was_drawn(structure, receipts):
    run = waterfall(structure, receipts)
    for one in structure.instruments:
        drawn = sum(
            (m.pence for m in run.movements if m.source == one.id),
            np.zeros(len(receipts), np.int64),
        )
        assert drawn.max() <= one.commitment * 100
        assert np.all(run.lost[one.id] <= drawn)


@settings(deadline=None)
@given(structures(), RECEIPTS)
def test_the_junior_gets_nothing_while_the_senior_is_owed(structure, receipts):
    run = waterfall(structure, receipts)
    paid = run.of("junior").clip(min=0).sum(axis=1)
    assert np.all(paid[run.lost["senior"] > 0] == 0)


@settings(deadline=None)
@given(structures(), RECEIPTS.map(lambda r: r.clip(min=0)), st.integers(1, 10**7))
def test_more_receipts_at_the_end_make_nobody_worse_off(structure, receipts, more):
    raised = receipts.copy()
    raised[:, -1] += more
    before, after = waterfall(structure, receipts), waterfall(structure, raised)
    for name in ("senior", "junior", "c"):
        assert np.all(after.of(name).sum(axis=1) >= before.of(name).sum(axis=1))


@settings(deadline=None)
@given(structures(), RECEIPTS.map(lambda r: r.clip(min=0)))
def test_draws_do_not_know_of_each_other(structure, receipts):
    together = waterfall(structure, receipts)
    for i in range(len(receipts)):
        alone = waterfall(structure, receipts[i : i + 1])
        for name in ACCOUNTS:
            assert np.array_equal(alone.of(name)[0], together.of(name)[i])


@settings(deadline=None)
@given(st.lists(st.integers(1, 10**6), min_size=2, max_size=40), st.floats(-0.4, 0.6))
def test_a_found_rate_discounts_flows_to_nothing(back, rate):
    flows = np.array([0.0, *back])
    flows[0] = -float(np.sum(flows[1:] / (1 + rate) ** np.arange(1, len(flows))))
    found, flag = irr(flows[np.newaxis])
    assert flag[0] == FOUND
    assert abs(found[0] - rate) < 1e-9
