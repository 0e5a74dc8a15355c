"""`headwater lint`: twelve questions to an agreement."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

if TYPE_CHECKING:
    from headwater.core.figure import Figure
    from headwater.workflows.lint.answer import Checked, Linted


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("lint")(lint)


def lint(
    contract: Annotated[str, typer.Argument(help="An agreement file, or a shipped contract.")],
    draws: Annotated[int, typer.Option(min=100, max=100_000, help="Worlds simulated.")] = 1000,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the random numbers.")] = 1,
    json: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="The whole result.")
    ] = None,
) -> None:
    """Put twelve questions to an agreement, and say in pounds what each gap exposes.

    Exposures come from the agreement's own engine, on the outcomes that it expects ([[expected]])
    and on the luck of its [odds], where it has them. A question that no model counts says so.
    """
    from headwater.cli.output import check_writable, console, write_whole
    from headwater.workflows.agreements import read_agreement
    from headwater.workflows.lint.answer import lint as answer

    check_writable(json, reading=contract, kind="agreement")
    found = answer(read_agreement(contract), draws=draws, seed=seed)
    if json is not None:
        from headwater.reporting.documents import to_json

        write_whole(json, to_json("lint", found, ()))
    show_lint(console, found)


def show_lint(console: Console, found: "Linted") -> None:
    """Print what the agreement pays, then every question and its answer."""
    from rich.markup import escape

    console.print(f"[bold]{escape(found.name)}[/]\n")
    console.print(
        f"Of twelve questions, {_count(found.answered)} answered yes, {_count(found.refused)} no;"
        f" on {_count(found.silent)} the agreement is silent."
    )
    if found.add:
        console.print(escape(found.add))
    else:
        console.print(
            f"It pays {_with_range(found.promised)} if the promise is kept and"
            f" {_with_range(found.nothing)} if the service changes nothing: means of draws, in"
            " cash, after what its terms take off; brackets hold 80% of draws."
        )
        _largest(console, found)
    for said in found.beware:
        console.print(f"[bold]Beware:[/] {escape(said)}")
    console.print()
    seen: dict[float, int] = {}
    for i, check in enumerate(found.checks, start=1):
        _question(console, i, check, seen)


def _count(figure: "Figure") -> str:
    return f"{figure.value or 0:.0f}"


def _money(figure: "Figure") -> str:
    from headwater.cli.cells import number

    unit = "" if figure.unit == "GBP" else f"{figure.unit} "
    return f"{unit}{number(figure)}"


def _with_range(figure: "Figure") -> str:
    from headwater.reporting.numerals import pounds, span

    around = span(figure)
    if not around:
        return _money(figure)
    high, mean = figure.high or 0.0, figure.value or 0.0
    alike = figure.unit == "GBP" and mean >= 0
    return f"{pounds(mean, beside=high) if alike else _money(figure)} [{around}]"


def _largest(console: Console, found: "Linted") -> None:
    """Print which gap exposes most."""
    priced = [(c.exposure.value or 0.0, i) for i, c in enumerate(found.checks, start=1)]
    most, i = max(priced, key=lambda one: one[0])
    if most > 0:
        check = found.checks[i - 1]
        bound = ", at most" if check.how.startswith("at most") else ""
        console.print(f"Most is exposed by question {i}: {_money(check.exposure)}{bound}.")


def _question(console: Console, i: int, check: "Checked", seen: dict[float, int]) -> None:
    """Print a question and its answer; an amount that stands already is not counted again."""
    from rich.markup import escape

    asked = check.question
    _indented(console, f"{i:>2}. ", f"[bold]{escape(asked.question)}[/]")
    shown = escape(asked.shown_by)
    if asked.answer is True:
        said = [f"Yes: {shown}" if shown else "Yes"]
    elif asked.answer is False:
        said = [f"[bold]NO[/]{f' ({shown})' if shown else ''}. {escape(asked.why)}"]
    else:
        said = [f"[bold]Not said.[/] {escape(asked.why)}"]
    if check.how:
        said.append(escape(_exposed(check, i, seen)))
    for words in said:
        _indented(console, "", words)


def _indented(console: Console, mark: str, words: str) -> None:
    """Print words four columns in, with a mark before the first line."""
    from rich.text import Text

    lines = Text.from_markup(words).wrap(console, max(console.width - 4, 20))
    for i, line in enumerate(lines):
        line.rstrip()
        console.print(Text(f"{mark if i == 0 else '':<4}") + line)


def _exposed(check: "Checked", i: int, seen: dict[float, int]) -> str:
    amount = check.exposure.value
    if amount is None:
        return f"Exposed: {check.how}."
    first = seen.setdefault(amount, i)
    if first != i and amount > 0:
        return f"Exposed: the same {_money(check.exposure)} as by question {first}, not more."
    return f"Exposed: {_money(check.exposure)} {check.how}."
