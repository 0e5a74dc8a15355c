"""Layouts of statutory returns: tables, columns and codes of every year; and their rules."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from headwater.catalogue.files import read_json
from headwater.core.layout import LAST_YEAR, Code, Column, Layout, TableLayout
from headwater.core.return_rule import Rule

FORMS = ("ssda903", "cin", "annex_a", "ssd")


@cache
def layout(name: str) -> Layout:
    """Return the layout of a return, one of `FORMS`."""
    held = read_json(f"returns/{name}.json")
    return Layout(
        name=held["name"],
        title=held["title"],
        key=held["key"],
        tables={each["name"]: _table(each) for each in held["tables"]},
        sources=tuple(held["sources"]),
    )


@cache
def rules(name: str) -> tuple[Rule, ...]:
    """Return the published rules of a return, in order of number: of "ssda903" or "cin"."""
    return tuple(
        Rule(**each | {"fields": tuple(each["fields"]), "tables": tuple(each["tables"])})
        for each in read_json(f"returns/{name}_rules.json")["rules"]
    )


def _table(held: Mapping[str, Any]) -> TableLayout:
    columns = {each["name"]: _column(each) for each in held["columns"]}
    return TableLayout(held["name"], held["title"], columns, held["first"], held["once"])


def _column(held: Mapping[str, Any]) -> Column:
    codes = {code: Code(code, *rest) for code, *rest in held.get("codes", ())}
    return Column(
        name=held["name"],
        kind=held["kind"],
        needed=held["needed"],
        first=held["first"],
        codes=codes,
        least=held.get("least"),
        most=held.get("most"),
        last=held.get("last", LAST_YEAR),
        also=tuple(held.get("also", ())),
    )
