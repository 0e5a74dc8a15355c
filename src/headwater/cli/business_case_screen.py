"""How a business case reads on screen: the two-sided answer first, then what it rests on."""

from collections.abc import Iterable

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from headwater.core.figure import Figure
from headwater.core.source import Source
from headwater.workflows.business_case.result import BusinessCase

WIDTH = 100


def show(console: Console, case: BusinessCase, works: Iterable[Source]) -> None:
    """Print the whole case; the first 24 lines hold the answer."""
    _first_page(console, case)
    if case.promise is not None:
        _promise(console, case)
    _outcomes(console, case)
    _money(console, case)
    _reverse(console, case)
    _sensitivity(console, case)
    _ground(console, case)
    _sources(console, works)


def number(figure: Figure, *, span: bool = False) -> str:
    """Return a figure as text: rounded, with its span if asked, "not known" if it is not."""
    if figure.value is None:
        return "not known"
    text = amount(figure.value, figure.unit)
    if figure.basis == "assumed":
        text += " (assumed)"
    if span and figure.low is not None and figure.high is not None:
        text += f" [{amount(figure.low, figure.unit)} to {amount(figure.high, figure.unit)}]"
    return text


def amount(value: float, unit: str) -> str:
    """Return a number rounded as its unit deserves."""
    if unit.startswith("GBP"):
        return pounds(value)
    if unit.startswith("per cent"):
        text = f"{value:.0f}%"
        if value not in (0.0, 100.0) and text in {"0%", "100%"}:
            text = "under 1%" if value < 50 else "over 99%"
        return text
    if "ratio" in unit or "times" in unit or "factor" in unit:
        return f"{value:.2f}"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}".removesuffix(".0")


def pounds(value: float) -> str:
    """Return pounds to three significant figures at most."""
    sign, size = ("-" if value < 0 else ""), abs(value)
    if size >= 1e6:
        return f"{sign}£{size / 1e6:,.2f}m"
    if size >= 10_000:
        return f"{sign}£{size / 1e3:,.0f}k"
    return f"{sign}£{size:,.0f}"


