"""Draw a table of account in a page: every amount with its exact value beside the sign."""

from functools import partial
from typing import Any

from markupsafe import Markup, escape

from headwater.core.cash import Cash
from headwater.reporting.account import Account, Cell, Link, Parts
from headwater.reporting.page import environment

AMOUNT = Markup('<data class="cash" value="{}">{}</data>')
PART = Markup('<span class="part">{} {}</span>')
LINK = Markup('<a href="#{}">{}</a>')


def cell_html(cell: Cell) -> Markup:
    """Return a cell: an amount with its value, a link, or words."""
    if isinstance(cell, Cash):
        return AMOUNT.format(cell.plain, str(cell))
    if isinstance(cell, Link):
        return LINK.format(cell.to, cell.words)
    if isinstance(cell, Parts):
        each = (PART.format(whose, cell_html(part)) for whose, part in cell.parts)
        return Markup("<br>").join(each)
    return escape(cell)


def account_html(account: Account) -> Markup:
    """Return a table, or a sentence where it has no rows."""
    shown: list[Any] = [
        (account.anchors[i] if i < len(account.anchors) else "", [cell_html(c) for c in row])
        for i, row in enumerate(account.rows[: account.most])
    ]
    drawn = (
        environment()
        .get_template("account.html")
        .render(
            account=account,
            rows=shown,
            total=[cell_html(cell) for cell in account.total],
            numeric=set(account.amounts),
            number=partial("{:,}".format),
        )
    )
    return Markup(drawn)  # noqa: S704 - rendered by the templates, which escape
