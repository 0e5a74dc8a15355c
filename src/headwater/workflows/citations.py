"""Which sources a result cites."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass

from headwater.catalogue.sources import sources
from headwater.core.figure import Figure
from headwater.core.source import Source


def cited(result: object, own: Mapping[str, Source] | None = None) -> tuple[Source, ...]:
    """Return the source of every figure in a result, each once, by key.

    Parameters
    ----------
    own
        Sources that the file itself names, by key.

    Raises
    ------
    KeyError
        If a figure names a key that the bibliography does not hold: our mistake.
    """
    known = {**sources(), **(own or {})}
    return tuple(known[key] for key in sorted({key for f in figures(result) for key in f.sources}))


def figures(result: object) -> Iterator[Figure]:
    """Yield every figure in a result of dataclasses, mappings and sequences."""
    if isinstance(result, Figure):
        yield result
    elif is_dataclass(result) and not isinstance(result, type):
        for field in fields(result):
            yield from figures(getattr(result, field.name))
    elif isinstance(result, Mapping):
        yield from figures(result.values())
    elif isinstance(result, Iterable) and not isinstance(result, str):
        for item in result:
            yield from figures(item)
