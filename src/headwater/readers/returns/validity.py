"""Codes held against the year of the return, and tables against each other."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from headwater.core.fault import Fault
from headwater.core.finding import Where, found
from headwater.core.layout import Column, ReturnYear, TableLayout
from headwater.readers.returns.cells import Says, listed
from headwater.readers.returns.numbers import (
    BIRTH_RULES,
    BORN_ANEW,
    CODE_RULES,
    SEX_RULES,
    TWICE_RULES,
    UNHEADED_RULES,
)
from headwater.readers.returns.years import YEAR, Dated

if TYPE_CHECKING:
    import polars as pl

STARTS = ("DECOM", "MIS_START", "REVIEW", "CINreferralDate")
"""Columns that tell rows of one child apart."""
MOSTLY = 0.5
"""The part of a year's rows in two files from which they are the same return."""
STAMPS: Mapping[str, tuple[str, ...]] = {"REC": ("E99",), "REASON_PLACE_CHANGE": ("LIIAF",)}
"""Values that a regional pipeline's repair writes, and no code set has."""


def codes(each: Dated, layout: TableLayout) -> Iterator[Fault]:
    """Yield a fault for each code that its year does not allow."""
    import polars as pl  # noqa: PLC0415 - a heavy library, read when a return is

    for column in layout.columns.values():
        if column.kind != "code":
            continue
        for year in each.frame[YEAR].drop_nulls().unique().sort().to_list():
            allowed = sorted(column.allows(year))
            stamped = STAMPS.get(column.name, ())
            bad = each.frame.filter(
                (pl.col(YEAR) == year)
                & pl.col(column.name).is_not_null()
                & ~pl.col(column.name).is_in([*allowed, *stamped])
            )
            for value, rows in bad.group_by(column.name, maintain_order=True):
                number = CODE_RULES.get((layout.name, column.name), "code")
                says = _says(number, column, str(value[0]), year, allowed)
                yield from listed(each.table.file, rows, says)
            repaired = each.frame.filter(
                (pl.col(YEAR) == year) & pl.col(column.name).is_in(list(stamped))
            )
            rule = "was written by a repair of a regional pipeline, and is no code."
            noted = Says("stamp", column.name, rule, "Look it up in the case record.", "noted")
            yield from listed(each.table.file, repaired, noted)


def _says(number: str, column: Column, value: str, year: int, allowed: list[str]) -> Says:
    known = column.codes.get(value)
    if known is not None and year < known.first:
        rule = f"is no code of {ReturnYear(year)}: it came with {ReturnYear(known.first)}."
    elif known is not None:
        rule = f"is no code of {ReturnYear(year)}: {ReturnYear(known.last)} was its last year."
    else:
        rule = "is no code."
    shown = ", ".join(allowed[:30]) + (" …" if len(allowed) > 30 else "")
    return Says(number, column.name, rule, f"Allowed: {shown}.")


def integrity(
    tables: Mapping[str, "pl.DataFrame"], layouts: Mapping[str, TableLayout]
) -> Iterator[Fault]:
    """Yield faults between tables: a child without a header, one who is not the same in two.

    Parameters
    ----------
    tables
        Rows of every year by table, with `year`, `file` and `row`.
    """
    header = tables.get("header")
    for name, frame in tables.items():
        if layouts[name].once:
            yield from _repeated(frame, layouts[name])
        yield from twofold(name, frame)
        yield from _same_row(frame)
        if header is None or name == "header":
            continue
        yield from _unheaded(name, frame, header)
        for column, numbers in (("DOB", BIRTH_RULES), ("SEX", SEX_RULES)):
            if name in numbers:
                yield from _differs(frame, header, column, numbers[name])
    if header is not None:
        yield from _two_births(header)


