"""What a child in care has at a moment, and the rows that are left behind."""

from dataclasses import dataclass, field, fields

import numpy as np

from headwater.core.arrays import IntArray
from headwater.synthesis.draws import Words


@dataclass(slots=True)
class Now:
    """Children in care; every array is (child in care,), changed in place as they live.

    Parameters
    ----------
    child, period
        Places in the children, and of the period of care.
    clock
        The day up to which the child has been lived.
    start
        The day on which the present episode began.
    entered, grown
        The day on which the period began, and the eighteenth birthday.
    decided
        The day on which adoption was decided on; -1 for not.
    """

    child: IntArray
    period: IntArray
    clock: IntArray
    start: IntArray
    entered: IntArray
    grown: IntArray
    born: IntArray
    status: Words
    place: Words
    home: IntArray
    rne: Words
    decided: IntArray

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.child)

    def kept(self, rows: object) -> "Now":
        """Return some of them."""
        return Now(*(getattr(self, each.name)[rows] for each in fields(self)))


COLUMNS = (
    "child",
    "period",
    "start",
    "stop",
    "status",
    "place",
    "home",
    "rne",
    "rec",
    "reason",
)


@dataclass(slots=True)
class Rows:
    """Episodes as they end, in blocks by column."""

    blocks: dict[str, list[np.ndarray]] = field(
        default_factory=lambda: {name: [] for name in COLUMNS}
    )

    def add(self, now: Now, who: IntArray, stop: IntArray, rec: Words, reason: Words) -> None:
        """Close the present episode of some children."""
        values = {
            "child": now.child[who],
            "period": now.period[who],
            "start": now.start[who],
            "stop": stop,
            "status": now.status[who],
            "place": now.place[who],
            "home": now.home[who],
            "rne": now.rne[who],
            "rec": rec,
            "reason": reason,
        }
        for name, held in values.items():
            self.blocks[name].append(np.array(held))

    def table(self) -> dict[str, np.ndarray]:
        """Return the columns, by child and start."""
        made = {
            name: np.concatenate(held) if held else np.zeros(0, dtype=np.int64)
            for name, held in self.blocks.items()
        }
        order = np.lexsort((made["start"], made["child"]))
        return {name: column[order] for name, column in made.items()}
