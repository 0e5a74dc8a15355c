"""Reading the shipped data files."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

DATA = files("headwater.catalogue") / "data"


@cache
def read_json(name: str) -> Any:
    """Return the content of one shipped JSON file; read once a process, so never change it."""
    return json.loads((DATA / name).read_text(encoding="utf-8"))
