"""Every metric of care against counting day by day, on random lives."""

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.metrics.kind import metrics
from headwater.workflows.measure.answer import measure
from headwater.workflows.measure.ask import Asked
from returns_sample import EPISODES, HEADER, episode

EPOCH = date(2025, 4, 1)
FIRST, LAST = date(2025, 5, 1), date(2026, 2, 28)
WINDOW = [FIRST + timedelta(i) for i in range((LAST - FIRST).days + 1)]
STAY = st.tuples(
    st.integers(0, 330),
    st.integers(1, 60),
    st.sampled_from(["C2", "V3", "J1"]),
    st.sampled_from(["U4", "K2", "P1"]),
    st.sampled_from(["E4A", "E8"]),
)
LIFE = st.lists(STAY, max_size=4)
SPELL = st.lists(st.tuples(st.integers(0, 330), st.integers(1, 9)), max_size=3)
LEAVE_OUT = st.sets(st.sampled_from(["short breaks", "with parents", "remand", "missing"]))


def day(i):
    return EPOCH + timedelta(i)


def text(i):
    return day(i).strftime("%d/%m/%Y")


def apart(stays):
    """Return stays that do not overlap, in order."""
    kept, free = [], 0
    for start, length, *codes in sorted(stays):
        if start >= free:
            kept.append((start, min(start + length, 364), *codes))
            free = start + length + 1
    return kept


def write(folder, lives, spells):
    rows = [
        episode(f"A{who}", text(a), text(b), ls=ls, place=place, rec=rec)
        for who, life in enumerate(lives)
        for a, b, ls, place, rec in life
    ]
    rows.append(episode("Z", text(0), text(360), rec="E8"))
    missing = [f"A{who},01/06/2014,M,{text(a)},{text(a + n)}" for who, a, n in spells]
    missing.append(f"Z,01/06/2014,M,{text(3)},{text(4)}")
    files = {
        "episodes.csv": [EPISODES, *rows],
        "missing.csv": ["CHILD,DOB,MISSING,MIS_START,MIS_END", *missing],
        "header.csv": [HEADER, *(f"A{who},M,01/06/2014,WBRI,UN1,," for who in range(len(lives)))],
    }
    for name, lines in files.items():
        (folder / name).write_text("\n".join(lines))
    (folder / "cohort.list").write_text("\n".join(["who", *(f"A{i}" for i in range(len(lives)))]))


def in_care(life, spells, leave_out):
    """Return the days in care that count."""
    held = set()
    for a, b, ls, place, _ in life:
        out = (
            ("short breaks" in leave_out and ls == "V3")
            or ("remand" in leave_out and ls == "J1")
            or ("with parents" in leave_out and place == "P1")
        )
        if not out:
            held |= {day(i) for i in range(a, b)}
    if "missing" in leave_out:
        held -= {day(i) for a, n in spells for i in range(a, a + n)}
    return held


def runs(days):
    """Return lengths of runs of days of the window for which something holds."""
    lengths, at = [], 0
    for holds in [*days, False]:
        if holds:
            at += 1
        elif at:
            lengths.append(at)
            at = 0
    return lengths


def by_hand(name, care):
    inside = [each in care for each in WINDOW]
    out = [not each for each in inside]
    if name == "days_in_care":
        return sum(inside)
    if name == "days_out_of_care":
        return sum(out)
    if name == "sevens_out_of_care":
        return sum(length // 7 for length in runs(out))
    if name == "weeks_out_of_care":
        return sum(all(out[i : i + 7]) for i in range(0, len(out) - 6, 7))
    begun = [each for each in WINDOW if each in care and each - timedelta(1) not in care]
    if name == "entered_care":
        return int(bool(begun))
    return int(any(any(other < each for other in care) for each in begun))


@given(st.lists(LIFE, min_size=1, max_size=3), SPELL, LEAVE_OUT)
@settings(deadline=None, max_examples=40)
def test_each_metric_is_what_counting_days_gives(lives, spells, leave_out):
    stays = [apart(life) for life in lives]
    apart_spells, free = [], 0
    for a, n in sorted(spells):
        if a >= free:
            apart_spells.append((0, a, n))
            free = a + n + 1
    with TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, stays, apart_spells)
        for metric in (
            "days_in_care",
            "days_out_of_care",
            "sevens_out_of_care",
            "weeks_out_of_care",
            "entered_care",
            "came_back_into_care",
        ):
            asked = Asked(
                metric,
                paths=tuple(
                    folder / each for each in ("episodes.csv", "missing.csv", "header.csv")
                ),
                cohort=folder / "cohort.list",
                first_day=FIRST,
                last_day=LAST,
                leave_out=tuple(leave_out),
            )
            found = measure(asked)
            for who, member in enumerate(found.members):
                own = [(a, n) for w, a, n in apart_spells if w == who]
                assert member.units.value == by_hand(metric, in_care(stays[who], own, leave_out))


def test_every_metric_says_what_guards_against_harm_and_names_real_ones():
    for metric in metrics().values():
        assert set(metric.beside) <= set(metrics())
        assert metric.name not in metric.beside
        if metric.better == "more":
            assert metric.beside
