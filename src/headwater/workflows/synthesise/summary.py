"""The result that is shown: what is true of each year, and what was planted."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from headwater.core.figure import Figure
from headwater.core.layout import ReturnYear
from headwater.synthesis.days import day_of
from headwater.synthesis.need import NONE
from headwater.workflows.synthesise.faults import Files, Rows
from headwater.workflows.synthesise.kinds import said_of
from headwater.workflows.synthesise.result import (
    Level,
    MadeFile,
    MadeYear,
    PlantedKind,
    Synthesis,
)

if TYPE_CHECKING:
    from headwater.workflows.synthesise.answer import Made

MADE_UP = "counted in made-up lives"
ASSUMED = (
    "Ages, moves between placements, changes of legal status, reasons, reviews, times missing and"
    " what care leavers do: made up, of a plausible size; every rate stands with its name in"
    " headwater.synthesis."
)


def summary(made: "Made", files: tuple[MadeFile, ...]) -> Synthesis:
    """Return what was made."""
    usual = ~np.isin(made.lives.care.status, ("V3", "V4"))
    seen = usual & (made.lives.care.stop >= made.lives.first)
    cared = len(np.unique(made.lives.care.child[seen]))
    return Synthesis(
        place=made.place.id,
        place_name=made.place.name,
        seed=str(made.asked.seed),
        children=_made(made.asked.children, "children"),
        looked_after=_made(cared, "children"),
        years=tuple(_years(made)),
        planted=tuple(_planted(made)),
        levels=tuple(_levels(made)),
        assumed=(
            ASSUMED,
            *(
                f"{name}: England's, since the place has none."
                for name in made.lives.levels.assumed
            ),
        ),
        files=files,
    )


def _made(value: float, unit: str) -> Figure:
    return Figure(value, unit, "assumed", note=MADE_UP)


def _years(made: "Made") -> Iterator[MadeYear]:
    truth, cases = made.truth, made.lives.cases
    for year in made.asked.returns:
        at = truth.year == year
        last = day_of(ReturnYear(year).last_day)
        need = (cases.kind == 2) & (cases.start <= last) & (cases.stop > last)
        plan = (cases.plan != NONE) & (cases.plan <= last) & (cases.plan_stop > last)
        yield MadeYear(
            year=str(ReturnYear(year)),
            days=_made(truth.days[at].sum(), "care days"),
            break_days=_made(truth.break_days[at].sum(), "days of short breaks"),
            entered=_made(truth.entries[at].sum(), "periods of care"),
            left=_made(truth.exits[at].sum(), "periods of care"),
            on_last_day=_made(truth.stock[at].sum(), "children"),
            in_need=_made(len(np.unique(cases.child[need])), "children"),
            on_plans=_made(len(np.unique(cases.child[plan])), "children"),
        )


def _planted(made: "Made") -> Iterator[PlantedKind]:
    words = {**said_of(Rows), **said_of(Files)}
    for kind, what in words.items():
        each = [one for one in made.planted if one.planted.kind == kind]
        children = {one.planted.child or one.number: one for one in each}
        if each:
            yield PlantedKind(
                kind=kind,
                what=what,
                faults=_made(len(children), "faults"),
                days=_made(sum(abs(one.days) for one in children.values()), "care days"),
            )


def _levels(made: "Made") -> Iterator[Level]:
    held = made.lives.levels
    shown = (
        ("referrals with no further action", held.no_action, ("referrals_no_further_action",)),
        ("referrals assessed as not in need", held.not_in_need, ("referrals_not_in_need",)),
        ("referrals within 12 months of another", held.again, ("rereferrals",)),
        ("plans per episode of need", held.plans, ("plan_starts", "need_starts")),
        ("care starts per episode of need", held.care, ("care_starts", "need_starts")),
        ("unaccompanied children among care starts", held.unaccompanied, ("uasc_share_of_starts",)),
    )
    for name, value, measures in shown:
        known = [made.place.series[each].source for each in measures if each in made.place.series]
        sources = tuple(dict.fromkeys(known))
        basis = "computed" if sources else "assumed"
        note = "" if sources else "England's"
        yield Level(name, Figure(value, "share", basis, sources, note=note))  # type: ignore[arg-type]
