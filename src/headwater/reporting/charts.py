"""The charts of a business case: plain rows in, an Altair chart of a given width out.

Each reads without colour: arms differ by dash and label, ends of a bar by open and filled dots.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from headwater.reporting.drawing import BLUE, INK, MUTED, NARROW, ORANGE, PALE

Rows = Sequence[Mapping[str, Any]]
Layers = alt.LayerChart | alt.FacetChart
USUAL, HELPED = "without", "with the programme"
POUNDS = (
    "(datum.value < 0 ? '\N{MINUS SIGN}' : '') + '£' + (abs(datum.value) >= 1e9 ?"
    " format(abs(datum.value) / 1e9, '.3~f') + 'bn' : abs(datum.value) >= 1e6 ?"
    " format(abs(datum.value) / 1e6, '.3~f') + 'm' : abs(datum.value) >= 1e3 ?"
    " format(abs(datum.value) / 1e3, ',.0f') + 'k' : format(abs(datum.value), ',.0f'))"
)


def course(rows: Rows, width: int) -> Layers:
    """Draw children over time in each arm, with the span of the draws.

    Parameters
    ----------
    rows
        One a month and arm: month, arm, value, low, high.
    """
    last = max(row["month"] for row in rows)
    plot = plotted(rows)
    month = alt.X(
        "month:Q",
        title="months since the start",
        axis=alt.Axis(values=list(range(0, last + 1, 12)), grid=False),
        scale=alt.Scale(domain=[0, last]),
    )
    colour = alt.Color(
        "arm:N", scale=alt.Scale(domain=[USUAL, HELPED], range=[MUTED, BLUE]), legend=None
    )
    count = alt.Y("value:Q", title=None, axis=alt.Axis(tickCount=5))
    dash = alt.StrokeDash(
        "arm:N", scale=alt.Scale(domain=[USUAL, HELPED], range=[[6, 4], [1, 0]]), legend=None
    )
    band = plot.mark_area(opacity=0.16).encode(
        x=month, y=alt.Y("low:Q", title=None), y2="high:Q", color=colour
    )
    line = plot.mark_line(strokeWidth=2.6).encode(x=month, y=count, color=colour, strokeDash=dash)
    at = 12 * round(last / 24) or last
    usual, helped = (
        plotted([row for row in rows if row["arm"] == arm and row["month"] == at])
        for arm in (USUAL, HELPED)
    )
    bold: dict[str, Any] = {"fontWeight": "bold", "fontSize": 13}
    # Both fall from here on: clear of the bands above to the right, and below to the left.
    above = usual.mark_text(align="left", dx=6, dy=-8, **bold)
    below = helped.mark_text(align="right", dx=-2, dy=16, **bold)
    labels = [
        text.encode(x=month, y=alt.Y(edge, title=None), text="arm:N", color=colour)
        for text, edge in ((above, "high:Q"), (below, "low:Q"))
    ]
    return alt.layer(band, line, *labels).properties(
        width=width, height=250 if width > NARROW else 220, autosize=fitting()
    )


def years(rows: Rows, width: int) -> Layers:
    """Draw each year's delivery downward, savings upward, and what is left as a dot.

    Parameters
    ----------
    rows
        One a year: year, delivery (positive), saved, net; delivery and net may be None.
    """
    bars = [
        {"year": r["year"], "what": what, "value": sign * r[key]}
        for r in rows
        for what, key, sign in (("saved", "saved", 1), ("delivery", "delivery", -1))
        if r[key] is not None
    ]
    order = [r["year"] for r in rows]
    across = alt.X("year:N", sort=order, title="year", axis=alt.Axis(labelAngle=0, ticks=False))
    up = alt.Y("value:Q", title=None, axis=alt.Axis(labelExpr=POUNDS, tickCount=5))
    colour = alt.Color(
        "what:N",
        title=None,
        scale=alt.Scale(domain=["saved", "delivery", "net"], range=[PALE, ORANGE, INK]),
        legend=alt.Legend(orient="top", labelFontSize=12, symbolType="square"),
    )
    bar = (
        plotted(bars)
        .mark_bar(width=26 if width > NARROW else 18)
        .encode(x=across, y=up, color=colour)
    )
    net = [
        {"year": r["year"], "value": r["net"], "what": "net"} for r in rows if r["net"] is not None
    ]
    dots = (
        plotted(net)
        .mark_point(filled=True, size=70, shape="diamond", opacity=1)
        .encode(x=across, y=up, color=colour)
    )
    nought = plotted([{"at": 0}]).mark_rule(color=INK).encode(y="at:Q")
    layers = (bar, nought, dots) if net else (bar, nought)
    return alt.layer(*layers).properties(width=width, height=230, autosize=fitting())


def effects(rows: Rows, lines: Rows, width: int) -> Layers:
    """Draw published effects as dots with intervals on a log scale, beside the effects needed.

    Parameters
    ----------
    rows
        One an effect: name, value, low, high.
    lines
        Upright lines: at, label.
    """
    ends = [*(r["low"] for r in rows), *(r["high"] for r in rows), *(r["at"] for r in lines), 1.0]
    low, high = min(ends) / 1.1, max(ends) * 1.1
    ticks = [t for t in (0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 5, 8) if low <= t <= high]
    if width <= NARROW:
        ticks = [t for t in ticks if t not in (0.3, 0.7, 1.5)]
    across = alt.X(
        "value:Q",
        scale=alt.Scale(type="log", domain=[low, high], nice=False),
        title="hazard ratio, log scale; 1 is no effect"
        if width > NARROW
        else "hazard ratio, log scale",
        axis=alt.Axis(values=ticks, format="~g", grid=True),
    )
    down = alt.Y(
        "name:N",
        sort=[r["name"] for r in rows],
        title=None,
        axis=alt.Axis(
            ticks=False,
            domain=False,
            labelColor=INK,
            labelLimit=150 if width <= NARROW else 330,
            labelExpr="split(datum.label, '\\n')",
            labelFontSize=11 if width <= NARROW else 12,
            labelLineHeight=14,
        ),
    )
    data = plotted(rows)
    bar = data.mark_rule(strokeWidth=2.4, color=BLUE).encode(y=down, x=alt.X("low:Q"), x2="high:Q")
    dot = data.mark_point(filled=True, size=90, color=BLUE, opacity=1).encode(y=down, x=across)
    drawn = alt.layer(*_uprights(lines), bar, dot)
    return drawn.properties(width=width, height=44 * len(rows) + 70, autosize=fitting())


def _uprights(lines: Rows) -> list[alt.Chart]:
    """Draw upright lines, each with its label above, at its own height."""
    parts: list[alt.Chart] = []
    for i, row in enumerate(lines):
        data = plotted([dict(row)])
        colour = row.get("colour", ORANGE)
        parts.append(
            data.mark_rule(
                color=colour, strokeWidth=1.8, strokeDash=row.get("dash", [1, 0])
            ).encode(x=alt.X("at:Q"))
        )
        parts.append(
            data.mark_text(
                align=row.get("align", "left"),
                dx=-5 if row.get("align") == "right" else 5,
                baseline="top",
                color=colour,
                fontWeight="bold",
                y=-15 * (len(lines) - i),
            ).encode(x=alt.X("at:Q"), text="label:N")
        )
    return parts


def swings(rows: Rows, width: int) -> Layers:
    """Draw the result at both ends of each input: an open dot for the low end, full for the high.

    Parameters
    ----------
    rows
        One an input, widest first: name, low, high (the results at its low and high end).
    """
    ends = [
        {"name": r["name"], "end": end, "value": r[key]}
        for r in rows
        for end, key in (("input low", "low"), ("input high", "high"))
    ]
    down = alt.Y(
        "name:N",
        sort=[r["name"] for r in rows],
        title=None,
        axis=alt.Axis(
            ticks=False,
            domain=False,
            labelColor=INK,
            grid=False,
            labelLimit=150 if width <= NARROW else 330,
            labelExpr="split(datum.label, '\\n')"
            if width <= NARROW
            else "replace(datum.label, '\\n', ' ')",
            labelFontSize=11 if width <= NARROW else 12,
            labelLineHeight=13,
        ),
    )
    money = alt.Axis(labelExpr=POUNDS, tickCount=5 if width > NARROW else 3)
    across = alt.X("value:Q", title=None, scale=alt.Scale(zero=False), axis=money)
    bar = (
        plotted(rows)
        .mark_rule(strokeWidth=7, color=PALE)
        .encode(y=down, x=alt.X("low:Q", title=None, axis=money), x2="high:Q")
    )
    dot = (
        plotted(ends)
        .mark_point(size=75, opacity=1, strokeWidth=2, stroke=BLUE)
        .encode(
            y=down,
            x=across,
            fill=alt.Fill(
                "end:N",
                title=None,
                scale=alt.Scale(domain=["input low", "input high"], range=["white", BLUE]),
                legend=alt.Legend(
                    orient="top", labelFontSize=12, symbolStrokeColor=BLUE, symbolStrokeWidth=2
                ),
            ),
        )
    )
    return alt.layer(bar, dot).properties(
        width=width, height=(26 if width > NARROW else 32) * len(rows) + 60, autosize=fitting()
    )


def needed(rows: Rows, width: int) -> Layers:
    """Draw the effect a promise needs against the risk without the programme.

    Parameters
    ----------
    rows
        One a risk and reading of the promise: risk, when, ratio; only where some ratio is enough.
    """
    order = list(dict.fromkeys(row["when"] for row in rows))
    across = alt.X(
        "risk:Q",
        title="risk without the programme",
        scale=alt.Scale(domain=[0, max(r["risk"] for r in rows) + 5]),
        axis=alt.Axis(grid=False, labelExpr="datum.value + '%'", tickCount=6),
    )
    up = alt.Y("ratio:Q", title=None, scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(tickCount=5))
    colour = alt.Color("when:N", scale=alt.Scale(domain=order, range=[BLUE, ORANGE]), legend=None)
    data = plotted(rows)
    line = data.mark_line(strokeWidth=2.6).encode(
        x=across,
        y=up,
        color=colour,
        strokeDash=alt.StrokeDash(
            "when:N", scale=alt.Scale(domain=order, range=[[1, 0], [6, 4]]), legend=None
        ),
    )
    dots = data.mark_point(filled=True, size=40, opacity=1).encode(x=across, y=up, color=colour)
    lasts = [[r for r in rows if r["when"] == when][-1] for when in order]
    labels = [
        plotted([last])
        .mark_text(align="right", dy=-18 if i == 0 else 24, fontWeight="bold")
        .encode(x=across, y=up, text="when:N", color=colour)
        for i, last in enumerate(lasts)
    ]
    none = plotted([{"ratio": 1.0, "words": "no effect", "risk": 0}])
    rule = none.mark_rule(color=MUTED, strokeDash=[2, 3]).encode(y=up)
    word = none.mark_text(align="left", dy=-7, dx=4, color=MUTED).encode(
        x=across, y=up, text="words:N"
    )
    layers = [rule, word, line, dots, *labels]
    return alt.layer(*layers).properties(
        width=width, height=300 if width > NARROW else 260, autosize=fitting()
    )


def plotted(rows: Rows) -> alt.Chart:
    """Return an empty chart of rows."""
    return alt.Chart(alt.Data(values=list(rows)))  # type: ignore[no-untyped-call]


def fitting() -> alt.AutoSizeParams:
    """Return what keeps a drawing, its labels and its axes within its width."""
    return alt.AutoSizeParams(type="fit", contains="padding")
