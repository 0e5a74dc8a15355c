"""Buy or do not buy: the decision of a case at every cashable share, and what inputs explain of it.

Which share of average costs falls away nobody knows, so the decision is looked at for eleven.
"""

from dataclasses import dataclass

import numpy as np

from headwater.appraisal.information import Explained, explain
from headwater.core.appraisal import Appraisal
from headwater.core.arrays import FloatArray
from headwater.workflows.business_case.amounts import discount_factors
from headwater.workflows.business_case.inputs import Input
from headwater.workflows.business_case.middle import start_shares
from headwater.workflows.business_case.run import Run

SHARES = np.arange(11) / 10
"""Shares of average costs taken to fall away."""


@dataclass(frozen=True, slots=True)
class Decision:
    """The decision of one budget, or several, at every cashable share.

    Parameters
    ----------
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
    net: FloatArray
    explained: Explained
    children: int
    years: int
    present_years: float

    @property
    def whom(self) -> str:
        """Whose budget, as it stands in a sentence."""
        return f"the {self.for_whom}" if self.for_whom == "council" else self.for_whom

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
    net = SHARES[:, None] * appraisal.saved - appraisal.cost
    return Decision(
        for_whom=for_whom,
        inputs=uncertain,
        net=net,
        explained=explain(net, [one.draws for one in uncertain]),
        children=run.tally.children,
        years=len(starts),
        present_years=len(starts) * float(starts @ discount_factors(case, len(starts))),
    )


def explained_by(outcomes: FloatArray, uncertain: tuple[Input, ...]) -> FloatArray:
    """Return what each input explains of outcomes (outcome, draw), array (outcome, input, draw)."""
    parts = explain(outcomes, [one.draws for one in uncertain]).parts
    return np.asarray(parts.transpose(1, 0, 2))
