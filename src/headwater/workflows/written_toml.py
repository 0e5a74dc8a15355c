"""TOML as text: what a file is written as so that reading it back gives the same."""

import json
from datetime import date
from decimal import Decimal
from typing import Any


def table_lines(entry: dict[str, Any], name: str = "", *, lists: bool = True) -> list[str]:
    """Return the lines of one table: its plain values, then the tables within it.

    Parameters
    ----------
    lists
        Whether a list of tables is written as tables of its own, [[name]], and not within a line.
    """
    apart = {key: value for key, value in entry.items() if lists and _tables(value)}
    inner = {key: value for key, value in entry.items() if isinstance(value, dict) and value}
    plain = {
        key: value
        for key, value in entry.items()
        if key not in apart and not isinstance(value, dict) and value is not None and value != ()
    }
    lines = [f"{key} = {value_text(value)}" for key, value in plain.items()]
    if name and lines:
        lines = ["", f"[{name}]", *lines]
    for key, value in inner.items():
        lines += table_lines(value, _within(name, key), lists=lists)
    for key, values in apart.items():
        for value in values:
            lines += ["", f"[[{_within(name, key)}]]", *table_lines(value, lists=lists)]
    return lines


def _within(name: str, key: str) -> str:
    return f"{name}.{key}" if name else key


def _tables(value: Any) -> bool:
    return (
        isinstance(value, list | tuple)
        and bool(value)
        and all(isinstance(each, dict) for each in value)
    )


def value_text(value: Any) -> str:
    """Return one value as TOML writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{k} = {value_text(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(value_text(item) for item in value) + "]"
    return f"{value:f}" if isinstance(value, Decimal) else repr(value)
