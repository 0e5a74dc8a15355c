"""Early against late spending of a place, from gross outturn by line (section 251).

Early: Sure Start children's centres and early years, family support, services for young people.
Late: children looked after, safeguarding (social work among it), youth justice. The seventh line,
other children's services, is neither.
"""

from dataclasses import dataclass

from headwater.catalogue.places import measures
from headwater.catalogue.prices import deflator
from headwater.core.figure import Figure
from headwater.core.money import PriceBase
from headwater.core.place import Place
from headwater.workflows.place_figures import computed, published

EARLY = ("spend_sure_start", "spend_family_support", "spend_young_people")
LATE = ("spend_looked_after", "spend_safeguarding", "spend_youth_justice")
REPORT_YEAR = PriceBase(2024)

CAUTION = (
    "Lines are as published: family support holds short breaks and direct payments for disabled "
    "children, safeguarding holds all social work, and councils draw the lines differently."
)


@dataclass(frozen=True, slots=True)
class YearOfSpending:
    """One financial year: cash, the early share of both, and 2024-25 prices."""

    period: str
    early: Figure
    late: Figure
    early_share: Figure
    early_real: Figure
    late_real: Figure


@dataclass(frozen=True, slots=True)
class EarlyAgainstLate:
    """Early against late spending by year, and the change from the first full year to the last."""

    statement: str
    early_lines: tuple[str, ...]
    late_lines: tuple[str, ...]
    years: tuple[YearOfSpending, ...]
    early_change: Figure
    late_change: Figure
    early_change_real: Figure
    late_change_real: Figure
    caution: str = CAUTION


def early_against_late(place: Place) -> EarlyAgainstLate:
    """Return what a place spent early and late, by year."""
    listed = place.series.get(LATE[0])
    years = tuple(_year(place, year) for year in (listed.years if listed else ()))
    full = [year for year in years if year.early_share.value is not None]
    first, last = (full[0], full[-1]) if len(full) > 1 else (None, None)
    changes = {
        name: _change(name, first, last) for name in ("early", "late", "early_real", "late_real")
    }
    return EarlyAgainstLate(
        statement=_statement(place, full, changes),
        early_lines=tuple(measures()[line].title for line in EARLY),
        late_lines=tuple(measures()[line].title for line in LATE),
        years=years,
        early_change=changes["early"],
        late_change=changes["late"],
        early_change_real=changes["early_real"],
        late_change_real=changes["late_real"],
    )


def _year(place: Place, year: int) -> YearOfSpending:
    early, late = (_total(place, lines, year) for lines in (EARLY, LATE))
    share = None
    if early.value is not None and late.value is not None and early.value + late.value > 0:
        share = 100 * early.value / (early.value + late.value)
    return YearOfSpending(
        period=early.period,
        early=early,
        late=late,
        early_share=computed(
            share,
            "per cent",
            {"early": early, "late": late},
            period=early.period,
            note="" if share is not None else "nothing spent on either, or not published",
        ),
        early_real=_real(early, year),
        late_real=_real(late, year),
    )


def _total(place: Place, lines: tuple[str, ...], year: int) -> Figure:
    parts = {measures()[line].title.lower(): published(place, line, year) for line in lines}
    known = [part.value for part in parts.values() if part.value is not None]
    one = next(iter(parts.values()))
    return computed(
        sum(known) if len(known) == len(parts) else None,
        "GBP",
        parts,
        period=one.period,
        price_base=one.price_base,
        note="cash",
    )


def _real(cash: Figure, year: int) -> Figure:
    prices = deflator()
    factor = prices.factor(PriceBase(year - 1), REPORT_YEAR)
    return cash.but(
        value=None if cash.value is None else cash.value * factor,
        sources=(*cash.sources, prices.source),
        price_base=str(REPORT_YEAR),
        note=cash.note if cash.value is None else "GDP deflator",
    )


def _change(name: str, first: YearOfSpending | None, last: YearOfSpending | None) -> Figure:
    if first is None or last is None:
        sources = ("dfe_lait_section_251",)
        return Figure(None, "per cent", "computed", sources, note="fewer than two full years")
    before, after = getattr(first, name), getattr(last, name)
    return computed(
        100 * (after.value / before.value - 1) if before.value else None,
        "per cent",
        {first.period: before, last.period: after},
        period=f"{first.period} to {last.period}",
        note=f"change in {after.price_base} prices" if name.endswith("real") else "change in cash",
    )


def _statement(place: Place, full: list[YearOfSpending], changes: dict[str, Figure]) -> str:
    if not full:
        return f"No full year of {place.name}'s spending by line is published in the source read."
    last, first = full[-1], full[0]
    now = (
        f"In {last.period} {place.name} spent {_pounds(last.early)} early and "
        f"{_pounds(last.late)} late: {last.early_share.value:.0f} of every 100 pounds went early"
    )
    if last is first or changes["early"].value is None or changes["late"].value is None:
        return f"{now}."
    moves = {name: _moved(changes[name], changes[f"{name}_real"]) for name in ("early", "late")}
    return (
        f"{now}, against {first.early_share.value:.0f} in {first.period}. Since then early "
        f"spending has {moves['early']}; late spending has {moves['late']}."
    )


def _pounds(figure: Figure) -> str:
    value = figure.value or 0.0
    return f"£{value / 1e6:,.1f} million" if value >= 1e6 else f"£{value / 1e3:,.0f} thousand"


def _moved(cash: Figure, real: Figure) -> str:
    """Return "risen by 28% in cash but fallen by 2% in 2024-25 prices"."""
    (word, size), (real_word, real_size) = (_direction(change) for change in (cash, real))
    rest = f"and by {real_size}" if word == real_word else f"but {real_word} by {real_size}"
    return f"{word} by {size} in cash {rest} in {REPORT_YEAR} prices"


def _direction(change: Figure) -> tuple[str, str]:
    value = change.value or 0.0
    return ("fallen" if value < 0 else "risen"), f"{abs(value):.0f}%"
