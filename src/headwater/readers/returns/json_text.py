"""Records of a JSON file, by the names of their lists."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from headwater.readers.returns.faults import Faults


def from_json(text: str, faults: Faults) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    """Yield the lists of records of a JSON file with their names; "" for one that has none."""
    try:
        held = json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
    except (ValueError, RecursionError) as error:
        faults.add("wrong", getattr(error, "lineno", ""), f"is not JSON: {error}.")
        return
    named = held.items() if isinstance(held, dict) else [("", held)]
    lists = {str(name): rows for name, rows in named if isinstance(rows, list)}
    if isinstance(held, dict) and not lists:
        lists = {"": [held]}
    if not lists:
        faults.add("wrong", "", "is JSON, but no list of records.")
    for name, rows in lists.items():
        yield name, [row for row in rows if isinstance(row, dict)]
        bad = sum(not isinstance(row, dict) for row in rows)
        if bad:
            faults.add("wrong", "", "holds entries that are no records.", name, f"{bad:,}")


def plain_cell(value: Any) -> str:
    """Return a JSON value as the text of a cell; what is nested stays JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, str):
        return value.strip()
    return json.dumps(value, ensure_ascii=False)
