"""What the columns of a form of return say of children: who they are, spells and events."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Spell:
    """A table's rows as times in a state.

    Parameters
    ----------
    start, stop
        Columns of the first day in it, and of the first day out of it.
    traits
        Columns by the name of the trait that they are.
    unless
        A column and the values, in capitals, that make a row none.
    """

    table: str
    key: str
    state: str
    start: str
    stop: str
    traits: Mapping[str, str] = field(default_factory=dict)
    unless: tuple[str, tuple[str, ...]] = ("", ())

    @property
    def speaks_of(self) -> str:
        """The state."""
        return self.state


@dataclass(frozen=True, slots=True)
class Event:
    """A table's rows as something that happened on a day; a row without the day is none."""

    table: str
    key: str
    measure: str
    day: str

    @property
    def speaks_of(self) -> str:
        """The measure."""
        return self.measure


@dataclass(frozen=True, slots=True)
class Who:
    """A table's rows as children.

    Parameters
    ----------
    sex
        Columns, of which the first that is filled counts.
    sexes
        "M" and "F" by what the return writes, in capitals; anything else is not known.
    pupil
        The column of the pupil number; "" where there is none.
    """

    table: str
    key: str
    born: str
    sex: tuple[str, ...]
    sexes: Mapping[str, str]
    pupil: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """What a form of return says of children.

    Parameters
    ----------
    name
        The layout's.
    whole
        Whether one file holds every table, so that what none of its rows has did not happen.
    """

    name: str
    who: tuple[Who, ...]
    spells: tuple[Spell, ...]
    events: tuple[Event, ...]
    whole: bool = False

    @property
    def parts(self) -> tuple[Spell | Event, ...]:
        """Everything that it says of children."""
        return (*self.spells, *self.events)
