"""One programme on screen: for whom, every result, what bears on the pathway, cost, gaps."""

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from rich import box
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from headwater.cli.output import console, write_whole
from headwater.cli.programme_list import tally_words
from headwater.core.figure import Figure
from headwater.core.source import Source
from headwater.reporting.documents import to_json
from headwater.workflows.programme_card import (
    BearingShown,
    CostShown,
    EffectShown,
    ProgrammeCard,
    ResultShown,
    card,
    sources_of,
)

STYLES = {
    "favours programme": "bold green",
    "no detectable effect": "bold yellow",
    "favours control": "bold red",
    "not an effect": "bold",
}
"""Same weight for every direction: a harm is as easy to see as a success."""


def run_card(name: str, json_file: Path | None) -> None:
    """Write one programme as JSON, if asked, and print it."""
    found = card(name)
    cited = sources_of(found)
    if json_file is not None:
        write_whole(json_file, to_json("programmes", found, cited))
    show_card(found, cited)


def show_card(found: ProgrammeCard, cited: Iterable[Source]) -> None:
    """Print one programme."""
    console.print(f"[bold]{escape(found.name)}[/bold]  [dim]{found.id}[/dim]")
    usable = "yes" if found.moves_a_hazard else "no"
    console.print(f"A business case can use its evidence: [bold]{usable}[/bold]")
    _whom(found)
    _evidence(found)
    _bearings(found.effects)
    _section("Where the evidence conflicts", found.conflicts, "yellow")
    _cost(found.cost)
    _results(found.published_cba)
    _section("Looked for and not found", found.unknown)
    _section("Notes", (found.note,) if found.note else ())
    _section(
        "Sources",
        (f"[dim]{source.key}[/dim] {escape(source.title)} ({source.date})" for source in cited),
    )


def _heading(text: str) -> None:
    console.print(f"\n[bold underline]{text}[/bold underline]")


def _section(title: str, lines: Iterable[str], style: str = "") -> None:
    """Print a heading and its points, or nothing where there are none."""
    points = tuple(lines)
    if not points:
        return
    _heading(title)
    for point in points:
        table = Table.grid(padding=(0, 1))
        table.add_row(f"[{style}]-[/{style}]" if style else "-", point)
        console.print(table)


def _whom(found: ProgrammeCard) -> None:
    _heading("Who it is for")
    rows = {
        "class": found.family_of,
        "ages": found.ages,
        "levels of need": "; ".join(found.levels) or "not one that the pathway models",
        "need": found.need,
        "not for": found.exclusions,
        "delivered": found.delivery,
        "rating": found.rating,
        "in the UK": f"tested: {found.tested_in_uk}; available: {found.available_in_uk}",
        "said to improve": found.outcomes,
        "null or harmful": found.nulls,
    }
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column()
    for name, text in rows.items():
        if text:
            table.add_row(name, escape(text))
    console.print(table)


def _evidence(found: ProgrammeCard) -> None:
    _heading("Every published result found")
    if not found.effects:
        console.print("None: no size of any effect was found in the sources read.")
        return
    console.print(tally_words(found.results))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("outcome", ratio=4)
    table.add_column("result", ratio=3)
    table.add_column("reading", ratio=2)
    table.add_column("study", ratio=3)
    for effect in found.effects:
        table.add_row(*_effect(effect))
        table.add_section()
    console.print(table)


def _effect(effect: EffectShown) -> tuple[str, ...]:
    style = STYLES[effect.direction]
    reading = f"[{style}]{effect.direction}[/{style}]"
    theirs = effect.published_direction
    if theirs not in (effect.direction, "favours treatment"):
        reading += f"\n[dim]as published: {escape(theirs)}[/dim]"
    after = f"at {effect.follow_up_months} months"
    told = not effect.follow_up_months or after in effect.outcome
    when = "" if told else f"\n[dim]{after}[/dim]"
    study = f"{escape(effect.study)}, {effect.country}\n[dim]{effect.kind}"
    sample = f", {effect.sample} in sample" if effect.sample else ""
    return (f"{escape(effect.outcome)}{when}", size(effect), reading, f"{study}{sample}[/dim]")


def size(effect: EffectShown) -> str:
    """Return the published size in words: measure, interval, arms, p."""
    words = [measured(effect.effect)]
    if effect.programme_arm is not None and effect.control_arm is not None:
        arms = f"{effect.programme_arm.value:,.10g} v {effect.control_arm.value:,.10g}"
        told = effect.effect.value is not None or effect.effect.low is not None
        words = [*(words if told else ()), f"{arms} {effect.programme_arm.unit}"]
    if effect.p_value:
        sign = "" if effect.p_value.startswith("<") else "= "
        words.append(f"p {sign}{effect.p_value}")
    return "\n".join(escape(word) for word in words)


