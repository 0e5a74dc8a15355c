"""How many children a year in England a cohort stands for, and the draws that its inputs are."""

import numpy as np
import pytest

from headwater.core.need import LEVELS
from headwater.workflows.business_case.eligible import eligible, in_england
from headwater.workflows.business_case.inputs import EFFECT, RISK, inputs
from headwater.workflows.business_case.run import work_through
from headwater.workflows.business_case.setting import resolve

NOBODY_COUNTS = {"targeted"}


@pytest.fixture(scope="module")
def cohort(small_case):
    def call(level, ages=(0, 17)):
        cohort = {"children": 200, "level": level, "ages": list(ages)}
        return resolve(small_case(cohort=cohort, force_mismatch=True))

    return call


@pytest.mark.parametrize("level", LEVELS)
def test_every_level_has_a_sourced_count_or_says_that_nobody_counts(cohort, level):
    found = eligible(cohort(level))
    if level in NOBODY_COUNTS:
        assert (found.value, found.basis) == (None, "not known")
        assert in_england(cohort(level), yearly=200.0).scale is None
    else:
        assert 5_000 < found.value < 1_000_000
        assert found.sources
        assert in_england(cohort(level), yearly=200.0).scale == found.value / 200


def test_ages_split_the_count(cohort):
    young, old, all_ages = (
        eligible(cohort("child_in_need", ages)).value for ages in ((0, 8), (9, 17), (0, 17))
    )
    assert young + old == pytest.approx(all_ages)


def test_children_who_started_in_need_are_as_published(cohort):
    assert eligible(cohort("child_in_need")).value == 371_550


def test_inputs_are_the_draws_that_the_case_was_simulated_with(small_case):
    run = work_through(small_case())
    found = {one.name: one.draws for one in inputs(run)}
    np.testing.assert_array_equal(found[EFFECT], run.setting.change.effect)
    np.testing.assert_array_equal(found[RISK], run.setting.risk.share)
    assert {len(draws) for draws in found.values()} == {20}
    home = found["price: children's home"]
    line = next(p for p in run.appraisal.prices if p.name == "children's home")
    assert home.mean() == pytest.approx(line.value, rel=0.2)


def test_what_is_certain_is_no_input(small_case, hazard_ratio):
    run = work_through(small_case(effect=hazard_ratio(0.8)))
    assert EFFECT not in {one.name for one in inputs(run)}
