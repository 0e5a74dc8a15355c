"""Which year a children in need census is of: by its reference date, held against its own word."""

from collections.abc import Iterator, Sequence

from headwater.core.fault import Fault
from headwater.core.finding import Where, found
from headwater.core.layout import FIRST_YEAR, LAST_YEAR, ReturnYear
from headwater.readers.returns.cin_shape import census_year
from headwater.readers.returns.raw import RawTable

HEADER = "header"


def year_of(tables: Sequence[RawTable]) -> tuple[int | None, list[Fault]]:
    """Return the year of one document's tables, and why it is not read where that is None."""
    heads = [table for table in tables if table.table == HEADER]
    said = [row for table in heads for row in table.frame.iter_rows(named=True)]
    dates = {y for row in said if (y := census_year(row["ReferenceDate"].strip())) is not None}
    named = {y for row in said if (y := _whole(row["Year"])) is not None}
    file = tables[0].file
    faults = list(_faults(file, dates, named))
    if faults:
        return None, faults
    (year,) = dates or named
    return year, []


def _whole(text: str) -> int | None:
    return int(text) if text.strip().isascii() and text.strip().isdigit() else None


def _faults(file: str, dates: set[int], named: set[int]) -> Iterator[Fault]:
    """Yield why the year of a census is not known."""
    if not dates and not named:
        yield _fault(file, "has no reference date by which its year is known; it is not read.")
    elif len(dates | named) > 1:
        years = ", ".join(
            str(ReturnYear(int(each or 0))) for each in sorted(dates | named, key=int)
        )
        yield _fault(file, f"says that it is of {years}; it is not read.")
    else:
        (year,) = dates | named
        if not FIRST_YEAR <= year <= LAST_YEAR:
            known = f"{ReturnYear(FIRST_YEAR)} to {ReturnYear(LAST_YEAR)}"
            yield _fault(file, f"is of the year {year}, and known are {known}; it is not read.")


def _fault(file: str, rule: str) -> Fault:
    remedy = "Correct Year and ReferenceDate in its header."
    return Fault("year", found("wrong", Where(file), rule, column="ReferenceDate", remedy=remedy))
