"""From a table to the odds: play studies out for each true effect, and put every rule to them."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from headwater.core.errors import InputError, Problem
from headwater.core.figure import Figure
from headwater.core.odds import Odds, reached
from headwater.evaluation.estimates import Estimates
from headwater.evaluation.performance import AsWritten, Performance, perform
from headwater.evaluation.precision import least_effect, people_needed, with_people
from headwater.evaluation.rule import Pays
from headwater.evaluation.simulate import simulate
from headwater.evaluation.study import Study, study_of
from headwater.workflows.odds.advice import advise
from headwater.workflows.odds.as_written import as_written, check_size
from headwater.workflows.odds.checks import checks
from headwater.workflows.odds.figures import Made, effect_words, made_of
from headwater.workflows.odds.given import given_lines
from headwater.workflows.odds.read import Asked
from headwater.workflows.odds.result import (
    DriftLine,
    EffectColumn,
    OddsAt,
    OddsResult,
    Precision,
    RuleOdds,
    SizeLine,
)
from headwater.workflows.odds.unlike import not_worked, unlike
from headwater.workflows.odds.words import assumptions, first_lines, measured, warnings

DRAWS, SEED = 20_000, 1
FEWEST_DRAWS, MOST_DRAWS = 1_000, 200_000
TIMES = (0.5, 1.0, 2.0, 4.0)
"""Numbers of people shown, as multiples of the file's."""
DRIFTS = (0.0, 0.25, 0.5, 1.0)
"""Drifts shown, as parts of the line from which is paid."""
Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Played:
    """Everything the result is put into words from.

    Parameters
    ----------
    found
        By rule, by effect.
    seen
        Estimates if the service changes nothing.
    """

    asked: Asked
    study: Study
    rules: tuple[Pays, ...]
    effects: tuple[float, ...]
    found: tuple[tuple[Performance, ...], ...]
    seen: Estimates

    @property
    def odds(self) -> Odds:
        """The table."""
        return self.asked.odds

    def of(self, rule: int, effect: float) -> Performance:
        """Return how a rule does at a true effect."""
        return self.found[rule][self.effects.index(effect)]


def odds(
    asked: Asked,
    *,
    draws: int = DRAWS,
    seed: int = SEED,
    progress: Progress = lambda _what, _part: None,
) -> OddsResult:
    """Return how likely each payment rule is to pay for nothing, or to pay nothing for success.

    Parameters
    ----------
    draws
        Studies played out for each true effect.

    Raises
    ------
    InputError
        If draws or seed cannot be used.
    """
    _check(draws=draws, seed=seed)
    played = play(asked, draws=draws, seed=seed, progress=progress)
    return _said(played, draws=draws, seed=seed)


def _check(*, draws: int, seed: int) -> None:
    problems = [
        Problem(f"--{name}", f"{value:,} is not {low:,} to {high:,}.", "Choose one within.")
        for name, value, low, high in (
            ("draws", draws, FEWEST_DRAWS, MOST_DRAWS),
            ("seed", seed, 0, 2**31 - 1),
        )
        if not low <= value <= high
    ]
    if problems:
        raise InputError(problems)


def play(
    asked: Asked,
    *,
    draws: int,
    seed: int,
    progress: Progress = lambda _what, _part: None,
) -> Played:
    """Return how every rule does at every true effect, on the same luck.

    The agreement's own terms stand first, where it says what it expects.
    """
    table, study = asked.odds, study_of(asked.odds)
    own = _own(asked, draws=draws, seed=seed)
    rules: tuple[Pays, ...] = asked.rules if own is None else (own, *asked.rules)
    worth = table.worth.value if table.worth is not None else None
    at_risk = table.at_risk.value if table.at_risk is not None else None
    effects = true_effects(table)
    columns, nothing = [], None
    for i, effect in enumerate(effects):
        progress("playing studies out", i / len(effects))
        seen = simulate(study, effect, draws=draws, seed=seed)
        nothing = seen if effect == 0.0 else nothing
        at = study.sampling(effect)
        columns.append([perform(rule, seen, at, worth=worth, at_risk=at_risk) for rule in rules])
    if nothing is None:
        msg = "no effect of nought among the effects"
        raise AssertionError(msg)
    found = tuple(zip(*columns, strict=True))
    return Played(asked, study, rules, effects, found, nothing)


def _own(asked: Asked, *, draws: int, seed: int) -> AsWritten | None:
    """Return the agreement as the first rule; None where it cannot be worked out."""
    own = as_written(asked.agreement, asked.odds, seed=seed)
    if own is None and not asked.rules:
        why = not_worked(asked)
        raise InputError(
            Problem(asked.name, f"cannot be worked out: {why}.", "Add [[odds.rule]] to try.")
        )
    if own is not None and asked.agreement is not None:
        check_size(asked.agreement.contract, draws=draws, fewest=FEWEST_DRAWS)
    return own


def true_effects(table: Odds) -> tuple[float, ...]:
    """Return the true effects to show, rising: always nothing and what is promised."""
    asked = table.effects or tuple(
        part * table.effect
        for part in (-0.5, 0.5)
        if part > 0 or table.outcome == "mean" or _possible(table, part * table.effect)
    )
    return tuple(sorted({*asked, 0.0, table.effect}))


def _possible(table: Odds, effect: float) -> bool:
    rate = reached(table, effect)
    return rate > 0 and (table.outcome == "events" or rate < 1)


