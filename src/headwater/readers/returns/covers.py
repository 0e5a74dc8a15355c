"""For which time the files that were read say whether a child was in a state, by state."""

from datetime import date
from typing import TYPE_CHECKING

from headwater.core.layout import ReturnYear
from headwater.readers.returns import plain_lives
from headwater.readers.returns.forms import BY_YEAR, FORMS, layouts
from headwater.readers.returns.read import Return
from headwater.readers.returns.record_form import Event, Form, Spell

if TYPE_CHECKING:
    import polars as pl

EPOCH = date(1970, 1, 1)
Time = tuple[int, int]


def covers(held: Return) -> dict[str, Time]:
    """Return the time covered by state and by measure: from a day until before another.

    A return covers the last unbroken run of its years. An extract says of no time that it covers
    it: it is taken to cover from the first day that it holds to the last on which something began
    or happened. Where both speak of a state, the return's time stands.
    """
    made = plain_lives.covers(held)
    for form in reversed([FORMS[name] for name in held.forms]):
        for part in form.parts:
            time = _time(held, form, part)
            if time is not None:
                made[part.speaks_of] = time
    return made


def spoken_of(held: Return) -> frozenset[str]:
    """Return the states and events that the returns read speak of.

    An extract's rows of them are not counted: they would be the same children's a second time, in
    other words.
    """
    return frozenset(
        part.speaks_of
        for form in (FORMS[name] for name in held.forms if name in BY_YEAR)
        for part in form.parts
        if form.whole or part.table in held.tables
    )


def _time(held: Return, form: Form, part: Spell | Event) -> Time | None:
    first = layouts(form.name)[part.table].first
    years = tuple(year for year in held.forms[form.name] if year >= first)
    if form.whole or part.table in held.tables:
        if years:
            return run(years)
        if part.table in held.tables and not held.forms[form.name]:
            start = part.start if isinstance(part, Spell) else part.day
            return extent(held.tables[part.table][start])
    return None


def run(years: tuple[int, ...]) -> Time:
    """Return the time that the last unbroken run of years covers."""
    first = last = years[-1]
    while first - 1 in years:
        first -= 1
    from_day = (ReturnYear(first).first_day - EPOCH).days
    return from_day, (ReturnYear(last).last_day - EPOCH).days + 1


def extent(days: "pl.Series") -> Time | None:
    """Return the time from the first to the last of some days; None of none."""
    known = days.drop_nulls()
    if known.is_empty():
        return None
    numbers = known.cast(int)
    low, high = numbers.min(), numbers.max()
    return (int(str(low)), int(str(high)) + 1)
