"""What a fit to a place's own records says."""

from dataclasses import dataclass

from headwater.core.figure import Figure


@dataclass(frozen=True, slots=True)
class CoverLine:
    """Children on a day in the records, beside those published.

    Parameters
    ----------
    what, day
        Which children, and when.
    records, published
        As the records have it, and as published.
    """

    what: str
    day: str
    records: Figure
    published: Figure


@dataclass(frozen=True, slots=True)
class LevelLine:
    """One level: what the records show beside what neighbours lead one to expect.

    Parameters
    ----------
    id, name
        The level's, as a pathway's file has it and in words.
    events, expected
        Moves in the records; moves that neighbours' levels lead one to expect of the same children.
    neighbours, published, fitted
        Times England's: as neighbours lead one to expect, as fitted to what is published, and as
        fitted to the records, with 80% of a year to come.
    weight
        Weight of the records in the level fitted.
    """

    id: str
    name: str
    events: Figure
    expected: Figure
    neighbours: Figure
    published: Figure
    fitted: Figure
    weight: Figure


@dataclass(frozen=True, slots=True)
class RateLine:
    """One move in one band of age, or of time in the state.

    Parameters
    ----------
    move
        In words: from where to where.
    by, band
        "age" or "time", and which band of it.
    events, child_years
        Moves in the records, and years that children spent where they could make them.
    rate, published, fitted
        Per 100 children and year: moves over child-years; by the published pathway; fitted.
    """

    move: str
    by: str
    band: str
    events: Figure
    child_years: Figure
    rate: Figure
    published: Figure
    fitted: Figure


@dataclass(frozen=True, slots=True)
class TestLine:
    """Moves of the last year, foretold from the years before it.

    Parameters
    ----------
    name, events
        The level, and its moves in the last year.
    own, published
        What the fit to the years before, and the published pathway, lead one to expect.
    gain
        By how much the fit's log score is better than the published pathway's, over all ages and
        times; below nought it is worse.
    """

    name: str
    events: Figure
    own: Figure
    published: Figure
    gain: Figure


@dataclass(frozen=True, slots=True)
class FittedPathway:
    """A place's own pathway, and how it was come by.

    Parameters
    ----------
    place, place_id
        The authority's name and id.
    first_day, last_day
        The time that the returns cover.
    children
        Children in need, on a plan or looked after whose birth is known.
    left_out
        Children whose birth is not known, and asylum-seeking children who came alone.
    wrong
        Rows of the returns that break a rule.
    files
        SHA-256 by file.
    cautions
        What must be known before using it, the gravest first.
    cover
        Looked-after children on each 31 March beside those published.
    rates
        Rates of leaving a state by age and by time in it.
    test_year, tests
        The last year, and how well the years before foretell it.
    assumptions
        What is assumed.
    own
        The pathway, as the text of its file.
    """

    place: str
    place_id: str
    first_day: str
    last_day: str
    children: Figure
    left_out: tuple[Figure, ...]
    wrong: Figure
    files: dict[str, str]
    cautions: tuple[str, ...]
    cover: tuple[CoverLine, ...]
    levels: tuple[LevelLine, ...]
    rates: tuple[RateLine, ...]
    test_year: str
    tests: tuple[TestLine, ...]
    assumptions: tuple[str, ...]
    own: str
