"""Read a case file: every fault at once, in the file's order, each with its line."""

import json
import re
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from headwater.catalogue.files import DATA
from headwater.core.errors import InputError, Problem, did_you_mean
from headwater.workflows.business_case.case import Case

MOST_BYTES = 1_000_000
"""A case file larger than this is no case file."""

_TABLE = re.compile(r"^\s*(\[+)\s*([^\[\]]+?)\s*\]+\s*(#.*)?$")
_KEY = re.compile(r"^\s*([A-Za-z0-9_\-\"']+(?:\s*\.\s*[A-Za-z0-9_\-\"']+)*)\s*=")


def shipped_cases() -> dict[str, Path]:
    """Return the cases that come with Headwater, by name."""
    folder = Path(str(DATA / "cases"))
    return {path.stem: path for path in sorted(folder.glob("*.toml"))}


def read_case(name: str) -> Case:
    """Read a shipped case by name, or a case file by path.

    Raises
    ------
    InputError
        With every fault of the file, in its order.
    """
    return check_case(*read_entry(name))


def read_entry(name: str) -> tuple[dict[str, Any], str, str]:
    """Return a case file's plain values, its name and its text.

    Raises
    ------
    InputError
        If there is no such file, or it is not TOML.
    """
    path = Path(name)
    if name in shipped_cases():
        path = shipped_cases()[name]
    elif not _is_file(path):
        known = ", ".join(shipped_cases())
        raise InputError(
            Problem(
                name,
                f"is neither a file nor a shipped case.{did_you_mean(name, [*shipped_cases()])}",
                f"Shipped: {known}.",
            )
        )
    text = _text(path)
    try:
        return tomllib.loads(text), path.name, text
    except (tomllib.TOMLDecodeError, ValueError) as error:
        raise InputError(
            Problem(
                path.name, f"is not TOML: {error}.", "Text needs quotes; tables need [brackets]."
            )
        ) from error
    except RecursionError:
        raise InputError(Problem(path.name, "nests lists or tables too deep to read.")) from None


def _is_file(path: Path) -> bool:
    """Whether there is such a file; a name too long for one is none."""
    try:
        return path.is_file()
    except OSError:
        return False


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InputError(
                Problem(path.name, f"is larger than {MOST_BYTES:,} bytes.", "Is it a case file?")
            )
        data = path.read_bytes()
    except OSError as error:
        raise InputError(Problem(path.name, f"cannot be read ({error.strerror}).")) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise InputError(
            Problem(
                f"{path.name}, line {line}",
                f"byte 0x{data[error.start]:02x} is not UTF-8.",
                "Save the file as UTF-8.",
            )
        ) from error


def check_case(entry: dict[str, Any], place: str, text: str = "") -> Case:
    """Turn plain values into a case, or report every fault with its line."""
    try:
        return Case.model_validate(entry)
    except ValidationError as error:
        faults = [(line_of(text, e["loc"]), _problem(e, place, text)) for e in error.errors()]
        faults.sort(key=lambda fault: fault[0] or 0)
        raise InputError([problem for _, problem in faults]) from None


def _problem(error: Any, place: str, text: str) -> Problem:
    loc = error["loc"]
    name = ".".join(str(part) for part in loc if part != "function-after")
    line = line_of(text, loc)
    where = f"{place}, line {line}, {name}" if line else f"{place}, {name}".rstrip(", ")
    message, given = str(error["msg"]).removeprefix("Value error, "), error.get("input")
    if error["type"] == "missing":
        return Problem(where, "is missing.", "Add it.")
    if error["type"] == "extra_forbidden":
        near = did_you_mean(str(loc[-1]), _fields(loc))
        return Problem(where, f"is not known here.{near}")
    shown = "" if isinstance(given, dict | list | tuple) else f", got {given!r}"
    return Problem(where, f"{message[0].lower()}{message[1:]}{shown}.")


def _fields(loc: tuple[Any, ...]) -> list[str]:
    model: Any = Case
    for part in loc[:-1]:
        field = getattr(model, "model_fields", {}).get(part)
        inner = field.annotation if field else None
        candidates = [inner, *getattr(inner, "__args__", ())]
        model = next((c for c in candidates if hasattr(c, "model_fields")), None)
    return list(getattr(model, "model_fields", {}))


def line_of(text: str, loc: tuple[Any, ...]) -> int | None:
    """Return the line of the deepest part of a position that the text shows, or None."""
    table: list[str | int] = []
    tables: dict[tuple[str, ...], int] = {}
    best: tuple[int, int] | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        if match := _TABLE.match(line):
            names = tuple(_parts(match[2]))
            if match[1] == "[[":
                tables[names] = tables.get(names, -1) + 1
            table = []
            for i, name in enumerate(names, start=1):
                table += [name, tables[names[:i]]] if names[:i] in tables else [name]
            path = table
        elif match := _KEY.match(line):
            path = [*table, *_parts(match[1])]
        else:
            continue
        depth = len(path)
        if path == list(loc[:depth]) and (best is None or depth > best[0]):
            best = (depth, number)
    return best[1] if best else None


def _parts(dotted: str) -> list[str]:
    return [part.strip().strip("\"'") for part in dotted.split(".")]


def write_case(case: Case) -> str:
    """Return a case as the text of a case file; reading it back gives the same case."""
    return "\n".join(_written(case.model_dump(mode="python", exclude_none=True))) + "\n"


def _written(entry: dict[str, Any], name: str = "") -> list[str]:
    """Return the lines of one table: its plain values, then the tables within it."""
    plain = {key: value for key, value in entry.items() if not isinstance(value, dict)}
    tables = {key: value for key, value in entry.items() if isinstance(value, dict) and value}
    lines = [f"{key} = {_value(value)}" for key, value in plain.items() if value != ()]
    if name and lines:
        lines = ["", f"[{name}]", *lines]
    for key, value in tables.items():
        lines += _written(value, f"{name}.{key}" if name else key)
    return lines


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{k} = {_value(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    return f"{value:f}" if isinstance(value, Decimal) else repr(value)
