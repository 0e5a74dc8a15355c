"""What the synthesis of made-up lives says of itself."""

from dataclasses import dataclass

from headwater.core.figure import Figure


@dataclass(frozen=True, slots=True)
class MadeFile:
    """One file that was written.

    Parameters
    ----------
    file
        Its path within the folder.
    form
        What it is: "SSDA903 in CSV", "truth", …
    hash
        SHA-256 of its bytes.
    """

    file: str
    form: str
    hash: str


@dataclass(frozen=True, slots=True)
class MadeYear:
    """What is true of one year.

    Parameters
    ----------
    year
        The year of return.
    days
        Care days, the day of leaving left out; short breaks (V3, V4) left out.
    break_days
        Days of short breaks.
    entered, left
        Periods of care that began, and that ended; short breaks left out.
    on_last_day
        Children looked after at the end of 31 March; short breaks left out.
    in_need, on_plans
        Children in need, and on protection plans, at the end of 31 March.
    """

    year: str
    days: Figure
    break_days: Figure
    entered: Figure
    left: Figure
    on_last_day: Figure
    in_need: Figure
    on_plans: Figure


@dataclass(frozen=True, slots=True)
class PlantedKind:
    """One kind of fault that was planted.

    Parameters
    ----------
    kind, what
        Its name, and what it is.
    faults, days
        How many, and by how many care days they move their children, added up without signs.
    """

    kind: str
    what: str
    faults: Figure
    days: Figure


@dataclass(frozen=True, slots=True)
class Level:
    """How often something happens in the made-up lives.

    Parameters
    ----------
    name
        In words.
    level
        The published figure, or what follows from published ones.
    """

    name: str
    level: Figure


@dataclass(frozen=True, slots=True)
class Synthesis:
    """Made-up lives, written as returns.

    Parameters
    ----------
    place, place_name
        The authority.
    seed
        The same seed, place, children and years give the same bytes.
    children, looked_after
        How many lives were made, and how many of them are looked after at some time in the years.
    years
        What is true of each year.
    planted
        Faults, by kind.
    levels, assumed
        What the lives were lived at: published figures, and in words what is assumed.
    files
        What was written.
    """

    place: str
    place_name: str
    seed: str
    children: Figure
    looked_after: Figure
    years: tuple[MadeYear, ...]
    planted: tuple[PlantedKind, ...]
    levels: tuple[Level, ...]
    assumed: tuple[str, ...]
    files: tuple[MadeFile, ...]
