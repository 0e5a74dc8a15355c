"""The `[odds]` table of a file, read with its payment rules; every fault at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from headwater.catalogue.files import DATA
from headwater.core.errors import InputError, Problem
from headwater.core.model import Frozen
from headwater.core.odds import Odds, odds_faults
from headwater.evaluation.rule import Rule
from headwater.evaluation.rules import RULES, RuleList
from headwater.workflows.written import Loc, Said, check_model, read_toml

KINDS = frozenset({*RULES, "concurrent", "known", "historic", "difference_in_differences"})
"""Names of kinds of tables, which stand in the place of a fault and not in the file."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A table and its payment rules.

    Parameters
    ----------
    name
        Of the file.
    """

    odds: Odds
    rules: tuple[Rule, ...]
    name: str


class _OddsFile(Frozen):
    odds: Odds


class _RulesFile(Frozen):
    odds: RuleList


def shipped_odds() -> dict[str, Path]:
    """Return the examples that come with Headwater, by name."""
    folder = Path(str(DATA / "odds"))
    return {path.stem: path for path in sorted(folder.glob("*.toml"))}


def read_odds(name: str) -> Asked:
    """Read the `[odds]` table of a file, or of a shipped example; its other tables are ignored.

    Raises
    ------
    InputError
        With every fault of the table, in its order.
    """
    entry, place, text = read_toml(
        name, kind="table of odds", shipped=shipped_odds(), numbers=Decimal
    )
    table = entry.get("odds")
    if not isinstance(table, dict):
        raise InputError(
            Problem(place, "has no [odds] table.", "Add one; see: headwater odds --help")
        )
    return read_table(table, place, text)


def read_table(table: dict[str, Any], place: str, text: str) -> Asked:
    """Return a table's plain values as models.

    Parameters
    ----------
    place, text
        Name and text of the file it stands in.

    Raises
    ------
    InputError
        With every fault of the table.
    """
    problems: list[Problem] = []
    odds = None
    try:
        odds = check_model(
            _OddsFile, {"odds": table}, place, text, kinds=KINDS, then=_odds_faults
        ).odds
    except InputError as error:
        problems += error.problems
    rules = table.get("rule", ())
    try:
        read = check_model(
            _RulesFile,
            {"odds": {"rule": rules}},
            place,
            text,
            kinds=KINDS,
            then=lambda file: _rule_faults(file.odds.rule, odds),
        )
    except InputError as error:
        problems += [problem for problem in error.problems if problem not in problems]
    if problems or odds is None:
        raise InputError(problems)
    return Asked(odds, read.odds.rule, place)


def _odds_faults(file: _OddsFile) -> Iterator[tuple[Loc, Said]]:
    for loc, said in odds_faults(file.odds):
        yield ("odds", *loc), said


def _rule_faults(rules: tuple[Rule, ...], odds: Odds | None) -> Iterator[tuple[Loc, Said]]:
    """Yield what is wrong in rules among themselves and with the table they stand in."""
    titles = [rule.title for rule in rules]
    for i, rule in enumerate(rules):
        if rule.title in titles[:i]:
            said = (f"a second rule is called '{rule.title}'.", "Give each a name of its own.")
            yield ("odds", "rule", i, "name"), said
        if odds is not None:
            for field, what, remedy in rule.faults(odds):
                yield ("odds", "rule", i, field), (what, remedy)
