"""The templates of the reports: escaping always on, a misspelt name fails."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from headwater.reporting.figure_html import quoted


@cache
def environment() -> Environment:
    """Return the environment that renders every report."""
    held = Environment(
        loader=PackageLoader("headwater.reporting"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    held.filters["quoted"] = quoted
    return held
