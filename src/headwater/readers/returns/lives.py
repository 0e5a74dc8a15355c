"""From a return's rows to `Episodes`: one row for each episode, whatever years it was returned in.

1. Rows without a child or a start are left out: they are faults already.
2. A row that stands twice is read once.
3. An episode returned in several years is read from the last of them, known by child and start.
4. One left open in a year whose next return lacks it was last seen on 31 March of that year; only
   what the last return of all leaves open goes on.
5. An episode that ends before it began lasts no day, and is left out.
"""

from typing import TYPE_CHECKING

import numpy as np

from headwater.core.arrays import BoolArray, FloatArray, IntArray
from headwater.core.claims import NO_DAY
from headwater.core.coded import Coded
from headwater.core.episodes import Episodes
from headwater.core.layout import ReturnYear
from headwater.core.records import OPEN, STATES, Children, Observations, Proof, Records
from headwater.readers.returns.read import Return
from headwater.readers.returns.years import YEAR

if TYPE_CHECKING:
    import polars as pl

TRAITS = {
    "legal_status": "LS",
    "placement": "PLACE",
    "provider": "PLACE_PROVIDER",
    "need": "CIN",
    "began": "RNE",
    "ended": "REC",
}
"""What is kept of each episode of care, and the column that holds it."""
SEXES = {"1": "M", "2": "F", "M": "M", "F": "F"}


def once(held: Return) -> "pl.DataFrame":
    """Return each episode of care once, ordered by child and start, with `stop` (null: open)."""
    import polars as pl  # noqa: PLC0415 - a heavy library, read when a return is

    rows = held.tables["episodes"].filter(
        pl.col("CHILD").is_not_null() & pl.col("DECOM").is_not_null()
    )
    cells = [name for name in rows.columns if name not in {"row", "file"}]
    rows = rows.unique(cells, keep="first", maintain_order=True)
    latest = rows.filter(pl.col(YEAR) == pl.col(YEAR).max().over("CHILD", "DECOM"))
    last = max(held.years, default=0)
    ends = {year: ReturnYear(year).last_day for year in held.years}
    seen = pl.col(YEAR).replace_strict(ends, return_dtype=pl.Date) + pl.duration(days=1)
    return (
        latest.with_columns(
            pl.when(pl.col("DEC").is_null() & (pl.col(YEAR) < last))
            .then(seen)
            .otherwise(pl.col("DEC"))
            .alias("stop"),
        )
        .filter(pl.col("stop").is_null() | (pl.col("stop") > pl.col("DECOM")))
        .sort("CHILD", "DECOM", "stop", YEAR, "row", nulls_last=True)
    )


def records(held: Return, care_rows: "pl.DataFrame | None" = None) -> Records:
    """Return what a return says of its children, as episodes with their proof.

    Parameters
    ----------
    care_rows
        Its episodes of care, as `once` gives them, where they were repaired.
    """
    import polars as pl  # noqa: PLC0415

    care = (once(held) if care_rows is None else care_rows).select(
        "CHILD",
        pl.lit("looked after").alias("state"),
        pl.col("DECOM").alias("start"),
        "stop",
        *(pl.col(column).alias(name) for name, column in TRAITS.items()),
        "file",
        "row",
    )
    parts = [care, *_missing(held)]
    rows = pl.concat(parts, how="diagonal").sort("CHILD", "state", "start", "stop", nulls_last=True)
    header = held.tables.get("header")
    named = rows["CHILD"] if header is None else pl.concat([rows["CHILD"], header["CHILD"]])
    keys = named.drop_nulls().unique().sort()
    person = rows["CHILD"].cast(pl.Enum(keys)).to_physical().to_numpy().astype(np.int64)
    none = np.broadcast_to(np.int64(-1), len(rows))
    nought = np.broadcast_to(np.int64(0), len(rows))
    states = {name: i for i, name in enumerate(STATES)}
    episodes = Episodes(
        states=STATES,
        person=person,
        family=none,
        state=rows["state"].replace_strict(states, return_dtype=pl.Int64).to_numpy(),
        mark=none,
        start=_days(rows["start"], NO_DAY),
        stop=_days(rows["stop"], OPEN),
        arm=nought,
        draw=nought,
        traits={name: _coded(rows[name]) for name in TRAITS},
    )
    proof = Proof(_coded(rows["file"]), rows["row"].to_numpy().astype(np.int64), dict(held.files))
    nothing = Observations(*_empty())
    return Records(
        _children(keys, header, held), episodes, nothing, proof, held.years, frozenset(held.tables)
    )


def _missing(held: Return) -> "list[pl.DataFrame]":
    """Return times missing from care, each once."""
    import polars as pl  # noqa: PLC0415

    if "missing" not in held.tables:
        return []
    rows = held.tables["missing"].filter(
        pl.col("CHILD").is_not_null() & pl.col("MIS_START").is_not_null()
    )
    rows = rows.sort(YEAR).unique(("CHILD", "MIS_START"), keep="last", maintain_order=True)
    state, start = pl.lit("missing").alias("state"), pl.col("MIS_START").alias("start")
    return [rows.select("CHILD", state, start, pl.col("MIS_END").alias("stop"), "file", "row")]


def _days(dates: "pl.Series", blank: int) -> IntArray:
    """Return days since 1 January 1970."""
    import polars as pl  # noqa: PLC0415

    return dates.cast(pl.Int32).cast(pl.Int64).fill_null(blank).to_numpy()


def _coded(words: "pl.Series") -> Coded:
    """Return words that repeat, "" where there is none."""
    import polars as pl  # noqa: PLC0415

    filled = words.fill_null("")
    known = filled.unique().sort()
    codes = filled.cast(pl.Enum(known)).to_physical().to_numpy().astype(np.int64)
    return Coded(codes, tuple(known.to_list()))


def _children(keys: "pl.Series", header: "pl.DataFrame | None", held: Return) -> Children:
    """Return the children, by their last header."""
    import polars as pl  # noqa: PLC0415

    frame = pl.DataFrame({"CHILD": keys})
    if header is None:
        born = pl.Series([None] * len(frame), dtype=pl.Date)
        sex = _unknown(len(frame))
        return Children(
            tuple(keys.to_list()), _days(born, NO_DAY), _coded(sex), _asylum(keys, held)
        )
    last = header.sort(YEAR).unique("CHILD", keep="last").select("CHILD", "DOB", "SEX")
    known = frame.join(last, on="CHILD", how="left", maintain_order="left")
    sex = known["SEX"].replace_strict(SEXES, default="U", return_dtype=pl.String)
    return Children(
        tuple(keys.to_list()), _days(known["DOB"], NO_DAY), _coded(sex), _asylum(keys, held)
    )


def _asylum(keys: "pl.Series", held: Return) -> BoolArray:
    """Return which children any year's return names as unaccompanied asylum-seeking ones."""
    if "uasc" not in held.tables:
        return np.zeros(len(keys), dtype=bool)
    return keys.is_in(held.tables["uasc"]["CHILD"].drop_nulls().unique().implode()).to_numpy()


def _unknown(size: int) -> "pl.Series":
    import polars as pl  # noqa: PLC0415

    return pl.Series(["U"] * size, dtype=pl.String)


def _empty() -> tuple[IntArray, Coded, IntArray, FloatArray]:
    nothing = np.zeros(0, dtype=np.int64)
    return nothing, Coded(nothing, ()), nothing, np.zeros(0)
