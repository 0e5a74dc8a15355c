"""Chains of corrections: a claim that replaces another, which may have replaced one before it."""

from collections.abc import Iterator, Mapping


def corrected(start: int, before: Mapping[int, int]) -> Iterator[int]:
    """Yield what a claim corrects, and what that corrects itself, to the first; no loops.

    Parameters
    ----------
    before
        Which claim each corrects.
    """
    at = before.get(start)
    while at is not None:
        yield at
        at = before.get(at)


def loops(start: int, before: Mapping[int, int]) -> bool:
    """Return whether corrections lead from a claim into a circle."""
    seen, at = {start}, before.get(start)
    while at is not None and at not in seen:
        seen.add(at)
        at = before.get(at)
    return at is not None
