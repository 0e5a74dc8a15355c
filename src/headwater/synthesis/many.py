"""Episodes by the million, to measure readers on: lives lived once, told again under other keys."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from headwater.synthesis.children import LETTERS
from headwater.synthesis.files import DATES
from headwater.synthesis.lives import Lives
from headwater.synthesis.ssda903 import episodes, scene

if TYPE_CHECKING:
    import polars as pl

PREFIX = 2
"""Letters before a key that tell its copies apart: four hundred of them."""
MOST_COPIES = len(LETTERS) ** PREFIX


def stacked(lives: Lives, years: tuple[int, ...], place: str) -> "pl.DataFrame":
    """Return the episodes of several years as a pipeline leaves them: ISO days, LA and YEAR."""
    import polars as pl  # noqa: PLC0415 - a heavy library, and only this needs it here

    frames = []
    for year in years:
        columns = episodes(scene(lives, year)).columns
        frame = pl.DataFrame({name: words.tolist() for name, words in columns.items()})
        frame = frame.with_columns(pl.all().replace("", None))
        days = [
            pl.col(name).str.to_date("%d/%m/%Y", strict=False) for name in columns if name in DATES
        ]
        frames.append(
            frame.with_columns(*days, pl.lit(place).alias("LA"), pl.lit(year).alias("YEAR"))
        )
    return pl.concat(frames)


def copies(frame: "pl.DataFrame", rows: int) -> Iterator["pl.DataFrame"]:
    """Yield a table again and again, each time under other keys, until there are so many rows.

    Raises
    ------
    ValueError
        If it would take more copies than there are prefixes.
    """
    import polars as pl  # noqa: PLC0415

    if rows > MOST_COPIES * len(frame):
        msg = f"{rows} rows need more than {MOST_COPIES} copies of {len(frame)}"
        raise ValueError(msg)
    base = len(LETTERS)
    for copy in range(-(-rows // len(frame))):
        letters = str(LETTERS[copy // base]) + str(LETTERS[copy % base])
        left = rows - copy * len(frame)
        yield frame.head(left).with_columns((pl.lit(letters) + pl.col("CHILD")).alias("CHILD"))
