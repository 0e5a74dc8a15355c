"""The templates of the reports: escaping always on, a misspelt name fails."""

from functools import cache

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from headwater.reporting.figure_html import quoted


@cache
def environment(package: str = "headwater.reporting") -> Environment:
    """Return the environment that renders a report.

    Parameters
    ----------
    package
        Where the report's own templates are; those that all reports share are found beside it.
    """
    held = Environment(
        loader=ChoiceLoader([PackageLoader(package), PackageLoader("headwater.reporting")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    held.filters["quoted"] = quoted
    return held
