"""Every form of return that is read, and the names of their tables, none of them twice."""

from collections.abc import Mapping

import headwater.catalogue.returns as catalogue
from headwater.core.layout import TableLayout
from headwater.readers.returns import (
    annex_a_records,
    cin_records,
    plain_records,
    ssd_records,
    ssda903_records,
)
from headwater.readers.returns.record_form import Form

FORMS: Mapping[str, Form] = {
    each.name: each
    for each in (
        ssda903_records.FORM,
        cin_records.FORM,
        annex_a_records.FORM,
        ssd_records.FORM,
        plain_records.FORM,
    )
}
CENSUS = "census"
"""The header of the children in need census: SSDA903 has a table of that name too."""
BY_YEAR = ("ssda903", "cin")
"""Forms of a year of return; the others are extracts, of the time that their dates are of."""


def name_of(form: str, table: str) -> str:
    """Return the name that a table has among those of every form."""
    return CENSUS if (form, table) == ("cin", "header") else table


def layout_of(form: str, table: str) -> TableLayout:
    """Return the layout of a table."""
    return layouts(form)[table]


def layouts(form: str) -> Mapping[str, TableLayout]:
    """Return the layouts of a form's tables."""
    return plain_records.LAYOUT.tables if form == plain_records.NAME else _of(form)


def _of(form: str) -> Mapping[str, TableLayout]:
    return catalogue.layout(form).tables


def title_of(form: str) -> str:
    """Return what a form is called."""
    held = plain_records.LAYOUT if form == plain_records.NAME else catalogue.layout(form)
    return held.title


def key_of(form: str, table: str) -> str:
    """Return the column that names the child; "" where a table names none."""
    columns = layouts(form)[table].columns
    key = plain_records.KEY if form == plain_records.NAME else catalogue.layout(form).key
    return next((name for name in columns if name == key or name.endswith(f"_{key}")), "")
