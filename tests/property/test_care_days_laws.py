"""Care days by the million equal sets of days, child by child."""

from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.core.episode_columns import UNKNOWN, EpisodeColumns
from headwater.core.records import OPEN
from headwater.metrics.care_days import care_days, deal

EPOCH = date(1970, 1, 1)
YEARS = (2023, 2024, 2025)


def first(year: int) -> int:
    return (date(year - 1, 4, 1) - EPOCH).days


WINDOWS = [(first(year), first(year + 1)) for year in YEARS] + [(first(2023) + 40, first(2025) + 9)]
ROWS = st.lists(
    st.tuples(
        st.integers(0, 5),
        st.integers(first(2022), first(2026)) | st.just(UNKNOWN),
        st.integers(0, 500) | st.none(),
        st.sampled_from(YEARS),
        st.booleans(),
    ),
    max_size=30,
)


def columns(rows) -> EpisodeColumns:
    key = np.array([row[0] for row in rows], dtype=np.uint64)
    start = np.array([row[1] for row in rows], dtype=np.int32)
    length = [row[2] for row in rows]
    stop = [OPEN if n is None else int(s) + n - 5 for s, n in zip(start, length, strict=True)]
    return EpisodeColumns(
        key * np.uint64(2**61 + 12345),
        key,
        start,
        np.array(stop, dtype=np.int32),
        np.array([row[3] for row in rows], dtype=np.int16),
        np.array([row[4] for row in rows], dtype=bool),
    )


def slowly(rows, window: tuple[int, int]) -> tuple[dict[int, int], int, int, int, int]:
    """Return days by child, the plain sum, and what begins, ends and is open, by sets of days."""
    low, high = window
    last = max((row[3] for row in rows), default=0)
    days: dict[int, set[int]] = {}
    latest: dict[tuple[int, int], int] = {}
    plain = 0
    for child, start, _, year, _ in rows:
        latest[child, start] = max(latest.get((child, start), 0), year)
    for child, start, length, year, care in rows:
        if start == UNKNOWN:
            continue
        stop = first(year + 1) if length is None else start + length - 5
        plain += max(0, min(stop, high) - max(start, low))
        if length is None and year == last:
            stop = first(2030)
        if care and year == latest[child, start]:
            days.setdefault(child, set()).update(range(start, stop))
    begun = ended = still = 0
    for held in days.values():
        begun += sum(1 for day in held if day - 1 not in held and low <= day < high)
        ended += sum(1 for day in held if day + 1 not in held and low <= day + 1 < high)
        still += high - 1 in held
    inside = {child: len(held & set(range(low, high))) for child, held in days.items()}
    return {c: n for c, n in inside.items() if n}, plain, begun, ended, still


@settings(deadline=None)  # kernels may have to be compiled first
@given(ROWS, st.integers(1, 4))
def test_days_are_those_of_sets_of_days_however_they_come(rows, batches):
    cuts = np.array_split(np.arange(len(rows)), batches)
    dealt = deal(columns([rows[i] for i in cut]) for cut in cuts if len(cut))
    found = care_days(dealt, WINDOWS)
    keys = [rows[int(i)][0] for i in found.row]
    assert len(set(keys)) == len(keys)
    for w, window in enumerate(WINDOWS):
        days, plain, begun, ended, still = slowly(rows, window)
        assert {k: int(n) for k, n in zip(keys, found.days[:, w], strict=True) if n} == days
        totals = (found.plain[w], found.entered[w], found.left[w], found.open_at_end[w])
        assert tuple(int(n) for n in totals) == (plain, begun, ended, still)
