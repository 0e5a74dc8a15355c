"""Checks of when care episodes begin and end and of where they are, by the number of their rule."""

from collections.abc import Iterator
from datetime import date

from headwater.readers.returns.rule_check import Check, between

ENDS_CARE = "^E"
"""Reasons why an episode ended that end the period of care."""
FIRST_DAY_EVER = date(1991, 10, 14)
SHORT_BREAKS = ("V3", "V4")
TEMPORARY = ("T0", "T1", "T2", "T3", "T4")


def episode_checks() -> Iterator[Check]:
    """Yield every check of dates, lengths and placements."""
    yield from _ends()
    yield from _order()
    yield from _limits()
    yield from _placements()


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
        (between("next_DECOM", "last_day") + 1).clip(lower_bound=0),
    )
    yield Check(
        "148",
        "REC",
        "and DEC must both be given, or neither.",
        "Give both, or neither.",
        open_end != blank_reason,
        between("DECOM", "stop").abs(),
    )
    yield Check(
        "356",
        "DEC",
        "is before the episode began: it counts for no day.",
        "Correct one of the dates.",
        c("DEC") < c("DECOM"),
        between("DEC", "DECOM"),
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
        between("DECOM", "stop"),
    )
    yield Check(
        "354",
        "DECOM",
        "is after the year of the return.",
        "Leave it to the next return.",
        c("DECOM") > c("last_day"),
        between("last_day", "DECOM"),
    )
    yield Check(
        "385",
        "DEC",
        "is after the year of the return.",
        "Leave it open in this return.",
        c("DEC") > c("last_day"),
        between("last_day", "DEC"),
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
        pl.min_horizontal(between("DECOM", "before_DEC"), between("DECOM", "stop")).clip(
            lower_bound=0
        ),
    )
    yield Check(
        "433",
        "DECOM",
        "is not the day on which the episode before it ended, though it goes on.",
        "Close the gap, or say that care began anew (RNE S).",
        (c("RNE") != "S") & (c("before_DEC") != c("DECOM")),
        between("before_DEC", "DECOM").abs(),
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
        (c("REC") == "X1") & (c("has_next") == 0),
        between("DEC", "last_day").clip(lower_bound=0),
    )
    yield Check(
        "437",
        "REC",
        "ends care for good, and further episodes follow.",
        "Correct the reason.",
        c("REC").is_in(["E2", "E15"]) & (c("has_next") == 1),
        between("next_DECOM", "last_day"),
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
        between("DECOM", "stop"),
    )
    yield Check(
        "351",
        "DECOM",
        "is of somebody over 25 at the end of the year.",
        "Correct the day of birth.",
        twenty_fifth < c("last_day"),
        between("DECOM", "stop"),
        "doubtful",
    )
    yield Check(
        "302",
        "DECOM",
        "is before the child was born.",
        "Correct the date, or the day of birth.",
        c("DECOM") < c("born"),
        between("DECOM", "born"),
    )
    yield Check(
        "365",
        "DEC",
        "ends a short break of more than 17 days.",
        "Check the legal status.",
        (c("LS") == "V3") & (between("DECOM", "stop") > 17),
        between("DECOM", "stop"),
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
            (c("LS") == status) & (between("DECOM", "stop") > most),
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
            (c("PLACE") == place) & (between("DECOM", "stop") > most),
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
