"""How far people whose outcome is not known could carry an estimate: worst-case bounds."""

from dataclasses import dataclass

from headwater.evaluation.study import Study


@dataclass(frozen=True, slots=True)
class MissingBounds:
    """Where the estimate of a true effect could lie, whatever became of those missing.

    Parameters
    ----------
    low, high
        In the scale of the result.
    """

    low: float
    high: float


def missing_bounds(study: Study, effect: float) -> MissingBounds | None:
    """Return how far missing outcomes could carry the estimate; None where nothing bounds it.

    With a part q of people missing, of whom a share m has the outcome, those known show
    (r − q m) ÷ (1 − q); m lies between 0 and 1 :cite:p:`manski1990nonparametric`.

    Parameters
    ----------
    effect
        The true effect. Those missing may differ from the rest, in each arm by itself.
    """
    q = study.missing
    if study.outcome != "share" or q <= 0.0:
        return None
    ends: list[list[float]] = []
    for arm in study.arms:
        if arm.name not in {"treated", "control"}:
            ends.append([arm.weight * study.baseline])
            continue
        rate = study.rate(effect, study.drift_mean) if arm.weight < 0 else study.baseline
        ends.append(sorted(arm.weight * seen for seen in _known(rate, q)))
    low, high = sum(end[0] for end in ends), sum(end[-1] for end in ends)
    return MissingBounds(low, high) if study.link.sign > 0 else MissingBounds(-high, -low)


def _known(rate: float, q: float) -> tuple[float, float]:
    """Return the rates that those known may show."""
    return max((rate - q) / (1.0 - q), 0.0), min(rate / (1.0 - q), 1.0)
