"""The published rules of the returns: nothing is lost on the way into the catalogue."""

import pytest

from headwater.catalogue.returns import layout, rules
from headwater.core.return_rule import MOVES

RETURNS = ("ssda903", "cin")


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("ssda903", {2023: 293, 2024: 19, 2025: 8, 2026: 13, 2027: 11}),
        ("cin", {2023: 105, 2025: 4, 2027: 12}),
    ],
)
def test_no_rule_is_lost(name, listed):
    firsts = [rule.first for rule in rules(name)]
    assert {year: firsts.count(year) for year in set(firsts)} == listed
    assert len({rule.number for rule in rules(name)}) == len(firsts)


@pytest.mark.parametrize("name", RETURNS)
def test_every_rule_says_what_it_looks_at_and_what_it_moves(name):
    for rule in rules(name):
        assert rule.fields, rule.number
        assert rule.tables, rule.number
        assert rule.moves in MOVES
        assert bool(rule.title) == (rule.moves != "not known"), rule.number


@pytest.mark.parametrize("name", RETURNS)
def test_titles_are_one_short_sentence_of_their_own(name):
    titles = [rule.title for rule in rules(name) if rule.title]
    for title in titles:
        assert title.endswith(".")
        assert len(title) <= 120, title
    repeated = {title for title in titles if titles.count(title) > 1}
    assert repeated == (
        {"A social worker ended before 31 March and none followed."} if name == "ssda903" else set()
    )


def test_rules_without_a_meaning_are_counted():
    unknown = [rule.number for name in RETURNS for rule in rules(name) if not rule.title]
    assert unknown == ["SW01bSTG1", "SW10aSTG2"]


def test_tables_and_fields_are_those_of_the_layout():
    held = layout("ssda903")
    columns = {column for table in held.tables.values() for column in table.columns}
    derived = {"PL_LA", "PL_DISTANCE", "PL_LOCATION", "UASC"}
    for rule in rules("ssda903"):
        plain = {table.removesuffix(" of last year") for table in rule.tables}
        assert plain <= {*held.tables, "providers"}, rule.number
        assert set(rule.fields) <= columns | derived, rule.number


def test_queries_are_known_by_their_letter():
    for rule in rules("cin"):
        assert (rule.level == "query") == rule.number.endswith("Q"), rule.number


def test_a_dropped_rule_holds_no_longer():
    freeing = next(rule for rule in rules("ssda903") if rule.number == "445")
    assert freeing.holds_in(2024)
    assert not freeing.holds_in(2025)
