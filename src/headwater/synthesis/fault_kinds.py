"""Kinds of fault in the rows of a return: what may be spoilt, and how.

Each kind is a function of a bench, the child's place in it and luck: it changes rows and says what
it changed, or says that this child's rows do not lend themselves to it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from headwater.core.layout import ReturnYear
from headwater.synthesis.sheet import Bench, Planted, Row, Sheet
from headwater.synthesis.year_codes import LETTERS_FROM

Found = list[Planted]
LEAP_DAY = "29/02/"


@dataclass(frozen=True, slots=True)
class Spot:
    """A child's episodes in one year, in order, and luck."""

    bench: Bench
    sheet: Sheet
    child: str
    rows: tuple[Row, ...]
    rng: np.random.Generator

    def cell(self, row: Row, column: str) -> str:
        """Return what stands in a cell."""
        return row[self.sheet.at(column)]

    def day(self, row: Row, column: str) -> date | None:
        """Return a date, or None where the cell is blank."""
        return read_day(self.cell(row, column))

    def next_year(self) -> "Spot | None":
        """Return the child's episodes in the year after, or None."""
        sheet = self.bench.sheets.get(("episodes", self.sheet.year + 1))
        if sheet is None:
            return None
        at = sheet.at("CHILD")
        rows = tuple(row for row in sheet.rows if row[at] == self.child)
        return Spot(self.bench, sheet, self.child, rows, self.rng) if rows else None

    def change(self, row: Row, column: str, to: str, kind: str, *rules: str) -> Planted:
        """Write a cell, and say so."""
        at = self.sheet.at(column)
        before, row[at] = row[at], to
        return Planted(kind, self.sheet, row, self.child, column, before, to, rules)


Kind = Callable[[Spot], Found]


def read_day(text: str) -> date | None:
    """Return a date written dd/mm/yyyy, or None."""
    return date(int(text[6:]), int(text[3:5]), int(text[:2])) if text else None


def write_day(day: date) -> str:
    """Return dd/mm/yyyy."""
    return day.strftime("%d/%m/%Y")


def _joins(spot: Spot) -> Iterator[tuple[Row, Row]]:
    """Yield rows that end because the next begins."""
    for row, after in zip(spot.rows, spot.rows[1:], strict=False):
        if spot.cell(row, "REC") == "X1":
            yield row, after


def _long(spot: Spot, row: Row, days: int) -> bool:
    start, stop = spot.day(row, "DECOM"), spot.day(row, "DEC")
    end = stop or ReturnYear(spot.sheet.year).last_day
    return start is not None and (end - start).days > days


def overlap(spot: Spot) -> Found:
    """End an episode some days after the next began (501)."""
    for row, after in _joins(spot):
        if _long(spot, after, 30) and (stop := spot.day(row, "DEC")):
            later = stop + timedelta(days=int(spot.rng.integers(3, 20)))
            if later <= ReturnYear(spot.sheet.year).last_day:
                return [spot.change(row, "DEC", write_day(later), "overlap", "501")]
    return []


def gap(spot: Spot) -> Found:
    """End an episode some days before the next begins, though it is said to carry on (433)."""
    for row, _ in _joins(spot):
        stop = spot.day(row, "DEC")
        if _long(spot, row, 30) and stop is not None:
            sooner = stop - timedelta(days=int(spot.rng.integers(3, 20)))
            if sooner >= ReturnYear(spot.sheet.year).first_day:
                return [spot.change(row, "DEC", write_day(sooner), "gap", "433")]
    return []


def late_row(spot: Spot) -> Found:
    """Leave a whole period of care out of its year, and return it a year later (562)."""
    last_row, later = spot.rows[-1], spot.bench.sheets.get(("episodes", spot.sheet.year + 1))
    began = spot.day(last_row, "DECOM")
    alone = len(spot.rows) == 1 and spot.next_year() is None
    if not alone or later is None or not spot.cell(last_row, "DEC") or began is None:
        return []
    if spot.cell(last_row, "RNE") != "S" or began < ReturnYear(spot.sheet.year).first_day:
        return []
    if spot.cell(last_row, "LS") in {"V3", "V4"}:
        return []
    for sheet, row in list(spot.bench.rows_of(spot.child, spot.sheet.year)):
        sheet.rows.remove(row)
        if sheet.name == "header":
            _carry(spot.bench.sheets["header", later.year], row)
    later.rows.append(last_row)
    text = spot.sheet.folder
    return [Planted("late_row", later, last_row, spot.child, "", text, later.folder, ("562",))]


def _carry(header: Sheet, row: Row) -> None:
    """Add a child of the year before to a header that lacks it, in that year's codes."""
    at = header.at("CHILD")
    if all(other[at] != row[at] for other in header.rows):
        sex = header.at("SEX")
        letters = {"1": "M", "2": "F"} if header.year >= LETTERS_FROM else {}
        row[sex] = letters.get(row[sex], row[sex])
        header.rows.append(row)


WRONG = {"PLACE": "146", "LS": "144", "RNE": "143", "CIN": "145"}


def wrong_code(spot: Spot) -> Found:
    """Write a code that no year has (143 to 146)."""
    column = str(spot.rng.choice(list(WRONG)))
    return [spot.change(spot.rows[-1], column, "QQ", "wrong_code", WRONG[column])]


def other_year_code(spot: Spot) -> Found:
    """Write a placement code of another year (146)."""
    year = spot.sheet.year
    for row in spot.rows:
        now = spot.cell(row, "PLACE")
        to = {"H5": "K3", "K3": "H5"}.get(now) or ("Z1" if now.startswith("Z1") else "")
        if now == "Z1":
            to = "Z11"
        if to and to != now:
            return [spot.change(row, "PLACE", to, "other_year_code", "146")]
    if year < 2025 and spot.cell(spot.rows[-1], "PLACE") == "P2":
        return [spot.change(spot.rows[-1], "PLACE", "K3", "other_year_code", "146")]
    return []