def twofold(name: str, frame: "pl.DataFrame") -> Iterator[Fault]:
    """Yield a fault where two files of a year hold mostly the same: one return in two forms."""
    import polars as pl  # noqa: PLC0415

    keys = ["CHILD", YEAR, *(each for each in STARTS if each in frame.columns)]
    for (year,), held in frame.group_by(YEAR, maintain_order=True):
        files = held["file"].unique(maintain_order=True).to_list()
        if len(files) < 2:
            continue
        alike = held.group_by(keys).agg(pl.col("file").n_unique().alias("files"))
        part = alike.filter(pl.col("files") > 1).height / alike.height
        if part >= MOSTLY:
            rule = (
                f"and {files[0]} hold the same rows of '{name}' of {year}: the same return twice,"
                " perhaps in two forms; what follows counts both."
            )
            at = Where(files[1])
            yield Fault("twice", found("wrong", at, rule, remedy="Name one of them."))


def by_file(rows: "pl.DataFrame", says: Says) -> Iterator[Fault]:
    """Yield a fault for each row, under the name of its file."""
    for (file,), held in rows.group_by("file", maintain_order=True):
        yield from listed(str(file), held, says)


def _unheaded(name: str, frame: "pl.DataFrame", header: "pl.DataFrame") -> Iterator[Fault]:
    years = header[YEAR].unique()
    lost = frame.filter(frame[YEAR].is_in(years.implode())).join(
        header.select("CHILD", YEAR), on=("CHILD", YEAR), how="anti"
    )
    rule = "is in no row of the header."
    yield from by_file(
        lost,
        Says(UNHEADED_RULES.get(name, "header"), "CHILD", rule, "Add the child to the header."),
    )


def _repeated(frame: "pl.DataFrame", layout: TableLayout) -> Iterator[Fault]:
    import polars as pl  # noqa: PLC0415

    twice = frame.filter(
        pl.col("CHILD").is_not_null() & pl.struct("CHILD", YEAR).is_duplicated()
    ).filter(~pl.struct("CHILD", YEAR).is_first_distinct())
    rule = f"has another row in '{layout.title}', which may hold a child once."
    yield from by_file(
        twice, Says(TWICE_RULES.get(layout.name, "once"), "CHILD", rule, "Keep one row.")
    )


def _same_row(frame: "pl.DataFrame") -> Iterator[Fault]:
    """Yield a fault for a row that stands twice in a year's return: it is read once."""
    import polars as pl  # noqa: PLC0415

    cells = [name for name in frame.columns if name not in {"row", "file"}]
    twice = frame.filter(~pl.struct(cells).is_first_distinct())
    rule = "is in a row that stands above already, the same in every cell: it is read once."
    yield from by_file(twice, Says("duplicate", "CHILD", rule, "Delete one.", "doubtful"))


def _differs(
    frame: "pl.DataFrame", header: "pl.DataFrame", column: str, number: str
) -> Iterator[Fault]:
    import polars as pl  # noqa: PLC0415

    known = header.unique(("CHILD", YEAR), keep="first").select(
        "CHILD", YEAR, pl.col(column).alias("in_header")
    )
    other = frame.join(known, on=("CHILD", YEAR)).filter(pl.col(column) != pl.col("in_header"))
    rule = "is another than in the header."
    yield from by_file(other, Says(number, column, rule, "Correct one of the two."))


def _two_births(header: "pl.DataFrame") -> Iterator[Fault]:
    """Yield a fault for children whose day of birth changes from one year's header to another's."""
    import polars as pl  # noqa: PLC0415

    known = header.filter(pl.col("DOB").is_not_null()).sort(YEAR)
    first = known.unique("CHILD", keep="first", maintain_order=True).select(
        "CHILD", pl.col("DOB").alias("before"), pl.col(YEAR).alias("first_year")
    )
    other = known.join(first, on="CHILD").filter(
        (pl.col("DOB") != pl.col("before")) & (pl.col(YEAR) > pl.col("first_year"))
    )
    rule = "is another day of birth than in an earlier year: one child, or two?"
    yield from by_file(other, Says(BORN_ANEW, "DOB", rule, "Correct the one that is wrong."))
