"""The record of past forecasts: each beside what came, their scores, and what earned its place."""

from dataclasses import dataclass

from headwater.core.pathway import Stock


@dataclass(frozen=True, slots=True)
class Row:
    """One forecast that came due: one measure of one place after some years.

    Parameters
    ----------
    places
        Ids of the places that stood in the base year: one, or several scored together because
        figures before or after are published for them together.
    measure
        A stock, or "spending".
    low, centre, high
        The forecast: the tenth, fiftieth and ninetieth of a hundred draws. Children, or pounds in
        the base year's prices.
    no_change, line
        What stood at the base; where the least-squares line through the years before leads.
    """

    places: tuple[str, ...]
    measure: str
    years: int
    low: float
    centre: float
    high: float
    no_change: float
    line: float
    actual: float


@dataclass(frozen=True, slots=True)
class Score:
    """The forecasts of one measure after some years, against what came.

    Parameters
    ----------
    error, error_no_change, error_line
        Mean of |forecast − actual| ÷ actual over places.
    bias, bias_no_change, bias_line
        Mean of (forecast − actual) ÷ actual.
    coverage
        Share of places in which what came lay between `low` and `high`; 0.8 is promised.
    gain, gain_error
        How much less the forecasts erred than no change, and the standard error of that mean over
        places (taken as independent).
    """

    measure: str
    years: int
    places: int
    error: float
    bias: float
    coverage: float
    error_no_change: float
    bias_no_change: float
    error_line: float
    bias_line: float
    gain: float
    gain_error: float

    @property
    def better(self) -> bool:
        """Whether the forecasts erred less than no change would have."""
        return self.gain > 0.0

    @property
    def clearly_better(self) -> bool:
        """Whether they did so by more than twice the standard error."""
        return self.gain > 2.0 * self.gain_error


@dataclass(frozen=True, slots=True)
class Variation:
    """One way to forecast, and how far it erred.

    Parameters
    ----------
    belief
        Weight of flows, by stock: learnt, or given.
    error
        Mean of |log of forecast ÷ actual| by stock, after one, two and three years.
    kept
        Whether forecasts are made this way.
    """

    name: str
    belief: dict[Stock, float]
    error: dict[Stock, tuple[float, ...]]
    kept: bool


@dataclass(frozen=True, slots=True)
class Record:
    """How forecasts from one base year would have done.

    Parameters
    ----------
    unscored
        Why places are not scored, or not in every measure, by their names.
    """

    base: int
    draws: int
    rows: tuple[Row, ...]
    scores: tuple[Score, ...]
    unscored: dict[str, str]
    variations: tuple[Variation, ...]

    def score(self, measure: str, years: int) -> Score:
        """Return one score."""
        return next(s for s in self.scores if (s.measure, s.years) == (measure, years))
