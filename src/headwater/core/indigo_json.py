"""JSON with its numbers kept as they were written, and nested objects as paths."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from headwater.core.indigo import Cell
from headwater.core.indigo_text import escape, unescape

LEFT_OVER = "headwater:cells"
"""The key under which an object holds cells whose paths cannot stand in it side by side."""


MOST_DEEP = 12
"""Steps of a path; what lies deeper is kept as one piece."""


class Number(str):
    """A number of a JSON document, as it was written."""

    __slots__ = ()


def loaded(text: str, twice: list[str]) -> Any:
    """Return a document; keys that stand twice in one object are told and numbered.

    Raises
    ------
    json.JSONDecodeError
        If it is not JSON.
    """

    def whole(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for key, value in pairs:
            name, count = key, 1
            while name in made:
                count += 1
                name = f"{key} ({count})"
            twice.extend([key] * (count > 1))
            made[name] = value
        return made

    held = json.loads(
        text, parse_float=Number, parse_int=Number, parse_constant=str, object_pairs_hook=whole
    )
    return _sound(held) if "\\u" in text else held


def _sound(value: Any) -> Any:
    """Return a value whose texts can be written: half of a pair of code units becomes a mark."""
    if isinstance(value, dict):
        return {_sound(key): _sound(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_sound(inner) for inner in value]
    if isinstance(value, str) and not isinstance(value, Number):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return value


def leaves(value: Any, steps: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Yield each value of nested objects with the path to it."""
    if isinstance(value, dict) and (value or not steps) and len(steps) < MOST_DEEP:
        for key, inner in value.items():
            yield from leaves(inner, (*steps, escape(key)))
    else:
        yield "/".join(steps), value


def cell_of(value: Any, *, known: bool) -> Cell | None:
    """Return a value as it is kept; where the standard knows it, no text is nothing."""
    if known and (value is None or value == ""):
        return None
    if isinstance(value, Number):
        return Cell(str(value), json=not known)
    if isinstance(value, str) and value:
        return Cell(value)
    return Cell(dumped(value), json=True)


def dumped(value: Any, indent: str = "", step: str = "") -> str:
    """Return a value as JSON, numbers as they were written.

    Parameters
    ----------
    step
        By how much each level is set in; one line without it.
    """
    if isinstance(value, Number):
        return str(value)
    if not isinstance(value, dict | list) or not value:
        return json.dumps(value, ensure_ascii=False)
    inner = indent + step
    if isinstance(value, dict):
        signs = "{}"
        parts = [
            f"{json.dumps(key, ensure_ascii=False)}: {dumped(each, inner, step)}"
            for key, each in value.items()
        ]
    else:
        signs, parts = "[]", [dumped(each, inner, step) for each in value]
    if not step:
        return f"{signs[0]}{', '.join(parts)}{signs[1]}"
    lines = f",\n{inner}".join(parts)
    return f"{signs[0]}\n{inner}{lines}\n{indent}{signs[1]}"


def is_table(value: Any) -> bool:
    """Whether a value is rows: a list of objects, at least one."""
    return isinstance(value, list) and bool(value) and all(isinstance(row, dict) for row in value)


def nested(leaves: Iterable[tuple[str, Any, Cell]], taken: Iterable[str]) -> dict[str, Any]:
    """Return nested objects from paths.

    Parameters
    ----------
    leaves
        (path, value, cell): what stands at the path, and the cell it was made from.
    taken
        First steps of a path that hold something else; what would stand there is kept apart.
    """
    made: dict[str, Any] = {}
    apart: dict[str, Any] = {}
    reserved = {*taken, LEFT_OVER}
    for path, value, cell in leaves:
        steps = [unescape(step) for step in path.split("/")]
        held = steps[0] in reserved or len(steps) > MOST_DEEP
        if held or not _placed(made, steps, value):
            apart[path] = {"text": cell.text, "json": cell.json}
    return {**made, LEFT_OVER: apart} if apart else made


class _Branch(dict[str, Any]):
    """An object made for a path, told from an object that is itself a value."""


def _placed(made: dict[str, Any], steps: list[str], value: Any) -> bool:
    """Put a value at the end of a path if every step of it is free or an object made for paths."""
    at = made
    for step in steps[:-1]:
        inner = at.setdefault(step, _Branch())
        if not isinstance(inner, _Branch):
            return False
        at = inner
    if steps[-1] in at:
        return False
    at[steps[-1]] = value
    return True
