"""What is published of a place on the day a forecast starts from: 31 March of its base year."""

from dataclasses import dataclass

from headwater.core.pathway import STOCKS, Stock
from headwater.core.place import Place

MEASURE: dict[Stock, str] = {"need": "need_stock", "plan": "plan_stock", "care": "care_stock"}
"""The published stock that each is scored on. Children in need holds the other two as well."""


@dataclass(frozen=True, slots=True)
class Base:
    """The children of a place on one 31 March.

    Parameters
    ----------
    population
        Children aged 0 to 17, the mid-year estimate before.
    stocks
        Children by stock, as the pathway counts them: need without plans, care and care leavers;
        care without asylum-seeking children. A stock that is not published is left out.
    asylum, leavers
        Unaccompanied asylum-seeking children looked after; care leavers counted as in need. Both
        are held as they are.
    lacks
        In words: what is not published, and what is done instead.
    shown
        Stocks that the place's own records show, counted there.
    """

    place: Place
    year: int
    population: float
    stocks: dict[Stock, float]
    asylum: float
    leavers: float
    lacks: tuple[str, ...]
    shown: frozenset[Stock] = frozenset()

    def published(self, stock: Stock) -> float | None:
        """Return a stock as it is published, or counted in records as publishers do; or None."""
        if not self.shown:
            return self.place.value(MEASURE[stock], self.year)
        parts = {
            "plan": (self.stocks.get("plan"),),
            "care": (self.stocks.get("care"), self.asylum),
            "need": (*(self.stocks.get(name) for name in STOCKS), self.asylum, self.leavers),
        }[stock]
        known = [part for part in parts if part is not None]
        return sum(known) if len(known) == len(parts) else None


def base_of(place: Place, year: int) -> Base | None:
    """Return the children of a place on 31 March of a year; None where nothing is published."""
    population = place.value("population", year - 1)
    need, plan, care = (place.value(MEASURE[stock], year) for stock in STOCKS)
    if population is None or (need is None and plan is None and care is None):
        return None
    lacks = [
        f"{words}: not published for 31 March {year}; entry stays at its fitted level"
        for words, value in (
            ("children in need", need),
            ("children on plans", plan),
            ("looked-after children", care),
        )
        if value is None
    ]
    asylum = place.value("uasc_stock", year)
    if asylum is None and care is not None:
        lacks.append(
            "unaccompanied asylum-seeking children: not published (small counts are suppressed);"
            " counted with the other looked-after children"
        )
    leavers = _leavers(place, year)
    if leavers is None and need is not None:
        lacks.append("care leavers counted as in need: not published; counted with the others")
    stocks: dict[Stock, float] = {}
    if need is not None and plan is not None and care is not None:
        stocks["need"] = need - plan - care - (leavers or 0.0)
    if plan is not None:
        stocks["plan"] = plan
    if care is not None:
        stocks["care"] = care - (asylum or 0.0)
    return Base(
        place=place,
        year=year,
        population=population,
        stocks={name: stock for name, stock in stocks.items() if stock > 0.0},
        asylum=asylum or 0.0,
        leavers=leavers or 0.0,
        lacks=tuple(lacks),
    )


def _leavers(place: Place, year: int) -> float | None:
    parts = [place.value(name, year) for name in ("care_leavers_17_18", "care_leavers_19_21")]
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) else None
