"""Turn a forecast's draws into lines: stocks, months, spending and drivers."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import numpy as np

from headwater.core.ahead import Ahead
from headwater.core.arrays import FloatArray
from headwater.core.figure import Figure
from headwater.core.pathway import PLACEMENTS, STOCKS, Level, Stock
from headwater.pathways.stand_still import StandStill
from headwater.workflows.forecast.figures import Sourced
from headwater.workflows.forecast.outlook import Outlook
from headwater.workflows.forecast.record import NAMES
from headwater.workflows.forecast.result import (
    Driver,
    Month,
    SpendingYear,
    StockLine,
)
from headwater.workflows.forecast.spending import SocialWork, Spending, shared_out

SHORT = {"need": "in need", "plan": "on a plan", "care": "looked after"}
ROUTE_NAMES = {
    "need_starts": "becoming in need",
    "need_ends": "need ending",
    "plan_starts": "starting on a plan",
    "plan_ends": "plans ending",
    "applications": "care applications",
    "care_starts": "entering care directly",
    "care_ends": "leaving care",
    "back_in_care": "back in care from home",
}
ENTRY_OF: dict[str, Stock] = {
    "need_starts": "need",
    "plan_starts": "plan",
    "applications": "care",
    "care_starts": "care",
}
"""The stock that a level of entry fills."""


def stock_lines(outlook: Outlook, made: Sourced, *, scenario: bool) -> tuple[StockLine, ...]:
    """Return children on 31 March by stock, as publishers count them."""
    base, lines = outlook.base, []
    for stock in STOCKS:
        if stock not in base.stocks and base.published(stock) is None:
            continue
        usual, other = outlook.published(stock)[:, :, ::12]
        days = [march(base.year + year) for year in range(usual.shape[1])]
        later = range(1, usual.shape[1])
        lines.append(
            StockLine(
                id=stock,
                name=NAMES[stock],
                base=made.stock(base, stock, period=days[0]),
                years=tuple(made.children(usual[:, i], period=days[i]) for i in later),
                scenario=tuple(
                    made.children(other[:, i], period=days[i]) for i in later if scenario
                ),
                difference=tuple(
                    made.children(other[:, i] - usual[:, i], period=days[i])
                    for i in later
                    if scenario
                ),
            )
        )
    return tuple(lines)


def month_lines(
    outlook: Outlook,
    spending: Spending | None,
    social: SocialWork | None,
    shares: FloatArray | None,
    made: Sourced,
) -> tuple[Month, ...]:
    """Return children on the first day of every month, as published, and spending at its rate.

    Parameters
    ----------
    shares
        Of looked-after children by placement on those days, array (draw, month, placement).
    """
    base, lines = outlook.base, []
    lengths = np.diff(outlook.months)
    mean = {stock: outlook.days[stock][0] / lengths for stock in STOCKS}
    mean["care"] = mean["care"] + base.asylum
    start = date(base.year, 3, 31)
    for i, day in enumerate(outlook.months[:-1].tolist()):
        on = str(start + timedelta(days=day))
        care = outlook.published("care")[0, :, i]
        placements, by_state = {}, {}
        if shares is not None:
            placements = {
                name: _without_width(made.children(care * shares[:, i, at], period=on))
                for at, name in enumerate(PLACEMENTS)
            }
        if spending is not None:
            by_state["looked after, placements and support"] = made.money(
                spending.a_year[:, i], period=on, note="pounds a year at this month's rate"
            )
        if social is not None:
            for stock in STOCKS:
                by_state[f"{SHORT[stock]}, social work"] = made.money(
                    mean[stock][:, i] * social.a_year((i + 0.5) / 12 + 0.5),
                    period=on,
                    note="pounds a year at this month's rate; its price without a spread",
                )
        lines.append(
            Month(
                day=on,
                need=made.children(outlook.published("need")[0, :, i], period=on),
                plan=made.children(outlook.published("plan")[0, :, i], period=on),
                care=made.children(care, period=on),
                placements=placements,
                by_state=by_state,
            )
        )
    return tuple(lines)


def _without_width(figure: Figure) -> Figure:
    """Return a figure that is the same in every draw, as on the base day, without an interval."""
    return figure if figure.low != figure.high else figure.but(low=None, high=None, interval="")


def spending_lines(
    usual: Spending, changed: Spending | None, made: Sourced, *, year: int
) -> tuple[SpendingYear, ...]:
    """Return spending by financial year from the one that starts in `year`, and what moved it."""
    spent, parts = _yearly(usual.a_year), {n: _yearly(p) for n, p in shared_out(usual).items()}
    other = None if changed is None else _yearly(changed.a_year)
    cared = _yearly(usual.children) * usual.purse.children
    lines = []
    for i in range(spent.shape[1]):
        period = f"{year + i}-{(year + i + 1) % 100:02d}"
        lines.append(
            SpendingYear(
                period=period,
                spending=made.money(spent[:, i], period=period),
                change=made.money(spent[:, i] - usual.purse.spent, period=period),
                looked_after=made.children(cared[:, i], period=period),
                children=made.money(parts["children"][:, i], period=period),
                mix=made.money(parts["mix"][:, i], period=period),
                price=made.money(parts["price"][:, i], period=period),
                scenario=None if other is None else made.money(other[:, i], period=period),
                difference=None
                if other is None
                else made.money(other[:, i] - spent[:, i], period=period),
            )
        )
    return tuple(lines)


def _yearly(monthly: FloatArray) -> FloatArray:
    """Return the mean of each year's months, array (draw, year)."""
    return np.asarray(monthly.reshape(len(monthly), -1, 12).mean(axis=2))


def drivers(
    levels: Sequence[Level], still: StandStill, ahead: Mapping[Stock, Ahead], made: Sourced
) -> tuple[Driver, ...]:
    """Return the place's levels against England's: what is published, expected, fitted and used."""
    return tuple(_driver(level, still, ahead, made) for level in levels)


def _driver(level: Level, still: StandStill, ahead: Mapping[Stock, Ahead], made: Sourced) -> Driver:
    stock = ENTRY_OF.get(level.route)
    standing = used = None
    if stock is not None and stock in still.entries:
        standing = level.level + still.entries[stock]
        used = standing - ahead[stock].belief * still.entries[stock]
    return Driver(
        id=level.route,
        name=ROUTE_NAMES[level.route],
        own=made.ratio(level.own),
        neighbours=made.ratio(level.expected),
        weight=made.share(level.weight, "per cent", "weight of the place's own figures"),
        fitted=made.ratio(level.level),
        standing=None if standing is None else made.ratio(standing),
        used=made.ratio(level.level if used is None else used),
    )


def march(year: int) -> str:
    """Return the day of a year that stocks are published for."""
    return f"31 March {year}"
