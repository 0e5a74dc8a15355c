"""The source list of a report, and the short marks that lead to it.

A figure that rests on a few sources carries their numbers. One that rests on many, as every
simulated figure does, carries a letter: the list of letters says which sources each stands for.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from string import ascii_uppercase

from headwater.core.figure import Figure
from headwater.core.source import Source

FEW = 3
"""Sources that are numbered one by one beside a figure; more are given a letter together."""


@dataclass(frozen=True, slots=True)
class References:
    """Sources by number and groups of sources by letter.

    Parameters
    ----------
    works
        The sources in the order of the list.
    groups
        Letter of each set of sources that is too long to number beside a figure.
    """

    works: tuple[Source, ...]
    groups: dict[tuple[str, ...], str] = field(default_factory=dict)

    def number(self, key: str) -> str:
        """Return a source's number in the list, or nothing for a key that is not listed."""
        return next((str(i) for i, w in enumerate(self.works, start=1) if w.key == key), "")

    def marks(self, sources: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        """Return (target, text) of each mark of a figure with these sources."""
        if sources in self.groups:
            letter = self.groups[sources]
            return ((f"group-{letter}", letter),)
        numbers = [self.number(key) for key in sources]
        return tuple((f"source-{number}", number) for number in numbers if number)

    def listed(self) -> list[tuple[str, list[str]]]:
        """Return every letter with the numbers of its sources."""
        return [
            (letter, [n for key in keys if (n := self.number(key))])
            for keys, letter in self.groups.items()
        ]


def references(figures: Iterable[Figure], works: Iterable[Source]) -> References:
    """List the sources by number and each long set by letter, in order of first appearance."""
    sets = dict.fromkeys(f.sources for f in figures if len(f.sources) > FEW)
    return References(tuple(works), {keys: _letter(i) for i, keys in enumerate(sets)})


def _letter(i: int) -> str:
    """Return A to Z, then AA, AB and so on."""
    first, last = divmod(i, len(ascii_uppercase))
    return (ascii_uppercase[first - 1] if first else "") + ascii_uppercase[last]
