"""Laws of the readers of returns: no bytes crash or hang them, no bad row costs a good one."""

import functools
import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from headwater.core.finding import LEVELS
from headwater.readers.returns.annex_a import read_annex_a
from headwater.readers.returns.check import check
from headwater.readers.returns.cin_xml import read_cin
from headwater.readers.returns.lives import records
from headwater.readers.returns.read import read_return
from headwater.readers.returns.ssd import read_ssd
from return_samples import CASE, EARLY_HELP, HELPED, NO_ACTION, census, person, workbook

CHILDREN = [person("A1"), person("A2", CASE, NO_ACTION), person("A3")]
SSD_HEAD = "earl_episode_id,earl_person_id,earl_episode_start_date,earl_episode_end_date"
SSD_ROWS = [f'{i},C{i},2024-01-0{i},"2024-02-0{i}"' for i in range(1, 6)]
BOOK = workbook(("EH", [EARLY_HELP, HELPED, ("C2", *HELPED[1:])]))
quick = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
pieces = st.one_of(
    st.binary(max_size=6),
    st.sampled_from(b'< > </ & ]]> <!-- --> <![CDATA[ <?x &#0; &lt; <!DOCTYPE " ,'.split()),
    st.sampled_from([b"<Child>", b"</Child>", b"</Children>", b"\n", b"\0", b"\xff"]),
)


@st.composite
def changed(draw, data: bytes, *, first: int = 0, last: int | None = None, most: int = 8) -> bytes:
    """Return bytes with some replaced, taken out or put in, between two places."""
    end = len(data) if last is None else last
    for _ in range(draw(st.integers(1, most))):
        at = draw(st.integers(first, end))
        gone = draw(st.integers(0, min(5, end - at)))
        put = draw(pieces)
        data = data[:at] + put + data[at + gone :]
        end += len(put) - gone
    return data


def through(data: bytes) -> None:
    """Read a file as a command does, from its bytes to records and faults."""
    with TemporaryDirectory() as name:
        path = Path(name) / "x"
        path.write_bytes(data)
        held = read_return([path])
        made = records(held)
        assert len(made.episodes) == len(made.proof.row)
        assert all(fault.finding.rule for fault in (*held.faults, *check(held)))


def sound(tables, findings) -> None:
    """Check what holds of whatever was read."""
    for table in tables:
        assert table.frame.columns[-1] == "row"
        assert table.frame.null_count().sum_horizontal().item() == 0
    for finding in (*findings, *(f for table in tables for f in table.findings)):
        assert finding.level in LEVELS
        assert finding.rule


@quick
@given(changed(census(*CHILDREN)))
def test_no_census_crashes_the_reader(data):
    tables, findings = read_cin("x.xml", data)
    sound(tables, findings)
    through(data)


@quick
@given(st.binary(max_size=300))
def test_no_bytes_crash_a_reader(data):
    for read in (read_cin, read_annex_a, read_ssd):
        sound(*read("x", data))


def rows_of(data: bytes) -> dict[str, list[tuple]]:
    """Return the rows of each child, without lines and without the file's own numbers."""
    ours = ("row", "referral", "assessment", "plan")
    tables, _ = read_cin("x.xml", data)
    held: dict[str, list[tuple]] = {}
    for table in tables:
        if table.table != "header":
            frame = table.frame.drop(name for name in ours if name in table.frame.columns)
            for row in frame.iter_rows():
                held.setdefault(row[0], []).append((table.table, *row))
    return held


@functools.cache
def whole() -> dict[str, list[tuple]]:
    return rows_of(census(*CHILDREN))


@quick
@given(st.data())
def test_a_bad_child_costs_no_good_one(data):
    text = census(*CHILDREN)
    first = text.index(b"<Child>", text.index(b"<LAchildID>A1"))
    last = text.index(b"<Child>", first + 1) - len(b"</Child>\n")
    bad = data.draw(changed(text, first=first + len(b"<Child>"), last=last))
    if b"<!DOCTYPE" in bad:
        return
    read = rows_of(bad)
    for key in ("A1", "A3"):
        assert [row for row in read[key] if row in whole()[key]] == whole()[key]


@quick
@given(changed("\n".join([SSD_HEAD, *SSD_ROWS]).encode()))
def test_no_extract_crashes_the_reader(data):
    tables, findings = read_ssd("x.csv", data)
    sound(tables, findings)
    through(data)


@quick
@given(st.data())
def test_a_bad_row_of_an_extract_costs_no_good_one(data):
    lines = [SSD_HEAD, *SSD_ROWS]
    head = len("\n".join(lines[:3])) + 1
    text = "\n".join(lines).encode()
    bad = data.draw(changed(text, first=head, last=head + len(lines[3])))
    ((table, *_), _) = read_ssd("x.csv", bad)
    keys = table.frame["earl_person_id"].to_list()
    assert [key for key in keys if key in {"C1", "C2", "C4", "C5"}][:2] == ["C1", "C2"]
    assert keys[-2:] == ["C4", "C5"]


@quick
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inside: (
            st.lists(inside, max_size=3)
            | st.dictionaries(
                st.sampled_from(SSD_HEAD.split(",")) | st.text(max_size=3), inside, max_size=4
            )
        ),
        max_leaves=12,
    )
)
def test_no_json_crashes_the_reader(held):
    data = json.dumps(held).encode()
    tables, findings = read_ssd("x.json", data)
    sound(tables, findings)
    through(data)


@settings(quick, max_examples=60)
@given(changed(BOOK, most=4))
def test_no_workbook_crashes_the_reader(data):
    tables, findings = read_annex_a("x.xlsx", data)
    sound(tables, findings)
    through(data)


cells = st.one_of(
    st.none(),
    st.integers(-(10**6), 10**6),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12),
    st.datetimes(),
    st.sampled_from(["a)", "Yes", "=1+1", "2024-01-01", *EARLY_HELP]),
)


@settings(quick, max_examples=60)
@given(st.lists(st.lists(cells, max_size=10), max_size=6))
def test_whatever_stands_under_the_headings_the_good_rows_are_read(rows):
    data = workbook(("EH", [EARLY_HELP, HELPED, *rows, ("C9", *HELPED[1:])]))
    tables, findings = read_annex_a("x.xlsx", data)
    sound(tables, findings)
    keys = tables[0].frame["Child Unique ID"].to_list()
    assert (keys[0], keys[-1]) == ("C1", "C9")
    through(data)


@pytest.mark.parametrize("size", [300_000])
def test_a_large_census_takes_little_more_than_its_children(size):
    text = census(person("A1")).replace(b"<Children>", b"<Children>" + b"\n" * size)
    tables, findings = read_cin("x.xml", text)
    sound(tables, findings)
    case = next(table for table in tables if table.table == "cin_details")
    assert case.frame["row"][0] > size
