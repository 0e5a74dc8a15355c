"""How a settlement came about: what each term gave in each period, in the agreement's order."""

from collections.abc import Iterator
from dataclasses import dataclass

from headwater.contracts.settle import Settled
from headwater.core.exact import decimal, pounds


@dataclass(frozen=True, slots=True)
class Step:
    """What one term gave in one period.

    Parameters
    ----------
    period
        Its last day.
    gives
        The amount, or the quantity and its unit; by cohort or group where there are several.
    adds
        What it adds to, or takes from, what it took up; empty for a measure.
    """

    period: str
    term: str
    gives: str
    adds: str


def steps(settled: Settled) -> tuple[Step, ...]:
    """Return every step in which something was measured or due, in order."""
    places = {term.id: i for i, term in enumerate(settled.contract.term)}
    found = [*_amounts(settled), *_quantities(settled)]
    found.sort(key=lambda pair: (pair[0], places[pair[1].term]))
    return tuple(step for _, step in found)


def _amounts(settled: Settled) -> Iterator[tuple[int, Step]]:
    for line in settled.lines:
        given, added = int(line.column.values[0].sum()), int(line.pence[0].sum())
        if given or added:
            day = str(settled.periods[line.period].last_day)
            yield line.period, Step(day, line.term, pounds(given), pounds(added))


def _quantities(settled: Settled) -> Iterator[tuple[int, Step]]:
    for one in settled.measured:
        values, shape = one.column.values[0], one.column.shape
        if not values.any():
            continue
        words = {"cohort": settled.outcomes.cohorts, "group": settled.outcomes.groups}.get(
            shape.grain
        )
        parts = [
            f"{decimal(int(value), shape.places)}{f' for {words[i]}' if words and words[i] else ''}"
            for i, value in enumerate(values)
            if value
        ]
        day = str(settled.periods[one.period].last_day)
        gives = f"{'; '.join(parts[:8])} ({shape.unit})" if len(parts) <= 8 else f"{len(parts)}"
        yield one.period, Step(day, one.term, gives, "")
