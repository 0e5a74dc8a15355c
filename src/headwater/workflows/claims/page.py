"""Every claim with what the records say of its child, as a page to review."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from headwater import __version__
from headwater.reporting.page import environment
from headwater.workflows.claims.result import ClaimLine, MadeClaims, TimeLine

LEFT, WIDE, HIGH = 130.0, 470.0, 18.0
"""Where the picture's days begin, how wide they are, and the height of a line; in its own units."""
MARGIN = 30
"""Days shown on either side of a claim."""
ORDER = ("looked after", "plan", "need", "pre-proceedings", "early help", "missing")


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of the records in the picture."""

    state: str
    first_day: str
    until: str
    x: str
    y: str
    width: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One claim as the page shows it: by its row and the number of its child, never by a key."""

    row: int
    child: int
    metric: str
    units: str
    first_day: str
    last_day: str
    verdict: str
    why: str
    lines: tuple[TimeLine, ...]
    from_day: str
    to_day: str
    window: tuple[str, str]
    names: tuple[tuple[str, float], ...]
    bars: tuple[Bar, ...]
    height: float


def timelines_html(made: MadeClaims) -> str:
    """Return a page with every claim, the rows it rests on and a picture of them.

    No key, name, birth or postcode stands in it: a child is a number, a claim its row in the file.
    """
    numbers = {who: i for i, who in enumerate(dict.fromkeys(c.who for c in made.claims), start=1)}
    shown = [_shown(claim, i, numbers[claim.who]) for i, claim in enumerate(made.claims, start=2)]
    page = environment("headwater.workflows.claims").get_template("timelines.html")
    return page.render(
        made=made,
        shown=shown,
        children=len(numbers),
        title=made.name,
        kind="claims and their rows",
        version=__version__,
    )


def _shown(claim: ClaimLine, row: int, child: int) -> Shown:
    first, last = date.fromisoformat(claim.first_day), date.fromisoformat(claim.last_day)
    low, high = first - timedelta(MARGIN), last + timedelta(1 + MARGIN)
    states = [state for state in ORDER if any(line.state == state for line in claim.timeline)]
    at = {state: HIGH * i for i, state in enumerate(states)}
    return Shown(
        row=row,
        child=child,
        metric=claim.metric,
        units=f"{claim.units.value:g} × {claim.units.unit}",
        first_day=claim.first_day,
        last_day=claim.last_day,
        verdict=claim.verdict,
        why=claim.why,
        lines=claim.timeline,
        from_day=str(low),
        to_day=str(high - timedelta(1)),
        window=_across(first, last + timedelta(1), low, high),
        names=tuple(at.items()),
        bars=tuple(_bars(claim.timeline, at, low, high)),
        height=HIGH * (len(states) + 1) + 4,
    )


def _bars(
    lines: tuple[TimeLine, ...], at: dict[str, float], low: date, high: date
) -> Iterator[Bar]:
    for line in lines:
        begin = max(date.fromisoformat(line.first_day), low)
        end = min(date.fromisoformat(line.until), high) if line.until else high
        if begin < end:
            x, width = _across(begin, end, low, high)
            y = f"{at[line.state] + 2:g}"
            yield Bar(line.state, line.first_day, line.until, x, y, width)


def _across(begin: date, end: date, low: date, high: date) -> tuple[str, str]:
    """Return where days begin in the picture, and how wide they are."""
    each = WIDE / (high - low).days
    return f"{LEFT + each * (begin - low).days:.1f}", f"{each * (end - begin).days:.1f}"