def _said(played: Played, *, draws: int, seed: int) -> OddsResult:
    table, own = played.odds, played.asked.sources
    made = made_of(table, own)
    names = [_name(table, effect) for effect in played.effects]
    return OddsResult(
        title=table.title,
        people=made.asked(table.people, "people"),
        measured=measured(table),
        first_lines=first_lines(
            table,
            played.rules[0],
            nothing=played.of(0, 0.0),
            promised=played.of(0, table.effect),
            needed=_needed(played),
        ),
        effects=tuple(
            EffectColumn(name, made.effect(effect).but(basis="input", sources=(), note=""))
            for name, effect in zip(names, played.effects, strict=True)
        ),
        rules=tuple(_rule(played, i, names, made) for i in range(len(played.rules))),
        by_formula=_worked(played.rules).title,
        sizes=_sizes(played, made),
        drifts=_drifts(played, made),
        precision=_precision(played, made),
        trigger=advise(
            table,
            played.study,
            played.rules,
            [played.of(i, table.effect) for i in range(len(played.rules))],
            made,
        ),
        checks=checks(table, played.study, _worked(played.rules), made),
        warnings=(
            *unlike(played.asked),
            *warnings(played.odds, played.study, played.rules, played.seen, played.found),
        ),
        given=given_lines(table, own),
        assumptions=assumptions(table),
        draws=made.asked(draws, "draws"),
        seed=str(seed),
    )


def _name(table: Odds, effect: float) -> str:
    """Return what a true effect is called."""
    if effect == 0.0:
        return "no effect"
    words = effect_words(table, abs(effect))
    if effect < 0.0:
        return f"harm of {words}"
    if effect == table.effect:
        return f"as promised, {words}"
    return f"half of it, {words}" if effect == 0.5 * table.effect else words


def _rule(played: Played, i: int, names: list[str], made: Made) -> RuleOdds:
    rule, found = played.rules[i], played.found[i]
    nothing, promised = played.of(i, 0.0), played.of(i, played.odds.effect)
    brought = played.study.cohort * played.study.natural(played.odds.effect)
    worst = None if nothing.regret is None else max(at.regret or 0.0 for at in found)
    unit = f"GBP for each {played.odds.unit}" if played.odds.outcome == "mean" else "GBP for each"
    return RuleOdds(
        kind=rule.kind,
        name=rule.title,
        pays_part=rule.kind == "posterior_prob",
        false_pay=made.chance(nothing.chance),
        missed=made.chance(1.0 - promised.chance),
        worst_regret=_worth(worst, made),
        per_outcome=made.worked(promised.mean / brought, unit),
        at=tuple(_at(name, at, made) for name, at in zip(names, found, strict=True)),
    )


NO_WORTH = "the file does not say what an outcome is worth: add [odds.worth]"
NO_RISK = "the file does not say what is put at risk: add at_risk"


def _worth(value: float | None, made: Made) -> Figure:
    return made.worked(value, "GBP", note=NO_WORTH if value is None else "")


def _at(name: str, at: Performance, made: Made) -> OddsAt:
    spread = "nothing is paid" if at.spread is None else ""
    formula = "this payment has no formula" if at.by_formula is None else ""
    return OddsAt(
        name=name,
        chance=made.chance(at.chance),
        by_formula=made.chance(at.by_formula, note=formula).but(unit="per cent"),
        pays=made.worked(at.mean, "GBP"),
        spread=made.worked(at.spread, "ratio", note=spread),
        overpaid=_worth(at.overpaid, made),
        underpaid=_worth(at.underpaid, made),
        regret=_worth(at.regret, made),
        loss=made.chance(at.loss, note=NO_RISK if at.loss is None else ""),
    )


def _worked(rules: tuple[Pays, ...]) -> Pays:
    """Return the first rule that formulas hold for: the agreement's own terms have none."""
    return next((rule for rule in rules if rule.kind != "agreement"), rules[0])


def _sizes(played: Played, made: Made) -> tuple[SizeLine, ...]:
    rule, lines = _worked(played.rules), []
    for times in TIMES:
        people = max(round(played.study.cohort * times), 2)
        study = with_people(played.study, people)
        nothing, promised = (
            rule.chance(study.sampling(effect)) for effect in (0.0, played.odds.effect)
        )
        if nothing is None or promised is None:
            return ()
        lines.append(
            SizeLine(
                made.asked(people, "people"),
                made.worked(nothing, "per cent", times=100),
                made.worked(promised, "per cent", times=100),
            )
        )
    return tuple(lines)


def _drifts(played: Played, made: Made) -> tuple[DriftLine, ...]:
    """Return the chance of false pay if outcomes improve unseen; none where all is compared."""
    rule = _worked(played.rules)
    edge = rule.edge
    if played.odds.comparator.kind == "concurrent" or edge is None or edge <= 0:
        return ()
    lines = []
    for part in DRIFTS:
        study = replace(played.study, drift_mean=part * edge)
        nothing = rule.chance(study.sampling(0.0))
        lines.append(
            DriftLine(made.effect(part * edge), made.worked(nothing, "per cent", times=100))
        )
    return tuple(lines)


def _needed(played: Played) -> int | None:
    accepts = played.odds.accepts
    return people_needed(
        played.study, played.odds.effect, significance=accepts.significance, power=accepts.power
    )


def _precision(played: Played, made: Made) -> Precision:
    table, study, accepts = played.odds, played.study, played.odds.accepts
    at = study.sampling(table.effect)
    needed = _needed(played)
    least = least_effect(study, significance=accepts.significance, power=accepts.power)
    test = f"two-sided test at {accepts.significance:g}, power {accepts.power:g}"
    never = "no number is enough: earlier people and drift alone are too uncertain"
    return Precision(
        error=made.effect(at.sd / study.link.slope(table.effect)),
        design_effect=made.worked(study.design_effect, "factor"),
        needed=made.worked(needed, "people", note=test if needed is not None else never),
        least=made.effect(least, note=test if least is not None else "none that can be"),
    )
