"""The model beside published figures, as a table of a report and a workbook."""

from collections.abc import Sequence

from headwater.reporting.table import Table
from headwater.workflows.checks.rows import CheckRow


def checks_table(rows: Sequence[CheckRow]) -> Table:
    """Return the checks, in their order, each with the reason why the pair parts."""
    return Table(
        "checks",
        "The model beside published figures",
        ("figure", "published", "modelled", "like for like", "fitted?", "why they part"),
        tuple(
            (
                row.name,
                row.published,
                row.modelled,
                row.like_for_like or "",
                row.fitted,
                row.reason,
            )
            for row in rows
        ),
        note=(
            "Like for like: the published figure as nearly as it can be had of the children and"
            " spending that the model holds."
        ),
    )