def _first_page(console: Console, case: BusinessCase) -> None:
    head, cohort = case.headline, case.cohort
    for banner in case.banner:
        console.print(f"[bold white on red] {escape(banner)} [/]")
    console.print(f"[bold]{escape(case.title)}[/]")
    horizon = case.settings["horizon"]
    years = number(horizon) if isinstance(horizon, Figure) else ""
    console.print(
        f"{number(cohort.children)} children aged {cohort.ages}, {cohort.level};"
        f" {case.place.name}; {years} years; {case.settings['price_base']} prices",
        style="dim",
    )
    console.print(f"[bold]{escape(head.verdict)}[/]")
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), expand=False)
    table.add_column(no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(overflow="fold", style="dim")
    for name, figure, words in (
        ("GROSS  stay out of care", head.gross, "children, with the programme"),
        (
            "       would have anyway",
            head.would_have_anyway,
            f"{number(head.never_entering)} of the cohort never enter",
        ),
        ("NET    kept out by it", head.net, "children, [80% of draws]"),
        ("       number needed to help", head.number_needed, "children for one kept out"),
        ("       days in care avoided", head.days_net, "net"),
        ("COST   of delivery", head.delivery_cost, "present value"),
        ("SAVED  council", head.saved_council, "at average costs, before delivery: an upper bound"),
        ("       all public budgets", head.saved_all, "as above"),
        ("CHANCE the council saves", head.chance_council, "after delivery"),
        ("       all budgets save", head.chance_all, "after delivery"),
    ):
        shown = number(figure)
        spread = ""
        if figure.low is not None and figure.high is not None and figure.value is not None:
            spread = f"[{amount(figure.low, figure.unit)} to {amount(figure.high, figure.unit)}] "
        table.add_row(name, shown, escape(spread + words.replace(", [80% of draws]", "")))
    console.print(table)
    for conflict in head.conflicts:
        console.print(f"[yellow]CONFLICT[/] {escape(conflict)}")
    for line in head.assumed:
        console.print(f"[dim]ASSUMED {escape(line)}[/]")
    console.print()


def _promise(console: Console, case: BusinessCase) -> None:
    promise = case.promise
    assert promise is not None
    table = _table("What would have to be true", ("", "value", "in words"))
    for line in promise.lines:
        unit = line.value.unit
        table.add_row(
            line.name,
            f"{number(line.value)} {unit.removeprefix('GBP').strip()}".strip(),
            line.in_words,
        )
    console.print(table)
    if promise.rows:
        table = _table(
            "Effect needed, by the risk without the programme",
            (
                "ever in care by 36 months",
                "days in care, all",
                "hazard ratio if before payments",
                "entries avoided",
                "hazard ratio if after",
                "entries avoided",
            ),
        )
        for row in promise.rows:
            table.add_row(
                number(row.risk),
                number(row.net_days_most),
                _needed(row.effect_if_before),
                _needed(row.entries_if_before),
                _needed(row.effect_if_after),
                _needed(row.entries_if_after),
            )
        console.print(table)
    console.print("[bold]How would we know?[/]")
    for line in promise.know:
        console.print(f"  - {escape(line)}")
    console.print(f"[bold]Not published:[/] {escape('; '.join(promise.unpublished))}\n")


def _needed(figure: Figure) -> str:
    return "impossible" if figure.value is None else number(figure)


def _outcomes(console: Console, case: BusinessCase) -> None:
    table = _table(
        "Outcomes, gross and net [80% of draws]", ("", "without", "with", "net difference")
    )
    for row in case.outcomes:
        table.add_row(
            row.name, number(row.usual), number(row.programme), number(row.net, span=True)
        )
    console.print(table)


def _money(console: Console, case: BusinessCase) -> None:
    table = _table(
        "Worth, present value [80% of draws]",
        ("", "saved", "net present value", "saved ÷ cost", "pays back", "chance it saves"),
    )
    for row in case.worth:
        table.add_row(
            row.for_whom,
            number(row.saved, span=True),
            number(row.net_present_value, span=True),
            number(row.benefit_cost_ratio),
            _years(row.payback_years),
            number(row.chance_of_saving),
        )
    console.print(table)
    table = _table("By agency, present value", ("", "kind", "without", "with", "saved"))
    for line in case.agencies:
        blank = "not valued" if line.saved.value is None else ""
        table.add_row(
            line.agency,
            line.value_type,
            blank or number(line.usual),
            blank or number(line.programme),
            blank or number(line.saved),
        )
    console.print(table)
    table = _table(
        "By year, not discounted", ("", "delivery", "council saves", "all budgets save", "net")
    )
    for year in case.years:
        table.add_row(
            year.year,
            number(year.delivery),
            number(year.saved_council),
            number(year.saved_all),
            number(year.net_all),
        )
    console.print(table)
    cash = case.cashability
    console.print(
        f"[bold]Cashable for the council:[/] between {number(cash.least)} and"
        f" {number(cash.most)}; breaks even if {number(cash.break_even_share)} of the average"
        f" saving is cashable. {escape(cash.in_words)}\n"
    )


def _years(figure: Figure) -> str:
    return f"year {figure.value:.0f}" if figure.value is not None else "not within"


def _reverse(console: Console, case: BusinessCase) -> None:
    back = case.reverse
    table = _table("The reverse questions", ("", ""))
    table.show_header = False
    table.add_row("effect at which the council breaks even", _ratio(back.effect_needed_council))
    table.add_row("effect at which all budgets break even", _ratio(back.effect_needed_all))
    if back.difference_needed_all.value is not None:
        table.add_row("the same as a difference", f"{back.difference_needed_all.value:+.1f} points")
    for name, figure in back.most_per_child:
        table.add_row(f"most to pay per child: {name}", number(figure))
    table.add_row("share of gross that is deadweight here", number(back.deadweight_here))
    table.add_row("deadweight at which it fails: council", number(back.deadweight_fails_council))
    table.add_row("deadweight at which it fails: all budgets", number(back.deadweight_fails_all))
    table.add_row("saved for each entry avoided", number(back.saved_per_avoided))
    console.print(table)
    if back.beside:
        table = _table(
            "Beside every published effect of it and its class",
            ("programme", "study", "hazard ratio here", "enough?"),
        )
        for row in back.beside:
            table.add_row(
                row.programme,
                f"{row.study}: {row.in_words}",
                number(row.hazard_ratio, span=True),
                row.enough,
            )
        console.print(table)


def _ratio(figure: Figure) -> str:
    return (
        f"hazard ratio {number(figure)}"
        if figure.value is not None
        else (f"not known: {figure.note}")
    )


def _sensitivity(console: Console, case: BusinessCase) -> None:
    if not case.sensitivity:
        return
    table = _table(
        "What moves the answer: net present value when one input alone moves",
        ("input", "from", "to", "value at from", "at to"),
    )
    for row in case.sensitivity[:8]:
        table.add_row(
            row.input,
            number(row.low_input),
            number(row.high_input),
            number(row.at_low),
            number(row.at_high),
        )
    console.print(table)


def _ground(console: Console, case: BusinessCase) -> None:
    table = _table("Prices", ("", "borne by", "price", "from"))
    for line in case.prices:
        table.add_row(
            line.name,
            line.agencies,
            f"{number(line.price)} {line.price.unit.removeprefix('GBP').strip()}",
            line.original,
        )
    console.print(table)
    table = _table(
        "Hazards: where each comes from", ("move", "from", "times England", "own weight")
    )
    for move in case.hazards:
        table.add_row(
            move.transition.replace("_", " "),
            move.provenance,
            number(move.level),
            number(move.own_weight),
        )
    console.print(table)
    console.print("[bold]Assumed[/]")
    for line in case.assumptions:
        console.print(f"  - {escape(line)}")
    for note in case.notes:
        console.print(f"  - {escape(note)}")
    console.print()


def _sources(console: Console, works: Iterable[Source]) -> None:
    console.print("[bold]Sources[/]")
    for work in works:
        console.print(
            f"  {work.key}: {escape(work.title)} ({work.date}). {work.url}",
            style="dim",
            soft_wrap=False,
        )


def _table(title: str, columns: tuple[str, ...]) -> Table:
    table = Table(
        title=title, title_justify="left", title_style="bold", box=None, padding=(0, 2, 0, 0)
    )
    for i, name in enumerate(columns):
        table.add_column(name, justify="left" if i == 0 else "right", overflow="fold")
    return table
