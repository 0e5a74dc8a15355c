"""Layouts of the returns: nothing is lost on the way into the catalogue."""

import pytest

from headwater.catalogue.returns import layout
from headwater.core.layout import FIRST_YEAR, LAST_YEAR


@pytest.mark.parametrize(
    ("name", "tables", "columns"),
    [("ssda903", 12, 78), ("cin", 11, 74), ("annex_a", 11, 169), ("ssd", 48, 359)],
)
def test_no_table_and_no_column_is_lost(name, tables, columns):
    held = layout(name).tables.values()
    assert len(held) == tables
    assert sum(len(table.columns) for table in held) == columns


@pytest.mark.parametrize("name", ["ssda903", "cin", "annex_a", "ssd"])
def test_years_and_codes_are_sound(name):
    for table in layout(name).tables.values():
        for column in table.columns.values():
            assert FIRST_YEAR <= column.first <= column.last <= LAST_YEAR
            assert bool(column.codes) or column.kind != "code"
            for code in column.codes.values():
                assert code.first <= code.last


def test_the_census_changes_with_its_years():
    child, case = (layout("cin").tables[name] for name in ("child", "cin_details"))
    assert [column.name for column in child.in_year(2024)][6] == "GenderCurrent"
    assert [column.name for column in child.in_year(2025)][6] == "Sex"
    assert "RC9" not in case.columns["ReasonForClosure"].allows(2022)
    assert "RC9" in case.columns["ReasonForClosure"].allows(2023)
    factors = layout("cin").tables["assessment_factors"].columns["AssessmentFactors"]
    assert "24A" in factors.allows(2022) - factors.allows(2021)
    assert "pre_proceedings" not in {table.name for table in layout("cin").in_year(2026)}
    assert "pre_proceedings" in {table.name for table in layout("cin").in_year(2027)}
