"""Every example of the worked-example files, by hand, against the code."""

import tomllib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from headwater.appraisal.cashability import Step, cashable, first_cash
from headwater.core.errors import InputError
from headwater.core.money import Deflator, PriceBase
from headwater.workflows.business_case.money import worth
from headwater.workflows.business_case.reverse import deadweight
from headwater.workflows.business_case.run import work_through
from headwater.workflows.business_case.story import headline

HERE = Path(__file__).parent


def examples(file: str, kind: str = "example") -> list:
    entries = tomllib.loads((HERE / file).read_text(encoding="utf-8"))[kind]
    return [pytest.param(entry, id=entry["name"]) for entry in entries]


@pytest.mark.parametrize("example", examples("cashability.toml"))
def test_cashability(example):
    names = ("marginal", "fixed", "step", "notice_months", "ramp_months", "backfill")
    step = Step(**{name: example[name] for name in names})
    fewer = np.array([example["fewer"]] * 2, dtype=float)
    released = cashable(fewer, step)
    np.testing.assert_allclose(released, [example["released"]] * 2)
    expected = example.get("first_month", np.inf)
    np.testing.assert_array_equal(first_cash(released), [expected] * 2)


def deflator() -> Deflator:
    index = tomllib.loads((HERE / "prices.toml").read_text(encoding="utf-8"))["index"]
    return Deflator({int(year): value for year, value in index.items()}, "made_up")


def factor(example) -> float:
    base, to = (PriceBase.read(example[name], place="amount") for name in ("base", "to"))
    return deflator().factor(base, to, beyond=example.get("beyond"))


@pytest.mark.parametrize("example", examples("prices.toml"))
def test_price_bases(example):
    assert factor(example) == pytest.approx(example["factor"], rel=1e-12)


@pytest.mark.parametrize("example", examples("prices.toml", "refused"))
def test_price_bases_refused(example):
    with pytest.raises(InputError) as caught:
        factor(example)
    assert str(caught.value) == example["message"]


@pytest.mark.parametrize("example", examples("deadweight.toml"))
def test_gross_and_net(example, small_case):
    children, gross, anyway = (example[name] for name in ("children", "gross", "anyway"))
    ran = work_through(small_case(cohort={"children": children}))
    stay = np.array([[anyway, 0], [gross - anyway, children - gross]])
    pairs = np.tile(stay, (ran.tally.pairs.shape[0], 1, 1))
    tally = replace(ran.tally, pairs=pairs)
    shape = ran.appraisal.usual.shape
    usual = np.zeros(shape)
    usual[0, :, 0] = children * example["saved_per_child"]
    delivery = np.zeros(shape[1:])
    delivery[:, 0] = children * example["cost_per_child"]
    appraisal = replace(ran.appraisal, usual=usual, helped=np.zeros(shape), delivery=delivery)
    run = replace(ran, tally=tally, appraisal=appraisal)
    fails, _, here, _ = deadweight(run)
    assert here.value == pytest.approx(example["deadweight_per_cent"], abs=1e-3)
    assert fails.value == pytest.approx(example["fails_at_per_cent"], abs=1e-3)
    assert 1 / (1 - here.value / 100) == pytest.approx(example["paid_for_each_gained"], abs=1e-3)
    head = headline(run, worth(run), None)
    assert (head.gross.value, head.would_have_anyway.value) == (gross, anyway)
    assert head.net.value == example["net"]
    assert head.number_needed.value == pytest.approx(example["number_needed"], abs=1e-3)
    assert (head.gross.count, head.net.count) == ("gross", "net")
