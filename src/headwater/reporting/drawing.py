"""Draw an Altair chart as an inline SVG: for wide pages and for phones, with a text alternative.

No browser and no font of our own: Vega is run by vl-convert, and text is set in the reader's
sans-serif. Importing Altair is slow: only what draws imports `charts`.
"""

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any

import vl_convert
from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Callable

    import altair as alt

WIDE, NARROW = 660, 330
INK, MUTED, RULE = "#1b2733", "#55606b", "#d5dade"
BLUE, ORANGE, PALE, GREY = "#12436d", "#c8500a", "#8fb4d3", "#8a949d"
FONT = "Helvetica Neue, Helvetica, Arial, sans-serif"

CONFIG: dict[str, Any] = {
    "font": FONT,
    "background": "transparent",
    "view": {"stroke": None},
    "axis": {
        "labelColor": MUTED,
        "titleColor": MUTED,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "gridColor": RULE,
        "domainColor": MUTED,
        "tickColor": MUTED,
        "labelLimit": 400,
    },
    "text": {"fontSize": 12, "color": INK},
    "padding": 2,
}
"""The look of every chart."""

_ID = re.compile(r'(\bid="|url\(#|href="#)([A-Za-z_][\w-]*)')
_ARIA = re.compile(r' (?:aria-[a-z]+|role)="[^"]*"')


def picture(id: str, make: "Callable[[int], alt.TopLevelMixin]", title: str, text: str) -> Markup:  # noqa: A002
    """Return a chart as two SVG drawings, of which a page shows the one that fits.

    Parameters
    ----------
    make
        Makes the chart for a width in pixels.
    title, text
        The text alternative: what the chart is, and what it says.
    """
    return Markup("").join(
        _svg(f"{id}-{name}", name, make(width), title, text)
        for name, width in (("wide", WIDE), ("narrow", NARROW))
    )


def _svg(id: str, name: str, chart: "alt.TopLevelMixin", title: str, text: str) -> Markup:  # noqa: A002
    spec = chart.to_dict(validate=False)
    spec["config"] = CONFIG
    drawn = drawing(json.dumps(spec))
    head, _, inside = drawn.partition(">")
    size = re.search(r'viewBox="[^"]*"', head)
    inside = _ID.sub(rf"\g<1>{id}-\g<2>", _ARIA.sub("", inside))
    start = Markup(
        '<svg class="{}" role="img" aria-labelledby="{}-title {}-desc" {}>'
        '<title id="{}-title">{}</title><desc id="{}-desc">{}</desc>'
    ).format(name, id, id, Markup(size[0] if size else ""), id, title, id, text)  # noqa: S704
    return start + Markup(inside)  # noqa: S704 - drawn from our own specification, text escaped there


@cache
def drawing(spec: str) -> str:
    """Run Vega on a chart's specification."""
    svg: str = vl_convert.vegalite_to_svg(spec)
    return svg
