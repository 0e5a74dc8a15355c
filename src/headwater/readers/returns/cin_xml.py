"""The children in need census from its XML, one table for each kind of element.

1. The document is read child by child; what it declares of its own (a DTD, entities) is refused.
2. Where it is not well-formed it is cut into its children, each read by itself, so that one bad
   child costs no other.
3. Each child's elements become rows; what stands out of place is found, and read all the same.
4. Elements that the census of that year does not have are found when its year is known.
"""

import hashlib
import io
import re
from typing import Any

from headwater.catalogue.returns import layout
from headwater.core.finding import Finding
from headwater.core.layout import ReturnYear
from headwater.readers.returns import cin_shape
from headwater.readers.returns.cin_rows import CensusRows
from headwater.readers.returns.faults import Faults
from headwater.readers.returns.raw import RawTable
from headwater.readers.returns.xml_pieces import SAFE, pieces

ROOT = "Message"
FORM = "cin"
_LINE = re.compile(r"line (\d+)")


def is_ours(data: bytes) -> bool:
    """Whether a document's first bytes name the census."""
    start = data[:2000].replace(b"\0", b"")
    return re.search(rb"<(?:\w+:)?Message[\s>]", start) is not None


class DeclaresTypeError(Exception):
    """The document declares a type or entities of its own."""


def read_cin(name: str, data: bytes) -> tuple[tuple[RawTable, ...], tuple[Finding, ...]]:
    """Read one census.

    Returns
    -------
    tables
        Every table that has a row; none where the file is no census.
    findings
        What is amiss in the document as a whole. What is amiss in an element stands with the
        table of its row.
    """
    faults = Faults(name)
    if not data.strip():
        faults.add("wrong", "", "is empty.")
        return (), faults.all()
    try:
        read = _read(name, data, faults)
    except DeclaresTypeError:
        faults = Faults(name)
        faults.add("wrong", "", "declares a document type or entities; it was not read.")
        return (), faults.all()
    hashed = hashlib.sha256(data).hexdigest()
    _year_of_elements(read)
    if not read.children and not faults.listed:
        faults.add("wrong", "", "holds no child.")
    tables = tuple(
        RawTable(FORM, table, name, hashed, frame, read.faults[table].all())
        for table, frame in read.frames()
    )
    return tables, faults.all()


def _read(name: str, data: bytes, faults: Faults) -> CensusRows:
    from lxml import etree  # noqa: PLC0415 - read when a census is

    read = CensusRows(name)
    try:
        _stream(data, read, faults)
    except (etree.LxmlError, LookupError, ValueError) as error:
        faults.add("wrong", getattr(error, "lineno", None) or "", _said(error))
        read = CensusRows(name)
        _by_pieces(data, read, faults)
    return read


def _stream(data: bytes, read: CensusRows, faults: Faults) -> None:
    """Add the header and every child of a well-formed document, freeing each when it is read."""
    from lxml import etree  # noqa: PLC0415

    tags = ("{*}Child", "{*}Header")
    events = etree.iterparse(io.BytesIO(data), events=("end",), tag=tags, **SAFE)
    for _, element in events:
        _refuse_types(element)
        _one(element, read)
        _forget(element, faults)
    _refuse_types(events.root)
    for above in (events.root, *events.root.iter("{*}Children")):
        for element in above:
            _unread(element, faults)
    if cin_shape.local(events.root) != ROOT:
        rule = f"is no census: its first element is not {ROOT}."
        faults.add("wrong", events.root.sourceline, rule, value=cin_shape.local(events.root))


def _by_pieces(data: bytes, read: CensusRows, faults: Faults) -> None:
    """Add the header and every child of a document that is not well-formed."""
    from lxml import etree  # noqa: PLC0415

    found = pieces(data)
    if found is None:
        raise DeclaresTypeError
    for piece in found:
        parser = etree.XMLParser(recover=True, **SAFE)
        element = etree.fromstring(piece.text.encode(), parser)
        read.lines_before = piece.lines_before
        for entry in parser.error_log:
            rule = f"is not well-formed XML: {_moved(entry.message, piece.lines_before)}."
            faults.add("wrong", entry.line + piece.lines_before, rule)
        if element is not None:
            _one(element, read)
        if piece.rest:
            line = piece.lines_before + piece.text.count("\n") + 1
            faults.add(
                "wrong", line, "stands outside every child; it was not read.", "", piece.rest
            )


def _moved(said: str, lines: int) -> str:
    """Return a message about a piece with the lines of the document."""
    return _LINE.sub(lambda match: f"line {int(match[1]) + lines}", said).strip()


def _refuse_types(element: Any) -> None:
    told = element.getroottree().docinfo
    if told.internalDTD is not None or told.doctype:
        raise DeclaresTypeError


def _one(element: Any, read: CensusRows) -> None:
    if cin_shape.local(element) == "Header":
        read.add_header(element)
    else:
        read.add_child(element)


def _forget(element: Any, faults: Faults) -> None:
    """Free an element that was read and those before it; find those that nobody reads."""
    above = element.getparent()
    if above is None or cin_shape.local(above) == "Child":
        return
    element.clear(keep_tail=False)
    while element.getprevious() is not None:
        _unread(above[0], faults)
        del above[0]


def _unread(element: Any, faults: Faults) -> None:
    name = cin_shape.local(element)
    if name not in {"Child", "Header", "Children"}:
        faults.add("doubtful", element.sourceline, "is no element of the census.", name)


def _year_of_elements(read: CensusRows) -> None:
    """Find elements that the census of that year does not have."""
    if read.year is None:
        return
    for table in layout(FORM).tables.values():
        for column in table.columns.values():
            seen = read.seen.get((table.name, column.name))
            if seen and not column.first <= read.year <= column.last:
                rule = f"is no element of the census of {ReturnYear(read.year)} ({seen.times})."
                read.faults[table.name].add("doubtful", seen.line, rule, column.name)


def _said(error: Exception) -> str:
    lines = str(error).splitlines()
    said = lines[0][:200] if lines else type(error).__name__
    return f"is not well-formed XML; its children were read one by one: {said}."
