"""The charts of a forecast and of the record of forecasts: plain rows in, an Altair chart out.

Each reads without colour: lines are labelled where they end, forecasts and what they are held
against differ by shape.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from headwater.reporting.charts import POUNDS, Layers, Rows, fitting, plotted
from headwater.reporting.drawing import BLUE, INK, MUTED, NARROW, ORANGE, PALE

BOLD: dict[str, Any] = {"fontWeight": "bold", "fontSize": 13}
ENDS = ((min, "low"), (max, "high"))
SHAPES = {"forecast": "circle", "no change": "diamond", "line": "cross", "grown": "triangle-up"}
"""What is held against what came, and the mark it has."""
SIZES = {"line": 75, "no change": 150, "grown": 110, "forecast": 45}
"""How large each is drawn, in the order of drawing: none hides what it falls upon."""
ROOM = 1.07
"""The height of a fan against its highest point, which would else touch the frame."""
LETTER, AXIS = 5.6, 60
"""Pixels of a letter beside the end of a fan, and of the numbers beside the axis."""


def fan(  # noqa: PLR0913 - what is drawn, by name
    past: Rows,
    ahead: Rows,
    end: Sequence[str],
    width: int,
    *,
    at: float,
    other: Rows = (),
    pounds: bool = False,
) -> Layers:
    """Draw what was published as dots and a line, then the middle of the draws and their span.

    Parameters
    ----------
    past, ahead
        By time in years (2025 is 31 March 2025): time, value; `ahead` with low and high.
    end
        Lines of words beside the end of the fan, the first bold.
    at
        Time from which the forecast is made.
    other
        The middle of the draws in a scenario, by time, drawn as a dashed line.
    """
    wide = width > NARROW
    times = [row["time"] for row in (*past, *ahead)]
    first, last = min(times), max(times)
    beside = LETTER * max(map(len, end)) + 8
    room = (last - first) * beside / (width - AXIS - beside)
    years = range(int(-(-first // 1)), int(last) + 1)
    step = (1 if len(years) < 18 else 2) if wide else (2 if len(years) < 9 else 4)
    across = alt.X(
        "time:Q",
        title="31 March of the year",
        scale=alt.Scale(domain=[first, last + room], nice=False),
        axis=alt.Axis(
            values=[y for y in years if (y - at) % step == 0],
            format="d",
            grid=False,
            labelOverlap=False,
            labelFlush=False,
        ),
    )
    axis = alt.Axis(tickCount=5, labelExpr=POUNDS) if pounds else alt.Axis(tickCount=5)
    most = max(
        row[end] for row in (*past, *ahead, *other) for end in ("value", "high") if end in row
    )
    scale = alt.Scale(domain=[0, ROOM * most or 1.0], nice=False)
    up = alt.Y("value:Q", title=None, axis=axis, scale=scale)
    band = plotted(ahead).mark_area(opacity=0.2, color=BLUE)
    edges = (
        plotted(ahead).mark_line(strokeWidth=0.8, color=BLUE).encode(x=across, y=f"{edge}:Q")
        for edge in ("low", "high")
    )
    ending = plotted([{**ahead[-1], "words": words} for words in end[:1]])
    layers = [
        band.encode(x=across, y=alt.Y("low:Q", title=None, axis=axis, scale=scale), y2="high:Q"),
        *edges,
        plotted(ahead).mark_line(strokeWidth=2.6, color=BLUE).encode(x=across, y=up),
        *_published(past, across, up),
        *_parted(at, across),
        *_other(other, across, up),
        ending.mark_text(align="left", dx=6, dy=-8, color=BLUE, **BOLD).encode(
            x=across, y=up, text="words:N"
        ),
    ]
    for i, words in enumerate(end[1:]):
        label = plotted([{**ahead[-1], "words": words}])
        mark = label.mark_text(align="left", dx=6, dy=7 + 14 * i, color=MUTED, fontSize=11)
        layers.append(mark.encode(x=across, y=up, text="words:N"))
    return alt.layer(*layers).properties(
        width=width, height=250 if wide else 220, autosize=fitting()
    )


def _published(past: Rows, across: alt.X, up: alt.Y) -> list[alt.Chart]:
    if not past:
        return []
    line = plotted(past).mark_line(strokeWidth=1.6, color=INK).encode(x=across, y=up)
    dots = plotted(past).mark_point(filled=True, size=34, color=INK, opacity=1)
    return [line, dots.encode(x=across, y=up)]


def _other(rows: Rows, across: alt.X, up: alt.Y) -> list[alt.Chart]:
    """Draw a scenario's middle, named below it, clear of its end."""
    if not rows:
        return []
    middle = [{**rows[-2 if len(rows) > 2 else -1], "words": "scenario"}]
    style: dict[str, Any] = {"color": ORANGE, "strokeWidth": 2.4, "strokeDash": [5, 3]}
    line = plotted(rows).mark_line(**style).encode(x=across, y=up)
    name = plotted(middle).mark_text(color=ORANGE, align="right", baseline="top", dy=8, **BOLD)
    return [line, name.encode(x=across, y=up, text="words:N")]


def _parted(at: float, across: alt.X) -> list[alt.Chart]:
    """Draw the upright between what was published and what is forecast, named on both sides."""
    day = plotted([{"time": at, "before": "published", "after": "forecast"}])
    rule = day.mark_rule(color=MUTED, strokeDash=[2, 3]).encode(x=across)
    before = day.mark_text(align="right", dx=-6, baseline="top", y=-16, color=INK, **BOLD)
    after = day.mark_text(align="left", dx=6, baseline="top", y=-16, color=BLUE, **BOLD)
    words = [
        mark.encode(x=across, text=text)
        for mark, text in ((before, "before:N"), (after, "after:N"))
    ]
    return [rule, *words]


