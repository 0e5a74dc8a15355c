"""What goes wrong and can be put right by the user.

::

    HeadwaterError          printed without a traceback, exit status 2
    └── InputError          one or more problems in what was given, all shown at once

Anything else that escapes is our mistake.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

CONTROLS = frozenset(
    {*range(32), *range(127, 160), 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
    - {ord("\n"), ord("\t")}
)
"""Characters, by code, that command a screen or turn the direction of its text."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: where, what (with the value), why if not obvious, and what to do."""

    place: str
    what: str
    remedy: str = ""

    def __str__(self) -> str:
        """Return `place: what. remedy` as the user reads it."""
        text = f"{self.place}: {self.what}"
        return f"{text} {self.remedy}" if self.remedy else text


class HeadwaterError(Exception):
    """Anything a user can put right."""


class InputError(HeadwaterError):
    """What was given cannot be used; holds every problem found, in order."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = (
            (problems,) if isinstance(problems, Problem) else tuple(problems)
        )
        super().__init__("\n".join(str(problem) for problem in self.problems))


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """Return " Did you mean 'x'?" for a near miss, else an empty string."""
    near = get_close_matches(word.casefold(), [name.casefold() for name in known], n=1, cutoff=0.6)
    if not near:
        return ""
    spelt = next(name for name in known if name.casefold() == near[0])
    return f" Did you mean '{spelt}'?"
