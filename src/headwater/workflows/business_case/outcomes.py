"""Children and days in both arms: gross and net side by side."""

import numpy as np

from headwater.core.arrays import FloatArray
from headwater.core.episodes import Tally
from headwater.core.figure import GROSS, NET, Figure
from headwater.core.pathway import PLACEMENTS
from headwater.workflows.business_case.beliefs import CARE
from headwater.workflows.business_case.figures import drawn, unknown
from headwater.workflows.business_case.result import Moment, Outcome
from headwater.workflows.business_case.setting import Setting

Sources = tuple[str, ...]
STATE_WORDS = {"child_in_need": "in need", "left_care_home": "back home from care"}
EVERY = 3
"""Months between two points of the course that is shown."""
NO_EFFECT = "no usable effect is published: the programme arm is not shown"


def outcomes(setting: Setting, tally: Tally, sources: Sources) -> tuple[Outcome, ...]:
    """Return every counted outcome over the horizon."""
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
                _in_care(tally)[:, :, at].astype(float),
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
    return tuple(_outcome(setting, *row, sources) for row in rows)


def _outcome(
    setting: Setting, key: str, name: str, unit: str, counts: FloatArray, sources: Sources
) -> Outcome:
    """Make one row from counts, array (arm, draw); net is the programme's count less the usual."""
    usual = drawn(counts[0], unit, sources, count=GROSS)
    if setting.change is None:
        blank = unknown(unit, NO_EFFECT)
        return Outcome(key, name, usual, blank, blank)
    helped = drawn(counts[1], unit, sources, count=GROSS)
    return Outcome(key, name, usual, helped, drawn(counts[1] - counts[0], unit, sources, count=NET))


def successes(setting: Setting, tally: Tally) -> FloatArray:
    """Children who do well, array (arm, draw): who never enter, or who do where that is the aim."""
    entered = _ever(tally)
    return entered if setting.aim.entering_is_good else tally.children - entered


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


def course_of(setting: Setting, tally: Tally, sources: Sources) -> tuple[Moment, ...]:
    """Return children looked after every three months, in both arms."""
    counts = _in_care(tally)
    rows = []
    for month in range(0, counts.shape[2], EVERY):
        figures = [
            drawn(counts[arm, :, month].astype(float), "children", sources, count=GROSS)
            for arm in (0, 1)
        ]
        helped: Figure = figures[1] if setting.change else unknown("children", NO_EFFECT)
        rows.append(Moment(f"{month}", figures[0], helped))
    return tuple(rows)
