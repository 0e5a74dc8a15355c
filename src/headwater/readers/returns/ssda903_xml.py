"""SSDA903 in XML: a child an element, its header and episodes within, and groups that repeat."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from headwater.core.finding import Finding, Where, found
from headwater.readers.returns.raw import ROW, RawTable
from headwater.readers.returns.ssda903 import FORM, column_of, layout
from headwater.readers.returns.xml_pieces import LOOKED_AFTER, SAFE, pieces

if TYPE_CHECKING:
    from lxml import etree

ROOT = b"EXPSSDA903"
EPISODE, HEADER = "EPISODE", "HEADER"
GROUPS = {
    "AMISSING": "missing",
    "AREVIEW": "reviews",
    "PERMANENCE": "prev_perm",
    "AD_PLACED": "placed_adoption",
    "OC2": "oc2",
}
"""Groups within a child or its header, and the tables that they are in CSV."""
LISTED = ("ad1", "oc3", "uasc")
"""Tables whose columns stand among a header's own elements."""
UNUSED = {"UASC", "AD1", "OC3"}


def is_ours(data: bytes) -> bool:
    """Whether a document's first bytes name the return."""
    return ROOT in data[:2000].replace(b"\0", b"")


@dataclass(slots=True)
class _Read:
    """What is read of a document.

    Parameters
    ----------
    lines_before
        Lines of the document before the piece of it that is read.
    """

    file: str
    rows: dict[str, list[dict[str, str | int]]]
    findings: list[Finding]
    lines_before: int = 0

    def line(self, element: "etree._Element") -> int:
        """Return the line that an element stands on."""
        return int(element.sourceline or 0) + self.lines_before


def read_xml(file: str, sha: str, data: bytes) -> Iterator[RawTable]:
    """Yield the tables of a document.

    Where it is not well-formed it is cut into its children, each read by itself, so that one bad
    child costs no other.
    """
    from lxml import etree  # noqa: PLC0415 - a heavy library, read when a document is

    read = _Read(file, {name: [] for name in layout().tables}, [])
    try:
        _stream(data, read)
    except (etree.LxmlError, LookupError, ValueError) as error:
        said = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        rule = f"is not well-formed XML ({said}): its children were read one by one."
        at = Where(file, str(getattr(error, "lineno", None) or ""))
        fault = found("wrong", at, rule, remedy="Export it again.")
        read = _Read(file, {name: [] for name in layout().tables}, [fault])
        _by_pieces(data, read)
    yield from _tables(read, sha)


def _stream(data: bytes, read: _Read) -> None:
    """Read a well-formed document child by child, each freed when it is read."""
    from lxml import etree  # noqa: PLC0415

    parser = etree.iterparse(io.BytesIO(data), events=("end",), tag="{*}CHILD", **SAFE)
    for _, child in parser:
        if child.getparent() is not None:
            _child(child, read)
            child.clear()


def _by_pieces(data: bytes, read: _Read) -> None:
    """Read every child of a document that is not well-formed."""
    from lxml import etree  # noqa: PLC0415

    for piece in pieces(data, LOOKED_AFTER) or ():
        read.lines_before = piece.lines_before
        child = etree.fromstring(piece.text.encode(), etree.XMLParser(recover=True, **SAFE))
        if child is not None:
            _child(child, read)
        if piece.rest:
            line = str(piece.lines_before + piece.text.count("\n") + 1)
            rule = "stands outside every child; it was not read."
            read.findings.append(found("wrong", Where(read.file, line), rule, value=piece.rest))


def _tables(read: _Read, sha: str) -> Iterator[RawTable]:
    """Yield each table that has a row, the first with what is amiss; a header without rows else."""
    import polars as pl  # noqa: PLC0415 - a heavy library, read when a document is

    findings = tuple(read.findings)
    for name, held in read.rows.items():
        if not held and not (name == "header" and not any(read.rows.values()) and findings):
            continue
        names = [*layout().tables[name].columns]
        frame = pl.DataFrame(
            {each: [row.get(each, "") for row in held] for each in names},
            schema=dict.fromkeys(names, pl.String),
        ).with_columns(pl.Series(ROW, [row[ROW] for row in held], dtype=pl.Int64))
        yield RawTable(FORM, name, read.file, sha, frame, findings)
        findings = ()


def _child(child: "etree._Element", read: _Read) -> None:
    header: dict[str, str | int] = {ROW: read.line(child)}
    groups: list[tuple[str, dict[str, str | int]]] = []
    for element in child:
        _element(element, header, groups, read)
    key = header.get("CHILD", "")
    shared = {"CHILD": key, "DOB": header.get("DOB", ""), "SEX": header.get("SEX", "")}
    read.rows["header"].append(header)
    for table, held in groups:
        read.rows[table].append({**shared, **held})
    for table in LISTED:
        own = [name for name in layout().tables[table].columns if name not in shared]
        if any(header.get(name) for name in own):
            read.rows[table].append(
                {**shared, **{name: header.get(name, "") for name in own}, ROW: header[ROW]}
            )


def _element(
    element: "etree._Element",
    header: dict[str, str | int],
    groups: list[tuple[str, dict[str, str | int]]],
    read: _Read,
) -> None:
    """Put one element where it belongs: a group, the header's own, or what the return lacks."""
    if not isinstance(element.tag, str):
        return
    tag = element.tag.rpartition("}")[2]
    if tag == HEADER:
        for inner in element:
            _element(inner, header, groups, read)
        return
    table = "episodes" if tag == EPISODE else GROUPS.get(tag)
    if table is not None:
        groups.append((table, _group(element, table, read)))
        return
    name = column_of(tag)
    if name in UNUSED:
        return
    if name not in _own():
        read.findings.append(_strange(element, tag, read))
        return
    header[name] = _text(element)


@cache
def _own() -> frozenset[str]:
    """Return the columns that may stand among a header's own elements."""
    tables = layout().tables
    return frozenset(
        each for table in ("header", *LISTED, "prev_perm") for each in tables[table].columns
    )


def _group(element: "etree._Element", table: str, read: _Read) -> dict[str, str | int]:
    held: dict[str, str | int] = {ROW: read.line(element)}
    for inner in element:
        if not isinstance(inner.tag, str):
            continue
        tag = inner.tag.rpartition("}")[2]
        name = column_of(tag)
        if name in layout().tables[table].columns:
            held[name] = _text(inner)
        else:
            read.findings.append(_strange(inner, tag, read))
    return held


def _text(element: "etree._Element") -> str:
    return (element.text or "").strip()


def _strange(element: "etree._Element", tag: str, read: _Read) -> Finding:
    at = Where(read.file, str(read.line(element) or ""))
    return found("noted", at, "is no element of the return; not read.", value=tag)
