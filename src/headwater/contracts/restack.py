"""Where a variation changes the terms, a layer is laid on every quantity to date."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, cast

import numpy as np

from headwater.contracts.column import Grain
from headwater.contracts.desk import Desk
from headwater.contracts.layers import TAKEN, Layer, PaysToDate, Stack, Taken
from headwater.contracts.work import work_quantities

Held = tuple[tuple[str, str, Grain], PaysToDate, Taken]
"""A term's name, the place under which it remembers and the grain; the term; what it takes up."""


def terms_change(
    before: Desk, now: Desk, unknown: Mapping[int, dict[str, str]], *, anew: bool
) -> None:
    """Lay a layer on every quantity to date for which payment is no longer worked as before.

    Parameters
    ----------
    before, now
        The last step under the earlier terms, and the first under these, not yet worked.
    unknown
        By version, the terms that cannot be worked.
    anew
        Whether the variation says that what was counted before is priced by its terms too.
    """
    if not (_pays_to_date(before) or _pays_to_date(now)):
        return
    stacks = now.memory.stacks
    for key, term, taken in _held(before, unknown[before.version]):
        stacks[key] = replace(stacks.get(key, Stack(term)), term=term, was=taken)
    for key, term, taken in _held(now, unknown[now.version]):
        stacks[key] = Stack(term) if anew else _laid(now, (key, term, taken), stacks.get(key))


def _laid(now: Desk, held: Held, stack: Stack | None) -> Stack:
    """Return a term's layers with one more, unless nothing changes."""
    (name, place, grain), term, stood = held
    was = None if stack is None else stack.was
    if stack is not None and was is not None and stack.term == term and _same(was, stood):
        return stack
    flags = now.memory.get(name, f"{TAKEN} {place} {grain}", stood.units.shape)
    seen = (flags == 1) | (stood.units != 0)
    below = stack.layers if stack is not None else ()
    lower = stack.term if stack is not None and was is not None else None
    layer = Layer(lower, stood, stood if was is None else was, seen, now.since)
    return Stack(term, (*below, layer))


def _same(one: Taken, other: Taken) -> bool:
    """Return whether a quantity stands at the same under both terms."""
    if (one.places, one.whole is None) != (other.places, other.whole is None):
        return False
    pairs = [(one.units, other.units), (one.known, other.known)]
    if one.whole_to_date and other.whole_to_date:
        pairs.append((one.whole, other.whole))
    return all(
        a is b or (a is not None and b is not None and np.array_equal(a, b)) for a, b in pairs
    )


def _pays_to_date(desk: Desk) -> bool:
    """Return whether a version pays for anything that is counted to date."""
    shapes = desk.contract.metric_shapes()
    for term in desk.contract.term:
        if term.to_date(shapes):
            return True
        shapes[term.id] = term.shape(shapes)
    return False


def _held(step: Desk, unknown: dict[str, str]) -> Iterator[Held]:
    """Yield every quantity to date that a version pays for, of every cell, as it stands."""
    desk = _standing(step, unknown)
    for term in desk.contract.term:
        names = term.to_date(desk.shapes)
        if not names or term.id in unknown or desk.unknown((*term.of, *term.refers())):
            continue
        pays = cast("PaysToDate", term)
        for name in names:
            place = name if term.kind == "outcome_payment" else ""
            grain = desk.shapes[name].grain
            yield (term.id, place, grain), pays, _of_all(desk, pays.taken_up(desk, name), grain)


def _of_all(desk: Desk, taken: Taken, grain: Grain) -> Taken:
    """Return what is taken up of every cell of the run, nothing of those that have no outcome."""
    codes, size = desk.codes(grain), desk.size(grain)

    def placed(values: Any) -> Any:
        if values is None or len(codes) == size:
            return values
        full = np.zeros((desk.draws, size), dtype=values.dtype)
        full[:, codes] = values
        return full

    units, known, whole = placed(taken.units), placed(taken.known), placed(taken.whole)
    return replace(taken, units=units, known=known, whole=whole)


def _standing(step: Desk, unknown: dict[str, str]) -> Desk:
    """Return a desk with every cell of the run and nothing counted, its measures worked."""
    whole = replace(step.whole, units=np.zeros_like(step.whole.units))
    desk = replace(
        step,
        cells=whole,
        first_cell=0,
        shapes=step.contract.metric_shapes(),
        columns={},
        standing=True,
    )
    work_quantities(desk, unknown)
    return desk
