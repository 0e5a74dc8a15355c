"""Checks of what a child's age, legal status and reasons allow, by the number of their rule."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from headwater.readers.returns.rule_check import Check, between

if TYPE_CHECKING:
    import polars as pl

YOUNGEST = {
    "370": ("P2", 15, "independent living"),
    "372": ("R5", 10, "youth custody or prison"),
    "373": ("S1", 4, "a residential school"),
    "374": ("P3", 14, "residential employment"),
}
"""Placements and the age under which nobody is in them."""
LEAVING = {
    "387": (("E5", "E6"), 14, "left for independent living before 14."),
    "389": (("E7",), 16, "left for adult social care before 16."),
    "460": (("E17",), 18, "stayed with carers as an adult before 18."),
}
"""Reasons for leaving, and the age under which nobody leaves so."""
GROWN = {
    "386": (("E11", "E12"), "was adopted when 18 or older."),
    "407": (("E45", "E46", "E47", "E48"), "left under special guardianship when 18 or older."),
}
"""Reasons for leaving that nobody of 18 can have."""
CHARGED = ("J1", "J2", "J3")
RULE_CHECK = "Check the code and the day of birth."


def status_checks() -> Iterator[Check]:
    """Yield every check of ages and statuses."""
    yield from _placements()
    yield from _reasons()
    yield from _statuses()


def _age(years: int, on: str) -> "pl.Expr":
    """Whether the child has reached an age on a day."""
    import polars as pl  # noqa: PLC0415 - a heavy library, read when a return is

    return pl.col("born").dt.offset_by(f"{years}y") <= pl.col(on)


def _placements() -> Iterator[Check]:
    import polars as pl  # noqa: PLC0415

    for number, (place, years, words) in YOUNGEST.items():
        rule = f"is {words}, and the child is under {years}."
        broken = (pl.col("PLACE") == place) & ~_age(years, "stop")
        yield Check(number, "PLACE", rule, RULE_CHECK, broken, None, "doubtful")


def _reasons() -> Iterator[Check]:
    import polars as pl  # noqa: PLC0415

    reason = pl.col("REC")
    for number, (codes, years, words) in LEAVING.items():
        broken = reason.is_in(codes) & ~_age(years, "stop")
        yield Check(
            number, "REC", f"says that the child {words}", RULE_CHECK, broken, None, "doubtful"
        )
    for number, (codes, words) in GROWN.items():
        broken = reason.is_in(codes) & _age(18, "stop")
        yield Check(
            number, "REC", f"says that the child {words}", RULE_CHECK, broken, None, "doubtful"
        )


def _statuses() -> Iterator[Check]:
    import polars as pl  # noqa: PLC0415

    c = pl.col
    short_break = c("LS").is_in(["V3", "V4"])
    yield Check(
        "358",
        "LS",
        "comes with a charge or a sentence, and the child is under ten.",
        RULE_CHECK,
        c("LS").is_in(CHARGED) & ~_age(10, "DECOM"),
        None,
        "doubtful",
    )
    yield Check(
        "378",
        "PLACE",
        "is with parents, and the legal status is that of accommodation (V2).",
        "Correct one of the two.",
        (c("PLACE") == "P1") & (c("LS") == "V2"),
        between("DECOM", "stop"),
        "doubtful",
    )
    yield Check(
        "382",
        "PLACE",
        "is temporary, in a short break.",
        "Check the placement.",
        short_break & c("PLACE").is_in(["T0", "T1", "T2", "T3", "T4"]),
        None,
        "doubtful",
    )
    yield Check(
        "366",
        "RNE",
        "changes something within a short break (V3): each begins with S.",
        "Check the legal status.",
        (c("LS") == "V3") & (c("RNE") != "S"),
        None,
        "doubtful",
    )
    yield Check(
        "426",
        "LS",
        "is V3 in one episode of the year and V4 in another.",
        "Keep one of the two.",
        short_break & (c("LS").filter(short_break).n_unique().over("CHILD", "year") > 1),
        None,
        "doubtful",
    )
    yield Check(
        "367",
        "LS",
        "adds up to more than 75 days in the year for this child.",
        "Check whether these are short breaks.",
        (c("LS") == "V3") & (_in_breaks() > 75),
        between("DECOM", "stop"),
        "doubtful",
    )
    yield Check(
        "445",
        "LS",
        "is a freeing order, for an episode that began after November 2005.",
        "Check the legal status.",
        (c("LS") == "D1") & (c("DECOM") >= pl.date(2005, 12, 1)),
        None,
        "doubtful",
        last=2024,
    )
    yield Check(
        "446",
        "LS",
        "is a placement order, for an episode that began before December 2005.",
        "Check the legal status.",
        (c("LS") == "E1") & (c("DECOM") < pl.date(2005, 12, 1)),
        None,
        "doubtful",
    )
    yield Check(
        "199",
        "DECOM",
        "begins care anew for a child whom an earlier episode says was adopted.",
        "Check whether this is the same child.",
        (c("has_before") == 1) & c("before_REC").is_in(["E11", "E12"]),
        between("DECOM", "stop"),
    )


def _in_breaks() -> "pl.Expr":
    """Return a child's days in short breaks (V3) within the year of the return."""
    import polars as pl  # noqa: PLC0415

    c = pl.col
    start = pl.max_horizontal("DECOM", "first_day")
    stop = pl.min_horizontal("stop", c("last_day") + pl.duration(days=1))
    lasted = (stop - start).dt.total_days().clip(lower_bound=0)
    return pl.when(c("LS") == "V3").then(lasted).otherwise(0).sum().over("CHILD", "year")
