"""Buy or do not buy: the decision of a case at every cashable share, and what inputs explain of it.

Which share of average costs falls away nobody knows, so the decision is looked at for eleven, and
for the share at which it breaks even: there knowing more is worth most.
"""

from dataclasses import dataclass, replace

import numpy as np

from headwater.appraisal.cashability import break_even_share
from headwater.appraisal.information import Explained, explain
from headwater.core.appraisal import Appraisal
from headwater.core.arrays import FloatArray
from headwater.core.figure import Figure
from headwater.workflows.business_case.amounts import discount_factors
from headwater.workflows.business_case.figures import given
from headwater.workflows.business_case.inputs import Input
from headwater.workflows.business_case.middle import start_shares
from headwater.workflows.business_case.run import Run

SHARES = np.arange(11) / 10
"""Shares of average costs taken to fall away; that of break-even stands beside."""
EVEN = 1e-9
"""Nearness of a share to break-even, or of a mean to nought for its cost, that is rounding."""


@dataclass(frozen=True, slots=True)
class Decision:
    """The decision of one budget, or several, at every cashable share.

    Parameters
    ----------
    shares
        Of average costs, taken to fall away, array (share,): eleven, and where it breaks even.
    net
        Net present value of buying, pounds, array (share, draw).
    children
        In the cohort.
    years
        Years in which the cohort starts.
    present_years
        The same, each discounted to the first.
    """

    for_whom: str
    inputs: tuple[Input, ...]
    shares: FloatArray
    net: FloatArray
    explained: Explained
    children: int
    years: int
    present_years: float

    @property
    def whom(self) -> str:
        """Whose budget, as it stands in a sentence."""
        return f"the {self.for_whom}" if self.for_whom == "council" else self.for_whom

    def share(self, i: int) -> Figure:
        """Return a share, and what it is."""
        even = "; here it breaks even" if self.breaks_even(i) else ""
        return given(100 * float(self.shares[i]), "per cent", f"of average costs falls away{even}")

    def breaks_even(self, i: int) -> bool:
        """Tell whether buying is worth just nought at a share, by index, with something saved."""
        return bool(self.explained.mean[i] == 0.0 and self.shares[i] > 0.0)

    @property
    def yearly(self) -> FloatArray:
        """Mean net value of a year's children, at their start, pounds, array (share,)."""
        return np.asarray(self.explained.mean / self.present_years)

    @property
    def children_yearly(self) -> float:
        """Children of the cohort who start in a year."""
        return self.children / self.years

    def index(self, name: str) -> int | None:
        """Return where an input stands, or None where the case is certain of it."""
        names = [one.name for one in self.inputs]
        return names.index(name) if name in names else None

    @property
    def luck(self) -> float:
        """Share of the variance of the net present value that no input explains, 0 to 1."""
        whole = float(self.net[-1].var())
        known = self.explained.parts[:, -1].sum(axis=0) + self.explained.together[-1]
        return float((self.net[-1] - known).var()) / whole if whole > 0.0 else 0.0


def decisions(run: Run, uncertain: tuple[Input, ...]) -> tuple[Decision, ...]:
    """Return the decision of the council alone, and of all public budgets."""
    return tuple(
        _decision(run, whom, appraisal, uncertain) for whom, appraisal in run.budgets.items()
    )


def _decision(
    run: Run, for_whom: str, appraisal: Appraisal, uncertain: tuple[Input, ...]
) -> Decision:
    case = run.setting.case
    starts = start_shares(case)
    shares = _shares(appraisal)
    net = shares[:, None] * appraisal.saved - appraisal.cost
    explained = explain(net, [one.draws for one in uncertain])
    rounding = EVEN * float(appraisal.cost.mean())
    mean = np.where(np.abs(explained.mean) <= rounding, 0.0, explained.mean)
    return Decision(
        for_whom=for_whom,
        inputs=uncertain,
        shares=shares,
        net=net,
        explained=replace(explained, mean=mean),
        children=run.tally.children,
        years=len(starts),
        present_years=len(starts) * float(starts @ discount_factors(case, len(starts))),
    )


def _shares(appraisal: Appraisal) -> FloatArray:
    """Return the eleven shares, and that at which it breaks even where it lies between them."""
    even = break_even_share(appraisal.saved, appraisal.cost)
    if not 0.0 < even < 1.0 or np.abs(SHARES - even).min() <= EVEN:
        return SHARES
    return np.sort([*SHARES, even])


def explained_by(outcomes: FloatArray, uncertain: tuple[Input, ...]) -> FloatArray:
    """Return what each input explains of outcomes (outcome, draw), array (outcome, input, draw)."""
    parts = explain(outcomes, [one.draws for one in uncertain]).parts
    return np.asarray(parts.transpose(1, 0, 2))
