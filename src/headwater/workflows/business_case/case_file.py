"""Read a case file: every fault at once, in the file's order, each with its line."""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from headwater.catalogue.files import DATA
from headwater.catalogue.places import place as find_place
from headwater.catalogue.programmes import programme as find_programme
from headwater.core.errors import InputError
from headwater.workflows.business_case.case import Case
from headwater.workflows.written import check_model, read_toml


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
    return read_toml(name, kind="case", shipped=shipped_cases())


def check_case(
    entry: dict[str, Any], place: str, text: str = "", *, options: Mapping[str, str] | None = None
) -> Case:
    """Turn plain values into a case, or report every fault with its line.

    Parameters
    ----------
    options
        What each value is called where it was not read from a file, e.g. "--cohort".
    """
    return check_model(Case, entry, place, text, options=options, more=lambda: _names(entry))


def _names(entry: dict[str, Any]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield what is wrong with the place and the programme that a faulty case names."""
    for name, known in (("place", find_place), ("programme", find_programme)):
        value = entry.get(name)
        if isinstance(value, str):
            try:
                known(value)
            except InputError as error:
                yield from ((name, (problem.what, problem.remedy)) for problem in error.problems)


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
