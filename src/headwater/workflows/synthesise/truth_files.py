"""The truth as files: days, entries, exits and stock, episodes, cases, planted faults, a cohort."""

import json
from typing import Any

import numpy as np

from headwater.core.layout import ReturnYear
from headwater.synthesis.cohort import Cohort
from headwater.synthesis.days import iso
from headwater.synthesis.files import as_csv
from headwater.synthesis.lives import Lives
from headwater.synthesis.need import NONE
from headwater.synthesis.truth import ChildYears
from headwater.workflows.synthesise.planted import Listed

FAULT_COLUMNS = (
    "number",
    "kind",
    "file",
    "row",
    "child",
    "column",
    "before",
    "after",
    "rules",
    "days_moved",
)


def truth_files(
    lives: Lives, truth: ChildYears, planted: list[Listed], cohort: Cohort | None
) -> dict[str, str]:
    """Return the truth's files by their path."""
    made = {
        "truth/children.csv": _children(lives),
        "truth/child_years.csv": _child_years(lives, truth),
        "truth/episodes.csv": _episodes(lives),
        "truth/cases.csv": _cases(lives),
        "truth/faults.csv": as_csv(FAULT_COLUMNS, (each.cells() for each in planted)),
    }
    if cohort is not None:
        made |= _cohort(lives, cohort)
    return made


def _children(lives: Lives) -> str:
    made = lives.children
    rows = zip(
        made.key.tolist(),
        made.family.tolist(),
        iso(made.born).tolist(),
        made.sex.tolist(),
        made.need.tolist(),
        made.asylum.astype(int).tolist(),
        (made.risk / 100).tolist(),
        strict=True,
    )
    return as_csv(("child", "family", "born", "sex", "need", "asylum", "risk"), rows)


def _child_years(lives: Lives, truth: ChildYears) -> str:
    key = lives.children.key
    rows = (
        (key[child], ReturnYear(int(year)), *rest)
        for child, year, *rest in zip(
            truth.child.tolist(),
            truth.year.tolist(),
            truth.days.tolist(),
            truth.break_days.tolist(),
            truth.entries.tolist(),
            truth.exits.tolist(),
            truth.stock.tolist(),
            strict=True,
        )
    )
    return as_csv(("child", "year", "days", "break_days", "entries", "exits", "stock"), rows)


def _episodes(lives: Lives) -> str:
    care = lives.care
    seen = np.flatnonzero(care.stop >= lives.first)
    names = ("status", "place", "rne", "rec", "reason")
    rows = zip(
        lives.children.key[care.child[seen]].tolist(),
        iso(care.start[seen]).tolist(),
        iso(care.stop[seen]).tolist(),
        *(getattr(care, name)[seen].tolist() for name in names),
        strict=True,
    )
    return as_csv(("child", "start", "stop", *names), rows)


def _cases(lives: Lives) -> str:
    cases = lives.cases
    seen = np.flatnonzero(cases.stop >= lives.first)
    kind = np.array(["no further action", "not in need", "in need"])[cases.kind[seen]]

    def days(name: str) -> list[str]:
        day = getattr(cases, name)[seen]
        words: list[str] = np.where(day == NONE, "", iso(day)).tolist()
        return words

    columns = (
        *("start", "stop", "assessed", "authorised", "enquiry", "conference"),
        *("plan", "plan_stop", "care"),
    )
    rows = zip(
        lives.children.key[cases.child[seen]].tolist(),
        kind.tolist(),
        *(days(name) for name in columns),
        strict=True,
    )
    return as_csv(("child", "kind", *columns), rows)


def cohort_files(lives: Lives, cohort: Cohort) -> dict[str, str]:
    """Return what a provider hands in: the cohort, its contacts and the baseline it states."""
    key = lives.children.key
    who = key[cohort.child].tolist()
    members = (
        (each, "1", "", day) for each, day in zip(who, iso(cohort.start).tolist(), strict=True)
    )
    contacts = zip(
        key[cohort.contact_child].tolist(), iso(cohort.contact_day).tolist(), strict=True
    )
    return {
        "cohort.csv": as_csv(("who", "cohort", "group", "started"), members),
        "contacts.csv": as_csv(("who", "day"), contacts),
        "baseline.csv": as_csv(
            ("measure", "unit", "value"),
            [("entered care within a year of need", "share of children", round(cohort.stated, 6))],
        ),
    }


def _cohort(lives: Lives, cohort: Cohort) -> dict[str, str]:
    key = lives.children.key
    rows = zip(
        key[cohort.child].tolist(),
        (cohort.risk / 100).tolist(),
        cohort.creamed.astype(int).tolist(),
        cohort.parked.astype(int).tolist(),
        strict=True,
    )
    baseline = [("entered care within a year of need", cohort.baseline, cohort.stated)]
    return {
        "truth/cohort.csv": as_csv(("who", "risk", "creamed", "parked"), rows),
        "truth/baseline.csv": as_csv(("measure", "true", "stated"), baseline),
    }


def truth_json(words: dict[str, Any]) -> str:
    """Return the truth's summary."""
    return json.dumps(words, indent=1, ensure_ascii=False) + "\n"
