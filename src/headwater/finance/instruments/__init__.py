"""The kinds of instrument, one a module; a new module here gives a new kind its rules."""

import importlib
import pkgutil

from headwater.finance.kind import Kind


def _rules() -> dict[str, Kind]:
    """Return the rules of every kind by the name it has in an agreement."""
    found: dict[str, Kind] = {}
    for module in pkgutil.iter_modules(__path__):
        held = importlib.import_module(f"{__name__}.{module.name}")
        for thing in vars(held).values():
            if isinstance(thing, type) and issubclass(thing, Kind) and thing.name:
                found[thing.name] = thing()
    return found


RULES = _rules()
