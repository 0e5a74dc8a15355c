"""From a place and a seed to lives, returns, faults and the truth.

1. Live the children, at the place's published levels.
2. Write each year's return as rows.
3. Spoil rows and files, and keep what was done.
4. Write every form that is asked for, the truth and the cohort, each whole or not at all.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import headwater.catalogue.places as catalogue
from headwater.core.errors import InputError, Problem
from headwater.core.layout import ReturnYear
from headwater.core.place import Place
from headwater.synthesis.cohort import Cohort, Gaming, make_cohort
from headwater.synthesis.days import day_of
from headwater.synthesis.levels import levels
from headwater.synthesis.lives import Lives, live
from headwater.synthesis.sheet import Bench, bench
from headwater.synthesis.spoil import spoil
from headwater.synthesis.ssda903 import ssda903
from headwater.synthesis.truth import ChildYears, child_years
from headwater.synthesis.written_days import days_of
from headwater.workflows.synthesise.asked import Asked, check_asked, check_folder
from headwater.workflows.synthesise.faults import Faults
from headwater.workflows.synthesise.forms import form_files
from headwater.workflows.synthesise.planted import Listed, listed, touched
from headwater.workflows.synthesise.result import MadeFile, Synthesis
from headwater.workflows.synthesise.summary import summary
from headwater.workflows.synthesise.truth_files import cohort_files, truth_files, truth_json

ENGLAND_NUMBER = "999"
"""What stands for an authority's number where the place is England."""


@dataclass(frozen=True, slots=True)
class Made:
    """Lives with their returns, before anything is written.

    Parameters
    ----------
    rows
        The returns' rows, spoilt where faults were asked for.
    planted
        The faults.
    """

    asked: Asked
    place: Place
    lives: Lives
    rows: Bench
    truth: ChildYears
    planted: list[Listed]
    cohort: Cohort | None


def synthesise(
    asked: Asked,
    *,
    out: Path | None = None,
    faults: Faults | None = None,
    progress: Callable[[str, float], None] = lambda _what, _part: None,
) -> Synthesis:
    """Live made-up lives and write them as returns, with the truth beside them.

    Parameters
    ----------
    out
        A folder that is empty or not there; None writes nothing.

    Raises
    ------
    InputError
        If the place, a number, a form or a fault cannot be had, or the folder is not empty.
    """
    check_asked(asked)
    if out is not None:
        check_folder(out)
    made = make(asked, faults or Faults(), progress)
    progress("writing", 0.7)
    files = written(made)
    if out is not None:
        _write(out, files)
    lines = tuple(
        MadeFile(name, form, hashlib.sha256(data).hexdigest())
        for name, (form, data) in files.items()
    )
    return summary(made, lines)


def make(
    asked: Asked,
    faults: Faults,
    progress: Callable[[str, float], None] = lambda _what, _part: None,
) -> Made:
    """Return lives and returns, and write nothing."""
    check_asked(asked)
    where = catalogue.place(asked.place)
    first, last = ReturnYear(asked.returns[0]).first_day, ReturnYear(asked.returns[-1]).last_day
    progress("living", 0.1)
    lives = live(
        levels(where, catalogue.england()),
        children=asked.children,
        first=day_of(first),
        last=day_of(last),
        seed=asked.seed,
        number=where.area.number or ENGLAND_NUMBER,
    )
    progress("returns", 0.5)
    rows = bench(table for year in asked.returns for table in ssda903(lives, year).values())
    clean = days_of(rows, set(lives.children.key.tolist()))
    planted = spoil(rows, faults.counts(), seed=asked.seed)
    after = days_of(rows, touched(planted))
    wanted = faults.cohort
    cohort = None
    if wanted is not None:
        gaming = Gaming(wanted.children, wanted.creamed, wanted.parked, wanted.inflated_baseline)
        cohort = make_cohort(lives, gaming)
    truth = child_years(lives, asked.returns)
    return Made(asked, where, lives, rows, truth, listed(planted, clean, after), cohort)


def written(made: Made) -> dict[str, tuple[str, bytes]]:
    """Return every file by its path: its form and its bytes."""
    files = {f"returns/{name}": entry for name, entry in form_files(made).items()}
    truths = truth_files(made.lives, made.truth, made.planted, made.cohort)
    files |= {name: ("truth", text.encode()) for name, text in truths.items()}
    if made.cohort is not None:
        handed = cohort_files(made.lives, made.cohort)
        files |= {name: ("cohort", text.encode()) for name, text in handed.items()}
    words = {
        "place": made.place.id,
        "seed": made.asked.seed,
        "children": made.asked.children,
        "years": [str(ReturnYear(year)) for year in made.asked.returns],
        "faults": len(made.planted),
        "files": {name: hashlib.sha256(data).hexdigest() for name, (_, data) in files.items()},
    }
    files["truth/truth.json"] = ("truth", truth_json(words).encode())
    return files


def _write(out: Path, files: dict[str, tuple[str, bytes]]) -> None:
    try:
        for name, (_, data) in files.items():
            path = out / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    except OSError as error:
        why = error.strerror or str(error)
        problem = Problem(str(out), f"cannot be written in ({why}).", "Make room and try again.")
        raise InputError(problem) from error
