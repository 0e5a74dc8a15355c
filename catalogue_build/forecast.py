"""Calibrate forecasts and write their record: `python -m catalogue_build.forecast`.

Reads only what is shipped. Writes `data/ahead.json` (from forecasts of 2018 to 2024 that came due)
and `data/ahead_2022.json` (the same with nothing later than 31 March 2022), and `data/record.json`:
every authority forecast from March 2022 with the latter, beside what came. Run it after
`catalogue_build.pathway`. It takes a quarter of an hour, most of it to show what
each part of the model earns. `--record` works out the record alone, in about a minute.
"""

import json
import sys
from dataclasses import asdict, fields
from typing import Any

import numpy as np

from catalogue_build.tables import DATA, write_json
from headwater.catalogue.files import read_json
from headwater.catalogue.pathway import Vintage, file_of, levels, national
from headwater.catalogue.places import england, places
from headwater.catalogue.prices import deflator
from headwater.core.ahead import SpendAhead
from headwater.core.record import Row, Variation
from headwater.pathways.levels import LATEST, TO_2022, Window
from headwater.workflows.forecast.base_day import base_of
from headwater.workflows.forecast.calibrate import (
    Nation,
    calibrate,
    entry_effects,
    past_forecasts,
)
from headwater.workflows.forecast.calibrate_spending import calibrate_spending
from headwater.workflows.forecast.earned import earned
from headwater.workflows.forecast.models import HELD_OUT, older_share, shipped_models
from headwater.workflows.forecast.record import past_rows, scores

FIRST_BASE = 2018
"""First base year: levels are fitted in three years, and care is published from 2016."""
RECORD_DRAWS = 80
SEED = 1
YEARS: dict[Vintage, int] = {"2022": 3, "latest": 5}
"""Years that past forecasts are followed: the later facts allow for more."""
WINDOWS: dict[Vintage, Window] = {"2022": TO_2022, "latest": LATEST}


def nation(vintage: Vintage) -> Nation:
    """Return England on the last day of a vintage."""
    base = base_of(england(), WINDOWS[vintage].years[-1])
    if base is None:
        msg = f"England is not published for {vintage}"
        raise LookupError(msg)
    pathway = national(vintage).pathway
    return Nation(base, pathway, levels(england().id, vintage), YEARS[vintage])


def calibrated(vintage: Vintage) -> dict[str, Any]:
    """Learn belief and spreads from forecasts that came due within a vintage."""
    window, whole = WINDOWS[vintage], nation(vintage)
    last = window.years[-1]
    effects = entry_effects(whole)
    past = []
    for base in range(FIRST_BASE, last):
        print(f"{vintage}: places on 31 March {base}", flush=True)
        past += past_forecasts(
            national(vintage).pathway, places(), england(), effects, base=base, window=window
        )
    stocks = calibrate(past, effects, whole, last=last)
    spending = calibrate_spending(
        places(), england(), deflator(), last=last, older=older_share(vintage)
    )
    return {
        "stocks": {stock: asdict(entry) for stock, entry in stocks.items()},
        "spending": _listed(spending),
    }


def _listed(spending: SpendAhead) -> dict[str, Any]:
    entry = asdict(spending)
    entry["price_drift"] = spending.price_drift.tolist()
    return entry


def record(variations: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the record, as it is written."""
    rows, unscored = past_rows(
        places(), england(), shipped_models(), deflator(), draws=RECORD_DRAWS, seed=SEED
    )
    found = list(scores(rows))
    for score in found:
        print(
            f"{score.measure:8s} {score.years} {score.places} places:"
            f" error {score.error:.2%} (no change {score.no_change.error:.2%},"
            f" line {score.line.error:.2%}), bias {score.bias:+.1%}, held {score.coverage:.0%}"
        )
    columns = [field.name for field in fields(Row)]
    return {
        "base": HELD_OUT,
        "draws": RECORD_DRAWS,
        "columns": columns,
        "rows": [[_short(getattr(row, name)) for name in columns] for row in rows],
        "scores": [asdict(score) for score in found],
        "unscored": unscored,
        "variations": variations,
    }


def _short(value: object) -> object:
    return (
        float(np.format_float_positional(value, 7, fractional=False))
        if isinstance(value, float)
        else value
    )


def variations() -> list[dict[str, Any]]:
    """Return what each part of the model earns."""
    found: list[Variation] = []
    for each in earned(
        national("2022").pathway,
        places(),
        england(),
        entry_effects(nation("2022")),
        bases=range(FIRST_BASE, HELD_OUT),
        held_out=HELD_OUT,
        window=TO_2022,
        progress=lambda what: print(what, flush=True),
    ):
        print(each, flush=True)
        found.append(each)
    return [asdict(each) for each in found]


def main(arguments: list[str]) -> None:
    """Write every file, or the record alone."""
    if "--record" in arguments:
        write_record(read_json("record.json")["variations"])
        return
    for vintage in WINDOWS:
        write_json(file_of("ahead", vintage), calibrated(vintage))
    write_record(variations())


def write_record(parts: list[dict[str, Any]]) -> None:
    """Work out the record and write it, one row a line."""
    text = json.dumps(record(parts), separators=(",", ":"), ensure_ascii=False)
    (DATA / "record.json").write_text(text.replace("],[", "],\n[") + "\n", encoding="utf-8")
    print("wrote record.json")


if __name__ == "__main__":
    main(sys.argv[1:])
