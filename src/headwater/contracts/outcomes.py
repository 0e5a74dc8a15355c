"""What is settled: units by draw, with the metric, the key, the cohort and the days of each."""

from dataclasses import dataclass, fields
from typing import Any, Self

from headwater.core.arrays import IntArray


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Outcomes that count, one a cell; every array but `units` is (cell,).

    Parameters
    ----------
    units
        In the last decimal place of the metric; array (draw, cell). A real settlement is one draw.
    metric, who, cohort, group
        Places in the words below; -1 where there is none.
    first_day, last_day, counted_on
        Days since 1 January 1970; the last decides the period.
    source
        Whatever tells the caller which claim a cell is.
    metrics, whos, cohorts, groups
        The words.
    """

    units: IntArray
    metric: IntArray
    who: IntArray
    cohort: IntArray
    group: IntArray
    first_day: IntArray
    last_day: IntArray
    counted_on: IntArray
    source: IntArray
    metrics: tuple[str, ...]
    whos: tuple[str, ...]
    cohorts: tuple[str, ...]
    groups: tuple[str, ...]

    @property
    def draws(self) -> int:
        """How many draws there are."""
        return int(self.units.shape[0])

    def only(self, cells: Any) -> Self:
        """Return some of the cells, by mark or place."""
        parts = {f.name: getattr(self, f.name) for f in fields(self)}
        for name, value in parts.items():
            if name == "units":
                parts[name] = value[:, cells]
            elif not isinstance(value, tuple):
                parts[name] = value[cells]
        return type(self)(**parts)
