"""What people write in TOML, read into frozen models: every fault at once, each with its line."""

import re
import tomllib
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from headwater.core.errors import CONTROLS, InputError, Problem, did_you_mean
from headwater.core.model import Frozen

MOST_BYTES = 1_000_000
"""A file larger than this was not written by a person."""

MOST_FAULTS = 40
"""Faults shown of one file."""
MOST_SHOWN = 60
"""Characters shown of a value that is wrong."""

_TABLE = re.compile(r"^\s*(\[+)\s*([^\[\]]+?)\s*\]+\s*(#.*)?$")
_KEY = re.compile(r"^\s*([A-Za-z0-9_\-\"']+(?:\s*\.\s*[A-Za-z0-9_\-\"']+)*)\s*=")

Model = TypeVar("Model", bound=Frozen)
Said = tuple[str, str]
"""What is wrong, and what to do."""
Loc = tuple[str | int, ...]
"""Where in a file: the names of tables and values, lists by number."""


def read_toml(
    name: str,
    *,
    kind: str,
    shipped: Mapping[str, Path],
    numbers: Callable[[str], Any] = float,
) -> tuple[dict[str, Any], str, str]:
    """Return a file's plain values, its name and its text.

    Parameters
    ----------
    kind
        What such a file is called: "case".
    shipped
        Those that come with Headwater, by name.
    numbers
        What a number with a decimal point becomes: `Decimal` keeps it as it was written.

    Raises
    ------
    InputError
        If there is no such file, or it is not TOML.
    """
    path = Path(name)
    if name in shipped:
        path = shipped[name]
    elif not _is(path.is_file):
        known = [*shipped]
        what = f"is neither a file nor a shipped {kind}.{did_you_mean(name, known)}"
        if name and _is(path.is_dir):
            what = f"is a folder, not a {kind} file."
        remedy = f"Shipped: {', '.join(known)}."
        if Path(name).suffix == ".toml":
            remedy = "Check its folder and its name."
        raise InputError(Problem(_cut(name) or kind, what, remedy))
    text = _text(path, kind)
    try:
        return tomllib.loads(text, parse_float=numbers), path.name, text
    except (tomllib.TOMLDecodeError, ValueError) as error:
        raise InputError(Problem(path.name, f"is not TOML: {error}.", _mend(error))) from error
    except RecursionError:
        raise InputError(Problem(path.name, "nests lists or tables too deep to read.")) from None


def _mend(error: ValueError) -> str:
    """Return what to do about a text that is not TOML."""
    if any(words in str(error) for words in ("twice", "overwrite", "redefine", "mutable")):
        return "Give each name once; a list of tables has double brackets, as [[term]]."
    return "Text needs quotes; tables need [brackets]."


def is_file(name: str) -> bool:
    """Whether a file of that name is there."""
    return _is(Path(name).is_file)


def _is(asked: Callable[[], bool]) -> bool:
    """Whether a path is what is asked; one too long to be anything is not."""
    try:
        return asked()
    except OSError:
        return False


