"""Turn a frozen result into a JSON document with stable keys.

Every number in the document stands inside a figure: an object with `value`, `unit`, `basis` and,
unless it is assumed or the user's own input, `sources`. Empty fields of a figure are left out.
Exact money stands as text with its currency, so that no reader rounds it.
"""

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from pydantic import BaseModel

from headwater.core.cash import Cash
from headwater.core.figure import Figure
from headwater.core.source import Source

FORMAT = "headwater/1"
"""Version of the documents' keys; it changes when a key is renamed or removed."""


def document(result: object) -> Any:
    """Return `result` as plain lists, dicts, strings and figures.

    Years, ages, counts of draws and identifiers are text or figures, never bare numbers; a bare
    number is our mistake and fails.
    """
    if isinstance(result, Figure | Cash | date):
        return _one(result)
    if isinstance(result, BaseModel):
        return document({name: getattr(result, name) for name in type(result).model_fields})
    if is_dataclass(result) and not isinstance(result, type):
        return {field.name: document(getattr(result, field.name)) for field in fields(result)}
    if isinstance(result, Mapping):
        return {str(key): document(value) for key, value in result.items()}
    if isinstance(result, str | bool) or result is None:
        return result
    if isinstance(result, Iterable):
        return [document(item) for item in result]
    msg = f"a bare {type(result).__name__} in a document: {result!r}"
    raise TypeError(msg)


def _one(value: Figure | Cash | date) -> Any:
    if isinstance(value, Cash):
        return {"amount": value.plain, "currency": value.currency}
    return _figure(value) if isinstance(value, Figure) else str(value)


def _figure(figure: Figure) -> dict[str, Any]:
    held = {field.name: getattr(figure, field.name) for field in fields(figure)}
    kept = {
        key: value
        for key, value in held.items()
        if not (isinstance(value, str | tuple) and len(value) == 0)
    }
    for name in ("low", "high"):
        if kept[name] is None:
            del kept[name]
    return {key: _plain(value) for key, value in kept.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, float) and not math.isfinite(value):
        return "infinite" if value > 0 else "minus infinite"
    return float(value) if isinstance(value, float) else value


def to_json(kind: str, result: object, cited: Iterable[Source]) -> str:
    """Return the whole document of one command, sources at its end.

    Parameters
    ----------
    kind
        The command: "places", "programmes", "business-case".
    """
    body = {
        "format": FORMAT,
        "kind": kind,
        "result": document(result),
        "sources": {
            source.key: {"title": source.title, "url": source.url, "published": source.date}
            for source in cited
        },
    }
    return json.dumps(body, indent=1, ensure_ascii=False) + "\n"
