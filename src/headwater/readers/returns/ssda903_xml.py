"""SSDA903 in XML: a child an element, its header and episodes within, and groups that repeat."""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from headwater.core.finding import Finding, Where, found
from headwater.readers.returns.raw import ROW, RawTable
from headwater.readers.returns.ssda903 import FORM, column_of, layout

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


def read_xml(file: str, sha: str, data: bytes) -> Iterator[RawTable]:
    """Yield the tables of a document; what stands before a fault in its form is read."""
    import polars as pl  # noqa: PLC0415
    from lxml import etree  # noqa: PLC0415 - a heavy library, read when a document is

    rows: dict[str, list[dict[str, str | int]]] = {name: [] for name in layout().tables}
    findings: list[Finding] = []
    parser = etree.iterparse(
        io.BytesIO(data),
        events=("end",),
        tag="{*}CHILD",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    try:
        for _, child in parser:
            if child.getparent() is not None:
                _child(file, child, rows, findings)
                child.clear()
    except etree.XMLSyntaxError as error:
        findings.append(
            found(
                "wrong",
                Where(file, str(error.lineno or "")),
                f"is not well-formed XML ({error.msg}): children after it are not read.",
                remedy="Export it again.",
            )
        )
    for name, held in rows.items():
        if held:
            names = [*layout().tables[name].columns]
            frame = pl.DataFrame(
                {each: [row.get(each, "") for row in held] for each in names},
                schema=dict.fromkeys(names, pl.String),
            ).with_columns(pl.Series(ROW, [row[ROW] for row in held], dtype=pl.Int64))
            yield RawTable(FORM, name, file, sha, frame, tuple(findings))
            findings = []
    if findings:
        empty = pl.DataFrame(
            schema={**dict.fromkeys(layout().tables["header"].columns, pl.String), ROW: pl.Int64}
        )
        yield RawTable(FORM, "header", file, sha, empty, tuple(findings))


def _child(
    file: str,
    child: "etree._Element",
    rows: dict[str, list[dict[str, str | int]]],
    findings: list[Finding],
) -> None:
    header: dict[str, str | int] = {ROW: child.sourceline or 0}
    groups: list[tuple[str, dict[str, str | int]]] = []
    for element in child:
        _element(file, element, header, groups, findings)
    key = header.get("CHILD", "")
    shared = {"CHILD": key, "DOB": header.get("DOB", ""), "SEX": header.get("SEX", "")}
    rows["header"].append(header)
    for table, held in groups:
        rows[table].append({**shared, **held})
    for table in LISTED:
        own = [name for name in layout().tables[table].columns if name not in shared]
        if any(header.get(name) for name in own):
            rows[table].append(
                {**shared, **{name: header.get(name, "") for name in own}, ROW: header[ROW]}
            )


def _element(
    file: str,
    element: "etree._Element",
    header: dict[str, str | int],
    groups: list[tuple[str, dict[str, str | int]]],
    findings: list[Finding],
) -> None:
    """Put one element where it belongs: a group, the header's own, or what the return lacks."""
    if not isinstance(element.tag, str):
        return
    tag = element.tag.rpartition("}")[2]
    if tag == HEADER:
        for inner in element:
            _element(file, inner, header, groups, findings)
        return
    table = "episodes" if tag == EPISODE else GROUPS.get(tag)
    if table is not None:
        groups.append((table, _group(file, element, table, findings)))
        return
    name = column_of(tag)
    if name in UNUSED:
        return
    known = {
        each
        for table in ("header", *LISTED, "prev_perm")
        for each in layout().tables[table].columns
    }
    if name not in known:
        findings.append(_strange(file, element, tag))
        return
    header[name] = _text(element)


def _group(
    file: str, element: "etree._Element", table: str, findings: list[Finding]
) -> dict[str, str | int]:
    held: dict[str, str | int] = {ROW: element.sourceline or 0}
    for inner in element:
        if not isinstance(inner.tag, str):
            continue
        tag = inner.tag.rpartition("}")[2]
        name = column_of(tag)
        if name in layout().tables[table].columns:
            held[name] = _text(inner)
        else:
            findings.append(_strange(file, inner, tag))
    return held


def _text(element: "etree._Element") -> str:
    return (element.text or "").strip()


def _strange(file: str, element: "etree._Element", tag: str) -> Finding:
    return found(
        "noted",
        Where(file, str(element.sourceline or "")),
        "is no element of the return; not read.",
        value=tag,
    )
