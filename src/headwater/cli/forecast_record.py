"""How the record of forecasts reads on screen."""

from collections.abc import Iterable

from rich.console import Console
from rich.markup import escape

from headwater.cli.cells import number, show_sources, show_table, titled
from headwater.cli.checks_table import show_checks
from headwater.core.figure import Figure
from headwater.core.source import Source
from headwater.workflows.forecast.past import Past, PastRecord, Without

SHORT = {"need": "need", "plan": "plans", "care": "care", "spending": "spending"}


def show_record(console: Console, result: PastRecord, works: Iterable[Source]) -> None:
    """Print the record: in words, scores, what earned its place, who is not scored, checks."""
    console.print(
        f"[bold]Forecasts from {result.base} of nearly every authority, held against what came[/]"
    )
    console.print("Fitted, and their intervals learnt, from nothing later than that day.")
    for line in (*result.words, *result.cautions):
        console.print(f"  - {escape(line)}")
    console.print()
    shown = titled(
        "Error over places, per cent of what came: mean (median)",
        ("", "years", "forecast", "no change", "gain", "line", "bias", "held"),
    )
    for score in result.scores:
        gain = score.no_change.gain
        shown.add_row(
            SHORT[score.id],
            score.years,
            _both(score),
            _both(score.no_change),
            f"{_one(gain)} ± {((gain.high or 0.0) - (gain.value or 0.0)):.1f}",
            *map(_one, (score.line.error, score.bias)),
            number(score.held),
        )
    show_table(
        console,
        shown,
        "Gain: how much less than no change, ± two standard errors over places. Line: least squares"
        " through the five years to the base. Held: places in which what came lay in the interval.",
    )
    _grown(console, result)
    _parts(console, result)
    if result.unscored:
        console.print("[bold]Not scored[/]")
        for place, why in result.unscored.items():
            console.print(f"  - {escape(place)}: {escape(why)}")
        console.print()
    console.print("[bold]The model beside published figures[/]")
    console.print(
        "Not forecasts: how the model of today does on figures of the years it was made from. What"
        " it was not fitted to comes first, for that tests it."
    )
    show_checks(console, result.checks)
    console.print()
    show_sources(console, works)


def _grown(console: Console, result: PastRecord) -> None:
    shown = titled(
        "Spending against the last outturn grown at England's pace up to then, in real terms",
        ("", "years", "forecast", "grown", "gain", "bias of grown"),
    )
    for score in result.scores:
        if score.grown is None:
            continue
        gain = score.grown.gain
        shown.add_row(
            SHORT[score.id],
            score.years,
            _both(score),
            _both(score.grown),
            f"{_one(gain)} ± {((gain.high or 0.0) - (gain.value or 0.0)):.1f}",
            _one(score.grown.bias),
        )
    show_table(console, shown)


def _both(score: Past | Without) -> str:
    return f"{_one(score.error)} ({_one(score.median)})"


def _parts(console: Console, result: PastRecord) -> None:
    shown = titled(
        "What earns its place: error after one, two and three years", ("", "need", "plans", "care")
    )
    for part in result.parts:
        errors = (" ".join(map(_one, part.error[stock])) for stock in ("need", "plan", "care"))
        name = f"{part.name} (kept)" if part.kept else part.name
        shown.add_row(escape(name), *errors)
    show_table(
        console,
        shown,
        "Errors here are of logarithms, and need is without plans and care: so they differ a little"
        " from those above. Believed in part: so far from standing still to the"
        f" level that flows lead one to expect as earlier years taught: {_weights(result)}.",
    )


def _weights(result: PastRecord) -> str:
    """Return how far the kept way believes flows."""
    kept = next(part for part in result.parts if part.kept)
    return ", ".join(f"{SHORT[stock]} {number(belief)}" for stock, belief in kept.belief.items())


def _one(figure: Figure) -> str:
    return f"{figure.value or 0.0:.1f}%".replace("-", "\N{MINUS SIGN}")