def blank_required(spot: Spot) -> Found:
    """Leave out a code that every row must have (143 to 146)."""
    column = str(spot.rng.choice(list(WRONG)))
    return [spot.change(spot.rows[0], column, "", "blank_required", WRONG[column])]


def missing_end(spot: Spot) -> Found:
    """Leave out the day on which an episode ended, and keep the reason (148)."""
    for row, _ in _joins(spot):
        return [spot.change(row, "DEC", "", "missing_end", "148")]
    return []


def missing_reason(spot: Spot) -> Found:
    """Leave out why an episode ended, and keep the day (148)."""
    for row, _ in _joins(spot):
        return [spot.change(row, "REC", "", "missing_reason", "148")]
    return []


def duplicate_row(spot: Spot) -> Found:
    """Return a row twice."""
    again = list(spot.rows[0])
    spot.sheet.rows.insert(spot.sheet.rows.index(spot.rows[0]) + 1, again)
    return [Planted("duplicate_row", spot.sheet, again, spot.child, "", "", "the row above")]


def negative_stay(spot: Spot) -> Found:
    """End an episode before it began (356)."""
    for row in spot.rows:
        start = spot.day(row, "DECOM")
        if spot.cell(row, "DEC") and start is not None:
            sooner = write_day(start - timedelta(days=int(spot.rng.integers(2, 30))))
            return [spot.change(row, "DEC", sooner, "negative_stay", "356")]
    return []


def zero_stay(spot: Spot) -> Found:
    """End an episode on the day on which it began (355)."""
    for row in spot.rows:
        if spot.cell(row, "DEC"):
            start = spot.cell(row, "DECOM")
            return [spot.change(row, "DEC", start, "zero_stay", "355")]
    return []


def before_1991(spot: Spot) -> Found:
    """Begin an episode before the Children Act was in force (353)."""
    start = spot.cell(spot.rows[0], "DECOM")
    return [
        spot.change(
            spot.rows[0],
            "DECOM",
            f"{start[:6].replace(LEAP_DAY, '28/02/')}1990",
            "before_1991",
            "353",
        )
    ]


def after_the_year(spot: Spot) -> Found:
    """End an episode after the last day of the return's year (385)."""
    for row in reversed(spot.rows):
        if stop := spot.cell(row, "DEC"):
            to = f"{stop[:6].replace(LEAP_DAY, '28/02/')}{spot.sheet.year + 3}"
            return [spot.change(row, "DEC", to, "after_the_year", "385")]
    return []


def bad_date(spot: Spot) -> Found:
    """Write a date that no calendar has (141, 147)."""
    row = spot.rows[-1]
    column, rule = ("DEC", "147") if spot.cell(row, "DEC") else ("DECOM", "141")
    year = spot.cell(row, column)[6:]
    return [spot.change(row, column, f"31/02/{year}", "bad_date", rule)]


def other_start(spot: Spot) -> Found:
    """Return last year's open episode with another first day (502)."""
    after = spot.next_year()
    if after is None or spot.cell(spot.rows[-1], "DEC"):
        return []
    row, start = after.rows[0], after.day(after.rows[0], "DECOM")
    first = ReturnYear(after.sheet.year).first_day
    if start is None or start >= first or not _long(after, row, 40):
        return []
    moved = write_day(start + timedelta(days=int(spot.rng.integers(5, 25))))
    return [after.change(row, "DECOM", moved, "other_start", "502")]


def two_ids(spot: Spot) -> Found:
    """Give a child another identifier from a year on, in every file."""
    if spot.cell(spot.rows[0], "LS") in {"V3", "V4"} or spot.next_year() is None:
        return []
    other = "Z" + spot.child[1:][::-1]
    found = []
    for year in spot.bench.years:
        if year > spot.sheet.year:
            for sheet, row in spot.bench.rows_of(spot.child, year):
                row[sheet.at("CHILD")] = other
                found.append(Planted("two_ids", sheet, row, spot.child, "CHILD", spot.child, other))
    return found


def two_birthdays(spot: Spot) -> Found:
    """Give a child another date of birth than in the header of the year before (203)."""
    header = spot.bench.sheets["header", spot.sheet.year]
    before_it = spot.bench.sheets.get(("header", spot.sheet.year - 1))
    if before_it is None:
        return []
    known = {row[before_it.at("CHILD")] for row in before_it.rows}
    for row in header.rows:
        if row[header.at("CHILD")] == spot.child and spot.child in known:
            at = header.at("DOB")
            born = read_day(row[at])
            if born is None:
                return []
            other = write_day(born - timedelta(days=int(spot.rng.integers(1, 300))))
            before, row[at] = row[at], other
            return [
                Planted("two_birthdays", header, row, spot.child, "DOB", before, other, ("203",))
            ]
    return []


KINDS: dict[str, Kind] = {
    "late_row": late_row,
    "overlap": overlap,
    "gap": gap,
    "wrong_code": wrong_code,
    "other_year_code": other_year_code,
    "blank_required": blank_required,
    "missing_end": missing_end,
    "missing_reason": missing_reason,
    "duplicate_row": duplicate_row,
    "negative_stay": negative_stay,
    "zero_stay": zero_stay,
    "before_1991": before_1991,
    "after_the_year": after_the_year,
    "bad_date": bad_date,
    "other_start": other_start,
    "two_ids": two_ids,
    "two_birthdays": two_birthdays,
}
"""Every kind of fault in rows. `two_ids` and `late_row` come first: they need whole children."""
