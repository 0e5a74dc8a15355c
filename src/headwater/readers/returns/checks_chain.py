"""Checks of how episodes follow each other, within a year and from the last year's return."""

from collections.abc import Iterator

from headwater.readers.returns.rule_check import Check, between


def chain_checks() -> Iterator[Check]:
    """Yield every check of what changed between two episodes, and of a year against the last."""
    yield from _coding()
    yield from _joins()


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
        between("last_DECOM", "DECOM").abs(),
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
        between("DECOM", "first_day"),
    )
