"""Spending on looked-after children: how many, in which placements, at what price.

Spending of a year is that of the base year × children × mix × price, each against the base year, in
the base year's prices. What a year adds is shared out by the logarithmic mean
:cite:p:`ang2004decomposition`, so that the three parts add up to it.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from headwater.core.ahead import SpendAhead, Spread
from headwater.core.arrays import FloatArray
from headwater.core.money import Deflator
from headwater.core.pathway import PLACEMENTS, YEAR
from headwater.core.place import Place
from headwater.pathways.ahead import wander
from headwater.pathways.local import placement_mix

Tilt = Callable[[FloatArray], FloatArray]
WEEKS = YEAR / 7
PRICED = ("foster", "residential")
"""Placements with a published price; nobody prices the others."""
HOMES = PLACEMENTS.index("residential")
HALF = 0.5
"""Years from the middle of the base year, whose outturn it is, to the base day."""
MIX_YEARS = 3
"""Years, to the base year, whose mean is the mix of a place that publishes none for that year."""


@dataclass(frozen=True, slots=True)
class Purse:
    """What a place spent on looked-after children in its base year, and on how many.

    Parameters
    ----------
    spent
        Pounds, the whole line of the outturn.
    children
        Mean number looked after over the year: of 31 March before and after.
    shares
        Of children by placement on the base day, pooled with England's where the place is small;
        (placement,).
    weekly
        Pounds a child and week by placement, array (placement,).
    notes
        What was not published for the place, and what is used instead.
    """

    spent: float
    children: float
    shares: FloatArray
    weekly: FloatArray
    notes: tuple[str, ...]

    def shares_of_the_year(self, mix_drift: float) -> FloatArray:
        """Return the shares in the middle of the base year, array (placement,).

        Shares are published for the base day: they are taken half a year back along their drift.
        """
        return drifted(self.shares, np.array(-HALF * mix_drift))

    def pace(self, price_drift: FloatArray, mix_drift: float) -> float:
        """Return the yearly change of the log of price × mix, at the base year's composition.

        With shares of cost c and of children s, it is Σ c × price drift + (c − s of children's
        homes) × drift of their share.
        """
        shares = self.shares_of_the_year(mix_drift)
        cost = shares * self.weekly / (shares @ self.weekly)
        return float(cost @ price_drift + (cost - shares)[HOMES] * mix_drift)


def drifted(shares: FloatArray, rise: FloatArray) -> FloatArray:
    """Return shares after a rise of the log of the share in homes against the others'.

    Parameters
    ----------
    shares
        Array (placement,); `rise` of any shape. The result has their axes, placements the last.
    """
    homes = np.zeros(len(PLACEMENTS))
    homes[HOMES] = 1.0
    moved = shares * np.exp(rise[..., None] * homes)
    return np.asarray(moved / moved.sum(axis=-1, keepdims=True))


def purse_of(place: Place, england: Place, year: int, *, older: float) -> Purse | None:
    """Return what a place spent in a year; None where its spending or children are not published.

    The price of a placement that nobody prices is what the published average leaves for it; where
    that is below nought, or above the price of a children's home, it is England's. Then, and where
    a price itself is not published, all prices are scaled so that children cost on average what is
    published.
    """
    spent = place.value("spend_looked_after", year)
    stocks = [place.value("care_stock", at) for at in (year - 1, year)]
    known = [stock for stock in stocks if stock is not None]
    if spent is None or spent <= 0.0 or stocks[1] is None or sum(known) <= 0.0:
        return None
    years: tuple[int, ...] = (year,)
    if any(place.value(f"placement_{name}", year) is None for name in ("foster", "residential")):
        years = tuple(range(year - MIX_YEARS + 1, year + 1))
    shares, everywhere = (
        placement_mix(each, england, older=older, years=years).pooled for each in (place, england)
    )
    shares = shares / shares.sum()
    weekly, notes = _prices(place, england, shares, everywhere / everywhere.sum(), year)
    return Purse(
        spent=spent,
        children=float(np.mean(known)),
        shares=shares,
        weekly=weekly,
        notes=notes,
    )


def _prices(
    place: Place, england: Place, shares: FloatArray, everywhere: FloatArray, year: int
) -> tuple[FloatArray, tuple[str, ...]]:
    """Return pounds a child and week by placement, and what of it is England's, in words."""
    own, why = _weekly(place, shares, year)
    missing = ~np.isfinite(own)
    if not missing.any():
        return own, ()
    nation, _ = _weekly(england, everywhere, year)
    weekly = np.where(missing, nation, own)
    names = ", ".join(name for name, gone in zip(PLACEMENTS, missing, strict=True) if gone)
    average = place.value("unit_cost_looked_after", year)
    if average is None:
        return weekly, (f"price of {names}: England's, for {why}",)
    scale = average / float(shares @ weekly)
    said = (
        f"price of {names}: England's, for {why}. Every price is then multiplied by {scale:.2f},"
        f" so that a child costs the published £{average:,.0f} a week on average"
    )
    return weekly * scale, (said,)


