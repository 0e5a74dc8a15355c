"""What may be asked for: how many children, which years, which forms, where."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from headwater.core.errors import InputError, Problem, did_you_mean
from headwater.core.layout import FIRST_YEAR, LAST_YEAR, ReturnYear

FORMS = ("csv", "xml", "cin", "annex-a", "attendance")
SHAPES = ("upload", "pipeline")
MOST_CHILDREN = 2_000_000
MOST_YEARS = LAST_YEAR - FIRST_YEAR + 1
LAST = 2026
"""The last year of return that is made unless another is asked for."""
MOST_SEED = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for.

    Parameters
    ----------
    last_year
        The year in which the last return ends.
    """

    place: str
    children: int = 2000
    years: int = 3
    last_year: int = LAST
    seed: int = 1
    forms: tuple[str, ...] = ("csv",)
    shape: str = "upload"

    @property
    def returns(self) -> tuple[int, ...]:
        """Return the end years of the returns."""
        return tuple(range(self.last_year - self.years + 1, self.last_year + 1))


def check_asked(asked: Asked) -> None:
    """Refuse what cannot be made, every fault at once.

    Raises
    ------
    InputError
        With a problem for each option that is out of range or not known.
    """
    problems = list(_problems(asked))
    if problems:
        raise InputError(problems)


def _problems(asked: Asked) -> Iterator[Problem]:
    for name, value, least, most in (
        ("--children", asked.children, 1, MOST_CHILDREN),
        ("--years", asked.years, 1, MOST_YEARS),
        ("--seed", asked.seed, 0, MOST_SEED),
    ):
        if not least <= value <= most:
            yield Problem(
                name, f"{value:,} is not from {least:,} to {most:,}.", "Give one that is."
            )
    yield from _years(asked)
    if not asked.forms:
        yield Problem("--forms", "names none.", f"Known: {', '.join(FORMS)}.")
    for form in asked.forms:
        yield from _known("--forms", "form", form, FORMS)
    yield from _known("--shape", "shape", asked.shape, SHAPES)


def _years(asked: Asked) -> Iterator[Problem]:
    if not FIRST_YEAR <= asked.last_year <= LAST_YEAR:
        known = f"{FIRST_YEAR} ({ReturnYear(FIRST_YEAR)}) to {LAST_YEAR} ({ReturnYear(LAST_YEAR)})"
        what = f"{asked.last_year} is no year of return that is known."
        yield Problem("--last-year", what, f"Known are {known}, by the year in which they end.")
    elif 1 <= asked.years <= MOST_YEARS and asked.returns[0] < FIRST_YEAR:
        what = f"{asked.years} years to {asked.last_year} begin before {ReturnYear(FIRST_YEAR)}."
        yield Problem("--years", what, "Ask for fewer, or for a later --last-year.")


def _known(option: str, kind: str, word: str, known: tuple[str, ...]) -> Iterator[Problem]:
    if word not in known:
        what = f"there is no {kind} '{word}'.{did_you_mean(word, known)}"
        yield Problem(option, what, f"Known: {', '.join(known)}.")


def check_folder(folder: Path) -> None:
    """Refuse a folder that holds anything, or that cannot be written in.

    Raises
    ------
    InputError
        Nothing is ever written over.
    """
    try:
        if folder.exists() and not folder.is_dir():
            raise InputError(Problem(str(folder), "is a file.", "Name a folder."))
        if folder.exists() and any(folder.iterdir()):
            raise InputError(
                Problem(str(folder), "is not empty.", "Name a new folder: nothing is overwritten.")
            )
        folder.mkdir(parents=True, exist_ok=True)
        mark = folder / ".headwater"
        mark.touch()
        mark.unlink()
    except OSError as error:
        why = error.strerror or str(error)
        problem = Problem(str(folder), f"cannot be written in ({why}).", "Choose another place.")
        raise InputError(problem) from error
