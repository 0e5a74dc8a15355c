"""XML as text: our own words and days need no escaping, and the same lives give the same bytes."""

from collections.abc import Iterable

PROLOGUE = '<?xml version="1.0" encoding="UTF-8"?>\n'


def mark(name: str, value: object) -> str:
    """Return an element of text."""
    return f"<{name}>{value}</{name}>"


def given(name: str, value: object) -> str:
    """Return an element of text, or nothing where there is none."""
    return f"<{name}>{value}</{name}>" if value not in ("", None) else ""


def within(name: str, inner: Iterable[str]) -> str:
    """Return an element that holds others."""
    return f"<{name}>{''.join(inner)}</{name}>"
