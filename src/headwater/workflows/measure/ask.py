"""What is asked of the records: a metric, a cohort, a window, and what counts as care."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from headwater.core.errors import InputError, Problem, did_you_mean
from headwater.metrics.kind import Metric, metrics
from headwater.metrics.lives import CHOICES, Choices

MOST_MONTHS = 120


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to the records.

    Parameters
    ----------
    metric
        Name of a metric.
    first_day, last_day
        The window, last day included; a member who starts later has it from then.
    leave_out
        Names of times that are not care: see `metrics.lives.CHOICES`.
    months
        How long an outcome must last, where the metric asks.
    follow
        Months from each member's start after which the window ends; 0: it ends with the window.
    """

    metric: str
    paths: tuple[Path, ...]
    cohort: Path
    first_day: date
    last_day: date
    leave_out: tuple[str, ...] = ("short breaks",)
    months: int = 0
    follow: int = 0

    @property
    def choices(self) -> Choices:
        """What counts as care."""
        return Choices(frozenset(word.replace("-", " ") for word in self.leave_out))


def metric_of(asked: Asked) -> Metric:
    """Return the metric that is asked for.

    Raises
    ------
    InputError
        With every fault: an unknown metric or choice, a window that ends before it begins, months
        that are missing, not asked for, or too many.
    """
    metric = metrics().get(asked.metric)
    problems = [*_unknown(asked), *_times(asked, metric)]
    if problems or metric is None:
        raise InputError(problems)
    return metric


def _unknown(asked: Asked) -> Iterator[Problem]:
    if asked.metric not in metrics():
        near = did_you_mean(asked.metric, tuple(metrics()))
        yield Problem("metric", f"'{asked.metric}' is none.{near}", "See: headwater measure")
    for word in sorted(asked.choices.leave_out - set(CHOICES)):
        near = did_you_mean(word, CHOICES)
        known = f"Known: {', '.join(CHOICES)}."
        yield Problem("--leave-out", f"'{word}' is no choice.{near}", known)


def _times(asked: Asked, metric: Metric | None) -> Iterator[Problem]:
    if asked.last_day < asked.first_day:
        what = f"{asked.last_day} is before {asked.first_day}."
        yield Problem("--to", what, "Name the last day, included.")
    for option, value in (("--months", asked.months), ("--follow", asked.follow)):
        if not 0 <= value <= MOST_MONTHS:
            yield Problem(option, f"{value} is not from 1 to {MOST_MONTHS}.", "In months.")
    if metric is None or metric.months == bool(asked.months):
        return
    if metric.months:
        yield Problem("--months", f"is missing: how long must '{metric.name}' last?", "Say: 6.")
    else:
        yield Problem("--months", f"is nothing that '{metric.name}' asks for.", "Leave it out.")
