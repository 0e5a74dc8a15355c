"""Counts of people that may be published: small numbers suppressed, and what would give them away.

The Department for Education replaces any number from 1 to 5 of children by "c", and suppresses
others where a suppressed one could be worked out (children in need statistics); 0 is a true nought.
"""

from collections.abc import Sequence

SMALL = 5
"""The largest number of people that is not published."""
HIDDEN = "c"
"""What stands for a suppressed number: confidential."""


def is_small(count: int) -> bool:
    """Return whether a number of people is too small to be published."""
    return 0 < count <= SMALL


def suppressed(parts: Sequence[int]) -> tuple[bool, ...]:
    """Return which parts of a published whole must not be published.

    Every small one. Then the smallest of the others, a nought last, until several are suppressed
    and what they come to together is neither small itself nor as much as so many small ones can be.
    Whoever knows that the smallest of the others goes may still narrow down a number: publish what
    is asked for, and not more.

    Parameters
    ----------
    parts
        Counts of people that add up to a whole which is published too.
    """
    hidden = [is_small(part) for part in parts]
    rest = sorted((part == 0, part, i) for i, part in enumerate(parts) if not hidden[i])
    for _, _, i in rest:
        gone = [part for part, is_gone in zip(parts, hidden, strict=True) if is_gone]
        if not gone or (len(gone) > 1 and SMALL < sum(gone) != SMALL * len(gone)):
            break
        hidden[i] = True
    return tuple(hidden)
