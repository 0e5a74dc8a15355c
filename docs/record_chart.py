"""Draw the record's chart as SVG: the mean error of forecasts, no change and a line, by years.

Plain text, so that every machine draws the same.
"""

from collections.abc import Iterator
from html import escape
from operator import attrgetter

from headwater.core.record import Record
from headwater.workflows.forecast.record import NAMES

WIDTH, HEIGHT, TOP, LEFT, RIGHT, BELOW = 360, 260, 56, 44, 92, 34
WAYS = (
    ("error", "forecast", "#0b5394", ""),
    ("no_change.error", "no change", "#b45f06", "6 3"),
    ("line.error", "straight line", "#666666", "2 3"),
)
GROWN = ("grown.error", "outturn grown", "#38761d", "8 2 2 2")
"""Beside spending alone: the last outturn grown as costs had."""
GAP = 13
"""Least distance between two labels."""


def record_chart(record: Record) -> str:
    """Return four panels, two by two: one a measure, each with a scale of its own from nought."""
    lines = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * WIDTH} {2 * HEIGHT}"'
            ' font-family="sans-serif" font-size="12" role="img">'
        ),
        f"<title>Mean error of forecasts from March {record.base} by measure and years</title>",
        f'<rect width="{2 * WIDTH}" height="{2 * HEIGHT}" fill="white"/>',
    ]
    for i, (measure, name) in enumerate(NAMES.items()):
        lines.append(f'<g transform="translate({i % 2 * WIDTH} {i // 2 * HEIGHT})">')
        lines += _panel(record, measure, f"{name[0].upper()}{name[1:]}")
        lines.append("</g>")
    return "\n".join([*lines, "</svg>"]) + "\n"


def _panel(record: Record, measure: str, title: str) -> Iterator[str]:
    scores = [score for score in record.scores if score.measure == measure]
    ways = WAYS if scores[0].grown is None else (*WAYS, GROWN)
    most = max(attrgetter(way)(score) for score in scores for way, *_ in ways)
    step = next(s for s in (0.02, 0.05, 0.1, 0.2, 0.5) if most / s <= 5)
    top = step * (int(most / step) + 1)

    def x(years: int) -> float:
        return LEFT + (years - 1) / (len(scores) - 1) * (WIDTH - LEFT - RIGHT)

    def y(error: float) -> float:
        return TOP + (1.0 - error / top) * (HEIGHT - TOP - BELOW)

    yield f'<text x="{LEFT}" y="22" font-size="14" font-weight="bold">{escape(title)}</text>'
    yield f'<text x="{LEFT}" y="40" fill="#555">mean error, % of what came</text>'
    for i in range(round(top / step) + 1):
        at = y(i * step)
        yield f'<path d="M{LEFT} {at:.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>'
        yield f'<text x="{LEFT - 6}" y="{at + 4:.1f}" text-anchor="end">{100 * i * step:.0f}</text>'
    for score in scores:
        words = f"{score.years} year" + ("s" if score.years > 1 else "")
        yield (
            f'<text x="{x(score.years):.1f}" y="{HEIGHT - 12}" text-anchor="middle">{words}</text>'
        )
    below = 0.0
    for way, name, colour, dashes in sorted(ways, key=lambda w: -attrgetter(w[0])(scores[-1])):
        points = [(x(score.years), y(attrgetter(way)(score))) for score in scores]
        path = "L".join(f"{at:.1f} {up:.1f}" for at, up in points)
        yield (
            f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"'
            f' stroke-dasharray="{dashes}"/>'
        )
        below = max(points[-1][1] + 4, below + GAP)
        yield f'<text x="{points[-1][0] + 8:.1f}" y="{below:.1f}" fill="{colour}">{name}</text>'
