"""How the odds read on screen: the two chances in words, then rules beside each other."""

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape

from headwater.cli.cells import number, show_sources, show_table, titled
from headwater.core.figure import Figure
from headwater.core.source import Source
from headwater.workflows.odds.figures import exactly
from headwater.workflows.odds.result import OddsAt, OddsResult, RuleOdds

NOT_SAID = "–"


def show_odds(console: Console, result: OddsResult, works: Sequence[Source]) -> None:
    """Print the whole result."""
    console.print(f"[bold]{escape(result.title)}[/]\n")
    for line in result.first_lines:
        console.print(escape(line))
    console.print(f"\n{escape(result.measured)}\n", style="dim")
    _chances(console, result)
    _money(console, result)
    _people(console, result)
    _drift(console, result)
    if result.trigger is not None:
        console.print("[bold]Should payment hang on the comparison?[/]")
        console.print(f"{escape(result.trigger.said)}\n")
    listed(console, "Beware", result.warnings)
    listed(console, "What would have happened anyway", [check.said for check in result.checks])
    _given(console, result)
    listed(console, "Assumed", result.assumptions)
    if works:
        show_sources(console, works)


def _chances(console: Console, result: OddsResult) -> None:
    names = [effect.name.replace(", ", "\n") for effect in result.effects]
    shown = titled("How often it pays on results, by what the service truly does", ("", *names))
    for rule in result.rules:
        part = " (part paid)" if rule.pays_part else ""
        shown.add_row(escape(rule.name) + part, *(_short(at.chance) for at in rule.at))
    note = f"{number(result.draws)} studies for each effect, all on the same luck."
    if any(rule.pays_part for rule in result.rules):
        note += " Part paid: of the full amount, on average."
    show_table(console, shown, note)


def _money(console: Console, result: OddsResult) -> None:
    base = next(at.pays.price_base for rule in result.rules for at in rule.at)
    prices = "in cash" if base == "cash" else f"in {base} prices"
    shown = titled(
        f"What it pays on average, {prices}",
        ("", "no effect", "as promised", "varies", "for each"),
    )
    for rule in result.rules:
        kept = _at(rule, "as promised")
        cells = (_at(rule, "no effect").pays, kept.pays, kept.spread, rule.per_outcome)
        shown.add_row(escape(rule.name), *map(_short, cells))
    show_table(
        console,
        shown,
        "Varies: standard deviation ÷ mean, if the promise is kept. For each: what an additional"
        " outcome then costs.",
    )
    _misses(console, result)


def _misses(console: Console, result: OddsResult) -> None:
    """Print how far payment is from what the outcomes are worth, as far as the file says."""
    shown = titled(
        "How far payment misses, on average",
        ("", "overpaid", "underpaid", "worst regret", "loss"),
    )
    for rule in result.rules:
        kept = _at(rule, "as promised")
        cells = (kept.overpaid, kept.underpaid, rule.worst_regret, kept.loss)
        shown.add_row(escape(rule.name), *map(_short, cells))
    if any(rule.worst_regret.value is not None or rule.at[0].loss.value for rule in result.rules):
        show_table(
            console,
            shown,
            "If the promise is kept: over- and underpaid against what the outcomes really brought"
            " are worth; loss, how often less is paid than was put at risk. Worst regret: how far"
            " payment is from what would be paid in hindsight, at the worst of the effects above."
            f" {NOT_SAID}: the file does not say.",
        )
    _regret(console, result)


def _regret(console: Console, result: OddsResult) -> None:
    known = [rule for rule in result.rules if rule.worst_regret.value is not None]
    if len(known) > 1:
        least = min(known, key=lambda rule: rule.worst_regret.value or 0.0)
        console.print(
            f"Least regret, whichever of these effects is true: '{escape(least.name)}', at worst"
            f" {_short(least.worst_regret)} away on average.\n"
        )


def _at(rule: RuleOdds, name: str) -> OddsAt:
    return next(at for at in rule.at if at.name.startswith(name))


def _short(figure: Figure) -> str:
    return number(figure).removesuffix(" (assumed)") if figure.value is not None else NOT_SAID


def _people(console: Console, result: OddsResult) -> None:
    if not result.sizes:
        return
    shown = titled(
        f"'{result.by_formula}' with more or fewer people, by formula",
        ("people helped", "pays for nothing", "pays for the promise"),
    )
    for line in result.sizes:
        shown.add_row(*map(_short, (line.people, line.nothing, line.promised)))
    needed, least = result.precision.needed, result.precision.least
    said = f"A test of the promise needs {_short(needed)} people helped ({needed.note})."
    if needed.value is None:
        said = f"A test of the promise: {needed.note}."
    if least.value is not None:
        least_words = f"{_short(least)} {_unit(least)}".rstrip()
        said += f" {_short(result.people)} show no effect below {least_words}."
    show_table(console, shown, said)


def _unit(figure: Figure) -> str:
    return "" if figure.unit.startswith("per cent") else figure.unit


def _drift(console: Console, result: OddsResult) -> None:
    if not result.drifts:
        return
    shown = titled(
        f"'{result.by_formula}', if outcomes improve by themselves, by formula",
        ("improvement without help", "pays for nothing"),
    )
    for line in result.drifts:
        drift = f"{_short(line.drift)} {_unit(line.drift)}".rstrip()
        shown.add_row(drift, _short(line.nothing))
    show_table(console, shown)


def _given(console: Console, result: OddsResult) -> None:
    console.print("[bold]The file's numbers[/]")
    for line in result.given:
        console.print(f"  - {line.what}: {escape(exactly(line.figure))}. {escape(line.why)}")
    console.print()


def listed(console: Console, title: str, lines: Sequence[str]) -> None:
    """Print lines under a title; nothing where there are none."""
    if lines:
        console.print(f"[bold]{title}[/]")
        for line in lines:
            console.print(f"  - {escape(line)}")
        console.print()
