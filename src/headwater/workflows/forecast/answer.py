"""Forecast one place: facts of its base day, draws, and what they say."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from headwater.catalogue import forecast as forecast_catalogue
from headwater.catalogue.places import england
from headwater.catalogue.prices import deflator
from headwater.core.ahead import NOWHERE, Ahead, SpendAhead
from headwater.core.arrays import FloatArray
from headwater.core.errors import InputError, Problem
from headwater.core.local_pathway import LocalPathway
from headwater.core.money import PriceBase
from headwater.core.pathway import STOCKS, YEAR, Level, Stock
from headwater.core.place import Place
from headwater.core.record import Record
from headwater.workflows.forecast.base_day import MEASURE, Base, base_of
from headwater.workflows.forecast.blocks import (
    drivers,
    month_lines,
    spending_lines,
    stock_lines,
)
from headwater.workflows.forecast.cautions import cautions
from headwater.workflows.forecast.figures import Sourced
from headwater.workflows.forecast.flows import WHY, flow_lines
from headwater.workflows.forecast.models import older_share
from headwater.workflows.forecast.outlook import Outlook, look_ahead
from headwater.workflows.forecast.own_base import own_base, own_shares
from headwater.workflows.forecast.past import past_lines
from headwater.workflows.forecast.played import Played
from headwater.workflows.forecast.record import NAMES
from headwater.workflows.forecast.record_words import in_short
from headwater.workflows.forecast.result import Forecast, ScenarioLine
from headwater.workflows.forecast.scenario import Scenario
from headwater.workflows.forecast.spending import (
    Purse,
    SocialWork,
    Spending,
    course_of_prices,
    purse_of,
    shares_ahead,
    social_work,
    spending_ahead,
)
from headwater.workflows.forecast.width import doubts, seed_shifts
from headwater.workflows.local_pathway import known_place, sources

BASE_YEAR = 2025
"""The last 31 March with every stock published."""
MOST_YEARS = 15
MOST_DRAWS = 2_000
FEWEST_DRAWS = 40
"""Four draws then lie beyond either end of an interval."""
YEARS, DRAWS, SEED = 5, 80, 1
"""What is forecast unless asked otherwise."""

Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Run:
    """A forecast with everything it rests on, before it is put into words.

    Parameters
    ----------
    shares
        Of looked-after children by placement on the first day of each month, array (draw, month,
        placement).
    """

    base: Base
    levels: tuple[Level, ...]
    ahead: dict[Stock, Ahead]
    outlook: Outlook
    purse: Purse | None
    shares: FloatArray | None
    usual: Spending | None
    changed: Spending | None
    social: SocialWork | None
    played: Played | None
    seed: int
    own: LocalPathway | None

    @property
    def years(self) -> int:
        """Years forecast."""
        return (len(self.outlook.months) - 1) // 12

    @property
    def sourced(self) -> Sourced:
        """Makes figures with this run's sources."""
        records = sources(self.own) if self.own is not None else ()
        return Sourced(self.base.place, BASE_YEAR, PriceBase(BASE_YEAR - 1), records)


