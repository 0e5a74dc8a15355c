"""A document that is not well-formed, cut into its header and its children."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

_ENCODING = re.compile(rb"""<\?xml[^>]{0,200}encoding=["']([A-Za-z0-9._-]{1,40})["']""")
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
SAFE = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
"""How XML from outside is parsed: nothing is fetched, nothing that it declares is believed."""
_FRAME = re.compile(r"</?(?:\w+:)?(?:Children|Message|EXPSSDA903)(?:\s[^>]*)?>")
CENSUS, LOOKED_AFTER = ("Header", "Child"), ("CHILD",)
"""The elements that the census, and SSDA903, are cut into."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One element.

    Parameters
    ----------
    text
        Its text, to its closing.
    lines_before
        How many lines of the document come before its first.
    rest
        What stands between it and the next, other than the elements that hold the children.
    """

    text: str
    lines_before: int
    rest: str


def pieces(data: bytes, names: tuple[str, ...] = CENSUS) -> Iterator[Piece] | None:
    """Return each element of some names; None where the document declares a type or entities."""
    text = _decoded(data)
    start = re.compile(rf"<(?:\w+:)?({'|'.join(names)})(?=[\s>])")
    starts = [(match.start(), match[1]) for match in start.finditer(text)]
    prolog = text[: starts[0][0]] if starts else text
    if "<!DOCTYPE" in prolog or "<!ENTITY" in text:
        return None
    return _cut(text, starts)


@cache
def _end(name: str) -> re.Pattern[str]:
    return re.compile(rf"</(?:\w+:)?{name}\s*>")


def _cut(text: str, starts: list[tuple[int, str]]) -> Iterator[Piece]:
    lines, counted = 0, 0
    ends = [*(start for start, _ in starts), len(text)]
    for (start, name), end in zip(starts, ends[1:], strict=True):
        lines += text.count("\n", counted, start)
        counted = start
        closed = _end(name).search(text, start, end)
        last = closed.end() if closed else end
        yield Piece(text[start:last], lines, _FRAME.sub("", text[last:end]).strip())


def _decoded(data: bytes) -> str:
    """Return the text in the encoding that it names; a byte that has none there is replaced."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    named = _ENCODING.match(data[:400].lstrip())
    encoding = named[1].decode("ascii") if named else "utf-8"
    try:
        return data.decode(encoding, errors="replace")
    except LookupError:
        return data.decode("utf-8", errors="replace")
