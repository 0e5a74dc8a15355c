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
    grown
        Of spending: what stood at the base, grown as what a child costs England on average had,
        in real terms, up to the base. None of children.
    """

    places: tuple[str, ...]
    measure: str
    years: int
    low: float
    centre: float
    high: float
    no_change: float
    line: float
    grown: float | None
    actual: float


@dataclass(frozen=True, slots=True)
class Rival:
    """A forecast that needs no model, against what came, and against the model's.

    Parameters
    ----------
    error, median, bias
        Mean and median over places of |forecast − actual| ÷ actual; mean of (forecast − actual) ÷
        actual.
    gain, gain_error
        How much less the model's forecasts erred, and the standard error of that mean over places
        (taken as independent).
    """

    error: float
    median: float
    bias: float
    gain: float
    gain_error: float

    @property
    def beaten(self) -> bool:
        """Whether the model's forecasts erred less."""
        return self.gain > 0.0

    @property
    def clearly_beaten(self) -> bool:
        """Whether they did so by more than twice the standard error."""
        return self.gain > 2.0 * self.gain_error


@dataclass(frozen=True, slots=True)
class Score:
    """The forecasts of one measure after some years, against what came.

    Parameters
    ----------
    error, median, bias
        Mean and median over places of |forecast − actual| ÷ actual; mean of (forecast − actual) ÷
        actual.
    coverage
        Share of places in which what came lay between `low` and `high`; 0.8 is promised.
    no_change, line, grown
        The same of the forecasts that need no model, as in `Row`; `grown` of spending alone.
    """

    measure: str
    years: int
    places: int
    error: float
    median: float
    bias: float
    coverage: float
    no_change: Rival
    line: Rival
    grown: Rival | None = None


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
