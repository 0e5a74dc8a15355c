"""What forecasts were calibrated to, and the record of past ones."""

from functools import cache
from typing import Any

import numpy as np

from headwater.catalogue.files import read_json
from headwater.catalogue.pathway import Vintage, file_of
from headwater.core.ahead import Ahead, SpendAhead, Spread
from headwater.core.pathway import Stock
from headwater.core.record import Record, Rival, Row, Score, Variation


@cache
def ahead(vintage: Vintage = "latest") -> dict[Stock, Ahead]:
    """Return where each stock's entry goes after the last published day."""
    return {
        stock: Ahead(entry["belief"], Spread(**entry["place"]), Spread(**entry["nation"]))
        for stock, entry in read_json(file_of("ahead", vintage))["stocks"].items()
    }


@cache
def spend_ahead(vintage: Vintage = "latest") -> SpendAhead:
    """Return where prices and the mix of placements go."""
    entry: dict[str, Any] = dict(read_json(file_of("ahead", vintage))["spending"])
    for name in ("price_place", "price_nation", "mix_place", "mix_nation"):
        entry[name] = Spread(**entry[name])
    return SpendAhead(**{**entry, "price_drift": np.array(entry["price_drift"])})


@cache
def record() -> Record:
    """Return the record of forecasts made on 31 March 2022."""
    entry = read_json("record.json")
    names = entry["columns"]
    rows = [dict(zip(names, row, strict=True)) for row in entry["rows"]]
    return Record(
        base=entry["base"],
        draws=entry["draws"],
        rows=tuple(Row(**{**row, "places": tuple(row["places"])}) for row in rows),
        scores=tuple(_score(score) for score in entry["scores"]),
        unscored=entry["unscored"],
        variations=tuple(
            Variation(
                **{
                    **each,
                    "error": {name: tuple(errors) for name, errors in each["error"].items()},
                }
            )
            for each in entry["variations"]
        ),
    )


def _score(entry: dict[str, Any]) -> Score:
    rivals = {
        name: Rival(**entry[name])
        for name in ("no_change", "line", "grown")
        if entry[name] is not None
    }
    return Score(**{**entry, **rivals})
