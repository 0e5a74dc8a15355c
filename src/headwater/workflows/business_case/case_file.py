"""Read a case file: every fault at once, in the file's order, each with its line."""

import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from headwater.catalogue.files import DATA
from headwater.catalogue.places import place as find_place
from headwater.catalogue.programmes import programme as find_programme
from headwater.core.errors import CONTROLS, InputError, Problem, did_you_mean
from headwater.workflows.business_case.case import Case

MOST_BYTES = 1_000_000
"""A case file larger than this is no case file."""

MOST_FAULTS = 40
"""Faults shown of one file."""
MOST_SHOWN = 60
"""Characters shown of a value that is wrong."""

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
    elif not _is(path.is_file):
        known = [*shipped_cases()]
        what = f"is neither a file nor a shipped case.{did_you_mean(name, known)}"
        if name and _is(path.is_dir):
            what = "is a folder, not a case file."
        raise InputError(Problem(_cut(name) or "case", what, f"Shipped: {', '.join(known)}."))
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


def _is(asked: Callable[[], bool]) -> bool:
    """Whether a path is what is asked; one too long to be anything is not."""
    try:
        return asked()
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


def check_case(
    entry: dict[str, Any], place: str, text: str = "", *, options: Mapping[str, str] | None = None
) -> Case:
    """Turn plain values into a case, or report every fault with its line.

    Parameters
    ----------
    options
        What each value is called where it was not read from a file, e.g. "--cohort".
    """
    lines = _Lines(place, _numbered(text), options or {})
    faults: list[tuple[int, Problem]] = []
    case = None
    try:
        case = Case.model_validate(entry)
    except ValidationError as error:
        faults += [lines.fault(e["loc"], *_said(e)) for e in error.errors()]
        faults += [lines.fault((name,), *said) for name, said in _names(entry)]
    faults += [lines.fault(loc, *_HIDDEN) for loc in _hidden(entry)]
    if faults or case is None:
        faults.sort(key=lambda fault: fault[0])
        problems = [problem for _, problem in faults[:MOST_FAULTS]]
        if len(faults) > MOST_FAULTS:
            problems.append(Problem(place, f"and {len(faults) - MOST_FAULTS:,} more faults."))
        raise InputError(problems)
    return case


@dataclass(frozen=True, slots=True)
class _Lines:
    """Where things stand: the file's name and its lines, or the options of the command line."""

    place: str
    numbers: dict[tuple[str | int, ...], int]
    options: Mapping[str, str]

    def fault(self, loc: tuple[str | int, ...], what: str, remedy: str) -> tuple[int, Problem]:
        """Return a fault with the line to sort it by."""
        name = ".".join(str(part) for part in loc)
        option = next((o for n, o in self.options.items() if name.startswith(n)), "")
        line = next(
            (self.numbers[loc[:n]] for n in range(len(loc), 0, -1) if loc[:n] in self.numbers), 0
        )
        at = f", line {line}" if line else ""
        where = option or f"{self.place}{at}, {name}".rstrip(", ")
        return line, Problem(where, what, remedy)


def _names(entry: dict[str, Any]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield what is wrong with the place and the programme that a faulty case names."""
    for name, known in (("place", find_place), ("programme", find_programme)):
        value = entry.get(name)
        if isinstance(value, str):
            try:
                known(value)
            except InputError as error:
                yield from ((name, (problem.what, problem.remedy)) for problem in error.problems)


_HIDDEN = ("holds a character that commands a screen or turns its text round.", "Take it out.")


def _hidden(entry: Any, loc: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield where a text holds a control character."""
    if isinstance(entry, str) and any(ord(letter) in CONTROLS for letter in entry):
        yield loc
    elif isinstance(entry, dict):
        for key, value in entry.items():
            yield from _hidden(value, (*loc, key))
    elif isinstance(entry, list | tuple):
        for i, value in enumerate(entry):
            yield from _hidden(value, (*loc, i))


WANTED = {
    "int_type": "needs a whole number",
    "int_parsing": "needs a whole number",
    "float_type": "needs a number",
    "float_parsing": "needs a number",
    "decimal_type": "needs a number",
    "decimal_parsing": "needs a number",
    "is_instance_of": "needs a number",
    "finite_number": "needs a finite number",
    "string_type": "needs text in quotes",
    "bool_type": "needs true or false",
    "tuple_type": "needs a list [ ]",
    "model_type": "needs a table { }",
    "dict_type": "needs a table { }",
    "string_pattern_mismatch": "needs a year, as 2024-25",
    "string_too_short": "needs some words",
}
"""What a value of the wrong kind should have been."""


def _said(error: Any) -> tuple[str, str]:
    """Return what is wrong in words, and what to do."""
    kind, loc, given = error["type"], error["loc"], error.get("input")
    if kind == "missing":
        return "is missing.", "Add it."
    if kind == "extra_forbidden":
        return f"is not known here.{did_you_mean(str(loc[-1]), _fields(loc))}", ""
    message = WANTED.get(kind, str(error["msg"]).removeprefix("Value error, "))
    shown = "" if isinstance(given, dict | list | tuple) else f", got {_short(given)}"
    near = ""
    if kind == "literal_error":
        known = re.findall("'([^']*)'", str(error["ctx"]["expected"]))
        near = did_you_mean(str(given), known).strip()
    return f"{message[0].lower()}{message[1:]}{shown}.", near


def _short(given: Any) -> str:
    """Return a value as it was written, cut where it is long."""
    return _cut(str(given) if isinstance(given, date) else repr(given))


def _cut(text: str) -> str:
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"


def _fields(loc: tuple[Any, ...]) -> list[str]:
    model: Any = Case
    for part in loc[:-1]:
        field = getattr(model, "model_fields", {}).get(part)
        inner = field.annotation if field else None
        candidates = [inner, *getattr(inner, "__args__", ())]
        model = next((c for c in candidates if hasattr(c, "model_fields")), None)
    return list(getattr(model, "model_fields", {}))


def _numbered(text: str) -> dict[tuple[str | int, ...], int]:
    """Return the line on which each table and each key of a case file first stands."""
    table: list[str | int] = []
    tables: dict[tuple[str, ...], int] = {}
    found: dict[tuple[str | int, ...], int] = {}
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
        for depth in range(1, len(path) + 1):
            found.setdefault(tuple(path[:depth]), number)
    return found


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
