"""Where the width of intervals comes from, and how far their ends are a matter of the seed."""

from collections.abc import Mapping

import numpy as np

from headwater.core.ahead import NOWHERE, Ahead
from headwater.core.arrays import FloatArray
from headwater.core.pathway import STOCKS, Stock
from headwater.pathways.ahead import wander
from headwater.reporting.numerals import numeral
from headwater.workflows.forecast.figures import HIGH, LOW, Sourced
from headwater.workflows.forecast.outlook import Outlook
from headwater.workflows.forecast.record import NAMES, SPENDING
from headwater.workflows.forecast.result import Doubt, Forecast, SeedShift
from headwater.workflows.forecast.spending import Spending

ROUTE_OF: dict[Stock, str] = {
    "need": "becoming in need",
    "plan": "starting on a plan",
    "care": "entering care",
}
TENTH = "per cent of the variance"
TENTHS = 10
"""Shares of variance are said to the nearest tenth: draws by the score know them no better."""
STEADY = 400
"""Draws at which ends move less than half as much as at 80: by the root of their number."""
SAMPLES = 400
"""Times that the draws are drawn from again."""


def doubts(
    outlook: Outlook, ahead: Mapping[Stock, Ahead], *, seed: int, made: Sourced
) -> tuple[Doubt, ...]:
    """Return where the width of each stock's interval at the end comes from, to the nearest tenth.

    Shares of the variance of the log of the stock over draws: each wander's mean over the years, by
    least squares, brought to what all explain together; the rest is chance and the order of years.
    """
    place, draws = outlook.base.place.id, outlook.moves.shape[1]
    years = (len(outlook.months) - 1) // 12
    terms = {
        f"{ROUTE_OF[stock]}, {whose}": wander(
            seed, f"{stock} ahead{suffix}", spread, draws=draws, years=years
        ).mean(axis=1)
        for stock, entry in ahead.items()
        for whose, suffix, spread in (
            ("this place", f" {place}", entry.place),
            ("all England", "", entry.nation),
        )
        if spread != NOWHERE
    }
    columns = np.stack([term - term.mean() for term in terms.values()], axis=1)
    found = []
    for stock in STOCKS:
        if stock not in outlook.base.stocks:
            continue
        shares = _shares(columns, np.log(np.maximum(outlook.children[stock][0, :, -1], 1.0)))
        parts = dict(zip(terms, shares.tolist(), strict=True))
        parts["chance and the rest"] = max(1.0 - float(shares.sum()), 0.0)
        found.append(
            Doubt(
                stock,
                NAMES[stock],
                {
                    name: made.share(
                        round(TENTHS * share) / TENTHS, TENTH, "to the nearest ten per cent"
                    )
                    for name, share in parts.items()
                },
            )
        )
    return tuple(found)


def _shares(columns: FloatArray, logs: FloatArray) -> FloatArray:
    """Return the share of a variance that each column explains, array (column,)."""
    logs = logs - logs.mean()
    slopes, *_ = np.linalg.lstsq(columns, logs, rcond=None)
    variance = max(float(logs.var()), 1e-12)
    alone = np.square(columns * slopes).mean(axis=0) / variance
    together = float(np.square(columns @ slopes).mean()) / variance
    return np.asarray(alone * together / max(float(alone.sum()), 1e-12))


def seed_shifts(outlook: Outlook, usual: Spending | None, made: Sourced) -> tuple[SeedShift, ...]:
    """Return by how much the ends of the last year's intervals move with another seed."""
    base = outlook.base
    found = []
    for stock in STOCKS:
        if base.published(stock) is not None:
            ends = ends_move(outlook.published(stock)[0, :, -1])
            figures = (made.shift(end, "children") for end in ends)
            found.append(SeedShift(stock, NAMES[stock], *figures))
    if usual is not None:
        ends = ends_move(usual.a_year[:, -12:].mean(axis=1))
        figures = (made.shift(end, "GBP") for end in ends)
        found.append(SeedShift(SPENDING, NAMES[SPENDING], *figures))
    return tuple(found)


def steady(result: Forecast) -> str:
    """Return in one sentence by how much interval ends move with another seed, the larger end's."""
    moves = ", ".join(
        f"{numeral(max(shift.low.value or 0.0, shift.high.value or 0.0), shift.low.unit)} for"
        f" {shift.name}"
        for shift in result.seed_shifts
    )
    draws = numeral(result.draws.value or 0.0, result.draws.unit)
    more = (
        "" if (result.draws.value or 0.0) >= STEADY else f"; --draws {STEADY} gives steadier ones"
    )
    return (
        f"At {draws} draws the ends of the last year's intervals move with another seed by about"
        f" {moves} (one standard error, from drawing again from these draws){more}."
    )


def ends_move(drawn: FloatArray) -> tuple[float, float]:
    """Return the standard errors of both ends of an interval, from the draws themselves.

    The bootstrap :cite:p:`efron1979bootstrap` of pairs: every second draw mirrors the one before,
    so that pairs are what is drawn from again.

    Parameters
    ----------
    drawn
        Array (draw,).
    """
    pairs = drawn[: len(drawn) // 2 * 2].reshape(-1, 2)
    again = np.random.default_rng(0).integers(0, len(pairs), (SAMPLES, len(pairs)))
    ends = np.percentile(pairs[again].reshape(SAMPLES, -1), [LOW, HIGH], axis=1)
    low, high = ends.std(axis=1, ddof=1).tolist()
    return low, high
