"""A children in need census that is not well-formed, cut into its header and its children."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ENCODING = re.compile(rb"""<\?xml[^>]{0,200}encoding=["']([A-Za-z0-9._-]{1,40})["']""")
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_START = re.compile(r"<(?:\w+:)?(Header|Child)(?=[\s>])")
_END = {
    "Header": re.compile(r"</(?:\w+:)?Header\s*>"),
    "Child": re.compile(r"</(?:\w+:)?Child\s*>"),
}
_AFTER = re.compile(r"<(?:/(?:\w+:)?(?:Children|Message)|(?:\w+:)?Children)[\s>]")


@dataclass(frozen=True, slots=True)
class Piece:
    """The text of one element, and how many lines of the document come before its own."""

    text: str
    lines_before: int


def pieces(data: bytes) -> Iterator[Piece] | None:
    """Return the header and each child; None where the document declares a type or entities."""
    text = _decoded(data)
    starts = [(match.start(), match[1]) for match in _START.finditer(text)]
    prolog = text[: starts[0][0]] if starts else text
    if "<!DOCTYPE" in prolog or "<!ENTITY" in text:
        return None
    return _cut(text, starts)


def _cut(text: str, starts: list[tuple[int, str]]) -> Iterator[Piece]:
    lines, counted = 0, 0
    ends = [*(start for start, _ in starts), len(text)]
    for (start, name), end in zip(starts, ends[1:], strict=True):
        lines += text.count("\n", counted, start)
        counted = start
        last = _last(_END[name], text, start, end)
        yield Piece(text[start:last], lines)


def _last(closing: re.Pattern[str], text: str, start: int, end: int) -> int:
    """Return where an element ends: at its last closing, else before what follows the children."""
    found = [match.end() for match in closing.finditer(text, start, end)]
    if found:
        return found[-1]
    after = _AFTER.search(text, start, end)
    return after.start() if after else end


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
