"""Payment rules of an `[odds]` table, read and held against the table; every fault at once."""

from collections.abc import Iterator
from typing import Any

from headwater.core.errors import InputError, Problem
from headwater.core.model import Frozen
from headwater.core.odds import COMPARATORS, SCALE, Odds, impossible, odds_faults, reached
from headwater.evaluation.rule import Rule
from headwater.evaluation.rules import RULES, RuleList
from headwater.workflows.written import Loc, Said, check_model

KINDS = frozenset(RULES) | COMPARATORS
"""Names of kinds of tables, which stand in the place of a fault and not in the file."""


class _OddsFile(Frozen):
    odds: Odds


class _RulesFile(Frozen):
    odds: RuleList


def read_table(entry: dict[str, Any], place: str, text: str) -> tuple[Odds, tuple[Rule, ...]]:
    """Return a file that holds `[odds]` and nothing else.

    Parameters
    ----------
    entry, place, text
        Plain values, name and text of the file.

    Raises
    ------
    InputError
        With every fault of the table and its rules.
    """
    problems: list[Problem] = []
    rules: tuple[Rule, ...] = ()
    odds = None
    try:
        odds = check_model(_OddsFile, entry, place, text, kinds=KINDS, then=_table_faults).odds
    except InputError as error:
        problems += error.problems
    try:
        rules = read_rules(entry["odds"], odds, place, text)
    except InputError as error:
        problems += [problem for problem in error.problems if problem not in problems]
    if problems or odds is None:
        raise InputError(problems)
    return odds, rules


def read_rules(table: dict[str, Any], odds: Odds | None, place: str, text: str) -> tuple[Rule, ...]:
    """Return the payment rules of a table.

    Parameters
    ----------
    table, odds
        The table's plain values, and as a model where it is well.

    Raises
    ------
    InputError
        With every fault of the rules, by themselves, among themselves, and beside the table.
    """
    read = check_model(
        _RulesFile,
        {"odds": {"rule": table.get("rule", ())}},
        place,
        text,
        kinds=KINDS,
        then=lambda file: _rule_faults(file.odds.rule, odds),
    )
    return read.odds.rule


def _table_faults(file: _OddsFile) -> Iterator[tuple[Loc, Said]]:
    for loc, said in odds_faults(file.odds):
        yield ("odds", *loc), said
    if not file.odds.rule:
        remedy = 'Add [[odds.rule]] with kind = "point_threshold" or another kind.'
        yield ("odds", "rule"), ("is missing: how would be paid?", remedy)


def _rule_faults(rules: tuple[Rule, ...], odds: Odds | None) -> Iterator[tuple[Loc, Said]]:
    """Yield what is wrong in rules among themselves and with the table they stand in."""
    titles = [rule.title for rule in rules]
    for i, rule in enumerate(rules):
        if rule.title in titles[:i]:
            said = (f"a second rule is called '{rule.title}'.", "Give each a name of its own.")
            yield ("odds", "rule", i, "name"), said
        if odds is not None:
            for field, what, remedy in (*rule.faults(odds), *_never(rule, odds)):
                yield ("odds", "rule", i, field), (what, remedy)


def _never(rule: Rule, odds: Odds) -> Iterator[tuple[str, str, str]]:
    """Yield a line that no result can reach."""
    if rule.edge is not None and impossible(odds, rule.edge):
        rate = reached(odds, rule.edge)
        base = odds.baseline.value
        what = f"{rule.edge:g} is never reached: {base:g} made better by that is {rate:g}."
        yield "threshold" if hasattr(rule, "threshold") else "band", what, SCALE
