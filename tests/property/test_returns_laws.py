"""Laws of returns: days by brute force, repairs that do what they say, files that are spoilt."""

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.metrics.spans import Spans, days, days_each, entries, exits, periods, spans, stock
from headwater.readers.returns.lives import once, records
from headwater.readers.returns.read import read_return
from headwater.readers.returns.repairs import repaired
from returns_sample import EPISODES, episode

DAY = st.dates(date(2024, 4, 1), date(2026, 3, 31))
ROW = st.tuples(st.sampled_from("ABC"), DAY, st.none() | DAY, st.sampled_from("SPL"))
FIRST, AFTER = date(2025, 4, 1), date(2026, 4, 1)
EPOCH = date(1970, 1, 1)


def text(when):
    return "" if when is None else when.strftime("%d/%m/%Y")


def read(rows):
    lines = [episode(child, text(a), text(b), rne=rne) for child, a, b, rne in rows]
    anchor = episode("Z", "01/05/2025", "30/03/2026", rec="E8")
    with TemporaryDirectory() as folder:
        file = Path(folder) / "episodes.csv"
        file.write_text("\n".join([f"{EPISODES},YEAR", *(f"{x},2026" for x in (*lines, anchor))]))
        return read_return([file])


def lived(rows):
    """Return each child's days in care, one by one."""
    held = {}
    for child, a, b, _ in rows:
        end = AFTER + timedelta(400) if b is None else b
        held.setdefault(child, set()).update(a + timedelta(i) for i in range((end - a).days))
    return held


@given(st.lists(ROW, max_size=12))
@settings(deadline=None, max_examples=60)
def test_days_entries_exits_and_stock_are_what_counting_each_day_gives(rows):
    held = records(read(rows))
    care = spans(held.episodes, held.episodes.traits["legal_status"].among({"C2"}))
    whole = periods(care)
    truth = lived(rows)
    truth["Z"] = {date(2025, 5, 1) + timedelta(i) for i in range(333)}
    first, after = (FIRST - EPOCH).days, (AFTER - EPOCH).days
    year = {FIRST + timedelta(i) for i in range(365)}
    assert days(whole, first, after) == sum(len(held & year) for held in truth.values())
    one = timedelta(1)
    assert entries(whole, first, after) == sum(
        day in year and day - one not in held for held in truth.values() for day in held
    )
    assert exits(whole, first, after) == sum(
        day + one in year and day + one not in held for held in truth.values() for day in held
    )
    assert stock(whole, after - 1) == sum(AFTER - one in held for held in truth.values())
    assert days(care, first, after) >= days(whole, first, after)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 30), st.integers(1, 30)), max_size=20))
def test_days_in_each_persons_own_window_add_up(rows):
    held = sorted((who, start, start + length) for who, start, length in rows)
    table = np.array(held, dtype=np.int64).reshape(-1, 3)
    whole = periods(Spans(*table.T))
    first, after = np.array([0, 5, 10, 40]), np.array([60, 20, 11, 50])
    counted = days_each(whole, first, after)
    for who in range(4):
        lived_through = {day for p, a, b in held if p == who for day in range(a, b)}
        assert counted[who] == len(lived_through & set(range(first[who], after[who])))


@given(st.lists(ROW, max_size=12))
@settings(deadline=None, max_examples=60)
def test_repairs_leave_no_overlap_and_say_every_end_they_move(rows):
    held = read(rows)
    plain = once(held)
    mended, moved = repaired(plain, date(2026, 3, 31))
    stops = {
        (child, start): stop
        for child, start, stop in plain.select("CHILD", "DECOM", "stop").iter_rows()
    }
    if len(stops) == len(plain):
        told = {(repair.child, repair.row) for repair in moved}
        for child, start, stop, row in mended.select("CHILD", "DECOM", "stop", "row").iter_rows():
            assert (stop != stops[child, start]) == ((child, str(row)) in told)
    table = mended.select("CHILD", "DECOM", "stop").rows()
    for (child, begun, stop), (other, start, _) in pairwise(table):
        assert child != other or begun == start or (stop is not None and stop <= start)


SOUND = "\n".join(
    [EPISODES, *(episode(f"A{i}", "01/05/2025", "02/05/2025", rec="E8") for i in range(20))]
).encode()


@given(st.data())
@settings(deadline=None, max_examples=300)
def test_a_spoilt_line_costs_no_other(data):
    """Whatever is written over one line, every other is read as before."""
    lines = SOUND.split(b"\n")
    at = data.draw(st.integers(1, len(lines) - 1))
    junk = data.draw(st.binary(max_size=60).filter(lambda b: not {10, 13} & set(b)))
    lines[at] = junk
    with TemporaryDirectory() as folder:
        file = Path(folder) / "episodes.csv"
        file.write_bytes(b"\n".join(lines))
        held = read_return([file])
    children = set(held.tables["episodes"]["CHILD"].drop_nulls())
    assert {f"A{i}" for i in range(20) if i != at - 1} <= children


@given(st.binary(max_size=400), st.integers(0, len(SOUND)))
@settings(deadline=None, max_examples=300)
def test_no_bytes_break_a_reader(junk, at):
    with TemporaryDirectory() as folder:
        for name, data in (
            ("a.csv", SOUND[:at] + junk + SOUND[at:]),
            ("b.csv", junk),
            ("c", SOUND),
        ):
            (Path(folder) / name).write_bytes(data)
        assert read_return([Path(folder)]).tables["episodes"].height >= 20
