"""Checks of care episodes, by the number of the rule that the publisher gives them.

Each is one expression over the table of `scene`: true where the rule is broken. `days` is how many
care days the row may move at most.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from headwater.core.finding import Level

if TYPE_CHECKING:
    import polars as pl

ENDS_CARE = "^E"
"""Reasons why an episode ended that end the period of care."""
FIRST_DAY_EVER = date(1991, 10, 14)
SHORT_BREAKS = ("V3", "V4")
TEMPORARY = ("T0", "T1", "T2", "T3", "T4")


@dataclass(frozen=True, slots=True)
class Check:
    """One rule: where it shows, what it asks, what to do, and what a breach may move."""

    number: str
    column: str
    rule: str
    remedy: str
    broken: "pl.Expr"
    days: "pl.Expr | None" = None
    level: Level = "wrong"
    first: int = 0
    last: int = 9999


def checks() -> Iterator[Check]:
    """Yield every check of episodes."""
    yield from _ends()
    yield from _order()
    yield from _coding()
    yield from _joins()
    yield from _limits()
    yield from _placements()


def _days(of: str, to: str) -> "pl.Expr":
    """Return the days from one column's date to another's."""
    import polars as pl  # noqa: PLC0415 - a heavy library, read when a return is

    return (pl.col(to) - pl.col(of)).dt.total_days()


def _ends() -> Iterator[Check]:
    import polars as pl  # noqa: PLC0415

    c = pl.col
    open_end = c("DEC").is_null()
    blank_reason = c("REC").is_null()
    yield Check(
        "142",
        "DEC",
        "is blank, though a later episode begins: only the last may be open.",
        "Give the date and the reason at which it ended.",
        (c("has_next") == 1) & (open_end | blank_reason),
        (_days("next_DECOM", "last_day") + 1).clip(lower_bound=0),
    )
    yield Check(
        "148",
        "REC",
        "and DEC must both be given, or neither.",
        "Give both, or neither.",
        open_end != blank_reason,
        _days("DECOM", "stop").abs(),
    )
    yield Check(
        "356",
        "DEC",
        "is before the episode began: it counts for no day.",
        "Correct one of the dates.",
        c("DEC") < c("DECOM"),
        _days("DEC", "DECOM"),
    )
    yield Check(
        "355",
        "DEC",
        "is the day on which the episode began: it lasted no day.",
        "Delete it, or correct a date.",
        c("DEC") == c("DECOM"),
        None,
        "doubtful",
    )
    yield Check(
        "353",
        "DECOM",
        "is before 14 October 1991.",
        "Correct it.",
        c("DECOM") < FIRST_DAY_EVER,
        _days("DECOM", "stop"),
    )
    yield Check(
        "354",
        "DECOM",
        "is after the year of the return.",
        "Leave it to the next return.",
        c("DECOM") > c("last_day"),
        _days("last_day", "DECOM"),
    )
    yield Check(
        "385",
        "DEC",
        "is after the year of the return.",
        "Leave it open in this return.",
        c("DEC") > c("last_day"),
        _days("last_day", "DEC"),
    )


def _order() -> Iterator[Check]:
    import polars as pl  # noqa: PLC0415

    c = pl.col
    ended = c("REC").str.contains(ENDS_CARE)
    yield Check(
        "501",
        "DECOM",
        "is before the end of the episode before it: days overlap.",
        "Correct one of the dates.",
        c("DECOM") < c("before_DEC"),
        pl.min_horizontal(_days("DECOM", "before_DEC"), _days("DECOM", "stop")).clip(lower_bound=0),
    )
    yield Check(
        "433",
        "DECOM",
        "is not the day on which the episode before it ended, though it goes on.",
        "Close the gap, or say that care began anew (RNE S).",
        (c("RNE") != "S") & (c("before_DEC") != c("DECOM")),
        _days("before_DEC", "DECOM").abs(),
    )
    yield Check(
        "431",
        "RNE",
        "says that care began on the day on which it ended.",
        "If care went on, say what changed.",
        (c("RNE") == "S") & (c("before_DEC") == c("DECOM")),
    )
    yield Check(
        "432",
        "RNE",
        "goes on from an episode that ended the period of care.",
        "Write S, or correct the reason before.",
        c("before_REC").str.contains(ENDS_CARE) & (c("RNE") != "S"),
    )
    yield Check(
        "388",
        "REC",
        "says that another episode begins that day, and none follows.",
        "Add it, or give the reason why care ended.",
        (c("REC") == "X1") & ((c("has_next") == 0) | (c("next_DECOM") != c("DEC"))),
        _days("DEC", "last_day").clip(lower_bound=0),
    )
    yield Check(
        "437",
        "REC",
        "ends care for good, and further episodes follow.",
        "Correct the reason.",
        c("REC").is_in(["E2", "E15"]) & (c("has_next") == 1),
        _days("next_DECOM", "last_day"),
    )
    yield Check(
        "E99",
        "REC",
        "was written by a repair of a regional pipeline: why care ended is not known.",
        "Look it up in the case record.",
        ended & (c("REC") == "E99"),
        None,
        "doubtful",
    )


def _coding() -> Iterator[Check]:
    import polars as pl  # noqa: PLC0415

    c = pl.col
    same_status = c("LS").eq_missing(c("before_LS"))
    where = ("PLACE", "PL_POST", "URN", "PLACE_PROVIDER")
    same_place = pl.all_horizontal(c(name).eq_missing(c(f"before_{name}")) for name in where)
    follows = (c("has_before") == 1) & (c("before_DEC") == c("DECOM"))
    yield Check(
        "434",
        "RNE",
        "says that the legal status alone changed, and the records say otherwise.",
        "Say what changed.",
        follows & (c("RNE") == "L") & (same_status | ~same_place),
        None,
        "doubtful",
    )
    yield Check(
        "435",
        "RNE",
        "says that the placement alone changed, and the records say otherwise.",
        "Say what changed.",
        follows & c("RNE").is_in(["P", "T"]) & (~same_status | same_place),
        None,
        "doubtful",
    )
    yield Check(
        "436",
        "RNE",
        "says that status and placement changed, and the records say otherwise.",
        "Say what changed.",
        follows & c("RNE").is_in(["B", "U"]) & (same_status | same_place),
        None,
        "doubtful",
    )
    yield Check(
        "504",
        "CIN",
        "differs from the need at the start of this period of care.",
        "Keep the need at which care began.",
        (c("RNE") != "S") & (c("has_before") == 1) & (c("CIN") != c("CIN").shift(1)),
        None,
        "doubtful",
    )


def _joins() -> Iterator[Check]:
    """Yield checks of a year against the year before, where that was read."""
    import polars as pl  # noqa: PLC0415

    c = pl.col
    first = c("has_before") == 0
    was_open = c("last_DECOM").is_not_null()
    yield Check(
        "502",
        "DECOM",
        "is not the start of the episode that last year's return left open.",
        "Repeat that episode with its own start.",
        first & was_open & (c("DECOM") != c("last_DECOM")),
        _days("last_DECOM", "DECOM").abs(),
    )
    letters = dict(zip("ABCDE", ("RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER"), strict=True))
    same = first & was_open & (c("DECOM") == c("last_DECOM"))
    for letter, column in letters.items():
        changed = c(column).ne_missing(c(f"last_{column}"))
        if column == "PLACE":
            renamed = ((c("last_PLACE") == "H5") & (c("PLACE") == "K3")) | (
                (c("last_PLACE") == "Z1") & c("PLACE").str.starts_with("Z1")
            )
            changed &= ~renamed
        yield Check(
            f"503{letter}",
            column,
            "differs from last year's return, for the same open episode.",
            "Correct one of the returns.",
            same & changed,
            None,
            "doubtful",
        )
    yield Check(
        "562",
        "DECOM",
        "is before this year, and last year's return lacks the episode.",
        "Correct last year's return, or the date.",
        first
        & c("had_last").fill_null(value=False)
        & (c("DECOM") < c("first_day"))
        & ~was_open
        & (c("last_latest").is_null() | (c("last_latest") != c("DECOM"))),
        _days("DECOM", "first_day"),
    )


def _limits() -> Iterator[Check]:
    """Yield checks of ages and of how long something may last."""
    import polars as pl  # noqa: PLC0415

    c = pl.col
    eighteenth, twenty_fifth = c("born").dt.offset_by("18y"), c("born").dt.offset_by("25y")
    yield Check(
        "352",
        "DECOM",
        "is on or after the 18th birthday of a child whose care begins.",
        "Correct the date, or the day of birth.",
        (c("RNE") == "S") & (c("DECOM") >= eighteenth),
        _days("DECOM", "stop"),
    )
    yield Check(
        "351",
        "DECOM",
        "is of somebody over 25 at the end of the year.",
        "Correct the day of birth.",
        twenty_fifth < c("last_day"),
        _days("DECOM", "stop"),
        "doubtful",
    )
    yield Check(
        "born",
        "DECOM",
        "is before the child was born.",
        "Correct the date, or the day of birth.",
        c("DECOM") < c("born"),
        _days("DECOM", "born"),
    )
    yield Check(
        "365",
        "DEC",
        "ends a short break of more than 17 days.",
        "Check the legal status.",
        (c("LS") == "V3") & (_days("DECOM", "stop") > 17),
        _days("DECOM", "stop"),
        "doubtful",
    )
    statuses = {
        "361": ("L1", 3, "72 hours"),
        "362": ("L2", 21, "21 days"),
        "363": ("L3", 7, "7 days"),
    }
    for number, (status, most, words) in statuses.items():
        yield Check(
            number,
            "LS",
            f"lasts longer than {words}.",
            "Check the legal status and the dates.",
            (c("LS") == status) & (_days("DECOM", "stop") > most),
            None,
            "doubtful",
        )
    places = {
        "375": ("T1", 42, "six weeks"),
        "376": ("T3", 21, "three weeks"),
        "379": ("T4", 7, "7 days"),
    }
    for number, (place, most, words) in places.items():
        yield Check(
            number,
            "PLACE",
            f"lasts longer than {words}.",
            "Check the placement and the dates.",
            (c("PLACE") == place) & (_days("DECOM", "stop") > most),
            None,
            "doubtful",
        )
    yield Check(
        "371",
        "PLACE",
        "is for children of 16 and over.",
        "Check the placement.",
        (c("PLACE") == "K3") & (c("DECOM") < c("born").dt.offset_by("16y")),
        None,
        "doubtful",
        first=2025,
    )


def _placements() -> Iterator[Check]:
    import polars as pl  # noqa: PLC0415

    c = pl.col
    unowned = c("PLACE").is_in(["T0", "T1", "T2", "T3", "Z1", "Z11", "Z12", "Z13", "Z14"])
    yield Check(
        "178",
        "PLACE_PROVIDER",
        "must be blank for this placement.",
        "Leave it blank.",
        unowned & c("PLACE_PROVIDER").is_not_null(),
        None,
        "doubtful",
    )
    yield Check(
        "527",
        "PLACE_PROVIDER",
        "is the parents (PR0), and the placement is not with parents (P1).",
        "Correct one of the two.",
        (c("PLACE_PROVIDER") == "PR0") & (c("PLACE") != "P1"),
    )
    yield Check(
        "530",
        "PLACE_PROVIDER",
        "is not the parents (PR0), and the placement is with them (P1).",
        "Correct one of the two.",
        (c("PLACE") == "P1") & (c("PLACE_PROVIDER").fill_null("") != "PR0"),
    )
    yield Check(
        "384",
        "PLACE",
        "is a long-term foster placement in a short break.",
        "Check the legal status.",
        c("LS").is_in(SHORT_BREAKS) & c("PLACE").is_in(["U1", "U4"]),
        None,
        "doubtful",
    )
    yield Check(
        "380",
        "PLACE",
        "is temporary, and a period of care begins in it.",
        "Check the placement.",
        (c("RNE") == "S") & c("PLACE").is_in(["T0", "T1", "T2", "T3", "T4"]),
        None,
        "doubtful",
    )
    yield Check(
        "381",
        "PLACE",
        "is temporary, and a period of care ends in it.",
        "Check the placement.",
        c("REC").str.contains(ENDS_CARE) & c("PLACE").is_in(["T0", "T1", "T2", "T3", "T4"]),
        None,
        "doubtful",
    )
