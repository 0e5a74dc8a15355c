"""What the records say of a member round the time of a claim: each row, in words, in order."""

from collections.abc import Iterator
from datetime import timedelta

import numpy as np

from headwater.catalogue.returns import layout
from headwater.core.records import OPEN, Records
from headwater.metrics.lives import Lives
from headwater.readers.returns.ssda903_records import CARE
from headwater.workflows.claims.result import TimeLine
from headwater.workflows.measure.members import EPOCH

BEFORE = 365
"""Days before a member's window that are shown."""
SAID = {"placement": "", "legal_status": "legal status", "began": "began", "ended": "ended"}
"""Traits put into words, and what stands before each."""


def timelines(held: Lives) -> dict[int, tuple[TimeLine, ...]]:
    """Return what the records say of each member, by member, in order of days."""
    kept = held.records
    member = np.full(len(kept.children) + 1, -1, dtype=np.int64)
    member[held.person[held.named]] = np.flatnonzero(held.named)
    found: dict[int, list[TimeLine]] = {}
    of = member[kept.episodes.person]
    near = (of >= 0) & (kept.episodes.stop > held.first[of] - BEFORE)
    order = np.flatnonzero(near)
    for row in order[np.argsort(kept.episodes.start[order], kind="stable")].tolist():
        found.setdefault(int(of[row]), []).append(_line(kept, row))
    return {i: tuple(lines) for i, lines in found.items()}


def _line(kept: Records, row: int) -> TimeLine:
    stop = int(kept.episodes.stop[row])
    return TimeLine(
        state=kept.episodes.states[int(kept.episodes.state[row])],
        first_day=str(EPOCH + timedelta(int(kept.episodes.start[row]))),
        until="" if stop == OPEN else str(EPOCH + timedelta(stop)),
        words="; ".join(_words(kept, row)),
        where=f"{kept.proof.file.word(row)}, row {kept.proof.row[row]}",
    )


def _words(kept: Records, row: int) -> Iterator[str]:
    columns = layout("ssda903").tables[CARE.table].columns
    for trait, before in SAID.items():
        code = kept.episodes.traits[trait].word(row) if trait in kept.episodes.traits else ""
        if not code:
            continue
        known = columns[CARE.traits[trait]].codes.get(code)
        label = known.label if known is not None and known.label else "no label known"
        yield f"{before} {code}: {label}".strip()
