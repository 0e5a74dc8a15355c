"""Walk a report's HTML and find every digit that stands outside a figure.

Digits are allowed only in these contexts, each for its reason:

- `data.figure`: the figures themselves, with unit and with sources or the basis assumed or input;
- `.quoted`: words that come with the result or the catalogue (a name, a note, a verdict, a year);
- `.ref`: the raised marks that lead to the source list;
- `#sources`: the source list;
- `svg`: drawings, whose numbers stand in the table or sentence beside them;
- `code`: the command and the version;
- `style`: how it looks.
"""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "br", "hr", "img", "input", "use", "circle", "path", "rect", "line"}


@dataclass
class Open:
    tag: str
    classes: set[str]
    id: str


@dataclass
class Walker(HTMLParser):
    """Collects bare digits, figures, tags and text."""

    bare: list[str] = field(default_factory=list)
    figures: list[dict[str, str]] = field(default_factory=list)
    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    stack: list[Open] = field(default_factory=list)
    unclosed: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag, attrs) -> None:
        held = {name: value or "" for name, value in attrs}
        self.tags.append((tag, held))
        classes = set(held.get("class", "").split())
        if tag == "data" and "figure" in classes:
            self.figures.append(held)
        if tag not in VOID:
            self.stack.append(Open(tag, classes, held.get("id", "")))

    def handle_startendtag(self, tag, attrs) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag) -> None:
        if tag in VOID:
            return
        if not self.stack or self.stack[-1].tag != tag:
            self.unclosed.append(tag)
            return
        self.stack.pop()

    def handle_data(self, data) -> None:
        if not any(o.tag in {"style", "svg", "title"} for o in self.stack):
            self.text.append(data)
        if any(letter.isdigit() for letter in data) and not any(map(_allowed, self.stack)):
            self.bare.append(" ".join(data.split()))


def _allowed(element: Open) -> bool:
    return (
        (element.tag == "data" and "figure" in element.classes)
        or bool(element.classes & {"quoted", "ref"})
        or element.tag in {"svg", "code", "style", "head"}
        or element.id == "sources"
    )


def walk(html: str) -> Walker:
    """Return what a report holds."""
    walker = Walker()
    walker.feed(html)
    walker.close()
    walker.unclosed += [element.tag for element in walker.stack]
    return walker
