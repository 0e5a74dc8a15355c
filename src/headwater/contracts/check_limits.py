"""Caps below the floors of the same amounts."""

from collections.abc import Iterator

from headwater.contracts.agreement import Contract
from headwater.contracts.amounts import is_known
from headwater.contracts.column import FINER, Grain
from headwater.core.exact import write_exact

SPANS = ("period", "year", "agreement")
"""Over which a limit adds up; each lies within the next."""


def limit_faults(contract: Contract) -> Iterator[tuple[tuple[str | int, ...], tuple[str, str]]]:
    """Yield caps below the floors of the same amounts."""
    parents = {term.id: set(term.of) for term in contract.term}
    floors = [term for term in contract.term if term.kind == "floor"]
    if not floors:
        return
    caps_and_floors = [term.id for term in contract.term if term.kind in {"cap", "floor"}]
    lines = {name: _line(name, parents) for name in caps_and_floors}
    grains = _grains(contract)
    for i, cap in enumerate(contract.term):
        for floor in floors if cap.kind == "cap" else ():
            same = floor.id in lines[cap.id] or cap.id in lines[floor.id]
            low, high = getattr(floor, "amount", None), getattr(cap, "amount", None)
            spans = [SPANS.index(getattr(term, "within", "")) for term in (floor, cap)]
            inside = grains[floor.id] == grains[cap.id] or grains[floor.id] in FINER[grains[cap.id]]
            alike = inside and spans[0] <= spans[1]
            if same and alike and is_known(low) and is_known(high) and high < low:
                yield (
                    ("term", i, "amount"),
                    (
                        f"{write_exact(high)} is below the floor '{floor.id}', {write_exact(low)}.",
                        "Mend one.",
                    ),
                )


def _grains(contract: Contract) -> dict[str, Grain]:
    """Return by which cells each term gives what it gives."""
    shapes = contract.metric_shapes()
    for term in contract.term:
        shapes[term.id] = term.shape(shapes)
    return {name: shape.grain for name, shape in shapes.items()}


def _line(name: str, parents: dict[str, set[str]]) -> set[str]:
    """Return every term that a term rests on, however long the chain, each once."""
    found: set[str] = set()
    ahead = list(parents.get(name, ()))
    while ahead:
        above = ahead.pop()
        if above not in found:
            found.add(above)
            ahead += parents.get(above, ())
    return found
