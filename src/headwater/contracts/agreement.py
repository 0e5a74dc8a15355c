"""What an agreement says: who, what counts, what it is worth, and the terms in their order."""

from datetime import date
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from headwater.contracts.amounts import Amount, Part
from headwater.contracts.column import Shape
from headwater.contracts.periods import Every
from headwater.contracts.term import Name
from headwater.contracts.terms import AnyTerm
from headwater.contracts.variation import Change, with_whole_terms
from headwater.core.exact import AtLeastNothing, Exact, Mode
from headwater.core.instrument import AnyInstrument
from headwater.core.model import Frozen
from headwater.core.money_side import (
    Calendar,
    Cost,
    MoneySide,
    Reserve,
    ReturnCap,
    Step,
    Termination,
)
from headwater.core.odds import Odds
from headwater.core.unseen_day import FirstDay, LastDay

Words = Annotated[str, Field(min_length=1)]

Role = Literal[
    "outcome_payer",
    "commissioner",
    "provider",
    "intermediary",
    "investor",
    "guarantor",
    "verifier",
    "grant_maker",
]
About = Literal["person", "family", "place", "cohort"]
"""Who or what a claim is about: the key in its column `who`."""

Simulated = Literal["days_out_of_care", "days_in_care", "started", "stayed_out"]
"""What a metric counts of a simulated child."""


class Party(Frozen):
    """Somebody who signs, pays, delivers, checks or lends."""

    id: Name
    name: Words
    role: Role


class Payer(Frozen):
    """An outcome payer's share of every payment whose term names no payer of its own.

    Parameters
    ----------
    share
        Part of each payment; the shares of all payers add to 1.
    most
        Pounds it pays in all; what passes that falls to the first payer without a limit.
    """

    party: Name
    share: Part
    most: Amount | None = None
    clause: str = ""


class FromRecords(Frozen):
    """How a metric is counted from the returns that an authority files.

    Parameters
    ----------
    count
        What is counted: see `headwater measure`.
    leave_out
        Times that are not care: "short breaks", "with parents", "remand", "temporary", "missing".
        What is not counted: "no further action" (referrals), "after assessment" (cases closed).
    months
        How long the outcome must last, where `count` asks.
    follow
        Months from a member's start for which it is counted; 0: as long as the agreement runs.
    """

    count: Words
    leave_out: tuple[str, ...] = ("short breaks",)
    months: int = Field(default=0, ge=0, le=120)
    follow: int = Field(default=0, ge=0, le=120)


class Metric(Frozen):
    """What is counted.

    Parameters
    ----------
    unit
        One of what: "day", "child", "percentage point". "pound" for money.
    places
        Decimal places of a claim's units; 0: whole units only.
    most_units
        Units that one claim may hold.
    outcome
        What it is called in every agreement, so that one outcome is not paid for twice.
    evidence
        What proves it, and who holds that.
    independent
        Whether the proof is held by somebody who is not paid for it.
    safety
        It is watched, not paid for: what must not get worse.
    net
        Whether its units are already less what would have happened anyway.
    simulated, tracked_months
        What of a simulated child it counts, and for how many months from the start: so that a
        business case can price the agreement. "days_out_of_care", "days_in_care", "started" (at the
        start), "stayed_out" (never looked after, at the end of the time it is tracked).
    records
        How it is counted from statutory returns, so that `headwater claims` can claim it.
    """

    id: Name
    name: Words
    about: About
    unit: Words
    places: int = Field(default=0, ge=0, le=6)
    most_units: Exact | None = None
    outcome: str = ""
    evidence: str = ""
    independent: bool | None = None
    safety: bool = False
    net: bool = False
    simulated: Simulated | None = None
    tracked_months: int = Field(default=24, ge=1, le=216)
    records: FromRecords | None = None
    clause: str = ""


class Cohort(Frozen):
    """Those who start between two days, the last included."""

    id: Name
    first_day: FirstDay
    last_day: LastDay
    planned: int | None = Field(default=None, ge=0)
    closed_list: bool | None = None
    clause: str = ""


class Price(Frozen):
    """A line of the rate card.

    Parameters
    ----------
    amount
        Pounds (or whole units of the agreement's currency) for one unit.
    per
        The metric's unit, repeated, so that a tariff never stands without one.
    cohort, group
        For whom; empty: for all without a line of their own.
    """

    metric: Name
    amount: Amount
    per: Words
    currency: str = ""
    cohort: str = ""
    group: str = ""
    clause: str = ""
    source: str = ""


class Settlement(Frozen):
    """When claims are settled.

    Parameters
    ----------
    every
        Length of a period, counted from the agreement's first day.
    dates
        Last days of the periods, instead.
    counted_by
        The day of a claim that decides its period.
    closes
        Last day of the last period, where outcomes are still counted after the agreement's end.
    claims_due_days
        Days after its outcome within which a claim must be made.
    payable_days
        Days after a period's end on which its payments fall due.
    """

    every: Every = "quarter"
    dates: tuple[date, ...] = ()
    counted_by: Literal["last_day", "claimed_on", "verdict_on"] = "last_day"
    closes: date | None = None
    claims_due_days: int | None = Field(default=None, ge=0)
    payable_days: int = Field(default=0, ge=0)
    clause: str = ""


class Verification(Frozen):
    """Who confirms a claim, and what a claim must carry.

    Parameters
    ----------
    once
        How often one outcome may be claimed for the same key: once in all, once for the same days
        ("days", what is not said otherwise), or without limit ("any").
    needs_evidence
        Whether a claim without evidence is refused.
    """

    by: str = ""
    method: str = ""
    once: Literal["ever", "days", "any"] = "days"
    needs_evidence: bool = False
    clause: str = ""


