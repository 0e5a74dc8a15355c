"""The return of children looked after in XML: the same rows as in CSV, child by child.

The elements and their order are those of the 2021 schema; later ones were not found. It has no
place for social workers and for deprivation of liberty, which are left out.
"""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from headwater.synthesis.marks import PROLOGUE, mark, within
from headwater.synthesis.sheet import Bench, Row, Sheet

OWN = ("UPN", "SEX", "DOB", "ETHNIC")
EPISODE = (
    *("DECOM", "RNE", "LS", "CIN", "PLACE", "PL_POST", "HOME_POST", "URN", "PLACE_PROVIDER"),
    *("DEC", "REC", "REASON_PLACE_CHANGE"),
)
NAMED = {"PLACE": "PL"}
"""Columns whose elements have another name."""
ONCE = {
    "uasc": ("DUC",),
    "ad1": ("DATE_INT", "DATE_MATCH", "FOSTER_CARE", "NB_ADOPTR", "SEX_ADOPTR", "LS_ADOPTR"),
    "oc3": ("IN_TOUCH", "ACTIV", "ACCOM"),
}
"""Tables whose columns stand among a header's own elements, in their order."""
GROUPS = (("missing", "AMISSING"), ("reviews", "AREVIEW"))
LATER_GROUPS = (("prev_perm", "PERMANENCE"), ("oc2", "OC2"), ("placed_adoption", "AD_PLACED"))
SHARED = {"CHILD", "DOB", "SEX"}

Held = dict[str, list[Row]]


def ssda903_xml(bench: Bench, year: int) -> str:
    """Return a year's return; a child whom the header lacks has what other tables say."""
    children: dict[str, Held] = {}
    for (name, of), sheet in bench.sheets.items():
        if of == year:
            at = sheet.at("CHILD")
            for row in sheet.rows:
                children.setdefault(row[at], {}).setdefault(name, []).append(row)
    sheets = {name: sheet for (name, of), sheet in bench.sheets.items() if of == year}
    inner = (_child(sheets, key, held) for key, held in children.items())
    return PROLOGUE + within("EXPSSDA903", inner) + "\n"


def _child(sheets: dict[str, Sheet], key: str, held: Held) -> str:
    header = within("HEADER", _header(sheets, key, held))
    episodes = (
        within("EPISODE", _cells(sheets["episodes"], row, EPISODE))
        for row in held.get("episodes", ())
    )
    return "\n" + within("CHILD", (header, *episodes))


def _header(sheets: dict[str, Sheet], key: str, held: Held) -> Iterator[str]:
    first = held.get("header", [[]])[0]
    own = sheets["header"]
    yield mark("CHILDID", escape(key))
    yield from _cells(own, first, OWN)
    yield mark("UASC", int("uasc" in held))
    for name, columns in ONCE.items():
        if name in held:
            yield from _cells(sheets[name], held[name][0], columns)
    yield from _groups(sheets, held, GROUPS)
    yield from _cells(own, first, ("MOTHER", "MC_DOB"))
    yield from _groups(sheets, held, LATER_GROUPS)


def _groups(
    sheets: dict[str, Sheet], held: Held, groups: tuple[tuple[str, str], ...]
) -> Iterator[str]:
    for name, element in groups:
        columns = [each for each in sheets[name].columns if each not in SHARED]
        for row in held.get(name, ()):
            yield within(element, _cells(sheets[name], row, columns))


def _cells(sheet: Sheet, row: Row, columns: tuple[str, ...] | list[str]) -> Iterator[str]:
    """Yield elements of text; a blank cell is an empty element."""
    for name in columns:
        cell = row[sheet.at(name)] if row else ""
        yield mark(NAMED.get(name, name), escape(cell))