def _weekly(place: Place, shares: FloatArray, year: int) -> tuple[FloatArray, str]:
    """Return pounds a child and week by placement, NaN where not known, and why not, in words."""
    weekly = np.full(len(PLACEMENTS), np.nan)
    average = place.value("unit_cost_looked_after", year)
    for name in PRICED:
        price = place.value(f"unit_cost_{name}", year)
        if price is not None and price > 0.0:
            weekly[PLACEMENTS.index(name)] = price
    priced = np.isfinite(weekly)
    if average is None or priced.sum() < len(PRICED):
        return weekly, "not every price is published for this place"
    rest = (average - shares[priced] @ weekly[priced]) / shares[~priced].sum()
    if 0.0 < rest < weekly[HOMES]:
        weekly[~priced] = rest
        return weekly, ""
    return weekly, (
        f"the published average leaves £{rest:,.0f} a child and week for them, beside"
        f" £{weekly[HOMES]:,.0f} in a children's home"
    )


@dataclass(frozen=True, slots=True)
class Spending:
    """Spending in years to come, in the base year's prices; arrays (draw, period).

    Parameters
    ----------
    shares
        In the middle of each period; array (draw, period, placement).
    children, mix, price
        Against the base year: 1.1 is a tenth more. Their product × `purse.spent` is spending.
    """

    purse: Purse
    shares: FloatArray
    children: FloatArray
    mix: FloatArray
    price: FloatArray

    @property
    def a_year(self) -> FloatArray:
        """Pounds a year, at the rate of each period."""
        return np.asarray(self.purse.spent * self.children * self.mix * self.price)


def spending_ahead(  # noqa: PLR0913 - what spending rests on, by name
    purse: Purse,
    ahead: SpendAhead,
    looked_after: FloatArray,
    times: FloatArray,
    *,
    place: str,
    seed: int,
    begin: FloatArray | None = None,
    placed: Tilt = lambda shares: shares,
    priced: Tilt = lambda weekly: weekly,
) -> Spending:
    """Return spending for children who are looked after.

    Parameters
    ----------
    looked_after
        Mean number in each period, asylum-seeking children among them; array (draw, period).
    times
        Years from the base day to the middle of each period; array (period,).
    place
        The place's id: its own wander is a function of it.
    placed, priced
        What a scenario does to shares and to prices, arrays (draw, period, placement).
    begin
        As `shares_ahead` has it.
    """
    draws, since = looked_after.shape[0], times + HALF
    shares = placed(
        shares_ahead(purse, ahead, times, draws=draws, place=place, seed=seed, begin=begin)
    )
    years = int(np.ceil(since.max())) + 1
    # Spreads of price were learnt from means of whole years: what one brings holds from its start.
    price = _parted(
        "price", ahead.price_place, ahead.price_nation, draws=draws, years=years, at=(place, seed)
    )
    price = np.stack([np.interp(since, np.arange(1, years + 1), row) for row in price])
    weekly = priced(course_of_prices(purse, ahead, times) * np.exp(price)[..., None])
    before = float(purse.shares_of_the_year(ahead.mix_drift) @ purse.weekly)
    at_old_prices = shares @ purse.weekly
    return Spending(
        purse=purse,
        shares=shares,
        children=looked_after / purse.children,
        mix=at_old_prices / before,
        price=(shares * weekly).sum(axis=-1) / at_old_prices,
    )


