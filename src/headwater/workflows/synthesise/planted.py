"""Planted faults as the truth lists them: file, row, child, column, value, rule, days moved."""

from collections.abc import Mapping
from dataclasses import dataclass

from headwater.synthesis.files import upload_name
from headwater.synthesis.sheet import Planted


@dataclass(frozen=True, slots=True)
class Listed:
    """A planted fault, placed.

    Parameters
    ----------
    row
        Its row in the file, the heading being 1; 0 for a whole file.
    days
        Care days, over all years, that the child has by the rows as they stand less those before
        anything was spoilt. A child under two identifiers counts under both.
    """

    number: int
    planted: Planted
    file: str
    row: int
    days: int

    def cells(self) -> tuple[object, ...]:
        """Return its row in the truth."""
        said = self.planted
        return (
            self.number,
            said.kind,
            self.file,
            self.row or "",
            said.child,
            said.column,
            said.before,
            said.after,
            " ".join(said.rules),
            self.days,
        )


def listed(
    planted: list[Planted], before: Mapping[str, int], after: Mapping[str, int]
) -> list[Listed]:
    """Return faults with their files and rows, once every row is where it stays.

    Parameters
    ----------
    before, after
        Care days of each child, by the rows.
    """
    rows: dict[int, int] = {}
    for sheet in {id(each.sheet): each.sheet for each in planted}.values():
        rows |= {id(row): number for number, row in enumerate(sheet.rows, start=2)}
    made = []
    for number, each in enumerate(planted, start=1):
        child = each.child
        moved = after.get(child, 0) - before.get(child, 0)
        if each.kind == "two_ids":
            moved += after.get(each.after, 0) - before.get(each.after, 0)
        row = rows.get(id(each.row), 0) if each.row is not None else 0
        made.append(Listed(number, each, upload_name(each.sheet), row, moved))
    return made


def touched(planted: list[Planted]) -> set[str]:
    """Return every identifier that a planted fault is of, or gives."""
    ids = {each.child for each in planted}
    return ids | {each.after for each in planted if each.kind == "two_ids"}
