"""What a cell of an Annex A list says: its usual words, however they are spelt, and its dates."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from headwater.catalogue.returns import layout
from headwater.core.layout import Column

_LETTER = re.compile(r"^\(?([a-z])(?:\s*[).:\-]\s*|\s*$)")
_YES_NO = {
    "yes": "True",
    "y": "True",
    "true": "True",
    "1": "True",
    "a) yes": "True",
    "no": "False",
    "n": "False",
    "false": "False",
    "0": "False",
    "b) no": "False",
    "unknown": "Unknown",
    "not known": "Unknown",
    "u": "Unknown",
    "c) unknown": "Unknown",
}
_SEXES = {"m": "a) Male", "boy": "a) Male", "f": "b) Female", "girl": "b) Female"}
_WHOLE = re.compile(r"^-?\d+\.0+$")
_SERIAL = re.compile(r"^\d{5}(?:\.\d+)?$")
_TIMED = re.compile(r"^(\d{4}-\d{2}-\d{2})[ T]\d{2}:\d{2}.*$")
_FIRST_DAY = date(1899, 12, 30)
"""The day that a spreadsheet counts as nought."""
SERIALS = (1, 73_050)
"""Counts of days taken for dates: from 1900 to the end of 2099."""


def cell_of(table: str, name: str, text: str) -> tuple[str, str]:
    """Return a cell as it is to be read, and what is to be said of it; "" for nothing."""
    column = layout("annex_a").tables[table].columns[name]
    text = text.strip()
    if not text:
        return "", ""
    if column.codes:
        word = _words(table, name).get(_folded(text)) or _by_letter(table, name, text)
        return (word, "") if word else (text, "is no usual word of this list; it was kept.")
    if column.kind == "date":
        return _day(text)
    return (text.split(".")[0] if _WHOLE.match(text) else text), ""


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split())


@cache
def _words(table: str, name: str) -> Mapping[str, str]:
    """Return the usual words of a column by every spelling of them that is safe to take."""
    column = layout("annex_a").tables[table].columns[name]
    known = {_folded(code): code for code in column.codes}
    bare = {_LETTER.sub("", spelt).strip(): code for spelt, code in known.items()}
    answers = {said: word for said, word in {**_YES_NO, **_SEXES}.items() if word in column.codes}
    return {**answers, **bare, **known}


def _by_letter(table: str, name: str, text: str) -> str:
    """Return the word that a letter in front names, alone or before that same word."""
    column = layout("annex_a").tables[table].columns[name]
    letter = _LETTER.match(_folded(text))
    if letter is None:
        return ""
    named, rest = _of_letter(column, letter[1]), _LETTER.sub("", _folded(text)).strip()
    return named if not rest or _words(table, name).get(rest) == named else ""


def _of_letter(column: Column, letter: str) -> str:
    found = [
        code
        for code in column.codes
        if (match := _LETTER.match(_folded(code))) and match[1] == letter
    ]
    return found[0] if len(found) == 1 else ""


def _day(text: str) -> tuple[str, str]:
    """Return a date without its time; a count of days as the date that it means."""
    timed = _TIMED.match(text)
    if timed:
        return timed[1], ""
    if _SERIAL.match(text) and SERIALS[0] <= float(text) <= SERIALS[1]:
        day = _FIRST_DAY + timedelta(days=int(float(text)))
        return day.isoformat(), "is a spreadsheet's count of days; read as the date that it means."
    return text, ""
