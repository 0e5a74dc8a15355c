"""No shoehorning: a cohort the programme is not for is refused, with what fits or "unmet need"."""

from headwater.catalogue.programmes import programmes
from headwater.core.errors import InputError, Problem
from headwater.core.need import LEVEL_NAMES, Level
from headwater.core.programme import Programme
from headwater.workflows.business_case.case import Case

LISTED = 6
"""Programmes named in an error before "and others"."""


def fits(programme: Programme, level: Level, ages: tuple[int, int]) -> bool:
    """Whether a programme is for all of a cohort: its level of need and every age in it."""
    return level in programme.population.levels and _of_age(programme, ages)


def _of_age(programme: Programme, ages: tuple[int, int]) -> bool:
    first, last = programme.population.ages
    return first <= ages[0] and ages[1] <= last


def check_fit(
    case: Case, programme: Programme, level: Level, ages: tuple[int, int]
) -> tuple[str, ...]:
    """Refuse a mismatch, or return the banner under which it is shown if the user insists.

    Raises
    ------
    InputError
        Saying what does not match and what fits.
    """
    of, faults = programme.population, []
    if level not in of.levels:
        names = ", ".join(LEVEL_NAMES[name] for name in of.levels)
        faults.append(
            ("cohort.level", f"{programme.name} is for {names}, not for {LEVEL_NAMES[level]}.")
        )
    if not _of_age(programme, ages):
        faults.append(
            (
                "cohort.ages",
                (
                    f"{programme.name} is for ages {of.age_from:g} to {of.age_to:g}, not"
                    f" {ages[0]} to {ages[1]}."
                ),
            )
        )
    if not faults:
        return ()
    if case.force_mismatch:
        return tuple(f"MISMATCH, shown because it was forced: {what}" for _, what in faults)
    remedy = what_fits(level, ages)
    raise InputError([Problem(place, what, remedy) for place, what in faults])


def what_fits(level: Level, ages: tuple[int, int]) -> str:
    """Return, in words, the programmes for a level and ages, or "unmet need"."""
    found = sorted(
        (p for p in programmes().values() if fits(p, level, ages)),
        key=lambda p: (not p.usable, p.id),
    )
    if not found:
        return "Nothing in the catalogue fits this level and these ages: unmet need."
    named = ", ".join(p.id for p in found[:LISTED])
    more = f" and {len(found) - LISTED} others" if len(found) > LISTED else ""
    return f"What fits: {named}{more}. To see the result all the same, --force-mismatch."
