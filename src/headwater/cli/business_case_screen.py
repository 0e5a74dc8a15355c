"""How a business case reads on screen: the two-sided answer first, then what it rests on."""

from collections.abc import Iterable

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from headwater.cli.cells import number, show_sources, titled
from headwater.core.figure import Figure
from headwater.core.source import Source
from headwater.reporting.numerals import NOT_KNOWN, span, unit_words
from headwater.workflows.business_case.result import BusinessCase

CONFLICTS = 2
"""Conflicts shown on the first page; of more only the first, and how many follow below it."""


def show(console: Console, case: BusinessCase, works: Iterable[Source]) -> None:
    """Print the whole case; the first 24 lines hold the answer."""
    _first_page(console, case)
    if len(case.headline.conflicts) > CONFLICTS:
        _conflicts(console, case)
    if case.promise is not None:
        _promise(console, case)
    _outcomes(console, case)
    _money(console, case)
    _reverse(console, case)
    _sensitivity(console, case)
    if case.information is not None:
        from headwater.cli.business_case_information import show_information

        show_information(console, case.information)
    if case.contract is not None:
        from headwater.cli.business_case_contract import show_contract

        show_contract(console, case.contract)
    _ground(console, case)
    show_sources(console, works)


def _conflicts(console: Console, case: BusinessCase) -> None:
    console.print("[bold]Where the evidence conflicts[/]")
    for conflict in case.headline.conflicts:
        console.print(f"  - {escape(conflict)}")
    console.print()


def _first_page(console: Console, case: BusinessCase) -> None:
    head, cohort = case.headline, case.cohort
    for banner in case.banner:
        console.print(f"[bold white on red] {escape(banner)} [/]")
    console.print(f"[bold]{escape(case.title)}[/]")
    horizon = case.settings["horizon"]
    years = number(horizon) if isinstance(horizon, Figure) else ""
    who = f"{number(cohort.children)} {_children(cohort.children)} aged {cohort.ages}"
    console.print(
        f"{who}, {cohort.level}; {years} years; {case.settings['price_base']} prices", style="dim"
    )
    console.print(f"[bold]{escape(head.verdict)}[/]")
    console.print(_two_sides(case))
    shown = head.conflicts if len(head.conflicts) <= CONFLICTS else head.conflicts[:1]
    for conflict in shown:
        console.print(f"[yellow]CONFLICT[/] {escape(conflict)}")
    if len(shown) < len(head.conflicts):
        console.print(f"[yellow]CONFLICT[/] and {len(head.conflicts) - 1} more, below")
    for line in head.assumed:
        console.print(f"[dim]ASSUMED  {escape(line)}[/]")
    console.print()


def _most(figure: Figure) -> str:
    """Say that a saving is the most there can be; spending more has no such bound."""
    return "at most" if figure.value is not None and figure.value > 0 else ""


def _children(figure: Figure) -> str:
    return "child" if figure.value == 1 else "children"


def _two_sides(case: BusinessCase) -> Table:
    """Return gross and net, cost and savings, and the chance, one line each."""
    head = case.headline
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(style="dim")
    for name, figure, words in (
        (f"GROSS  {head.success}", head.gross, "children, with it"),
        (
            "       would have anyway",
            head.would_have_anyway,
            f"{number(head.never_entering)} of all",
        ),
        ("NET    because of it", head.net, "children"),
        ("       needed to help one", head.number_needed, "children"),
        ("       days in care avoided", head.days_net, "net"),
        ("COST   of delivery", head.delivery_cost, ""),
        ("SAVED  council", head.saved_council, _most(head.saved_council)),
        ("       all public budgets", head.saved_all, _most(head.saved_all)),
        ("CHANCE council saves", head.chance_council, "after delivery, at average costs"),
        ("       all budgets save", head.chance_all, "as above"),
    ):
        said = f"{_span(figure)} {words}".strip()
        table.add_row(name, number(figure), escape(said))
    return table


def _span(figure: Figure) -> str:
    """Return "[low to high]", or nothing where both read the same."""
    text = span(figure)
    low, _, high = text.partition(" to ")
    return f"[{text}]" if low != high else ""


def _promise(console: Console, case: BusinessCase) -> None:
    promise = case.promise
    if promise is None:
        return
    table = titled("What would have to be true", ("", "value", "in words"), words=(0, 2))
    for line in promise.lines:
        said = f"{number(line.value)} {unit_words(line.value.unit)}".strip()
        table.add_row(line.name, said, line.in_words)
    console.print(table)
    if promise.rows:
        table = titled(
            "Effect needed (hazard ratio), by the risk without the programme",
            ("risk", "days in care", "if before payments", "entries less", "if after", "less"),
        )
        for row in promise.rows:
            needed = (
                row.effect_if_before,
                row.entries_if_before,
                row.effect_if_after,
                row.entries_if_after,
            )
            table.add_row(number(row.risk), number(row.net_days_most), *map(_needed, needed))
        console.print(table)
    console.print("[bold]How would we know?[/]")
    for way in promise.know:
        console.print(f"  - {escape(way)}")
    console.print(f"[bold]Not published:[/] {escape('; '.join(promise.unpublished))}\n")


def _needed(figure: Figure) -> str:
    return "impossible" if figure.value is None else number(figure)


def _outcomes(console: Console, case: BusinessCase) -> None:
    table = titled("Outcomes [80% of draws]", ("", "without", "with", "net", ""), words=(0, 4))
    for row in case.outcomes:
        table.add_row(
            row.name,
            number(row.usual),
            number(row.programme),
            number(row.net),
            escape(_span(row.net)),
        )
    console.print(table)
    console.print()


