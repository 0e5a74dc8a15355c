"""Plant faults: so many of each kind, each in another child, and whole files last."""

from collections.abc import Iterator, Mapping

import numpy as np

from headwater.core.errors import InputError, Problem
from headwater.synthesis.draws import stream
from headwater.synthesis.fault_kinds import KINDS, Spot
from headwater.synthesis.sheet import Bench, Planted, Row, Sheet

FILE_KINDS = ("bom_file", "utf16_file", "semicolon_file", "extra_column")
EXTRA = "TEST_COLUMN"


def spoil(bench: Bench, counts: Mapping[str, int], *, seed: int) -> list[Planted]:
    """Plant faults in the rows and files of a bench, and return what was planted.

    Raises
    ------
    InputError
        If more of a kind are asked for than there are children, or files, to have them.
    """
    rng = stream(seed, "faults")
    spots = [*_spots(bench)]
    order = [spots[i] for i in rng.permutation(len(spots)).tolist()]
    planted: list[Planted] = []
    problems = []
    for kind in KINDS:
        wanted = counts.get(kind, 0)
        found = _plant(bench, kind, wanted, order, rng) if wanted else []
        planted += [each for group in found for each in group]
        if len(found) < wanted:
            what = f"{wanted:,} are asked for, and only {len(found):,} children could have one."
            problems.append(Problem(f"faults, {kind}", what, "Ask for fewer, or more children."))
    files = [sheet for sheet in bench.sheets.values() if sheet.rows]
    for kind in FILE_KINDS:
        wanted = counts.get(kind, 0)
        if wanted > len(files):
            what = f"{wanted:,} are asked for, and there are only {len(files):,} files."
            problems.append(Problem(f"faults, {kind}", what, "Ask for fewer, or more years."))
            continue
        for i in rng.choice(len(files), size=wanted, replace=False).tolist():
            planted.append(_spoil_file(kind, files[i]))
    if problems:
        raise InputError(problems)
    return planted


def _spots(bench: Bench) -> Iterator[tuple[int, str]]:
    """Yield every child with episodes, year by year."""
    for sheet in bench.of("episodes"):
        at = sheet.at("CHILD")
        for child in dict.fromkeys(row[at] for row in sheet.rows):
            yield sheet.year, child


def _plant(
    bench: Bench, kind: str, wanted: int, order: list[tuple[int, str]], rng: np.random.Generator
) -> list[list[Planted]]:
    """Return what was planted, child by child."""
    made: list[list[Planted]] = []
    by_child = _by_child(bench)
    for year, child in order:
        if len(made) == wanted:
            break
        rows = by_child.get((year, child))
        if child in bench.used or not rows:
            continue
        spot = Spot(bench, bench.sheets["episodes", year], child, tuple(rows), rng)
        found = KINDS[kind](spot)
        if found:
            bench.used.add(child)
            made.append(found)
    return made


def _by_child(bench: Bench) -> dict[tuple[int, str], list[Row]]:
    rows: dict[tuple[int, str], list[Row]] = {}
    for sheet in bench.of("episodes"):
        at = sheet.at("CHILD")
        for row in sheet.rows:
            rows.setdefault((sheet.year, row[at]), []).append(row)
    return rows


def _spoil_file(kind: str, sheet: Sheet) -> Planted:
    if kind == "bom_file":
        before, sheet.encoding = sheet.encoding, "utf-8-sig"
    elif kind == "utf16_file":
        before, sheet.encoding = sheet.encoding, "utf-16"
    elif kind == "semicolon_file":
        before, sheet.separator = sheet.separator, ";"
    else:
        before = ""
        sheet.columns.append(EXTRA)
        for row in sheet.rows:
            row.append("x")
    after = {"semicolon_file": ";", "extra_column": EXTRA}.get(kind, sheet.encoding)
    return Planted(kind, sheet, None, "", EXTRA if kind == "extra_column" else "", before, after)
