"""Attendance at school of children of school age, term by term, as family contracts read it.

No national file of it by child was found; the columns are those of plain observations: who, what
was measured, on which day, and its value in the unit that the measure names.
"""

import numpy as np

from headwater.core.layout import ReturnYear
from headwater.synthesis.days import birthday
from headwater.synthesis.draws import stream
from headwater.synthesis.files import as_csv
from headwater.synthesis.lives import Lives

COLUMNS = ("child", "measure", "day", "value")
TERMS = ((8, 31, 12, 20), (1, 4, 3, 28), (4, 15, 7, 22))
"""First and last month and day of the three terms: of no one authority."""
SESSIONS = (140, 110, 120)
"""Half-day sessions in each term: assumed."""
SCHOOL_AGE = (5, 16)
MISSED = (0.9, 8.0)
"""Shape of the share of sessions missed: a tenth on average, far more for a few; assumed."""
UNAUTHORISED = 0.45
"""Share of missed sessions that were not authorised: assumed."""
EXCLUDED = 0.02
"""Fixed-period exclusions a child and term: assumed."""


def attendance(lives: Lives, year: int) -> str:
    """Return a school year's terms within a year of return, as observations."""
    rng = stream(lives.seed, "attendance", year)
    born, key = lives.children.born, lives.children.key
    usual = stream(lives.seed, "attendance", 0).beta(*MISSED, len(born))
    start = ReturnYear(year).first_day.year
    rows: list[tuple[str, str, str, int]] = []
    for (_, _, month, day), sessions in zip(TERMS, SESSIONS, strict=True):
        ended = np.datetime64(f"{start if month > 3 else start + 1}-{month:02d}-{day:02d}", "D")
        on = int(ended.astype(int))
        old = (birthday(born, SCHOOL_AGE[0]) <= on) & (birthday(born, SCHOOL_AGE[1]) > on)
        who = np.flatnonzero(old)
        missed = rng.binomial(sessions, np.clip(usual[who] * rng.uniform(0.6, 1.4, len(who)), 0, 1))
        counted = {
            "sessions possible": np.full(len(who), sessions),
            "sessions missed": missed,
            "sessions missed without leave": rng.binomial(missed, UNAUTHORISED),
            "fixed-period exclusions": rng.poisson(EXCLUDED, len(who)),
        }
        when = str(ended)
        for name, values in counted.items():
            rows += [
                (child, name, when, value)
                for child, value in zip(key[who].tolist(), values.tolist(), strict=True)
                if value or name.endswith("possible")
            ]
    rows.sort(key=lambda row: (row[0], row[2], row[1]))
    return as_csv(COLUMNS, rows)
