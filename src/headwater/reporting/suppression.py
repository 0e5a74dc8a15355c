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

    Every small one. Then, while what the suppressed ones come to together could be taken for one of
    them, or is small itself, the smallest of the others; a nought is the last to go.

    Parameters
    ----------
    parts
        Counts of people that add up to a whole which is published too.
    """
    hidden = [is_small(part) for part in parts]
    if not any(hidden):
        return tuple(hidden)
    rest = sorted((part == 0, part, i) for i, part in enumerate(parts) if not hidden[i])
    for _, _, i in rest:
        if (
            sum(hidden) > 1
            and sum(p for p, gone in zip(parts, hidden, strict=True) if gone) > SMALL
        ):
            break
        hidden[i] = True
    return tuple(hidden)
