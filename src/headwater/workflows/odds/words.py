"""What the odds say first, what a reader must not miss, and what is taken for granted."""

from collections.abc import Iterator, Sequence

import numpy as np

from headwater.core.comparator import BeforeAndAfter, Concurrent, Historic, Known
from headwater.core.odds import Odds
from headwater.evaluation.estimates import Estimates
from headwater.evaluation.link import EXACT
from headwater.evaluation.performance import Performance
from headwater.evaluation.rule import Pays
from headwater.evaluation.study import Study
from headwater.workflows.odds.figures import effect_words, money, of_100

OFTEN = 0.01
"""Chances of a tie from this on are worth a word."""
HARM = 0.05
"""Chances of paying for harm from this on are worth a word."""


def measured(table: Odds) -> str:
    """Return how the result is measured."""
    what = {"share": "Share of people", "events": "Events for each person", "mean": "Mean"}
    fewer = "fewer is better" if table.better == "lower" else "more is better"
    return f"{what[table.outcome]}: {table.unit} ({fewer}). {_compared(table)}"


def _compared(table: Odds) -> str:
    kind = table.comparator
    if isinstance(kind, Concurrent):
        return f"Compared with {kind.controls_per_case:g} for each one helped, at the same time."
    if isinstance(kind, Known):
        return "Compared with a baseline fixed beforehand."
    if isinstance(kind, Historic):
        return f"Compared with {kind.people:,} earlier people."
    assert isinstance(kind, BeforeAndAfter)  # noqa: S101 - the last kind
    return (
        f"Change since {kind.people_before:,} people before, less change among"
        f" {kind.controls_per_case:g} for each one helped ({kind.controls_before:,} before)."
    )


def first_lines(
    table: Odds,
    rule: Pays,
    *,
    nothing: Performance,
    promised: Performance,
    needed: int | None,
) -> tuple[str, ...]:
    """Return the two chances in plain words, and how much luck there is."""
    promise = effect_words(table, table.effect)
    part = rule.kind == "posterior_prob"
    missed = 1.0 - promised.chance
    if part:
        first = f"still pays {100 * nothing.chance:.0f}% of the full amount on average."
        second = f"{100 * missed:.0f}% of the full amount is withheld on average."
    else:
        first = f"still pays in {of_100(nothing.chance)} such contracts."
        results = " on results" if rule.kind in {"hybrid", "agreement"} else ""
        second = f"nothing is paid{results} in {of_100(missed)}."
    lines = [
        f"If the service changes nothing, '{rule.title}' {first}",
        f"If it does all that is promised ({promise}), {second}",
        (
            f"On average {money(table, nothing.mean)} is paid if it changes nothing, and"
            f" {money(table, promised.mean)} if the promise is kept."
        ),
    ]
    return (*lines, *_luck(table, needed))


def _luck(table: Odds, needed: int | None) -> Iterator[str]:
    alarm, power = table.accepts.significance, table.accepts.power
    test = f"(two-sided test at {alarm:g}, power {power:g})"
    if needed is None:
        yield (
            "No number of people helped could tell the promise from nothing: what the result is"
            f" compared with is too uncertain by itself {test}."
        )
    elif needed > table.people:
        yield (
            f"With {table.people:,} people luck matters: {needed:,} would be needed to tell the"
            f" promise from nothing {test}."
        )


def warnings(
    table: Odds,
    study: Study,
    rules: Sequence[Pays],
    seen: Estimates,
    found: Sequence[Sequence[Performance]],
) -> tuple[str, ...]:
    """Return what a reader must not miss.

    Parameters
    ----------
    seen
        Estimates if the service changes nothing.
    found
        By rule, by effect.
    """
    said = [line for rule in rules for line in _of_line(table, study, rule)]
    said += [line for rule in rules for line in _ties(table, rule, seen)]
    pairs = zip(rules, found, strict=True)
    said += [line for rule, at in pairs for line in _of_rule(table, rule, at)]
    said += _of_harm(rules, found)
    said += _of_comparison(table, rules)
    return tuple(dict.fromkeys(said))


