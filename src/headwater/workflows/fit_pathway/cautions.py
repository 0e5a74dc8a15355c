"""What a reader of a fit to records must know before using it."""

from collections.abc import Iterator

from headwater.core.layout import ReturnYear
from headwater.core.local_pathway import LocalPathway
from headwater.core.pathway import PLACEMENTS
from headwater.workflows.fit_pathway.lines import COVERED, HUNDRED, NAMES, cover_lines
from headwater.workflows.fit_pathway.shown import APART, Shown
from headwater.workflows.forecast.own_base import own_shares
from headwater.workflows.forecast.scenario import PLACEMENT_WORDS

FEW = 100
"""Moves below which it is said how few they are."""
FEWEST_YEARS = 3
POINTS = 5.0
"""Points by which shares of placements may part from those published."""


def cautions(shown: Shown, own: LocalPathway) -> Iterator[str]:
    """Yield cautions, the gravest first."""
    if not shown.whole:
        line = [each for each in cover_lines(shown, own) if each.published.value][-1]
        there, said = line.records.value or 0.0, line.published.value or 0.0
        yield (
            f"on {line.day} the returns hold {there:,.0f} children {line.what}, the statistics"
            f" {said:,.0f}: they are not of {shown.place.name}'s children, all of them and no"
            " others. Only rates of leaving and of coming back are fitted; how many enter, and how"
            " many there are, stays as published."
        )
    yield from _apart(shown, own)
    yield from _mixes(shown, own)
    if len(shown.years) < FEWEST_YEARS:
        years = " and ".join(str(ReturnYear(year)) for year in shown.years)
        yield f"Only {years} were read: one year may be unlike the next."
    for each in own.level:
        if each.events < FEW:
            yield (
                f"{NAMES[each.route]}: {each.events} moves, so that its level leans on what"
                " neighbours lead one to expect."
            )


def _apart(shown: Shown, own: LocalPathway) -> Iterator[str]:
    """Yield where children in need or on plans part from those published for the last day."""
    lines = {line.what: line for line in cover_lines(shown, own) if line.published.value}
    for state in (each.state for each in own.stock if each.state != "looked_after"):
        line = lines.get(COVERED[state])
        if line is None:
            continue
        there, said = line.records.value or 0.0, line.published.value or 0.0
        if abs(there / said - 1.0) > APART:
            yield (
                f"on {line.day} the returns hold {there:,.0f} children {line.what}, the statistics"
                f" {said:,.0f}: a forecast starts from the returns."
            )


def _mixes(shown: Shown, own: LocalPathway) -> Iterator[str]:
    """Yield where shares of placements part from those published for the same day."""
    counted = own_shares(own)
    if counted is None:
        return
    for name, share in zip(PLACEMENTS, counted.tolist(), strict=True):
        said = shown.place.value(f"placement_{name}", shown.years[-1])
        if said is not None and abs(HUNDRED * share - said) > POINTS:
            yield (
                f"{PLACEMENT_WORDS[name]}: {HUNDRED * share:.0f}% of those looked after on"
                f" {own.last_day} in the returns, {said:.0f}% in the statistics. A forecast's"
                " spending moves with the mix of placements: find out why before using it."
            )
