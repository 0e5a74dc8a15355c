"""What is due to date where the terms have changed: each unit by the terms of its own day.

What a payment on a quantity to date comes to lies in layers. The lowest are the units counted under
the first terms; a variation lays its own upon them, from where the quantity stood when it began:

    due to date = what was due for the units below + new terms(now) - new terms(where it stood)

A quantity that falls goes down through the layers: a unit that is lost was worth what the terms of
its own day gave for it.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

import numpy as np

from headwater.core.arrays import BoolArray, IntArray

if TYPE_CHECKING:
    from headwater.contracts.column import Grain
    from headwater.contracts.desk import Desk

TAKEN = "has been taken up"
"""Under this a term remembers the cells that it has paid for."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A quantity to date, as a payment takes it up.

    Parameters
    ----------
    units, places
        Whole numbers of its last decimal place; array (draw, cell).
    known
        Where there is anything to know; None: everywhere.
    whole
        Pence of which the payment is a part, where that is measured too; array (draw, cell).
    whole_to_date
        Whether that counts from the agreement's start.
    """

    units: IntArray
    places: int
    known: BoolArray | None = None
    whole: IntArray | None = None
    whole_to_date: bool = False

    def at(self, codes: IntArray) -> "Taken":
        """Return some of the cells."""
        known = None if self.known is None else self.known[:, codes]
        whole = None if self.whole is None else self.whole[:, codes]
        return Taken(self.units[:, codes], self.places, known, whole, self.whole_to_date)

    def to(self, places: int) -> "Taken":
        """Return the same in finer decimal places."""
        return replace(self, units=self.units * 10 ** (places - self.places), places=places)


class PaysToDate(Protocol):
    """A term that pays for a quantity to date."""

    @property
    def id(self) -> str:
        """Its name."""
        ...

    def taken_up(self, desk: "Desk", name: str) -> Taken:
        """Return a quantity as the term takes it up."""
        ...

    def due(self, desk: "Desk", taken: Taken) -> IntArray:
        """Return what the term gives for all of it; pence, array (draw, cell)."""
        ...

    def due_between(self, desk: "Desk", low: Taken, high: Taken) -> IntArray:
        """Return what the term gives for what lies between; pence, array (draw, cell)."""
        ...


@dataclass(frozen=True, slots=True)
class Layer:
    """Units counted under other terms than those before.

    Parameters
    ----------
    before
        The term by which what lies below is priced; None: nothing lies below.
    stood, was
        Where the quantity stood when the terms changed, as they and as those before count it; of
        every cell of the run.
    seen
        Cells of which something had been counted by then; array (draw, cell).
    since
        The days for which the terms hold, in words.
    """

    before: PaysToDate | None
    stood: Taken
    was: Taken
    seen: BoolArray
    since: str


@dataclass(frozen=True, slots=True)
class Below:
    """Units that lie in lower layers, array (draw, cell), and the days from which others count."""

    units: IntArray
    since: str


@dataclass(frozen=True, slots=True)
class Stack:
    """A term's layers, and where its quantity stood when its terms last ended."""

    term: PaysToDate
    layers: tuple[Layer, ...] = ()
    was: Taken | None = None


def due_to_date(
    desk: "Desk", term: PaysToDate, place: str, taken: Taken, grain: "Grain"
) -> tuple[IntArray, Below | None]:
    """Return what is due to date, pence in an array (draw, cell), and what lies in lower layers.

    Parameters
    ----------
    place
        Under which the term remembers what it has paid: one quantity of several.
    """
    codes, stack = desk.codes(grain), desk.memory.stacks.get((term.id, place, grain))
    layers = stack.layers if stack is not None else ()
    due = _through(desk, term, layers, taken, codes)
    if not layers:
        return due, None
    top = layers[-1]
    stood = np.where(top.seen[:, codes], top.stood.units[:, codes], 0)
    return due, Below(stood * 10**taken.places // 10**top.stood.places, top.since)


def _through(
    desk: "Desk", term: PaysToDate, layers: tuple[Layer, ...], now: Taken, codes: IntArray
) -> IntArray:
    """Return what is due for all that lies in the layers."""
    if not layers:
        return term.due(desk, now)
    top = layers[-1]
    stood, was = (_of_the_same(now, one.at(codes)) for one in (top.stood, top.was))
    places = max(now.places, stood.places, was.places)
    now, stood, was = now.to(places), stood.to(places), was.to(places)
    due = term.due_between(desk, stood, _higher(now, stood))
    if top.before is not None:
        due = due + _through(desk, top.before, layers[:-1], _lower(now, stood, was), codes)
    due = np.where(top.seen[:, codes], due, term.due(desk, now))
    return due if now.known is None else np.where(now.known, due, 0)


def _of_the_same(now: Taken, then: Taken) -> Taken:
    """Return what was taken up then, of what it is a part of now where that is of the period."""
    if now.whole is None or then.whole is None or now.whole_to_date:
        return then
    return replace(then, whole=now.whole)


def _higher(now: Taken, stood: Taken) -> Taken:
    """Return a quantity, no lower than it stood."""
    whole = now.whole
    if whole is not None and stood.whole is not None:
        whole = np.maximum(whole, stood.whole)
    return replace(now, units=np.maximum(now.units, stood.units), whole=whole)


def _lower(now: Taken, stood: Taken, was: Taken) -> Taken:
    """Return what there is of a quantity below where it stood, as the terms before count it."""
    whole = was.whole
    if whole is not None and now.whole is not None and stood.whole is not None:
        whole = whole - np.maximum(stood.whole - now.whole, 0)
    return replace(was, units=was.units - np.maximum(stood.units - now.units, 0), whole=whole)