def _money(console: Console, case: BusinessCase) -> None:
    _worth(console, case)
    table = titled("By agency, present value", ("", "without", "with", "saved"))
    for line in case.agencies:
        blank = "not valued" if line.usual.value is None else ""
        arms = (line.usual, line.programme, line.saved)
        table.add_row(line.agency, *(blank or number(figure) for figure in arms))
    for value in case.values:
        if value.value.note.startswith("not valued"):
            table.add_row(f"{value.kind} value", "", "", "not valued")
    console.print(table)
    console.print()
    table = titled("By year, not discounted", ("", "delivery", "council saves", "all save", "net"))
    for year in case.years:
        figures = (year.delivery, year.saved_council, year.saved_all, year.net_all)
        table.add_row(year.year, *map(number, figures))
    console.print(table)
    console.print(f"[bold]Cashable for the council:[/] {escape(_cashable(case))}\n")


def _cashable(case: BusinessCase) -> str:
    """Say what releases the council's budget, as far as it is known."""
    cash = case.cashability
    if cash.most.value is None:
        return f"{NOT_KNOWN}: {cash.in_words}"
    text = f"between {number(cash.least)} and {number(cash.most)}"
    if cash.break_even_share.value is not None:
        text += (
            f"; breaks even if {number(cash.break_even_share)} of the average saving is cashable"
        )
    if cash.released.value is not None:
        first = number(cash.first_month)
        text += (
            f". Released: {number(cash.released)} {_span(cash.released)}, first in month {first}"
        )
    return f"{text}. {cash.in_words}"


def _worth(console: Console, case: BusinessCase) -> None:
    table = titled("Worth, present value [80% of draws]", ("", *(w.for_whom for w in case.worth)))
    for name, figures in (
        ("saved", [w.saved for w in case.worth]),
        ("net present value", [w.net_present_value for w in case.worth]),
        ("saved ÷ cost", [w.benefit_cost_ratio for w in case.worth]),
    ):
        table.add_row(name, *(escape(f"{number(f)} {_span(f)}".strip()) for f in figures))
    table.add_row("pays back by the end of", *(_years(w.payback_years) for w in case.worth))
    table.add_row("chance that it saves", *(number(w.chance_of_saving) for w in case.worth))
    console.print(table)
    console.print()


def _years(figure: Figure) -> str:
    if figure.value is not None:
        return f"year {figure.value:.0f}"
    return NOT_KNOWN if figure.basis == NOT_KNOWN else "not within it"


def _reverse(console: Console, case: BusinessCase) -> None:
    back = case.reverse
    table = titled("The reverse questions", ("", ""))
    table.show_header = False
    table.add_row("effect at which the council breaks even", _ratio(back.effect_needed_council))
    table.add_row("effect at which all budgets break even", _ratio(back.effect_needed_all))
    if back.difference_needed_all.value is not None:
        table.add_row("the same as a difference", f"{number(back.difference_needed_all)} points")
    for name, figure in back.most_per_child:
        table.add_row(f"most to pay a child: {name}", number(figure))
    table.add_row("deadweight here, share of gross", number(back.deadweight_here))
    table.add_row("deadweight at which it fails, council", number(back.deadweight_fails_council))
    table.add_row("deadweight at which it fails, all", number(back.deadweight_fails_all))
    each = unit_words(back.saved_per_avoided.unit)
    table.add_row(f"saved {each}", number(back.saved_per_avoided))
    console.print(table)
    console.print()
    if back.beside:
        table = titled(
            "Beside what is published of it and its class",
            ("programme and study", "here", "", "enough?"),
            words=(0, 2, 3),
        )
        for row in back.beside:
            table.add_row(
                escape(f"{row.programme}, {row.study}: {row.in_words}"),
                number(row.hazard_ratio),
                escape(_span(row.hazard_ratio)),
                row.enough,
            )
        console.print(table)
        console.print()


def _ratio(figure: Figure) -> str:
    return number(figure) if figure.value is not None else "not known"


def _sensitivity(console: Console, case: BusinessCase) -> None:
    if not case.sensitivity:
        return
    table = titled(
        "What moves the answer: net present value when one input alone moves",
        ("input", "from", "to", "at from", "at to"),
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
    console.print()
    table = titled(
        "What nobody knows: net present value if another choice is made",
        ("assumed", "choice", "council", "all budgets"),
        words=(0, 1),
    )
    for switch in case.switches:
        figures = (switch.council, switch.all_budgets)
        table.add_row(switch.assumption, switch.choice, *map(number, figures))
    console.print(table)
    console.print()


def _ground(console: Console, case: BusinessCase) -> None:
    table = titled("Prices", ("", "price", "borne by", "from"), words=(0, 2, 3))
    for line in case.prices:
        per = "a week" if line.price.unit == "GBP a week" else "an entry"
        table.add_row(line.name, f"{number(line.price)} {per}", line.agencies, line.original)
    console.print(table)
    console.print()
    table = titled(
        "Hazards: where each comes from", ("move", "from", "× England", "own weight"), words=(0, 1)
    )
    for move in case.hazards:
        table.add_row(
            move.transition.replace("_", " "),
            move.provenance,
            number(move.level),
            number(move.own_weight),
        )
    console.print(table)
    console.print()
    table = titled(
        "The place's children if its levels held for good",
        ("", "published", "modelled"),
    )
    for check in case.checks:
        if check.name.startswith(f"{case.place.name}: "):
            table.add_row(check.name, number(check.published), number(check.modelled))
    console.print(table)
    console.print()
    console.print("[bold]Assumed[/]")
    for assumption in (*case.assumptions, *case.notes):
        console.print(f"  - {escape(assumption)}")
    console.print()
