"""Whatever is read, written and read again is the same, in every form and across forms."""

import contextlib
import functools
import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from headwater.catalogue.indigo import standard
from headwater.core.errors import InputError
from headwater.core.indigo import Exchange
from headwater.core.indigo_text import guard, plain_number, unguard
from headwater.readers.indigo import read
from headwater.reporting.indigo import to_csv, to_document, to_workbook

TABLES = (
    "outcome_metrics",
    "outcome_pricings",
    "outcome_payment_plans",
    "outcome_payments",
    "results",
)
FORMS = ("csv", "json", "xlsx")
texts = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.sampled_from(
        [
            "=1+1",
            "'=1",
            "+44",
            "-5",
            "@x",
            "\t",
            "\r\n",
            "12635",
            "1,250",
            "£250",
            "0.10",
            "325.1415337107566",
            "1e3",
            "2018",
            "2018-13",
            "_x0041_",
            "<r>a</r>",
            " a ",
            "٣",
        ]
    ),
)
scalars = st.one_of(
    texts, st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False)
)
keys = st.one_of(
    st.sampled_from(
        [
            "id",
            "notes",
            "status",
            "source_ids",
            "colour",
            "Currency",
            "a/b",
            "~",
            "",
            "other: x",
            "as JSON: y",
            "headwater:cells",
            "Project ID",
            "value",
        ]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=6),
)
anything = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(keys, inner, max_size=2)),
    max_leaves=4,
)


def rows_of(table: str) -> st.SearchStrategy:
    """Return rows that look like the standard's, with unknown keys among them."""
    known = [path.split("/") for path in standard().table(table).fields]

    def made(values):
        row: dict = {}
        for path, value in values:
            at = row
            for step in path[:-1]:
                at = at.setdefault(step, {})
            at[path[-1]] = value
        return row

    standard_row = st.lists(st.tuples(st.sampled_from(known), scalars), max_size=5).map(made)
    odd = st.dictionaries(keys, anything, max_size=2)
    return st.tuples(standard_row, odd).map(lambda pair: {**pair[1], **pair[0]})


ids = st.sampled_from(["INDIGO-POJ-0001", "INDIGO-POJ-0002", "", "=x", "a b"])
data = st.builds(
    lambda own, tables, odd: {**odd, **own, **tables},
    rows_of("projects"),
    st.fixed_dictionaries(
        {}, optional={name: st.lists(rows_of(name), max_size=2) for name in TABLES}
    ),
    st.dictionaries(keys, anything, max_size=2),
)
documents = st.lists(st.builds(lambda own, held: {"id": own, "data": held}, ids, data), max_size=3)


def again(exchange: Exchange, form: str) -> Exchange:
    """Write and read."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"again.{form}"
        if form == "csv":
            path.mkdir()
            for name, content in to_csv(exchange).items():
                (path / name).write_bytes(content)
            (path / "empty.json").write_text("[]")
        elif form == "json":
            path.write_text(to_document(exchange), encoding="utf-8", newline="")
        else:
            path.write_bytes(to_workbook(exchange))
        return read(path).exchange


def read_document(document: object) -> Exchange:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "one.json"
        path.write_text(json.dumps(document), encoding="utf-8")
        return read(path).exchange


slow = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("form", FORMS)
@slow
@given(document=documents)
def test_what_is_written_reads_back_as_it_was(form, document):
    exchange = read_document(document)
    assert again(exchange, form) == exchange


@slow
@given(document=documents)
def test_through_all_forms_in_turn(document):
    exchange = read_document(document)
    through = exchange
    for form in FORMS:
        through = again(through, form)
    assert through == exchange


@given(texts)
def test_a_guarded_cell_is_never_computed_and_reads_back(text):
    written = guard(text)
    assert unguard(written) == text
    assert plain_number(written) or not written.startswith(("=", "+", "-", "@", "\t", "\r"))


@slow
@given(st.binary(max_size=200), st.sampled_from(["projects_results.csv", "a.json", "a.zip"]))
def test_no_file_whatever_it_holds_does_more_than_be_found(content, name):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        with contextlib.suppress(InputError):
            read(path)


@functools.cache
def whole_workbook() -> bytes:
    """Return a workbook with something in it."""
    data = {"name": {"value": "a"}, "results": [{"notes": "b", "outcomes_achieved": {"value": 3}}]}
    return to_workbook(read_document([{"id": "INDIGO-POJ-0001", "data": data}]))


@slow
@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=30))
def test_no_workbook_however_it_is_spoilt_does_more_than_be_found(changes):
    content = bytearray(whole_workbook())
    for at, byte in changes:
        content[int(at * (len(content) - 1))] = byte
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        path.write_bytes(content)
        read(path)