class Rounding(Frozen):
    """How every amount is rounded, once for each line."""

    mode: Mode = "half_up"
    to: Literal["penny", "pound"] = "penny"
    clause: str = ""


class Variation(Frozen):
    """A new version of the terms from a day on.

    Parameters
    ----------
    first_day
        Outcomes whose last day is this or later are settled by it.
    price, term
        Lines of the rate card and whole terms that replace those of the same name; a new term
        stands after the others.
    change
        Terms of which some fields change, or the place; they are worked after `drop` and `term`.
    drop
        Terms that end.
    earlier_units
        What becomes of units of a measure to date from before `first_day`: their price "stays", or
        they are "priced_anew" with all others, and the difference falls due.
    """

    first_day: date
    because: Words
    clause: str = ""
    earlier_units: Literal["stays", "priced_anew"] = "stays"
    price: tuple[Price, ...] = ()
    term: tuple[AnyTerm, ...] = ()
    change: tuple[Change, ...] = ()
    drop: tuple[Name, ...] = ()


class Answer(Frozen):
    """What an agreement says on a question that no term answers, and where."""

    answer: bool
    words: Words
    clause: str = ""


class Impact(Frozen):
    """What an evaluation estimated; it is shown beside what is payable, and never changes it."""

    metric: Name
    estimate: Words
    low: str = ""
    high: str = ""
    unit: Words
    method: Words
    source: Words


class Expected(Frozen):
    """What the parties expect of a metric: the promise that a contract is priced on.

    Parameters
    ----------
    people
        How many people, families or places may have the outcome; for a metric about a cohort, how
        many claims of it there will be.
    each
        Units of one who has it.
    without, promised
        Chance of the outcome without the service, and as promised; for a metric about a cohort, the
        value that would be measured.
    spread
        Standard deviation of that chance, or value, from world to world.
    error
        Standard deviation of the measurement, for a metric about a cohort.
    first_day, last_day
        Between which outcomes begin, evenly.
    lasts_days
        How many days each lasts, its first included; it is counted on its last. Missing: one day.
    because
        Where the numbers are from.
    """

    metric: Name
    people: int = Field(default=1, ge=1, le=1_000_000)
    each: AtLeastNothing = Fraction(1)
    without: AtLeastNothing
    promised: AtLeastNothing
    spread: AtLeastNothing = Fraction(0)
    error: AtLeastNothing = Fraction(0)
    cohort: str = ""
    group: str = ""
    first_day: date
    last_day: date
    lasts_days: int | None = Field(default=None, ge=1, le=36_525)
    because: Words


class Contract(Frozen):
    """An outcomes contract, whole.

    Parameters
    ----------
    first_day, last_day
        Of the agreement; the last is included. Or "not published": then nothing is worked out that
        needs it.
    currency
        Three letters. Every amount is in it, in cash of its day.
    groups
        Kinds of people or places that terms tell apart: "adult", "youth".
    payer
        Who pays, in what shares, unless a term says otherwise.
    payee
        Who is paid.
    term
        In order. Each takes up metrics or earlier terms; what no later term takes up is due.
    expected, odds
        What the parties expect, and the test on which payment turns: for pricing before the fact.
    money, instrument, cost, waterfall, reserve, return_cap, termination
        The money side: its periods, who puts money in, what is spent, who is paid in what order,
        what is put aside, what investors may earn at most, and how it may end early.
    """

    agreement: Literal["contract"]
    id: Name
    name: Words
    about: str = ""
    currency: str = Field(pattern=r"^[A-Z]{3}$")
    first_day: FirstDay
    last_day: LastDay
    signed: date | None = None
    groups: tuple[Name, ...] = ()
    payee: Name
    party: tuple[Party, ...] = Field(min_length=1)
    payer: tuple[Payer, ...] = Field(min_length=1)
    metric: tuple[Metric, ...] = Field(min_length=1)
    cohort: tuple[Cohort, ...] = ()
    price: tuple[Price, ...] = ()
    settlement: Settlement = Settlement()
    verification: Verification = Verification()
    rounding: Rounding = Rounding()
    term: tuple[AnyTerm, ...] = Field(min_length=1)
    variation: tuple[Variation, ...] = ()
    safeguard: dict[str, Answer] = Field(default_factory=dict)
    impact: tuple[Impact, ...] = ()
    expected: tuple[Expected, ...] = ()
    odds: Odds | None = None
    money: Calendar = Calendar()
    instrument: tuple[AnyInstrument, ...] = ()
    cost: tuple[Cost, ...] = ()
    waterfall: tuple[Step, ...] = ()
    reserve: Reserve | None = None
    return_cap: ReturnCap | None = None
    termination: tuple[Termination, ...] = ()
    source: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _changes_are_whole(cls, entry: Any) -> Any:
        return with_whole_terms(entry)

    def line(self, metric: str, cohort: str, group: str) -> Price | None:
        """Return the line of the rate card that names most of a metric, cohort and group."""
        lines = [
            line
            for line in self.price
            if line.metric == metric and line.cohort in {"", cohort} and line.group in {"", group}
        ]
        return max(lines, key=lambda line: (line.cohort != "", line.group != ""), default=None)

    def money_side(self) -> MoneySide:
        """Return its money side, whole."""
        return MoneySide.model_construct(
            **{name: getattr(self, name) for name in MoneySide.model_fields}
        )

    def metric_shapes(self) -> dict[str, Shape]:
        """Return what each metric gives: units by claim."""
        return {m.id: Shape("claim", unit=m.unit, places=m.places) for m in self.metric}
