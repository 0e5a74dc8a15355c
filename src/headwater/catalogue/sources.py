"""The bibliography: every source key that a figure may name."""

from functools import cache

from headwater.catalogue.files import DATA, read_json
from headwater.core.source import Source


@cache
def sources() -> dict[str, Source]:
    """Return every source by key.

    Each build script writes its own file under `data/sources/`; a key in two files is refused.
    """
    found: dict[str, Source] = {}
    names = sorted(entry.name for entry in (DATA / "sources").iterdir())
    for name in names:
        for entry in read_json(f"sources/{name}"):
            source = Source(**entry)
            if source.key in found and found[source.key] != source:
                msg = f"source '{source.key}' stands twice in the bibliography, differently"
                raise ValueError(msg)
            found[source.key] = source
    return found
