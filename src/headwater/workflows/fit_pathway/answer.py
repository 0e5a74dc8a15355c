"""From returns to a place's own pathway: events over exposure, held out against its last year."""

from collections.abc import Sequence
from pathlib import Path

from headwater.core.claims import NO_DAY
from headwater.core.layout import ReturnYear
from headwater.readers.returns.check import check
from headwater.readers.returns.lives import records
from headwater.readers.returns.read import read_return
from headwater.workflows.fit_pathway.cautions import cautions
from headwater.workflows.fit_pathway.held_out import held_out
from headwater.workflows.fit_pathway.lines import cover_lines, figure, level_lines, rate_lines
from headwater.workflows.fit_pathway.result import FittedPathway
from headwater.workflows.fit_pathway.shown import fitted, shown_of
from headwater.workflows.local_pathway import known_place, write_local_pathway

ASSUMED = (
    "A child is in one state at a time: looked after before on a plan, on a plan before in need.",
    "Agreed series of short breaks are no care; asylum-seeking children alone here are left out.",
    (
        "Care that began before the first return, on a day that no return tells, counts once it has"
        " lasted two years within the records."
    ),
    (
        "Entering need and care is held against all the place's children by age; by which way a"
        " child came into care is not told apart."
    ),
    "How a place's level of coming back into care differs from England's: assumed (log sd 0.5).",
)


def fit_pathway(paths: Sequence[Path], *, place: str) -> FittedPathway:
    """Fit a place's pathway to its returns.

    Parameters
    ----------
    place
        The authority, as `headwater places` knows it.

    Raises
    ------
    InputError
        If the returns cannot be read or do not follow each other, or there is no such place.
    """
    here = known_place(place).place
    held = read_return(paths)
    shown = shown_of(here, records(held), held.forms)
    own = fitted(shown, shown.years)
    wrong = sum(fault.finding.stops for fault in (*held.faults, *check(held)))
    kept, children = shown.records, shown.records.children
    return FittedPathway(
        place=here.name,
        place_id=here.id,
        first_day=str(own.first_day),
        last_day=str(own.last_day),
        children=figure(own.children, "children", own),
        left_out=(
            figure(int((children.born == NO_DAY).sum()), "children without a birth", own),
            figure(int(children.asylum.sum()), "asylum-seeking children", own),
        ),
        wrong=figure(wrong, "rows that break a rule", own),
        files=dict(kept.proof.hash),
        cautions=tuple(cautions(shown, own)),
        cover=tuple(cover_lines(shown, own)),
        levels=tuple(level_lines(shown, own)),
        rates=tuple(rate_lines(shown, own)),
        test_year=str(ReturnYear(shown.years[-1])),
        tests=tuple(held_out(shown)),
        assumptions=ASSUMED,
        own=write_local_pathway(own),
    )
