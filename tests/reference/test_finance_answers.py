"""Returns and waterfalls against published deals and another library."""

from datetime import date
from fractions import Fraction

import numpy as np
import pytest
import pyxirr

from headwater.core.instrument import Action, Instrument, Step
from headwater.finance.returns import FLAGS, FOUND, NO_CHANGE, SEVERAL, irr, returns
from headwater.finance.waterfall import Structure, waterfall

YEARS = tuple(date(2013 + i, 6, 30) for i in range(4))


def structure(*instruments: Instrument, actions: tuple[Action, ...] = (), **more) -> Structure:
    return Structure(date(2012, 7, 1), YEARS, instruments, (), actions, **more)


def loan(**fields) -> Instrument:
    said = {"id": "loan", "kind": "senior", "party": "bank", "drawn": "at_start"}
    return Instrument.model_validate(said | fields)


def test_rikers_island_lost_what_the_guarantee_did_not_cover():
    # 7.2 million lent, no payment by the city, 6.0 million called: 1.2 million lost.
    lent = loan(commitment=7_200_000)
    guarantee = Instrument(
        id="guarantee",
        kind="guarantee",
        party="philanthropy",
        commitment=Fraction(6_000_000),
        covers=("loan",),
    )
    # The money was spent: it left the vehicle.
    spent = Action.model_validate({"do": "pay", "to": "provider"})
    run = waterfall(structure(lent, guarantee, actions=(spent,)), np.zeros((1, 4), np.int64))
    assert run.of("loan").sum() == -120_000_000
    assert run.of("guarantee").sum() == -600_000_000


@pytest.mark.parametrize(("ended", "back"), [(date(2013, 7, 1), 0.75), (date(2015, 7, 1), 0.5)])
def test_newpins_capital_comes_back_in_steps(ended, back):
    bond = loan(commitment=7_000_000, kind="protected_note")
    steps = (
        Step(first_day=date(2012, 7, 1), capital_back=Fraction(3, 4)),
        Step(first_day=date(2014, 7, 1), capital_back=Fraction(1, 2)),
    )
    repay_only = (Action.model_validate({"do": "repay", "to": "loan", "when": "end"}),)
    said = structure(bond, actions=repay_only, steps=steps)
    run = waterfall(said, np.zeros((1, 4), np.int64), ended=ended)
    from_payer = -int(run.of("outcome payers").sum())
    assert from_payer == round(700_000_000 * back)


def test_educate_girls_return_of_144_085_on_270_000_in_three_years():
    flows = np.array([[-27_000_000, 0, 0, 41_408_500]])
    found = returns(flows, periods_a_year=1)
    assert found.rate[0] == pytest.approx(0.1532, abs=5e-5)
    assert found.multiple[0] == pytest.approx(414_085 / 270_000)


def test_a_return_cap_is_never_passed():
    capped = loan(commitment=1_000_000, most_yearly=Fraction(13, 100))
    out = Action.model_validate({"do": "share_out", "shares": {"loan": 1}})
    spent = Action.model_validate({"do": "pay", "to": "provider", "most": 1_000_000})
    receipts = np.array([[0, 0, 0, 900_000_000]])
    run = waterfall(structure(capped, actions=(spent, out)), receipts)
    paid_back = int(run.of("loan").sum()) + 100_000_000
    days = (YEARS[-1] - date(2012, 7, 1)).days
    most = 100_000_000 * 1.13 ** (days / 365)
    assert most - 5 < paid_back <= most


def test_rates_are_another_librarys_to_twelve_places():
    random = np.random.default_rng(3)
    flows = np.zeros((500, 40))
    flows[:, :8] = -random.integers(1, 10**6, (500, 8))
    flows[:, 8:] = random.integers(0, 10**6, (500, 32))
    rates, flags = irr(flows)
    assert np.all(flags == FOUND)
    theirs = np.array([pyxirr.irr(row) for row in flows])
    assert np.max(np.abs(rates - theirs)) < 1e-12


def test_what_has_no_rate_says_so():
    rates, flags = irr(np.array([[0.0, 0, 0], [1.0, 2, 3], [-100.0, 230, -132]]))
    assert flags.tolist() == [NO_CHANGE, NO_CHANGE, SEVERAL]
    assert np.isnan(rates[:2]).all()
    assert FLAGS[SEVERAL].startswith("several rates")