def forecast(  # noqa: PLR0913 - what is asked, by name
    name: str,
    *,
    years: int = YEARS,
    draws: int = DRAWS,
    seed: int = SEED,
    scenario: Scenario | None = None,
    scenario_name: str = "",
    progress: Progress = lambda _what, _part: None,
) -> Forecast:
    """Forecast a place's children and spending from its last published 31 March.

    Parameters
    ----------
    name
        A place, as `headwater places` knows it, or the file of its own pathway.
    scenario
        What a second future has different; `scenario_name` is where it was read.

    Raises
    ------
    InputError
        Naming what cannot be used: place, years, draws, seed or a change of the scenario.
    """
    _check(years=years, draws=draws, seed=seed)
    known = known_place(name)
    here, own = known.place, known.own
    base = _base(here) if own is None else own_base(_base(here), own)
    days = round(years * YEAR)
    played = (
        None if scenario is None else Played(scenario, scenario_name, date(base.year, 3, 31), days)
    )
    ahead, spend = _ahead(here)
    outlook = look_ahead(
        base,
        known.national.pathway,
        known.levels,
        ahead,
        years=years,
        draws=draws,
        seed=seed,
        change=played.arms if played is not None else None,
        own=own if base.shown else None,
        progress=lambda part: progress(f"simulating {here.name}", part),
    )
    purse = purse_of(here, england(), BASE_YEAR, older=older_share())
    usual = changed = shares = None
    if purse is not None:
        begin = own_shares(own) if own is not None and base.shown else None
        first = np.asarray(outlook.months[:-1] / YEAR) + base.year - BASE_YEAR
        shares = shares_ahead(
            purse, spend, first, draws=draws, place=here.id, seed=seed, begin=begin
        )
        usual = _spending(outlook, purse, spend, arm=0, seed=seed, begin=begin)
        if played is not None:
            changed = _spending(outlook, purse, spend, arm=1, seed=seed, begin=begin, played=played)
    return _said(
        Run(
            base=base,
            levels=known.levels,
            ahead=ahead,
            outlook=outlook,
            purse=purse,
            shares=shares,
            usual=usual,
            changed=changed,
            social=social_work(here, england(), BASE_YEAR, deflator()),
            played=played,
            seed=seed,
            own=own,
        ),
        draws=draws,
    )


def _check(*, years: int, draws: int, seed: int) -> None:
    problems = [
        Problem(f"--{name}", f"{value:,} is not {low:,} to {high:,}.", "Choose one within.")
        for name, value, low, high in (
            ("years", years, 1, MOST_YEARS),
            ("draws", draws, FEWEST_DRAWS, MOST_DRAWS),
            ("seed", seed, 0, 2**31 - 1),
        )
        if not low <= value <= high
    ]
    if problems:
        raise InputError(problems)


def _base(here: Place) -> Base:
    base = base_of(here, BASE_YEAR)
    if base is None or not base.stocks:
        raise InputError(
            Problem(
                "place",
                f"{here.name}: {_missing(here)}",
                f"Small numbers are suppressed; see what there is with: headwater places {here.id}",
            )
        )
    return base


def _missing(here: Place) -> str:
    """Return what of a place is published and what is not, and why that stops a forecast."""
    values = {NAMES[stock]: here.value(MEASURE[stock], BASE_YEAR) for stock in STOCKS}
    known = ", ".join(f"{n} ({v:,.0f})" for n, v in values.items() if v is not None)
    gone = " and ".join(name for name, value in values.items() if value is None)
    day = f"31 March {BASE_YEAR}"
    if not known:
        return f"none of {', '.join(values)} is published for {day}."
    return (
        f"of {day}, {known} are published; {gone} are not. Children in need hold the others, so"
        " that without them there is no stock to begin with."
    )


def _ahead(here: Place) -> tuple[dict[Stock, Ahead], SpendAhead]:
    """Return where entries, prices and the mix of placements go.

    England wanders as England alone: how places part from it evens out in its total, which the
    spreads of `nation` were learnt from.
    """
    ahead, spend = forecast_catalogue.ahead(), forecast_catalogue.spend_ahead()
    if here.id != england().id:
        return ahead, spend
    return (
        {stock: replace(entry, place=NOWHERE) for stock, entry in ahead.items()},
        replace(spend, price_place=NOWHERE, mix_place=NOWHERE),
    )


def _spending(  # noqa: PLR0913 - what spending rests on, by name
    outlook: Outlook,
    purse: Purse,
    spend: SpendAhead,
    *,
    arm: int,
    seed: int,
    begin: FloatArray | None,
    played: Played | None = None,
) -> Spending:
    lengths = np.diff(outlook.months)
    children = outlook.days["care"][arm] / lengths + outlook.base.asylum
    months = outlook.months
    return spending_ahead(
        purse,
        spend,
        children,
        outlook.middles + outlook.base.year - BASE_YEAR,
        begin=begin,
        place=outlook.base.place.id,
        seed=seed,
        placed=(lambda shares: shares)
        if played is None
        else (lambda shares: played.placed(months, shares)),
        priced=(lambda weekly: weekly)
        if played is None
        else (lambda weekly: played.priced(months, weekly)),
    )


