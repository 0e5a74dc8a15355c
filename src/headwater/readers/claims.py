"""Claims from a file: CSV, JSON or Parquet, one row a claim."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from headwater.core.arrays import BoolArray, IntArray
from headwater.core.claims import NO_DAY, UNIT_PLACES, VERDICTS, Claims
from headwater.core.coded import Coded
from headwater.core.errors import InputError, Problem, did_you_mean
from headwater.core.finding import Finding, Where, found
from headwater.readers.table_file import TableFile, read_table

if TYPE_CHECKING:
    import polars as pl

NEEDED = ("claim", "metric", "who", "last_day", "units", "verdict")
OPTIONAL = (
    "cohort",
    "group",
    "first_day",
    "share",
    "claimed_on",
    "verdict_on",
    "evidence",
    "corrects",
    "currency",
)
DAYS = ("first_day", "last_day", "claimed_on", "verdict_on")
MOST_FINDINGS = 1000
"""Findings listed of one rule; the rest are counted."""
NOT_PLAIN = r"[^ -~]"
COMMANDS = r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]"
UNSEEN = r"[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]"
"""Characters that take no room: two keys that look alike would be two."""
LONGEST = 200
"""Characters a key, a name or a reference may have."""
_ISO = "%Y-%m-%d"
_UNITS = r"^([0-9]{1,12})(?:\.([0-9]{1,6}))?$"


@dataclass(frozen=True, slots=True)
class ClaimsFile:
    """What a file of claims holds.

    Parameters
    ----------
    claims
        Those whose every cell can be read.
    findings
        What is wrong, in the order of the rows.
    rows
        How many rows the file has under its heading.
    hash
        SHA-256 of the file.
    currencies
        Those that its rows name.
    """

    name: str
    hash: str
    claims: Claims
    findings: tuple[Finding, ...]
    rows: int
    currencies: tuple[str, ...]


def read_claims(path: Path) -> ClaimsFile:
    """Read a file of claims.

    Raises
    ------
    InputError
        If the file is no table, or lacks a column that every claim needs.
    """
    table = read_table(path)
    _headed(table)
    frame = table.frame
    for name in OPTIONAL:
        if name not in frame.columns:
            frame = frame.with_columns(_empty(name))
    some = frame.select(_some(frame)).to_series()
    rows = np.flatnonzero(some.to_numpy()) + 2
    frame = frame.filter(some)
    parts, good = _Parts(table.name, rows), np.ones(frame.height, dtype=np.bool_)
    days = {name: parts.days(frame[name], name) for name in DAYS}
    numbers = {name: parts.millionths(frame[name], name) for name in ("units", "share")}
    numbers["share"] = np.where(frame["share"].to_numpy() == "", 10**UNIT_PLACES, numbers["share"])
    verdict = parts.verdict(frame["verdict"])
    parts.words(frame)
    good[list(parts.bad)] = False
    claims = Claims(
        claim=frame["claim"].to_numpy(),
        metric=_coded(frame["metric"]),
        who=_coded(frame["who"]),
        cohort=_coded(frame["cohort"]),
        group=_coded(frame["group"]),
        **days,
        **numbers,
        verdict=verdict,
        evidence=frame["evidence"].to_numpy(),
        corrects=_coded(frame["corrects"]),
        row=rows,
    )
    currencies = sorted(set(frame["currency"].unique().to_list()) - {""})
    findings = sorted([*_unknown(table), *parts.found], key=lambda finding: int(finding.row or 0))
    return ClaimsFile(
        table.name, table.hash, claims.only(good), tuple(findings), frame.height, tuple(currencies)
    )


def _headed(table: TableFile) -> None:
    """Refuse a table that lacks a column."""
    columns = table.frame.columns
    missing = [name for name in NEEDED if name not in columns]
    problems = []
    for name in missing:
        near = did_you_mean(name, [c for c in columns if c not in (*NEEDED, *OPTIONAL)])
        said = near.replace("Did you mean", "Is it") if near else ""
        problems.append(Problem(table.name, f"has no column '{name}'.{said}", "Add it."))
    if problems:
        raise InputError(problems)


def _unknown(table: TableFile) -> Iterator[Finding]:
    for name in table.frame.columns:
        if name not in (*NEEDED, *OPTIONAL):
            near = did_you_mean(name, (*NEEDED, *OPTIONAL))
            rule = f"is no column of a claim, and is not read.{near}"
            yield Finding("noted", table.name, "1", name, "", rule)


def _empty(name: str) -> "pl.Expr":
    import polars as pl  # noqa: PLC0415 - a heavy library, read when a table is

    return pl.lit("").alias(name)


def _some(frame: "pl.DataFrame") -> "pl.Expr":
    """Return which rows are not blank from end to end."""
    import polars as pl  # noqa: PLC0415

    return pl.any_horizontal([pl.col(name) != "" for name in frame.columns])


def _coded(words: "pl.Series") -> Coded:
    """Return words with their codes."""
    import polars as pl  # noqa: PLC0415

    known = words.unique().sort()
    if len(known) <= 1:
        return Coded(np.zeros(len(words), dtype=np.int64), tuple(known.to_list()))
    codes = words.cast(pl.Enum(known)).to_physical().to_numpy()
    return Coded(codes.astype(np.int64), tuple(known.to_list()))


class _Parts:
    """The cells of a file as they are read, with what is wrong in them."""

    def __init__(self, file: str, rows: IntArray) -> None:
        self.file, self.rows = file, rows
        self.found: list[Finding] = []
        self.bad: set[int] = set()

    def wrong(self, marks: BoolArray, column: str, values: "pl.Series", rule: str, do: str) -> None:
        """Note every row that breaks a rule."""
        places = np.flatnonzero(marks)
        self.bad.update(places.tolist())
        for place in places[:MOST_FINDINGS]:
            where = Where(self.file, str(self.rows[place]))
            value = str(values[int(place)])
            self.found.append(found("wrong", where, rule, column=column, value=value, remedy=do))
        if len(places) > MOST_FINDINGS:
            more = f"{len(places) - MOST_FINDINGS:,} more rows: {rule}"
            self.found.append(Finding("wrong", self.file, "", column, "", more, do))

    def days(self, cells: "pl.Series", column: str) -> IntArray:
        """Return days since 1 January 1970, `NO_DAY` where empty."""
        import polars as pl  # noqa: PLC0415

        empty = (cells == "").to_numpy()
        if column == "last_day":
            self.wrong(empty, column, cells, "is empty.", "Say when the outcome was reached.")
        if empty.all():
            return np.full(len(cells), NO_DAY, dtype=np.int64)
        found = cells.str.replace(r"[T ]00:00:00(?:\.0+)?$", "").str.to_date(_ISO, strict=False)
        if found.null_count() > empty.sum():
            found = found.fill_null(cells.str.to_date("%d/%m/%Y", strict=False))
        wrong = found.is_null().to_numpy() & ~empty
        self.wrong(wrong, column, cells, "is no day.", "Write 2024-03-31 or 31/03/2024.")
        return np.asarray(found.cast(pl.Int32).cast(pl.Int64).fill_null(NO_DAY).to_numpy())

    def millionths(self, cells: "pl.Series", column: str) -> IntArray:
        """Return numbers as millionths, 0 where they cannot be read."""
        import polars as pl  # noqa: PLC0415

        empty = (cells == "").to_numpy()
        if column == "share" and empty.all():
            return np.zeros(len(cells), dtype=np.int64)
        if cells.str.contains(r"^[0-9]{1,12}$").all():
            return np.asarray(cells.cast(pl.Int64).to_numpy() * 10**UNIT_PLACES)
        parts = cells.str.extract_groups(_UNITS).struct.unnest()
        whole, rest = (parts[name] for name in parts.columns)
        number = whole.cast(pl.Int64) * 10**UNIT_PLACES
        number += rest.fill_null("0").str.pad_end(UNIT_PLACES, "0").cast(pl.Int64)
        wrong = number.is_null().to_numpy() & ~(empty & (column == "share"))
        below = wrong & cells.str.starts_with("-").to_numpy()
        self.wrong(
            below,
            column,
            cells,
            "is below 0.",
            "No claim takes away: mark the wrong claim withdrawn, and claim what is right.",
        )
        self.wrong(
            wrong & ~below,
            column,
            cells,
            "is not a number of 0 or more.",
            "Write it with at most 6 decimal places, no sign and no commas: 12 or 0.375.",
        )
        values = np.asarray(number.fill_null(0).to_numpy())
        if column == "share":
            over = values > 10**UNIT_PLACES
            self.wrong(over, column, cells, "is more than the whole.", "Write 0 to 1.")
        return values

    def verdict(self, cells: "pl.Series") -> IntArray:
        """Return places in `VERDICTS`."""
        import polars as pl  # noqa: PLC0415

        places = {name: i for i, name in enumerate(VERDICTS)}
        found = cells.str.to_lowercase().replace_strict(places, default=-1, return_dtype=pl.Int64)
        self.wrong(
            (found < 0).to_numpy(),
            "verdict",
            cells,
            "is no verdict.",
            f"Known: {', '.join(VERDICTS)}.",
        )
        return np.asarray(found.to_numpy())

    def words(self, frame: "pl.DataFrame") -> None:
        """Note keys that are missing, or too long to be any."""
        for name in ("claim", "metric", "who"):
            self.wrong(
                (frame[name] == "").to_numpy(),
                name,
                frame[name],
                "is empty.",
                "Every claim needs one.",
            )
        for name in ("claim", "metric", "who", "cohort", "group", "evidence", "corrects"):
            long = (frame[name].str.len_chars() > LONGEST).to_numpy()
            self.wrong(
                long, name, frame[name], f"is longer than {LONGEST} characters.", "Shorten it."
            )
            self._characters(name, frame[name])

    def _characters(self, name: str, cells: "pl.Series") -> None:
        """Note characters that command a screen, or that cannot be seen."""
        if not cells.str.contains(NOT_PLAIN).any():
            return
        for pattern, rule, do in (
            (COMMANDS, "holds a character that commands a screen.", "Take it out."),
            (
                UNSEEN,
                "holds a character that cannot be seen: it would be another than it looks.",
                "Write it anew.",
            ),
        ):
            self.wrong(cells.str.contains(pattern).to_numpy(), name, cells, rule, do)
