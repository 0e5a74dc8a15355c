"""Files of returns that are no such file, or mean harm: each is refused in plain words."""

import io
import time
import zipfile

import pytest

from headwater.readers.returns.annex_a import read_annex_a
from headwater.readers.returns.cin_xml import read_cin
from headwater.readers.returns.ssd import read_ssd
from return_samples import EARLY_HELP, HELPED, census, person, workbook

DTD = "x: declares a document type or entities; it was not read."
LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10 if i else "ha"}">' for i in range(12))
OUTSIDE = '<!ENTITY x SYSTEM "file:///etc/hostname">'


def said(read, data, name="x"):
    tables, findings = read(name, data)
    assert tables == ()
    return [str(finding) for finding in findings]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "x: is empty."),
        (b" \n", "x: is empty."),
        (
            b"<EXPSSDA903/>",
            "x, row 1: 'EXPSSDA903' is no census: its first element is not Message.",
        ),
        (b"<Message><Children/></Message>", "x: holds no child."),
    ],
)
def test_what_is_no_census(data, message):
    assert said(read_cin, data) == [message]


@pytest.mark.parametrize("declared", [LAUGHS, OUTSIDE, '<!ENTITY % p SYSTEM "http://x/">%p;', ""])
@pytest.mark.parametrize("use", ["&l11;", "&x;", "A1"])
def test_a_census_that_declares_a_type_is_refused_at_once(declared, use):
    data = f"<!DOCTYPE Message [{declared}]>".encode() + census(person("A1")).replace(
        b"A1", use.encode()
    )
    start = time.perf_counter()
    assert said(read_cin, data) == [DTD]
    assert time.perf_counter() - start < 5.0


def test_a_broken_census_that_declares_entities_is_refused():
    assert said(read_cin, f"<!DOCTYPE Message [{LAUGHS}]>".encode() + b"<Message><Child>&l11;") == [
        DTD
    ]


def test_text_that_is_no_xml_is_found():
    (line,) = said(read_cin, b"CHILD,DOB\n1,2\n")
    assert line.startswith("x, row 1: is not well-formed XML; its children were read one by one: ")


def test_a_census_nested_too_deep_is_no_crash():
    deep = b"<a>" * 100_000
    _, findings = read_cin("x", census(person("A1")).replace(b"<Section47>", b"<Section47>" + deep))
    assert findings


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "a.xlsx: is empty."),
        (b"CHILD,DOB\n", "a.xlsx: is not a whole xlsx file (File is not a zip file)."),
        (workbook(("Guide", [("Read me",)])), "a.xlsx: holds no list of Annex A."),
    ],
)
def test_what_is_no_workbook(data, message):
    assert any(line.startswith(message) for line in said(read_annex_a, data, "a.xlsx"))


def packed(size: int) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        for i in range(3):
            file.writestr(f"xl/worksheets/sheet{i}.xml", b"0" * size)
    return held.getvalue()


def test_a_workbook_that_unpacks_to_too_much_is_refused():
    (line,) = said(read_annex_a, packed(100_000_000))
    assert line == "x: unpacks to more than 200,000,000 bytes; it was not read."
    (line,) = said(read_annex_a, packed(5_000_000))
    assert line == "x: holds a file packed more than 200 to one; it was not read."


def test_headings_and_no_row():
    tables, findings = read_annex_a("x", workbook(("EH", [EARLY_HELP])))
    assert findings == ()
    assert [str(finding) for finding in tables[0].findings] == ["x, EH: holds headings and no row."]


def test_a_formula_and_merged_cells_are_found():
    rows = [EARLY_HELP, HELPED, ("C2", "=B2", *HELPED[2:])]
    tables, findings = read_annex_a("x", workbook(("EH", rows), merged="A2:A3"))
    assert [str(finding) for finding in findings] == [
        "x, EH, row 3, B: '=B2' is a formula; its result was not read. Put the value in its place."
    ]
    assert any(
        "A2:A3: was merged: only its first cell holds the value." in str(finding)
        for finding in tables[0].findings
    )


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "x: is empty."),
        (b"a,b\n1,2\n", "x, row 1: has no table of the dataset under these headings."),
        (b'{"a":', "x, row 1: is not JSON: Expecting value: line 1 column 6 (char 5)."),
        (b"[" * 100_000, "x: is not JSON: maximum recursion depth exceeded"),
        (b'{"a": 1}', "x: has no table of the dataset with these fields."),
        (b"[1, 2]", "x: has no table of the dataset with these fields."),
        (b'"x"', "x, row 1: has no table of the dataset under these headings."),
    ],
)
def test_what_is_no_extract(data, message):
    assert said(read_ssd, data)[0].startswith(message)