def shares_ahead(  # noqa: PLR0913 - what shares rest on, by name
    purse: Purse,
    ahead: SpendAhead,
    times: FloatArray,
    *,
    draws: int,
    place: str,
    seed: int,
    begin: FloatArray | None = None,
) -> FloatArray:
    """Return shares of children by placement; array (draw, period, placement).

    On the base day they are those published, in every draw; then they drift and wander.

    Parameters
    ----------
    times
        Years from the day of the purse's shares; array (period,).
    begin
        Shares on the first of those times, where a place's own records show them; else they are the
        purse's, drifted.
    """
    years = int(np.ceil(times.max())) + 1
    mix = _parted(
        "mix", ahead.mix_place, ahead.mix_nation, draws=draws, years=years, at=(place, seed)
    )
    mix = np.concatenate([np.zeros((draws, 1)), mix], axis=1)
    wandered = np.stack([np.interp(times, np.arange(years + 1), row) for row in mix])
    if begin is None:
        return drifted(purse.shares, times * ahead.mix_drift + wandered)
    moved = times * ahead.mix_drift + wandered
    return drifted(begin, moved - moved[:, :1])


def course_of_prices(purse: Purse, ahead: SpendAhead, times: FloatArray) -> FloatArray:
    """Return pounds a child and week on the course on which nothing wanders; (period, placement).

    What grows fastest weighs more each year, so that price × mix would grow faster and faster. The
    spreads were learnt about a steady course: all prices are moved by one factor, so that price ×
    mix goes on at the pace it has at the base year's composition.
    """
    since = times + HALF
    weekly = purse.weekly * np.exp(since[:, None] * ahead.price_drift)
    shares = drifted(purse.shares, times * ahead.mix_drift)
    before = float(purse.shares_of_the_year(ahead.mix_drift) @ purse.weekly)
    steady = before * np.exp(since * purse.pace(ahead.price_drift, ahead.mix_drift))
    return np.asarray(weekly * (steady / (shares * weekly).sum(axis=-1))[:, None])


def _parted(
    name: str, own: Spread, nation: Spread, *, draws: int, years: int, at: tuple[str, int]
) -> FloatArray:
    """Return how far a place and England have parted from their course; array (draw, year)."""
    place, seed = at
    whole = wander(seed, f"{name} ahead {place}", own, draws=draws, years=years)
    return np.asarray(whole + wander(seed, f"{name} ahead", nation, draws=draws, years=years))


def shared_out(spending: Spending) -> dict[str, FloatArray]:
    """Return what children, mix and price each add to the base year's spending, in pounds a year.

    The logarithmic mean of both years × the log of each part: they add up to the whole change.
    """
    now, then = spending.a_year, spending.purse.spent
    logs = np.log(now / then)
    mean = np.where(np.abs(logs) > 1e-12, (now - then) / np.where(logs == 0.0, 1.0, logs), then)
    parts = {"children": spending.children, "mix": spending.mix, "price": spending.price}
    return {name: np.asarray(mean * np.log(part)) for name, part in parts.items()}


def real_growth(
    place: Place, measure: str, deflator: Deflator, *, first: int, last: int
) -> float | None:
    """Return the yearly change of the log of a price, in real terms, between two years."""
    begin, end = place.value(measure, first), place.value(measure, last)
    if begin is None or end is None or min(begin, end) <= 0.0:
        return None
    inflation = np.log(deflator.index[last - 1] / deflator.index[first - 1])
    return float((np.log(end / begin) - inflation) / (last - first))


@dataclass(frozen=True, slots=True)
class SocialWork:
    """What social work costs for each child in need, on a plan or looked after.

    Parameters
    ----------
    weekly
        Pounds a child and week in the base year.
    drift
        Yearly change of the log of its real price, England's over five years.
    """

    weekly: float
    drift: float

    def a_year(self, years: float) -> float:
        """Return pounds a child and year, so many years after the middle of the base year."""
        return self.weekly * WEEKS * float(np.exp(self.drift * years))


def social_work(place: Place, england: Place, year: int, deflator: Deflator) -> SocialWork | None:
    """Return the price of social work, or None where the place publishes none."""
    weekly = place.value("unit_cost_social_work", year)
    drift = real_growth(england, "unit_cost_social_work", deflator, first=year - 5, last=year)
    return None if weekly is None or drift is None else SocialWork(weekly, drift)
