"""Who the children are, by every file that names them, and where two files do not agree."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from headwater.core.arrays import BoolArray
from headwater.core.claims import NO_DAY
from headwater.core.coded import Coded
from headwater.core.fault import Fault
from headwater.core.finding import Level, Where, found
from headwater.core.records import Children
from headwater.readers.returns import plain_lives
from headwater.readers.returns.forms import CENSUS, FORMS
from headwater.readers.returns.read import Return
from headwater.readers.returns.years import YEAR

if TYPE_CHECKING:
    import polars as pl

ASYLUM = "uasc"
UNKNOWN_PUPIL = r"^UN\d$"


def people(held: Return) -> "pl.DataFrame":
    """Return every row that says who a child is, the latest last.

    `CHILD`, `born`, `sex`, `pupil` (null where unknown), `form`, `year`, `file`, `row`.
    """
    import polars as pl  # noqa: PLC0415 - a heavy library, read when a return is

    words = dict.fromkeys(("CHILD", "sex", "pupil", "form", "file"), pl.String)
    nobody = pl.DataFrame(schema={**words, "born": pl.Date, "year": pl.Int64, "row": pl.Int64})
    parts = [nobody, *plain_lives.people(held)]
    for form in held.forms:
        for who in FORMS[form].who:
            rows = held.tables.get(who.table)
            if rows is None or (form, who.table) == ("cin", CENSUS):
                continue
            pupil = pl.col(who.pupil) if who.pupil else pl.lit(None, pl.String)
            sexes = [
                pl.col(name)
                .str.to_uppercase()
                .replace_strict(who.sexes, default=None, return_dtype=pl.String)
                for name in who.sex
            ]
            parts.append(
                rows.select(
                    "CHILD",
                    pl.col(who.born).alias("born"),
                    pl.coalesce(sexes).alias("sex"),
                    pl.when(~pupil.str.contains(UNKNOWN_PUPIL)).then(pupil).alias("pupil"),
                    pl.lit(form).alias("form"),
                    pl.col(YEAR).alias("year"),
                    "file",
                    "row",
                )
            )
    made = pl.concat(parts, how="diagonal").filter(pl.col("CHILD").is_not_null())
    return made.sort("year", nulls_last=False, maintain_order=True)


def children(keys: "pl.Series", named: "pl.DataFrame", held: Return) -> Children:
    """Return the children, by the latest that is known of each."""
    import polars as pl  # noqa: PLC0415

    latest = named.group_by("CHILD").agg(
        pl.col("born").drop_nulls().last(), pl.col("sex").drop_nulls().last()
    )
    known = pl.DataFrame({"CHILD": keys}).join(
        latest, on="CHILD", how="left", maintain_order="left"
    )
    days = known["born"].cast(pl.Int32).cast(pl.Int64).fill_null(NO_DAY).to_numpy()
    words, sex = ("F", "M", "U"), known["sex"].fill_null("U")
    codes = sex.cast(pl.Enum(words)).to_physical().to_numpy().astype(np.int64)
    return Children(tuple(keys.to_list()), days, Coded(codes, words), _asylum(keys, held))


def _asylum(keys: "pl.Series", held: Return) -> BoolArray:
    """Return which children any year of SSDA903 names as unaccompanied asylum-seeking ones."""
    if ASYLUM not in held.tables:
        return np.zeros(len(keys), dtype=bool)
    named = held.tables[ASYLUM]["CHILD"].drop_nulls().unique()
    return keys.is_in(named.implode()).to_numpy()


def conflicts(held: Return) -> Iterator[Fault]:
    """Yield faults where files of several kinds do not agree who a child is.

    A child of one key with two births, or two pupil numbers; two keys with one pupil number.
    Within SSDA903 the rules of that return say so already.
    """
    import polars as pl  # noqa: PLC0415

    named = people(held)
    births = _two(named, "born")
    rule = "is born on another day in another file: one child, or two under one key?"
    yield from _faults(births, "birth", "born", rule, "Correct the one that is wrong.")
    rule = "has another pupil number in another file: one child, or two under one key?"
    yield from _faults(_two(named, "pupil"), "pupil", "pupil", rule, "Look both up.")
    keys = named.filter(pl.col("pupil").is_not_null())
    many = keys.group_by("pupil").agg(
        pl.col("CHILD").n_unique().alias("keys"), pl.col("CHILD").first().alias("other")
    )
    same = keys.join(many.filter(pl.col("keys") > 1), on="pupil").filter(
        pl.col("CHILD") != pl.col("other")
    )
    rule = "stands with another child's key too: perhaps one child under two keys."
    once = same.unique(("CHILD", "pupil"), keep="first", maintain_order=True)
    yield from _faults(once, "identity", "pupil", rule, "Use one key for a child.")


def _two(named: "pl.DataFrame", column: str) -> "pl.DataFrame":
    """Return the rows that differ, in a column, from what another kind of file said first."""
    import polars as pl  # noqa: PLC0415

    known = named.filter(pl.col(column).is_not_null())
    first = known.group_by("CHILD", maintain_order=True).agg(
        pl.col(column).first().alias("said"), pl.col("form").first().alias("said_in")
    )
    other = known.join(first, on="CHILD").filter(
        (pl.col(column) != pl.col("said"))
        & ((pl.col("form") != pl.col("said_in")) | (pl.col("form") != "ssda903"))
    )
    return other.unique(("CHILD", column), keep="first", maintain_order=True)


def _faults(
    rows: "pl.DataFrame", number: str, column: str, rule: str, remedy: str
) -> Iterator[Fault]:
    shown = rows.select("file", "row", "CHILD", column).iter_rows()
    for file, row, child, value in shown:
        where = Where(file, str(row))
        told = {"column": column, "value": str(value), "remedy": remedy}
        level: Level = "doubtful" if column == "pupil" else "wrong"
        yield Fault(number, found(level, where, rule, **told), child)