def measured(figure: Figure) -> str:
    """Return a figure with its interval and unit, or why it has no value."""
    if figure.value is None and figure.low is None and figure.high is None:
        return f"no size published ({figure.unit})"
    value = "" if figure.value is None else f"{figure.value:,.10g} "
    low = "?" if figure.low is None else f"{figure.low:,.10g}"
    high = "?" if figure.high is None else f"{figure.high:,.10g}"
    bounds = f" ({low} to {high}, {figure.interval})" if figure.interval else ""
    return f"{value}{figure.unit}{bounds}"


def _bearings(effects: Iterable[EffectShown]) -> None:
    _heading("What bears on the pathway, and how")
    for effect in effects:
        if effect.bearing is not None:
            console.print(f"[bold]used:[/bold] {escape(effect.outcome)}")
            console.print(Padding(_bearing(effect.bearing), (0, 0, 0, 2)))
    unused = [
        (effect.not_usable_because, effect.outcome) for effect in effects if not effect.bearing
    ]
    for because, group in groupby(sorted(unused), key=lambda pair: pair[0]):
        outcomes = "; ".join(dict.fromkeys(outcome for _, outcome in group))
        console.print(f"[bold]not used:[/bold] {escape(outcomes)}")
        console.print(Padding(f"[dim]{escape(because)}[/dim]", (0, 0, 0, 2)))


def _bearing(bearing: BearingShown) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column()
    table.add_row("moves", "\n".join(bearing.transitions))
    table.add_row("measured", f"{bearing.measure} ({bearing.state})")
    table.add_row("by", f"{measured(bearing.effect)}: {bearing.effect.note}")
    table.add_row("follow-up", f"{bearing.follow_up.value:g} months")
    control = bearing.control_risk
    table.add_row("control arm", control.note if control.value is None else measured(control))
    place = "" if bearing.found_in_england else " (not England: carried across by assumption)"
    table.add_row("found in", f"{bearing.found_in}{place}")
    table.add_row("how", bearing.how)
    return table


def _cost(cost: CostShown | None) -> None:
    _heading("What it costs")
    if cost is None:
        console.print("No unit cost was found: give your own.")
        return
    base = f"prices of {cost.cost.price_base}" if cost.cost.price_base != "not stated" else ""
    figure = cost.cost
    parts = (f"{figure.unit.partition(' ')[0]} {amount(figure)}", cost.basis, base)
    console.print(escape("; ".join(part for part in parts if part)))
    if cost.usable:
        console.print("[bold]usable[/bold]: a price year is stated")
    else:
        console.print(f"[bold]not usable[/bold]: {escape(cost.not_usable_because)}")


def amount(figure: Figure) -> str:
    """Return a cost, or the band it lies in."""
    if figure.value is not None:
        return f"{figure.value:,.10g}"
    if figure.low is None:
        return f"under {figure.high:,.10g}"
    return (
        f"over {figure.low:,.10g}"
        if figure.high is None
        else f"{figure.low:,.10g} to {figure.high:,.10g}"
    )


def _results(results: Iterable[ResultShown]) -> None:
    rows = tuple(results)
    versions = [row for row in rows if "benefits" in row.figures]
    single = [row for row in rows if "value" in row.figures]
    if not rows:
        return
    _heading("Published costs and benefits, as published")
    if versions:
        console.print(
            "Versions in order: US dollars per participant, benefits over cost, and the chance (%) "
            "that benefits exceed cost. Not to be read as UK values."
        )
        console.print(_versions(versions))
    for row in single:
        figure = row.figures["value"]
        money = figure.unit.startswith("GBP")
        base = f", prices of {figure.price_base}".replace("of not", "not") if money else ""
        text = f"- {row.name}: {row.measure} {measured(figure)} ({row.date}{base})"
        console.print(escape(text))


def _versions(rows: Iterable[ResultShown]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("result")
    table.add_column("date")
    columns = {"benefits": "benefits", "cost": "cost", "benefit_cost_ratio": "ratio", "chance": "%"}
    for heading in columns.values():
        table.add_column(heading, justify="right", no_wrap=True)
    for row in rows:
        cells = (row.figures.get(name) for name in columns)
        numbers = ("" if cell is None else f"{cell.value:,.10g}" for cell in cells)
        table.add_row(escape(row.name), row.date, *numbers)
    return table
