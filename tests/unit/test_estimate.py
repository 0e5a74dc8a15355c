"""Draws of an estimate: sampling and variation between sites together."""

import numpy as np
import pytest

from headwater.core.estimate import Estimate, Fixed, LogNormal, Normal

Z = np.array([-1.0, 0.0, 1.0])


@pytest.mark.parametrize(
    ("distribution", "between", "expected"),
    [
        (Normal(mean=2.0, se=0.3), None, [1.7, 2.0, 2.3]),
        (Normal(mean=2.0, se=0.3), 0.4, [1.5, 2.0, 2.5]),
        (LogNormal(median=2.0, log_se=0.3), 0.4, 2.0 * np.exp([-0.5, 0.0, 0.5])),
        (Fixed(value=2.0), None, [2.0, 2.0, 2.0]),
        (Fixed(value=2.0), 0.4, [1.6, 2.0, 2.4]),
    ],
)
def test_a_draw_is_of_one_more_site(distribution, between, expected):
    made = Estimate(
        unit="share",
        distribution=distribution,
        source="made_up",
        uncertainty="made up",
        between_sites=between,
    )
    np.testing.assert_allclose(made.draws(Z), expected)
