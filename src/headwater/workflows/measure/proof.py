"""The rows that a count of each member rests on: where each episode and observation was read."""

import numpy as np

from headwater.core.arrays import BoolArray
from headwater.core.records import STATES, Proof
from headwater.metrics.kind import Metric
from headwater.metrics.lives import MISSING, Lives

At = tuple[str, str]
"""A file and a row."""


def proofs(held: Lives, metric: Metric) -> dict[int, list[At]]:
    """Return the rows of each member, in order, that are of what a metric needs."""
    needed = {*metric.needs, *({MISSING} & held.choices.leave_out)}
    kept = held.records
    members = np.arange(len(held))
    by_person = np.full(len(kept.children) + 1, -1, dtype=np.int64)
    by_person[held.person[held.named]] = members[held.named]
    states = [STATES.index(name) for name in STATES if name in needed]
    lived = np.isin(kept.episodes.state, states)
    found: dict[int, list[At]] = {}
    _put(found, by_person[kept.episodes.person], lived, kept.proof)
    seen = kept.observations
    member = by_person[seen.person]
    if len(seen.family.codes):
        by_family = np.full(len(seen.family.words) + 1, -1, dtype=np.int64)
        is_family = held.families >= 0
        by_family[held.families[is_family]] = members[is_family]
        of_family = by_family[seen.family.codes]
        member = np.where(of_family >= 0, of_family, member)
    _put(found, member, seen.measure.among(needed), kept.observed)
    return found


def _put(found: dict[int, list[At]], member: np.ndarray, rows: BoolArray, proof: Proof) -> None:
    """Add where some rows of members stand."""
    if not len(proof.row):
        return
    for i in np.flatnonzero(rows & (member >= 0)).tolist():
        held = found.setdefault(int(member[i]), [])
        at = (proof.file.word(i), str(proof.row[i]))
        if at not in held[-3:]:
            held.append(at)
