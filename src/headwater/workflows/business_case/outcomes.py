"""Children and days in both arms: gross and net side by side."""

import numpy as np

from headwater.core.arrays import FloatArray
from headwater.core.episodes import Tally
from headwater.core.figure import GROSS, NET
from headwater.core.pathway import PLACEMENTS
from headwater.workflows.business_case.beliefs import CARE
from headwater.workflows.business_case.result import Moment, Outcome
from headwater.workflows.business_case.run import Run

STATE_WORDS = {"child_in_need": "in need", "left_care_home": "back home from care"}
EVERY = 3
"""Months between two points of the course that is shown."""


def outcomes(run: Run) -> tuple[Outcome, ...]:
    """Return every counted outcome over the horizon."""
    setting, tally = run.setting, run.tally
    years = f"{setting.case.horizon_years} years"
    state = STATE_WORDS.get(setting.aim.state, setting.aim.state.replace("_", " "))
    never = tally.children - _ever(tally)
    follow_up = setting.change.months if setting.change else None
    rows = [
        ("never_entered", f"children never {state} in {years}", "children", never),
        ("ever_entered", f"children ever {state} in {years}", "children", _ever(tally)),
        ("days_looked_after", f"days looked after in {years}", "days", care_days(tally)),
    ]
    if follow_up is not None and follow_up <= setting.case.horizon_years * 12:
        at = round(follow_up)
        rows.append(
            (
                "looked_after_at_follow_up",
                f"children looked after at {at} months",
                "children",
                _in_care(tally)[:, :, at],
            )
        )
    for name, words in (
        ("child_in_need", "days in need"),
        ("protection_plan", "days on a protection plan"),
        ("pre_proceedings", "days in pre-proceedings"),
    ):
        rows.append((f"days_{name}", f"{words} in {years}", "days", _days(tally, name)))
    for i, placement in enumerate(PLACEMENTS):
        rows.append(
            (
                f"days_{placement}",
                f"days looked after: {placement}",
                "days",
                _days(tally, f"{CARE}: {i}"),
            )
        )
    return tuple(_outcome(run, *row) for row in rows)


def _outcome(run: Run, key: str, name: str, unit: str, counts: FloatArray) -> Outcome:
    """Make one row from counts, array (arm, draw); net is the programme's count less the usual."""
    usual = run.count(counts[0], unit, GROSS)
    if not run.effect_known:
        return Outcome(key, name, usual, run.blank(unit), run.blank(unit))
    helped = run.count(counts[1], unit, GROSS)
    return Outcome(key, name, usual, helped, run.count(counts[1] - counts[0], unit, NET))


def successes(run: Run) -> FloatArray:
    """Children who do well, array (arm, draw): who never enter, or who do where that is the aim."""
    entered = _ever(run.tally)
    return entered if run.setting.aim.entering_is_good else run.tally.children - entered


def _ever(tally: Tally) -> FloatArray:
    """Children who ever enter the target state, array (arm, draw)."""
    return np.stack([tally.pairs[:, 1, :].sum(axis=1), tally.pairs[:, :, 1].sum(axis=1)]).astype(
        float
    )


def _days(tally: Tally, bucket: str) -> FloatArray:
    return np.asarray(tally.days[:, :, tally.buckets.index(bucket)].sum(axis=2), dtype=float)


def care_buckets(tally: Tally) -> list[int]:
    """Return the buckets of looked-after children, one a placement."""
    return [i for i, name in enumerate(tally.buckets) if name.startswith(f"{CARE}: ")]


def care_days(tally: Tally) -> FloatArray:
    """Return days looked after over the horizon, array (arm, draw)."""
    return np.asarray(tally.days[:, :, care_buckets(tally)].sum(axis=(2, 3)), dtype=float)


def _in_care(tally: Tally) -> FloatArray:
    return np.asarray(tally.census[:, :, care_buckets(tally)].sum(axis=2), dtype=float)


def course_of(run: Run) -> tuple[Moment, ...]:
    """Return children looked after every three months, in both arms."""
    usual, helped = _in_care(run.tally)
    return tuple(
        Moment(
            f"{month}",
            run.count(usual[:, month], "children", GROSS),
            run.count(helped[:, month], "children", GROSS)
            if run.effect_known
            else run.blank("children"),
        )
        for month in range(0, usual.shape[1], EVERY)
    )
