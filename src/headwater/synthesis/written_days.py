"""Days in care as the rows of written returns say them, word by word: no reader of ours."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from headwater.core.layout import ReturnYear
from headwater.synthesis.sheet import Bench, Row, Sheet

BREAKS = ("V3", "V4")


def days_of(bench: Bench, children: set[str]) -> dict[str, int]:
    """Return care days of children, by identifier, as the rows stand.

    The union of [DECOM, DEC) over every row of every year, cut to the years; an open row goes on
    to the end of its own year; a row whose dates cannot be read or that ends before it begins
    counts nothing. Short breaks (V3, V4) are left out.
    """
    spans: dict[str, list[tuple[date, date]]] = {child: [] for child in children}
    first = ReturnYear(bench.years[0]).first_day
    stop = ReturnYear(bench.years[-1]).last_day + timedelta(days=1)
    for sheet in bench.of("episodes"):
        for child, start, end in _spans(sheet, sheet.rows):
            if child in spans:
                spans[child].append((max(start, first), min(end, stop)))
    return {child: _union(held) for child, held in spans.items()}


def _spans(sheet: Sheet, rows: Iterable[Row]) -> Iterator[tuple[str, date, date]]:
    places = [sheet.at(name) for name in ("CHILD", "DECOM", "DEC", "LS")]
    until = ReturnYear(sheet.year).last_day + timedelta(days=1)
    for row in rows:
        child, began, ended, status = (row[at] for at in places)
        start = _day(began)
        end = _day(ended) if ended else until
        if start is not None and end is not None and start < end and status not in BREAKS:
            yield child, start, end


def _day(text: str) -> date | None:
    try:
        return date(int(text[6:]), int(text[3:5]), int(text[:2]))
    except ValueError:
        return None


def _union(spans: list[tuple[date, date]]) -> int:
    days, reached = 0, date.min
    for start, stop in sorted(spans):
        begin = max(start, reached)
        if stop > begin:
            days += (stop - begin).days
            reached = stop
    return days
