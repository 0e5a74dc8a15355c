"""What a person writes to ask for a business case: the form of a case file."""

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from headwater.core.green_book import Schedule
from headwater.core.model import Frozen
from headwater.core.need import Level

Share = Annotated[float, Field(gt=0.0, lt=1.0)]
Whole = Annotated[int, Field(strict=True)]
"""A whole number written as one: neither text nor true."""
Counts = Literal["looked_after_then", "ever_looked_after"]
"""Whether a share counts children looked after on the day, or ever by it."""

MOST_YEARS = 20
"""Years over which children may start."""
YEAR = r"^(19|20)\d\d[-/]\d\d$"
BASE = r"^(19|20)\d\d([-/]\d\d)?$"


class Amount(Frozen):
    """Pounds, with the year whose prices they are in and where they come from."""

    amount: Decimal = Field(ge=0, le=Decimal("1e12"))
    price_base: str = Field(pattern=BASE)
    source: str = Field(min_length=1)


class OwnPrice(Amount):
    """A price of the user's own, in place of a published one."""

    per: Literal["day", "week", "entry"]
    """A day or a week of one child's placement or support, or an entry that is priced."""


class Risk(Frozen):
    """The cohort's risk without the programme.

    Give `share`, or `between` two shares where it is not known.
    """

    share: Share | None = None
    between: tuple[Share, Share] | None = None
    months: float = Field(ge=1, le=216)
    counts: Counts = "looked_after_then"
    families: Whole | None = Field(default=None, gt=0)
    """Families the share was counted from, for its standard error; none: taken as certain."""
    source: str = Field(min_length=1)

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.share is None) == (self.between is None):
            msg = "give either 'share' or 'between'"
            raise ValueError(msg)
        if self.between is not None and self.between[0] >= self.between[1]:
            msg = "'between' must rise"
            raise ValueError(msg)
        return self


class StartYear(Frozen):
    """How many children start in one financial year."""

    year: str = Field(pattern=YEAR)
    children: Whole = Field(gt=0)

    @field_validator("year")
    @classmethod
    def _one_year_on(cls, year: str) -> str:
        if (int(year[:4]) + 1) % 100 != int(year[5:]):
            msg = f"'{year}' is no financial year: write 2025-26"
            raise ValueError(msg)
        return year


class Cohort(Frozen):
    """Who is helped."""

    children: Whole = Field(gt=0, le=1_000_000)
    ages: tuple[Whole, Whole] | None = None
    """First and last age in completed years; none: the programme's own."""
    level: Level | None = None
    """Level of need; none: the programme's own."""
    risk: Risk | None = None
    starts: tuple[StartYear, ...] = ()

    @field_validator("ages")
    @classmethod
    def _ages_rise(cls, ages: tuple[Whole, Whole] | None) -> tuple[int, int] | None:
        if ages is not None and not 0 <= ages[0] <= ages[1] <= 17:
            msg = f"ages {ages[0]} to {ages[1]} do not rise within 0 to 17"
            raise ValueError(msg)
        return ages

    @model_validator(mode="after")
    def _starts_add_up(self) -> Self:
        total = sum(start.children for start in self.starts)
        if self.starts and total != self.children:
            msg = f"the starts add up to {total}, not to the cohort's {self.children} children"
            raise ValueError(msg)
        years = [start.year for start in self.starts]
        if years and int(years[-1][:4]) - int(years[0][:4]) > MOST_YEARS:
            msg = f"the starts span more than {MOST_YEARS} years"
            raise ValueError(msg)
        if sorted(set(years)) != years:
            msg = "the start years must rise, each once"
            raise ValueError(msg)
        return self


class Effect(Frozen):
    """An effect of the user's own, in place of the programme's published ones."""

    scale: Literal["risk_difference", "risk_ratio", "odds_ratio", "hazard_ratio"]
    value: float
    low: float
    high: float
    """Ends of a 95% interval."""
    months: float = Field(ge=1, le=216)
    counts: Counts = "looked_after_then"
    source: str = Field(min_length=1)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.low <= self.value <= self.high:
            msg = "the interval must contain the value: low ≤ value ≤ high"
            raise ValueError(msg)
        if self.scale == "risk_difference" and not (self.low > -1 and self.high < 1):
            msg = "a risk difference is a share between -1 and 1, negative for fewer children"
            raise ValueError(msg)
        if self.scale != "risk_difference" and not (self.low >= 0.001 and self.high <= 1000):
            msg = "a ratio must lie between 0.001 and 1000"
            raise ValueError(msg)
        return self


class Delivery(Frozen):
    """What the programme costs to deliver; none where it is not known."""

    cost_per_child: Amount | None = None


class Options(Frozen):
    """Assumptions that a user may change; each is named in the output."""

    after_follow_up: Literal["none", "fade", "persist", "rebound"] = "none"
    fade_kept_per_year: float = Field(default=0.5, ge=0, le=1)
    effect_carried_over: float = Field(default=1.0, ge=0, le=1)
    """Share of the (log or difference of the) published effect carried over to this place."""
    discount: Schedule = "standard"
    inflation_beyond_index: float | None = Field(default=None, gt=-0.5, lt=0.5)


class CashabilityStep(Frozen):
    """When a saving on one line releases a budget; methods in the documentation."""

    line: str
    marginal_per_child_month: Amount
    fixed_per_step_month: Amount
    step_children: float = Field(ge=1)
    notice_months: Whole = Field(ge=0)
    ramp_months: Whole = Field(ge=0)
    backfill: float = Field(ge=0, le=1)


class Promise(Frozen):
    """What has been promised or claimed of this case in public."""

    outcome_payments: Amount
    saving: Amount
    saving_years: Whole = Field(gt=0)
    paid_days_years: Whole = Field(gt=0)
    """Years for which days out of care are paid for each child."""
    deadweight_share: Share
    """Share of days out of care that the contract takes to have happened anyway."""
    days_claimed: Whole = Field(gt=0)
    sources: tuple[str, ...] = Field(min_length=1)
    unpublished: tuple[str, ...] = ()


class Case(Frozen):
    """One business case."""

    title: str = ""
    place: str
    programme: str
    price_year: str = Field(default="2024-25", pattern=BASE)
    horizon_years: Whole = Field(default=5, ge=1, le=18)
    draws: Whole = Field(default=1000, ge=20, le=1_000_000)
    seed: Whole = Field(default=1, ge=0, le=2**32)
    cohort: Cohort
    delivery: Delivery = Delivery()
    effect: Effect | None = None
    options: Options = Options()
    unit_costs: dict[str, OwnPrice] = Field(default_factory=dict)
    """Prices of the user's own, by line."""
    cashability: tuple[CashabilityStep, ...] = ()
    promise: Promise | None = None
    notes: tuple[str, ...] = ()
    force_mismatch: bool = False

    @model_validator(mode="after")
    def _promise_over_the_horizon(self) -> Self:
        if self.promise is not None and self.promise.saving_years != self.horizon_years:
            msg = (
                f"the promise is a saving over {self.promise.saving_years} years, so horizon_years"
                f" must be {self.promise.saving_years}, not {self.horizon_years}"
            )
            raise ValueError(msg)
        return self
