"""Checks of the census's header and children, by the number of their rule."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from headwater.readers.returns.rule_check import Check, cin_check

if TYPE_CHECKING:
    import polars as pl

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""The check letters of pupil numbers, by the remainder of 23."""
DIGITS = r"^[A-Z]\d{12}$"
"""A pupil number whose check letter can be worked out."""
LAST = r"^.{12}[0-9A-HJ-NP-RT-Z]$"
MIDDLE = r"^.{4}\d{8}"
LONGEST = 20
UNBORN = 280
"""Days before birth in which a child may be referred."""
OLDEST = "25y"


def header_checks() -> Iterator[Check]:
    """Yield every check of the header."""
    import polars as pl  # noqa: PLC0415 - a heavy library, read when a return is

    day = pl.col("ReferenceDate")
    says = "is not 31 March of the census year."
    yield cin_check("100", "ReferenceDate", says, day != pl.col("last_day"), "Correct it.")


def child_checks() -> Iterator[Check]:
    """Yield every check of children."""
    import polars as pl  # noqa: PLC0415

    c = pl.col
    key, upn, fix = c("LAchildID"), c("UPN").str.to_uppercase(), "Look it up."
    yield cin_check("1510", "UPN", "has a check letter that does not fit.", _letter(upn), fix)
    yield cin_check("1520", "UPN", "stands with another child too.", c("same_upn"), fix)
    yield cin_check("1540", "UPN", "has no digits at 5 to 12.", ~upn.str.contains(MIDDLE), fix)
    bad = ~upn.str.contains(LAST)
    yield cin_check("1550", "UPN", "ends with a sign that may not stand there.", bad, fix)
    former = c("FormerUPN").str.to_uppercase()
    odd = ~former.str.contains(MIDDLE) | ~former.str.contains(LAST) | _letter(former)
    yield cin_check("1560Q", "FormerUPN", "is malformed.", odd, fix)
    long = key.str.len_chars() > LONGEST
    yield cin_check("1570", "LAchildID", "is longer than 20 characters.", long, fix, first=2025)
    odd = ~key.str.contains(r"^[A-Za-z0-9]+$")
    says = "has characters other than letters and digits."
    yield cin_check("1580", "LAchildID", says, odd, fix, first=2025)
    says = "stands with another child too."
    yield cin_check("8510", "LAchildID", says, key.is_not_null() & c("twice"), fix)
    yield cin_check("8590", "LAchildID", "has no case.", c("cases") == 0, "Add it.")
    yield from _births()


def _births() -> Iterator[Check]:
    """Yield checks of births and deaths."""
    import polars as pl  # noqa: PLC0415

    c = pl.col
    born, due, died = c("PersonBirthDate"), c("ExpectedPersonBirthDate"), c("PersonDeathDate")
    fix = "Correct one of the dates."
    after = born > c("last_day")
    yield cin_check("8520", "PersonBirthDate", "is after the reference date.", after, fix)
    says = "and the expected day of birth: one of the two must stand, and not both."
    both = born.is_null() == due.is_null()
    yield cin_check("8525Q", "PersonBirthDate", says, both, "Give one.")
    first, last = pl.date(c("year"), 3, 1), pl.date(c("year"), 12, 31)
    says = "is not from March to December of the year in which the census ends."
    yield cin_check("8530Q", "ExpectedPersonBirthDate", says, ~due.is_between(first, last), fix)
    yield cin_check("8535Q", "PersonDeathDate", "is before birth.", died < born, fix)
    out = ~died.is_between(c("first_day"), c("last_day"))
    yield cin_check("8545Q", "PersonDeathDate", "is outside the census year.", out, fix)
    sex = pl.coalesce("Sex", "GenderCurrent")
    unborn = born.is_null() & due.is_not_null() & sex.is_in(["M", "F", "1", "2"])
    yield cin_check("8750", "Sex", "is given of a child who is not born.", unborn, "Take it out.")


def _letter(upn: "pl.Expr") -> "pl.Expr":
    """Return whether a pupil number's check letter is not the one its digits ask for."""
    import polars as pl  # noqa: PLC0415

    digits = [
        upn.str.slice(place - 1, 1).cast(pl.Int64, strict=False) * place for place in range(2, 14)
    ]
    letter = pl.sum_horizontal(digits) % len(LETTERS)
    asked = letter.replace_strict(dict(enumerate(LETTERS)), default=None, return_dtype=pl.String)
    whole: pl.Expr = upn.str.contains(DIGITS) & (upn.str.slice(0, 1) != asked)
    return whole