def _said(run: Run, *, draws: int) -> Forecast:
    record = forecast_catalogue.record()
    made, base = run.sourced, run.base
    spending = (
        spending_lines(run.usual, run.changed, made, year=base.year)
        if run.usual is not None
        else ()
    )
    return Forecast(
        place=base.place.name,
        place_id=base.place.id,
        base=f"31 March {base.year}",
        years=str(run.years),
        draws=made.given(float(draws), "draws"),
        seed=str(run.seed),
        first_lines=_first_lines(record, run),
        cautions=cautions(record, years=run.years, spending=run.usual is not None),
        stocks=stock_lines(run.outlook, made, scenario=run.played is not None),
        flows=flow_lines(run.outlook, made, scenario=run.played is not None),
        flows_note=WHY,
        spent_base=made.spent(run.purse),
        spent_children=made.cared(run.purse),
        spending=spending,
        months=month_lines(run.outlook, run.usual, run.social, run.shares, made),
        drivers=drivers(run.levels, run.outlook.still, run.ahead, made),
        doubts=doubts(run.outlook, run.ahead, seed=run.seed, made=made),
        seed_shifts=seed_shifts(run.outlook, run.usual, made),
        record=past_lines(record),
        scenario=run.played.scenario.title if run.played is not None else "",
        scenario_name=run.played.name if run.played is not None else "",
        changes=_changes(run.played),
        assumptions=_assumptions(run),
        lacks=(*base.lacks, *(run.purse.notes if run.purse is not None else ())),
    )


def _first_lines(record: Record, run: Run) -> tuple[str, ...]:
    """Return what must be said first: how past forecasts did against no change."""
    scored = {name for row in record.rows for name in row.places}
    said = list(in_short(record))
    if run.base.place.id not in scored:
        said.append(f"{run.base.place.name} itself is not in that record.")
    if run.own is not None:
        said.append(
            f"This one rests on {run.base.place.name}'s own records of {run.own.first_day} to"
            f" {run.own.last_day}; that record is of forecasts from statistics alone, and intervals"
            " are learnt from those."
        )
    return tuple(said)


def _changes(played: Played | None) -> tuple[ScenarioLine, ...]:
    if played is None:
        return ()
    return tuple(
        ScenarioLine(
            what=change.what,
            by=change.by,
            since=str(change.start),
            until=str(change.end) if change.end is not None else "for good",
            because=change.because,
        )
        for change in played.scenario.change
    )


def _assumptions(run: Run) -> tuple[str, ...]:
    asylum = f"{run.base.asylum:,.0f}"
    said = [
        "As many children are born each year as there are at each year of age now; none move.",
        f"Unaccompanied asylum-seeking children looked after stay {asylum}.",
        f"Care leavers counted as in need stay {run.base.leavers:,.0f}.",
        "Rates of leaving need, plans and care stay as fitted; entries carry the whole doubt.",
    ]
    if run.usual is not None:
        drift = forecast_catalogue.spend_ahead()
        rates = (drift.average_drift, *drift.price_drift[:3], drift.mix_drift)
        average, foster, homes, rest, mix = (f"{100 * np.expm1(each):+.1f}%" for each in rates)
        said += [
            (
                "What a child costs goes on as England's average did over five years, above"
                f" inflation: {average} a year at England's mix of placements, the drift of the mix"
                f" in it. Prices by placement at first: foster care {foster}, children's homes"
                f" {homes}, others {rest} (nobody prices them: what the average leaves); by the"
                f" last year each {_slower(run, drift):.1f} points less, so that the average does"
                " not speed up as what grows fastest weighs more."
            ),
            (
                "The share in children's homes goes on as England's did:"
                f" {mix} of itself a year against other placements'."
            ),
            (
                "Spending moves with the number looked after: average cost, so what one child more"
                " costs at the margin may be less."
            ),
        ]
    if run.base.place.id == england().id:
        said.append(
            "One simulated child stands for several, so that chance is a little overstated."
        )
    return tuple(said)


def _slower(run: Run, drift: SpendAhead) -> float:
    """Return by how many points a year prices grow less in the last year than at first."""
    if run.purse is None:
        return 0.0
    ends = np.array([run.years - 1.0, float(run.years)])
    before, after = np.log(course_of_prices(run.purse, drift, ends)[:, 0])
    return 100.0 * float(drift.price_drift[0] - (after - before))
