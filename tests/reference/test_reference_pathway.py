"""The simulator and the forward equations give answers found without them."""

import numpy as np
import pytest
from reference_pathway import (
    ANSWERS,
    COSTS,
    MONTHS,
    PERIOD_EDGES,
    Answer,
    births,
    cost_by_draw,
    pathway,
    same_arms,
)

from headwater.core.pathway import MONTH, YEAR
from headwater.pathways.expected import course
from headwater.pathways.simulate import simulate

DRAWS, CHILDREN = 200, 2000


@pytest.mark.parametrize("answer", ANSWERS)
def test_simulation_is_within_three_standard_errors_of_the_exact_answer(answer: Answer):
    model = pathway(DRAWS, banded=answer.banded)
    tally = simulate(
        model,
        births(CHILDREN),
        same_arms(model),
        period_edges=PERIOD_EDGES,
        target="foster",
        seed=11,
    )
    cost = cost_by_draw(tally)
    assert abs(cost.mean() - answer.cost) < 3 * cost.std(ddof=1) / np.sqrt(DRAWS)
    share = tally.census[0, :, :, -1].sum(axis=0) / (DRAWS * CHILDREN)
    exact = np.array(answer.occupancy)
    assert (abs(share - exact) < 3 * np.sqrt(exact * (1 - exact) / (DRAWS * CHILDREN))).all()


@pytest.mark.parametrize("answer", ANSWERS)
def test_forward_equations_are_within_a_ten_thousandth_of_the_exact_answer(answer: Answer):
    expected = course(pathway(1, banded=answer.banded), births(1), horizon=MONTHS * MONTH)
    edges = np.linspace(0.0, MONTHS * MONTH, 12 * MONTHS + 1)
    middle = (edges[1:] + edges[:-1]) / 2
    days = expected.days_by(edges)
    cost = (days * COSTS[:, None] / MONTH * 1.035 ** (-middle / YEAR)).sum()
    assert cost == pytest.approx(answer.cost, rel=1e-4)
    # the answers are published to five decimals
    assert expected.occupancy[:, -1].sum(axis=0) == pytest.approx(
        answer.occupancy, rel=1e-4, abs=6e-6
    )
