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
_FRAME = re.compile(r"</?(?:\w+:)?(?:Children|Message)(?:\s[^>]*)?>")


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
        closed = _END[name].search(text, start, end)
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
