"""The normal distribution of single numbers, without what loads slowly."""

from math import erfc, exp, pi, sqrt
from statistics import NormalDist

FAR = 30.0
"""From here on φ(a) ÷ (1 − Φ(a)) is about a."""


def below(deviations: float) -> float:
    """Return Φ: the chance of at most so many standard deviations above the mean."""
    return 0.5 * erfc(-deviations / sqrt(2.0))


def deviations_of(chance: float) -> float:
    """Return Φ⁻¹: how many standard deviations above the mean a chance, 0 to 1, lies."""
    return NormalDist().inv_cdf(chance)


def mills(edge: float) -> float:
    """Return φ(a) ÷ (1 − Φ(a)): how far above the mean those above an edge lie on average."""
    if edge >= FAR:
        return edge
    return exp(-0.5 * edge**2) / sqrt(2.0 * pi) / below(-edge)