def _of_line(table: Odds, study: Study, rule: Pays) -> Iterator[str]:
    """Yield what is wrong with where a rule's line lies."""
    edge = rule.edge
    if edge is None or rule.kind == "ci_lower":
        return
    words = effect_words(table, edge)
    if abs(edge - table.effect) < EXACT:
        yield (
            f"'{rule.title}': its line is the promise itself ({words}). A promise kept exactly is"
            " then paid half of the time, however many people are helped. Put the line lower, or"
            " pay in proportion."
        )
    elif edge > table.effect:
        chance = of_100(rule.chance(study.sampling(table.effect)) or 0.0)
        yield (
            f"'{rule.title}': its line ({words}) is above the promise. A promise kept exactly is"
            f" paid in {chance} by luck alone, and more people make that rarer."
        )
    elif edge <= 0:
        yield f"'{rule.title}': its line ({words}) is passed by a service that changes nothing."


def _ties(table: Odds, rule: Pays, seen: Estimates) -> Iterator[str]:
    """Yield how often a result lies exactly on the line."""
    edge = rule.edge
    if edge is None or rule.kind == "ci_lower":
        return
    ties = float(np.mean(np.abs(seen.theta - seen.link.to(edge)) < EXACT))
    if ties >= OFTEN:
        one = effect_words(table, 1.0 / table.people)
        yield (
            f"'{rule.title}': one person moves the result by {one}, and if the service changes"
            f" nothing {of_100(ties)} results lie exactly on the line. Whether 'at least' or 'more"
            " than' is written decides them; here they are paid."
        )


def _of_rule(table: Odds, rule: Pays, found: Sequence[Performance]) -> Iterator[str]:
    """Yield what a rule pays whatever the service does, and where formulas mislead."""
    nothing = next(at for at in found if at.effect == 0.0)
    if not rule.compares:
        yield (
            f"'{rule.title}' looks at those helped alone: it pays {money(table, nothing.mean)} on"
            " average if the service changes nothing. What would have happened anyway must be in"
            " its price."
        )
    apart = [at for at in found if at.by_formula is not None and _apart(at)]
    if apart:
        at = max(apart, key=lambda at: abs(at.chance - (at.by_formula or 0.0)))
        yield (
            f"'{rule.title}': the formula, which knows no whole people, says"
            f" {of_100(at.by_formula or 0.0)} at an effect of {effect_words(table, at.effect)};"
            f" counted, it is {of_100(at.chance)}. Believe the count."
        )


def _apart(at: Performance) -> bool:
    """Whether a formula errs by more than two in a hundred, and more than draws explain."""
    gap = abs(at.chance - (at.by_formula or 0.0))
    return gap > max(0.02, 4.0 * at.chance_error)


def _of_harm(rules: Sequence[Pays], found: Sequence[Sequence[Performance]]) -> Iterator[str]:
    """Yield which rules often pay for harm."""
    paid = [
        f"'{rule.title}' in {of_100(at.chance)}"
        for rule, every in zip(rules, found, strict=True)
        for at in every[:1]
        if at.effect < 0.0 and at.chance >= HARM and rule.compares and rule.kind != "posterior_prob"
    ]
    if paid:
        yield f"Paid on results although the service does harm: {', '.join(paid)}."


def _of_comparison(table: Odds, rules: Sequence[Pays]) -> Iterator[str]:
    """Yield what a fixed baseline lets in."""
    if isinstance(table.comparator, Concurrent):
        return
    edges = [rule.edge for rule in rules]
    edge = next((e for e in edges if e is not None and e > 0), None)
    if edge is not None and not isinstance(table.comparator, BeforeAndAfter):
        yield (
            f"If outcomes improve by {effect_words(table, edge)} by themselves, which a fixed or"
            " earlier baseline does not see, a worthless service is paid half of the time."
        )
    if table.comparator.drift_sd.value == 0:
        yield "The file takes rates not to move by themselves at all: hardly anything stands still."


def assumptions(table: Odds) -> tuple[str, ...]:
    """Return what is taken for granted because the file says nothing of it."""
    said = []
    if table.clusters is None:
        said.append("Each person has luck of their own: no clusters (siblings, teams) are given.")
    if table.missing is None:
        said.append("Every outcome is known at the end: no missing part is given.")
    if not isinstance(table.comparator, Concurrent) and table.comparator.drift_mean is None:
        said.append("Rates are as likely to worsen as to improve by themselves.")
    if isinstance(table.comparator, Concurrent):
        said.append(
            "Those compared are like those helped but for the service; a matched group may not be."
        )
    said.append("The service helps everybody's chance alike, and nobody games the measure.")
    return tuple(said)