def _text(path: Path, kind: str) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InputError(
                Problem(path.name, f"is larger than {MOST_BYTES:,} bytes.", f"Is it a {kind} file?")
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


def check_model(  # noqa: PLR0913 - each is of one kind of file
    model: type[Model],
    entry: dict[str, Any],
    place: str,
    text: str = "",
    *,
    options: Mapping[str, str] | None = None,
    more: Callable[[], Iterator[tuple[str, Said]]] = lambda: iter(()),
    kinds: Container[str] = (),
    then: Callable[[Model], Iterator[tuple[Loc, Said]]] = lambda _: iter(()),
) -> Model:
    """Turn plain values into a model, or report every fault with its line.

    Parameters
    ----------
    options
        What each value is called where it was not read from a file, e.g. "--cohort".
    more
        What else is wrong with a faulty entry, by the name of the value.
    kinds
        Names of kinds of tables, which stand in the place of a fault and not in the file.
    then
        What is wrong with a model whose every field is well.
    """
    lines = _Lines(place, _numbered(text), options or {})
    faults: list[tuple[int, Problem]] = []
    made = None
    try:
        made = model.model_validate(entry)
    except ValidationError as error:
        for e in _deepest(error.errors()):
            loc = tuple(part for part in e["loc"] if part not in kinds)
            faults.append(lines.fault(loc, *_said(model, e)))
        faults += [lines.fault((name,), *said) for name, said in more()]
    if made is not None:
        faults += [lines.fault(loc, *said) for loc, said in then(made)]
    faults += [lines.fault(loc, *_HIDDEN) for loc in _hidden(entry)]
    if faults or made is None:
        faults.sort(key=lambda fault: fault[0])
        problems = [problem for _, problem in faults[:MOST_FAULTS]]
        if len(faults) > MOST_FAULTS:
            problems.append(Problem(place, f"and {len(faults) - MOST_FAULTS:,} more faults."))
        raise InputError(problems)
    return made


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


def _deepest(errors: list[Any]) -> list[Any]:
    """Return faults but those of a list that is too short only because its entries are faulty."""
    return [
        e
        for e in errors
        if e["type"] != "too_short"
        or not any(
            len(o["loc"]) > len(e["loc"]) and o["loc"][: len(e["loc"])] == e["loc"] for o in errors
        )
    ]


WANTED = {
    "int_type": "needs a whole number",
    "int_parsing": "needs a whole number",
    "int_from_float": "needs a whole number",
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
    "string_too_short": "needs some words",
    "date_type": "needs a day without quotes, as 2024-04-01",
    "date_parsing": "needs a day without quotes, as 2024-04-01",
    "date_from_datetime_parsing": "needs a day without quotes, as 2024-04-01",
    "date_from_datetime_inexact": "needs a day without a time, as 2024-04-01",
}
"""What a value of the wrong kind should have been."""
USUAL = {"outcome_payment", "point_threshold"}
"""Kinds to name where one is missing, before any other of theirs."""
LIMITS = {
    "greater_than": ("gt", "must be above"),
    "greater_than_equal": ("ge", "must be at least"),
    "less_than": ("lt", "must be below"),
    "less_than_equal": ("le", "must be at most"),
}
"""What a number outside its limits should have been."""
FORMS = {
    "[A-Z]{3}": "needs three capital letters, as GBP",
    "[A-Za-z0-9]": "needs letters, digits and _ . / - without blanks",
}
"""What a text of the wrong form should have been, by a part of its pattern; else a year."""


def _said(model: type[Frozen], error: Any) -> tuple[str, str]:
    """Return what is wrong in words, and what to do."""
    kind, loc, given = error["type"], error["loc"], error.get("input")
    if kind == "missing":
        return "is missing.", "Add it."
    if kind in {"union_tag_invalid", "union_tag_not_found"}:
        known = re.findall("'([^']*)'", str(error["ctx"].get("expected_tags", "")))
        tag = str(error["ctx"].get("tag", ""))
        if not tag:
            kinds = _kinds(model, loc)
            first = next((kind for kind in kinds if kind in USUAL), next(iter(kinds), ""))
            return "has no kind.", f'Add kind, such as kind = "{first}".'
        return f"no kind '{tag}'.{did_you_mean(tag, known)}", f"Known: {', '.join(known)}."
    if kind == "extra_forbidden":
        others = [name for name in _fields(model, loc) if name != loc[-1]]
        return f"is not known here.{did_you_mean(str(loc[-1]), others)}", ""
    message = WANTED.get(kind, str(error["msg"]).removeprefix("Value error, "))
    if kind == "string_pattern_mismatch":
        pattern = str(error["ctx"]["pattern"])
        forms = (words for part, words in FORMS.items() if part in pattern)
        message = next(forms, "needs a year, as 2024-25")
    if kind in LIMITS:
        limit, words = LIMITS[kind]
        message = f"{words} {float(error['ctx'][limit]):,.10g}"
    shown = "" if isinstance(given, dict | list | tuple) else f", got {_short(given)}"
    near = "Write 0 or more." if message == "must not be below 0" else ""
    if kind == "literal_error":
        known = re.findall("'([^']*)'", str(error["ctx"]["expected"]))
        near = did_you_mean(str(given), known).strip()
    return f"{message[0].lower()}{message[1:]}{shown}.", near


def _short(given: Any) -> str:
    """Return a value as it was written, cut where it is long."""
    return _cut(str(given) if isinstance(given, date | Decimal) else repr(given))


def _cut(text: str) -> str:
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"


def _fields(model: Any, loc: tuple[Any, ...]) -> list[str]:
    """Return the fields known where an unknown one stands; of every kind, where there are kinds."""
    known = (name for one in _models_at(model, loc[:-1]) for name in one.model_fields)
    return list(dict.fromkeys(known))


def _models_at(model: Any, loc: tuple[Any, ...]) -> list[Any]:
    """Return the models that may stand at a place; of every kind, where there are kinds."""
    models = [model]
    for part in loc:
        if isinstance(part, str):
            fields = [one.model_fields[part] for one in models if part in one.model_fields]
            models = [inner for field in fields for inner in _models(field.annotation)] or models
    return models


def _kinds(model: Any, loc: tuple[Any, ...]) -> list[str]:
    """Return the kinds known of a table that says none."""
    held = [
        fields["kind"].annotation
        for one in _models_at(model, loc)
        if "kind" in (fields := one.model_fields)
    ]
    return [name for kind in held for name in getattr(kind, "__args__", ())]


def _models(kind: Any) -> list[Any]:
    """Return the models in a type: itself, those of a list, those of a choice."""
    if hasattr(kind, "model_fields"):
        return [kind]
    return [model for inner in getattr(kind, "__args__", ()) for model in _models(inner)]


def _numbered(text: str) -> dict[tuple[str | int, ...], int]:
    """Return the line on which each table and each key of a case file first stands."""
    table: list[str | int] = []
    tables: dict[tuple[str, ...], int] = {}
    found: dict[tuple[str | int, ...], int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if match := _TABLE.match(line):
            names = tuple(_parts(match[2]))
            if match[1] == "[[":
                for inner in [one for one in tables if one[:-1][: len(names)] == names]:
                    del tables[inner]
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
