"""Rows of text gathered into frames, a part at a time, so that a large file needs little memory."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

PART = 20_000
"""Rows held as Python text before they are packed."""


class Rows:
    """The rows of one table, in the order in which they are added."""

    def __init__(self, columns: tuple[str, ...]) -> None:
        self._columns = columns
        self._cells: dict[str, list[str]] = {name: [] for name in columns}
        self._lines: list[int] = []
        self._packed: list[pl.DataFrame] = []

    def add(self, line: int, cells: Mapping[str, str]) -> None:
        """Add a row; a column that it lacks is blank."""
        for name, held in self._cells.items():
            held.append(cells.get(name, ""))
        self._lines.append(line)
        if len(self._lines) >= PART:
            self._pack()

    def frame(self) -> "pl.DataFrame":
        """Return every row, with `row` last."""
        import polars as pl  # noqa: PLC0415 - a heavy library, read when a table is

        self._pack()
        return pl.concat(self._packed, rechunk=True)

    def _pack(self) -> None:
        import polars as pl  # noqa: PLC0415

        schema = dict.fromkeys(self._columns, pl.String) | {"row": pl.Int64}
        self._packed.append(pl.DataFrame({**self._cells, "row": self._lines}, schema=schema))
        self._cells = {name: [] for name in self._columns}
        self._lines = []
