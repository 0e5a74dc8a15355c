"""What of a measurement may be published: counts of members, small ones suppressed."""

import csv
import io

from headwater.core.figure import Figure
from headwater.reporting.suppression import HIDDEN, is_small, suppressed
from headwater.workflows.measure.result import Measured, MetricLine

COLUMNS = (
    "metric",
    "title",
    "first_day",
    "last_day",
    "members",
    "with_any",
    "with_none",
    "not_known",
    "units",
    "unit",
)


def published_csv(found: Measured) -> bytes:
    """Return the metric and those beside it as CSV, "c" for what is suppressed.

    Members with any, with none and not known add up to all members: which of them are suppressed is
    decided together. Units stand where the members behind them do.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    size = _whole(found.cohort_size)
    for line in (found.metric, *found.beside):
        writer.writerow(_row(found, line, size))
    return text.getvalue().encode("utf-8")


def _row(found: Measured, line: MetricLine, size: int) -> tuple[str, ...]:
    some, unknown = _whole(line.members), _whole(line.unknown)
    parts = (some, size - some - unknown, unknown)
    gone = suppressed(parts) if not is_small(size) else (True,) * len(parts)
    cells = [HIDDEN if hide else str(part) for part, hide in zip(parts, gone, strict=True)]
    units = "" if line.units.value is None else f"{line.units.value:g}"
    whole = HIDDEN if is_small(size) else str(size)
    shown = HIDDEN if gone[0] else units
    own = (line.metric, line.title, found.first_day, found.last_day, whole)
    return (*own, *cells, shown, line.units.unit)


def _whole(figure: Figure) -> int:
    return round(figure.value or 0.0)