def added(rows: Rows, width: int) -> Layers:
    """Draw what each part adds as a bar from nought, with its interval over it.

    Parameters
    ----------
    rows
        One a part: name, value, low, high, in pounds.
    """
    wide = width > NARROW
    down = alt.Y(
        "name:N",
        sort=[row["name"] for row in rows],
        title=None,
        axis=alt.Axis(ticks=False, domain=False, labelColor=INK, labelLimit=150),
    )
    money = alt.Axis(
        labelExpr=POUNDS, tickCount=6 if wide else 3, labelOverlap="greedy", labelSeparation=8
    )
    least, most = (edge(0.0, *(row[end] for row in rows)) for edge, end in ENDS)
    room = 0.05 * (most - least)
    scale = alt.Scale(domain=[least - room, most + room], nice=False)
    across = alt.X("value:Q", title=None, axis=money, scale=scale)
    bar = plotted(rows).mark_bar(color=PALE, height=20).encode(y=down, x=across)
    span = plotted(rows).mark_rule(color=BLUE, strokeWidth=2.4)
    dot = plotted(rows).mark_point(filled=True, size=80, color=BLUE, opacity=1)
    nought = plotted([{"at": 0}]).mark_rule(color=INK).encode(x="at:Q")
    return alt.layer(
        bar,
        nought,
        span.encode(y=down, x=alt.X("low:Q", title=None, axis=money, scale=scale), x2="high:Q"),
        dot.encode(y=down, x=across),
    ).properties(width=width, height=38 * len(rows) + 40, autosize=fitting())


def errors(rows: Rows, width: int) -> Layers:
    """Draw mean errors of the forecast and of what needs no model, a row a measure and horizon.

    Parameters
    ----------
    rows
        One a row and kind: name, kind (of `SHAPES`), value in per cent.
    """
    down, wide = _names(rows, width), width > NARROW
    across = alt.X(
        "value:Q",
        title="mean error, per cent of what came",
        scale=alt.Scale(domain=[0, 1.05 * max(row["value"] for row in rows)], nice=False),
        axis=alt.Axis(tickCount=8 if wide else 4),
    )
    kinds = list(SHAPES)
    shape = alt.Shape(
        "kind:N",
        title=None,
        scale=alt.Scale(domain=kinds, range=list(SHAPES.values())),
        legend=alt.Legend(orient="top", labelFontSize=12),
    )
    inks = alt.Scale(domain=kinds, range=[BLUE, ORANGE, MUTED, INK])
    fills = alt.Scale(domain=kinds, range=[BLUE, "white", "white", "white"])
    marks = [
        plotted([row for row in rows if row["kind"] == kind])
        .mark_point(size=size, strokeWidth=2, opacity=1)
        .encode(
            y=down,
            x=across,
            shape=shape,
            color=alt.Color("kind:N", title=None, scale=inks),
            fill=alt.Fill("kind:N", title=None, scale=fills),
        )
        for kind, size in SIZES.items()
    ]
    return alt.layer(*marks).properties(width=width, height=_height(rows, wide), autosize=fitting())


def held(rows: Rows, width: int, *, promised: float, near: float) -> Layers:
    """Draw how many came in their interval beside how many were to, with a band around it.

    Parameters
    ----------
    rows
        One a measure and horizon: name, value in per cent.
    promised, near
        Per cent that should come in, and how far from it still does.
    """
    down, wide = _names(rows, width), width > NARROW
    values = [row["value"] for row in rows]
    low = min(*values, promised - near) - 5
    high = min(max(*values, promised + near) + 5, 100)
    title, scale = (
        "per cent of places that came in their interval",
        alt.Scale(domain=[low, high], nice=False, zero=False),
    )
    axis = alt.Axis(tickCount=6 if wide else 4)
    across = alt.X("value:Q", title=title, scale=scale, axis=axis)
    ends = alt.X("low:Q", title=title, scale=scale, axis=axis)
    at = alt.X("at:Q", title=title, scale=scale, axis=axis)
    band = plotted([{"low": promised - near, "high": promised + near}])
    upright = plotted([{"at": promised, "words": f"promised: {promised:g}%"}])
    return alt.layer(
        band.mark_rect(color=PALE, opacity=0.35).encode(x=ends, x2="high:Q"),
        upright.mark_rule(color=MUTED, strokeDash=[5, 3]).encode(x=at),
        upright.mark_text(baseline="top", y=-16, color=MUTED, **BOLD).encode(x=at, text="words:N"),
        plotted(rows)
        .mark_point(filled=True, size=85, color=BLUE, opacity=1)
        .encode(y=down, x=across),
    ).properties(width=width, height=_height(rows, wide), autosize=fitting())


def _names(rows: Rows, width: int) -> alt.Y:
    """Return rows by name, in their order; a name's second line stands below it on a phone."""
    narrow = width <= NARROW
    return alt.Y(
        "name:N",
        sort=list(dict.fromkeys(row["name"] for row in rows)),
        title=None,
        axis=alt.Axis(
            ticks=False,
            domain=False,
            grid=True,
            labelColor=INK,
            labelLimit=140 if narrow else 330,
            labelExpr="split(datum.label, '\\n')"
            if narrow
            else "replace(datum.label, '\\n', ', ')",
            labelFontSize=11 if narrow else 12,
            labelLineHeight=13,
        ),
    )


def _height(rows: Sequence[Mapping[str, Any]], wide: bool) -> int:  # noqa: FBT001 - of two
    names = {row["name"] for row in rows}
    return (24 if wide else 34) * len(names) + 70
