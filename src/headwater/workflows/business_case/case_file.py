"""Read a case file: every fault at once, in the file's order, each with its line."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from headwater.catalogue.files import DATA
from headwater.catalogue.programmes import programme as find_programme
from headwater.core.errors import InputError
from headwater.workflows.business_case.case import Case
from headwater.workflows.local_pathway import known_place
from headwater.workflows.written import check_model, read_toml
from headwater.workflows.written_toml import table_lines


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
    for name, known in (("place", known_place), ("programme", find_programme)):
        value = entry.get(name)
        if isinstance(value, str):
            try:
                known(value)
            except InputError as error:
                yield from ((name, (problem.what, problem.remedy)) for problem in error.problems)


def write_case(case: Case) -> str:
    """Return a case as the text of a case file; reading it back gives the same case."""
    entry = case.model_dump(mode="python", exclude_none=True)
    return "\n".join(table_lines(entry, lists=False)) + "\n"
