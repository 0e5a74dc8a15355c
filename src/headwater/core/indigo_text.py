"""How INDIGO values are written: numbers, guarded cells, headings, paths."""

import re
from decimal import Decimal, InvalidOperation

_PLAIN = re.compile(r"^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$", re.ASCII)
_GROUPED = re.compile(r"^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$", re.ASCII)
_JSON = re.compile(r"^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d{1,3})?$", re.ASCII)
_GUARDED = re.compile(r"^'*[=+\-@\t\r]")
SIGNS = {"£": "GBP", "$": "USD", "€": "EUR"}
MOST_DIGITS = 60
"""Characters of a number; a longer one is a text."""
OTHER, AS_JSON, OTHER_AS_JSON = "other: ", "as JSON: ", "other as JSON: "
"""What stands before a heading: not the standard's; the cells hold JSON; both."""


def plain_number(text: str) -> bool:
    """Whether a text is a number as the standard has it: digits, a point, no commas or signs."""
    return len(text) <= MOST_DIGITS and _PLAIN.fullmatch(text) is not None


def json_number(text: str) -> bool:
    """Whether a text stands as a number in a JSON document."""
    return len(text) <= MOST_DIGITS and _JSON.fullmatch(text) is not None


def read_number(text: str) -> Decimal | None:
    """Return the exact number, also where commas group its thousands or a currency's sign leads."""
    bare = text.strip()
    if bare[:1] in SIGNS:
        bare = bare[1:].strip()
    if len(bare) > MOST_DIGITS:
        return None
    if _GROUPED.fullmatch(bare):
        bare = bare.replace(",", "")
    if not _PLAIN.fullmatch(bare):
        return None
    try:
        return Decimal(bare)
    except InvalidOperation:  # an exponent past what is kept exactly
        return None


def guard(text: str) -> str:
    """Return a cell that no spreadsheet computes: an apostrophe stands before a formula."""
    return f"'{text}" if _GUARDED.match(text) and not plain_number(text) else text


def unguard(text: str) -> str:
    """Return a guarded cell as it was."""
    return text[1:] if text.startswith("'") and _GUARDED.match(text) else text


def key_of(heading: str) -> str:
    """Return a heading by its letters and digits alone, for finding it however it is spaced."""
    return re.sub(r"[^a-z0-9]", "", heading.casefold())


def escape(key: str) -> str:
    """Return a key as one step of a path."""
    return key.replace("~", "~0").replace("/", "~1") or "~2"


def unescape(step: str) -> str:
    """Return one step of a path as the key it was."""
    if step == "~2":
        return ""
    return step.replace("~1", "/").replace("~0", "~")


def tidy(path: str) -> str:
    """Return a path with every step spelt in the one way that reads back as itself."""
    return "/".join(escape(unescape(step)) for step in path.split("/"))
