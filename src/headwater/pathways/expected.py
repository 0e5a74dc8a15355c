"""What is expected of a pathway, without chance: for calibration, solving and reverse questions."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from headwater.core.arrays import BoolArray, FloatArray, IntArray
from headwater.core.pathway import MONTH, YEAR, Pathway, Start
from headwater.pathways import expected_kernel as kernel
from headwater.pathways.layout import Layout, lay_out

STEP = MONTH / 2
"""Days between two steps of the forward equations."""
COARSE_STEP = MONTH
"""The same where a share is solved for in every draw; what it loses is put back (see `_lost`)."""
THREADS = 2
"""Threads that solve for draws."""
BANDS = (0, 1, 5, 10, 16, 18)
"""Ages at which the published age bands begin, and the end."""
PARTS = 4
"""Starting ages in each year of age."""
KNOTS = np.linspace(0.0, 1.0, 5)
"""Quantiles of the wanted shares at which a first guess is solved for."""
SLICE = 250
"""Draws solved for by one thread between two chances to stop."""


@dataclass(frozen=True, slots=True)
class Expected:
    """Expected course of a cohort of one (shares of children).

    Parameters
    ----------
    occupancy
        Share in each state; array (class, step + 1, state).
    entries
        Moves per child; array (class, step, transition).
    step
        Days.
    held
        Days in each state by year of age, class and band of time in the state, all under 18; array
        (state, 18, class, duration band). States that do not change with time are in band 0.
    """

    occupancy: FloatArray
    entries: FloatArray
    step: float
    held: FloatArray

    @property
    def days(self) -> FloatArray:
        """Days per child in each state over the whole course, array (state,); trapezoid rule."""
        total = self.occupancy.sum(axis=0)
        return np.asarray((total[1:] + total[:-1]).sum(axis=0) * self.step / 2)

    def days_by(self, edges: Sequence[int] | FloatArray) -> FloatArray:
        """Days per child by state and period between `edges` (days); array (state, period)."""
        total = self.occupancy.sum(axis=0)
        pieces = (total[1:] + total[:-1]) * self.step / 2
        cumulative = np.vstack([np.zeros(total.shape[1]), np.cumsum(pieces, axis=0)])
        times = np.arange(len(cumulative)) * self.step
        at = np.stack(
            [np.interp(np.asarray(edges, float), times, column) for column in cumulative.T]
        )
        return np.asarray(np.diff(at, axis=1))


def course(  # noqa: PLR0913 - what is asked, by name
    pathway: Pathway,
    start: Start,
    *,
    horizon: float,
    scale: FloatArray | None = None,
    window_edges: FloatArray | None = None,
    absorbing: Sequence[str] = (),
    parts: int = PARTS,
    step: float = STEP,
) -> Expected:
    """Return the expected course of a cohort, at the geometric mean of the draws' levels.

    Parameters
    ----------
    horizon
        Days.
    scale
        Multiplier of each hazard by window, array (window, transition); none: 1.
    absorbing
        States that nobody leaves, so that entries to them are first entries.
    parts
        Starting ages in each year of age, evenly spaced.
    step
        Days between two steps, about.
    """
    layout = lay_out(pathway, start)
    asked = _asked(pathway, horizon, step, absorbing, window_edges)
    scale = np.ones((1, len(pathway.transitions))) if scale is None else scale
    scale = np.ascontiguousarray((scale * _middle(pathway.multipliers))[:, layout.order])
    starters = _starters(start, parts, horizon)
    occupancy = np.zeros((len(pathway.risk), asked.steps + 1, len(pathway.states)))
    entries = np.zeros((len(pathway.risk), asked.steps, len(pathway.transitions)))
    held = np.zeros((len(pathway.states), 18, len(pathway.risk), len(pathway.duration_edges)))
    for age, risks in zip(starters.ages, starters.risks, strict=True):
        kernel.propagate(layout, asked, scale, age, risks, occupancy, entries, held)
    ordered = np.empty_like(entries)
    ordered[:, :, layout.order] = entries
    return Expected(occupancy=occupancy, entries=ordered, step=asked.step, held=held)


@dataclass(frozen=True, slots=True)
class Asked:
    """A share of a cohort: in a state on a day, or ever there by then.

    Parameters
    ----------
    at
        Days since the start.
    ever
        Ever in the state by then, not in it then. The share in it then is of those still under 18.
    """

    state: str
    at: float
    ever: bool


def shares_at(pathway: Pathway, start: Start, asked: Asked, *, scale: FloatArray) -> FloatArray:
    """Return a share of the cohort for each draw, array (draw,).

    Parameters
    ----------
    scale
        Multipliers in force; array (draw, 1, transition).
    """
    run = _Run.make(pathway, start, asked, scale)
    found = np.zeros(len(scale))

    def part(cut: slice) -> None:
        kernel.shares(run.layout, run.course, run.scale[cut], run.starters, run.state, found[cut])

    _on_threads(part, len(scale))
    return np.asarray((found + run.lost(_middle(run.scale))) / run.present)


def solve_factor(
    pathway: Pathway,
    start: Start,
    asked: Asked,
    *,
    wanted: FloatArray,
    scale: FloatArray,
    moved: IntArray,
) -> FloatArray:
    """Find, for each draw, the factor on some hazards that makes a wanted share come true.

    Parameters
    ----------
    wanted
        Shares, array (draw,).
    scale
        Multipliers already in force; array (draw, 1, transition).
    moved
        Indices of the transitions whose hazards the factor multiplies.

    Returns
    -------
    Factors, array (draw,); NaN where no factor between exp(-8) and exp(8) gives the share.
    """
    run = _Run.make(pathway, start, asked, scale)
    moves = np.zeros(len(pathway.transitions), dtype=np.bool_)
    moves[moved] = True
    moves, wanted = moves[run.layout.order], wanted * run.present
    begin, lost = _guess(run, wanted, moves)
    found = np.zeros(len(wanted))

    def part(cut: slice) -> None:
        kernel.solve(
            run.layout,
            run.course,
            run.scale[cut],
            run.starters,
            run.state,
            moves,
            begin[cut],
            (wanted - lost)[cut],
            found[cut],
        )

    _on_threads(part, len(wanted))
    return found


@dataclass(frozen=True, slots=True)
class _Run:
    """Everything the kernel needs to find a share, coarsely; and what coarseness loses."""

    layout: Layout
    course: kernel.Course
    fine: kernel.Course
    starters: kernel.Starters
    many: kernel.Starters
    scale: FloatArray
    state: int
    present: float
    """Share of the cohort that is counted: all, or those still under 18."""

    @classmethod
    def make(cls, pathway: Pathway, start: Start, asked: Asked, scale: FloatArray) -> "_Run":
        layout = lay_out(pathway, start)
        absorbing = [asked.state] if asked.ever else []
        return cls(
            layout=layout,
            course=_asked(pathway, asked.at, COARSE_STEP, absorbing),
            fine=_asked(pathway, asked.at, STEP, absorbing),
            starters=_by_band(start, asked.at),
            many=_starters(start, PARTS, asked.at),
            scale=np.ascontiguousarray(
                (scale * pathway.multipliers[:, None, :])[:, :, layout.order]
            ),
            state=pathway.state(asked.state),
            present=1.0 if asked.ever else still_under_18(pathway, start, asked.at),
        )

    def lost(self, scale: FloatArray) -> float:
        """Return what one age a band and a coarse step lose of the share."""
        fine = kernel.share_at_end(self.layout, self.fine, scale, self.many, self.state)
        return float(
            fine - kernel.share_at_end(self.layout, self.course, scale, self.starters, self.state)
        )


def _guess(run: _Run, wanted: FloatArray, moves: BoolArray) -> tuple[FloatArray, FloatArray]:
    """Return, for each draw, the log of a factor to begin at and what coarseness loses there.

    Both are solved for at a few of the wanted shares, with the middle of the draws' levels.
    """
    knots = np.unique(np.quantile(wanted, KNOTS))
    solved = np.array([_middle_factor(run, float(share), moves) for share in knots])
    return np.interp(wanted, knots, solved[:, 0]), np.interp(wanted, knots, solved[:, 1])


def _middle_factor(run: _Run, wanted: float, moves: BoolArray) -> tuple[float, float]:
    """Solve the middle of the draws; return the log of its factor and what is lost there."""
    scale, log, lost = _middle(run.scale), np.zeros(1), 0.0
    for _ in range(2):
        lost = run.lost(np.where(moves, scale * np.exp(log[0]), scale))
        found = np.zeros(1)
        kernel.solve(
            run.layout,
            run.course,
            scale[None],
            run.starters,
            run.state,
            moves,
            log,
            np.array([wanted - lost]),
            found,
        )
        if not np.isfinite(found[0]):
            return 0.0, lost
        log = np.log(found)
    return float(log[0]), lost


def _on_threads(part: Callable[[slice], None], draws: int) -> None:
    """Do slices of draws on a few threads; a user can stop the work between two slices."""
    cuts = [slice(at, at + SLICE) for at in range(0, draws, SLICE)]
    if len(cuts) == 1:
        part(cuts[0])
        return
    with ThreadPoolExecutor(THREADS) as pool:
        try:
            for _ in pool.map(part, cuts):
                pass
        finally:
            pool.shutdown(cancel_futures=True)


def _middle(draws: FloatArray) -> FloatArray:
    """Return the geometric mean over draws, the first axis."""
    return np.asarray(np.exp(np.log(draws).mean(axis=0)))


def _asked(
    pathway: Pathway,
    horizon: float,
    step: float,
    absorbing: Sequence[str],
    edges: FloatArray | None = None,
) -> kernel.Course:
    mask = np.zeros(len(pathway.states), dtype=np.bool_)
    mask[[pathway.state(name) for name in absorbing]] = True
    steps = max(1, round(horizon / step))
    return kernel.Course(steps, horizon / steps, np.zeros(0) if edges is None else edges, mask)


def _starters(start: Start, parts: int, until: float) -> kernel.Starters:
    """Return starting ages, the middles of parts of every year of age that has children.

    A part is cut in two at the age from which a child is 18 by `until` (days).
    """
    weights = start.age_weights / start.age_weights.sum()
    risks = start.risk_weights / start.risk_weights.sum(axis=1, keepdims=True)
    if start.at_birth:
        return kernel.Starters(np.zeros(1), np.ascontiguousarray(risks[:1]))
    cut = 18 - until / YEAR
    edges = np.union1d(np.arange(18 * parts + 1) / parts, [cut] if 0 < cut < 18 else [])
    ages, widths = (edges[1:] + edges[:-1]) / 2, np.diff(edges)
    years = ages.astype(np.int64)
    some = weights[years] > 0.0
    shares = (weights[years] * widths)[some, None] * risks[years][some]
    return kernel.Starters(ages[some] * YEAR, np.ascontiguousarray(shares))


def still_under_18(pathway: Pathway, start: Start, at: float) -> float:
    """Return the share of a cohort still under 18 after so many days; all where nobody ages out."""
    starters = _starters(start, 1, at)
    under = starters.ages + at < 18 * YEAR
    return float(starters.risks[under].sum()) if pathway.ages_out else 1.0


def _by_band(start: Start, at: float) -> kernel.Starters:
    """Return one starting age a published age band, its mean; those 18 by then stand apart."""
    every = _starters(start, 1, at)
    if start.at_birth:
        return every
    edges = np.sort([*(np.array(BANDS) * YEAR), 18 * YEAR - at])
    band = np.searchsorted(edges, every.ages, side="right")
    share = every.risks.sum(axis=1)
    bands = np.unique(band)
    return kernel.Starters(
        np.array([np.average(every.ages[band == b], weights=share[band == b]) for b in bands]),
        np.array([every.risks[band == b].sum(axis=0) for b in bands]),
    )
