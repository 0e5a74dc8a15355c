"""Every table of a place's forecast, once: the report draws them and the workbook holds them."""

from datetime import date

from headwater.core.figure import Figure
from headwater.reporting.table import Cell, Table
from headwater.workflows.forecast.record import YEARS as TESTED
from headwater.workflows.forecast.result import (
    COST_LEFT_OUT,
    MIDDLE_OF_DIFFERENCES,
    Forecast,
    Month,
)
from headwater.workflows.forecast.scenario import PLACEMENT_WORDS
from headwater.workflows.forecast_report.history import History
from headwater.workflows.forecast_report.record_tables import scores_table

PARTS = ("children", "mix of placements", "price")
AVERAGE = "Average cost: what one child more costs at the margin may be less."


def tables(result: Forecast, past: History) -> dict[str, Table]:
    """Return the report's tables by id, in the order of the workbook's sheets."""
    made = (
        _headline(result),
        _stocks(result),
        _spending(result),
        _split(result),
        _placements(result),
        _flows(result),
        _drivers(result),
        _doubts(result),
        _seed_shifts(result),
        _changes(result),
        _scenario_stocks(result),
        _scenario_flows(result),
        _scenario_spending(result),
        scores_table(result.record),
        _past(past),
    )
    return {table.id: table for table in made if table.rows}


def month_tables(result: Forecast) -> tuple[Table, ...]:
    """Return what only the workbook holds: every month."""
    made = (_months(result), _month_placements(result), _month_spending(result))
    return tuple(table for table in made if table.rows)


def _headline(result: Forecast) -> Table:
    """Now and later; three years on where more are forecast, for the record tests no more."""
    middle = TESTED - 1 if len(result.stocks[0].years) > TESTED else None
    ends = [
        (line.name, line.base, line.years, line.scenario, line.difference) for line in result.stocks
    ]
    if result.spending:
        years = result.spending
        ends.append(
            (
                "spending on looked-after children, a year",
                result.spent_base,
                tuple(year.spending for year in years),
                tuple(year.scenario for year in years if year.scenario is not None),
                tuple(year.difference for year in years if year.difference is not None),
            )
        )
    without = ", without the scenario" if result.scenario else ""
    heads = ["what", "now"]
    heads += [f"after {TESTED} years{without}"] if middle is not None else []
    heads += [f"at the end{without}"]
    heads += ["at the end, with the scenario", "with it, more than without it"] if without else []
    rows: list[tuple[Cell, ...]] = [
        (
            name,
            now,
            *(() if middle is None else (years[middle],)),
            years[-1],
            *(other[-1:] if without else ()),
            *(more[-1:] if without else ()),
        )
        for name, now, years, other, more in ends
    ]
    title = f"Now and at the end. Scenario: {result.scenario}" if without else "Now and at the end"
    note = f"{MIDDLE_OF_DIFFERENCES} {COST_LEFT_OUT}" if without else ""
    return Table("headline", title, tuple(heads), tuple(rows), note, fold=False)


def _stocks(result: Forecast) -> Table:
    rows: list[tuple[Cell, ...]] = [(result.base, *(line.base for line in result.stocks))]
    rows += [
        (first.period, *(line.years[i] for line in result.stocks))
        for i, first in enumerate(result.stocks[0].years)
    ]
    return Table(
        "stocks",
        "Children, as publishers count them",
        ("day", *(line.name for line in result.stocks)),
        tuple(rows),
        note="Children in need hold those on plans and looked after, and care leavers in need.",
        fold=False,
    )


def _spending(result: Forecast) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (year.period, year.spending, year.change) for year in result.spending
    ]
    if rows:
        rows.insert(0, (result.spent_base.period, result.spent_base, ""))
    return Table(
        "spending",
        "Spending on looked-after children",
        ("financial year", "spending", "more than the base year"),
        tuple(rows),
        AVERAGE,
    )


def _split(result: Forecast) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (year.period, year.looked_after, year.children, year.mix, year.price)
        for year in result.spending
    ]
    if rows:
        rows.insert(0, (result.spent_base.period, result.spent_children, "", "", ""))
    return Table(
        "split",
        "What moves spending away from the base year's",
        (
            "financial year",
            "mean of looked-after children",
            *(f"added by {part}" for part in PARTS),
        ),
        tuple(rows),
        note=(
            "First row: the base year. The parts add up to the change in every draw, so not quite"
            " in the middle of the draws."
        ),
    )


def _placements(result: Forecast) -> Table:
    """One row each 31 March, and the last month that is simulated."""
    months = result.months[::12]
    if result.months and result.months[-1] is not months[-1]:
        months = (*months, result.months[-1])
    return Table(
        "placements",
        "Looked-after children by placement",
        ("day", *_placement_names(result)),
        tuple((_day(month), *month.placements.values()) for month in months if month.placements),
        note=(
            "First row: the mix published for that day, pooled with England's where the place is"
            " small and brought to 100%, or counted in the place's own records; it goes on as"
            " England's goes. Last row: the last month."
        ),
    )


def _placement_names(result: Forecast) -> tuple[str, ...]:
    names = result.months[0].placements if result.months else {}
    return tuple(PLACEMENT_WORDS.get(name, name) for name in names)


def _flows(result: Forecast) -> Table:
    first = result.flows[0]
    rows: list[tuple[Cell, ...]] = [
        (f"{first.published.period}, published", *(line.published for line in result.flows))
    ]
    rows += [
        (figure.period, *(line.years[i] for line in result.flows))
        for i, figure in enumerate(first.years)
    ]
    return Table(
        "flows",
        "Moves a year, without asylum-seeking children",
        ("year", *(line.name for line in result.flows)),
        tuple(rows),
        note=result.flows_note,
    )


def _scenario_flows(result: Forecast) -> Table:
    heads = [
        head
        for line in result.flows
        for head in (f"{line.name}: scenario", f"{line.name}: more than without it")
    ]
    return Table(
        "scenario-moves",
        "Moves a year in the scenario, and how many more than without it",
        ("year", *heads),
        tuple(
            (
                figure.period,
                *(f for line in result.flows for f in (line.scenario[i], line.difference[i])),
            )
            for i, figure in enumerate(result.flows[0].scenario)
        ),
        note=MIDDLE_OF_DIFFERENCES,
    )


def _seed_shifts(result: Forecast) -> Table:
    return Table(
        "seed",
        "By how much the ends of the last year's intervals move with another seed",
        ("interval of", "lower end", "upper end"),
        tuple((shift.name, shift.low, shift.high) for shift in result.seed_shifts),
        note="One standard error, from drawing again from the draws, mirrored pairs together.",
    )


def _drivers(result: Forecast) -> Table:
    return Table(
        "drivers",
        "Rates of this place against England's",
        (
            "rate of",
            "own figures",
            "as neighbours'",
            "weight of own",
            "fitted",
            "stands still at",
            "used",
        ),
        tuple(
            (d.name, d.own, d.neighbours, d.weight, d.fitted, d.standing or "", d.used)
            for d in result.drivers
        ),
        fold=False,
    )


def _doubts(result: Forecast) -> Table:
    parts = result.doubts[0].parts if result.doubts else {}
    return Table(
        "doubts",
        "Where the width of the last interval comes from",
        ("doubt about", *(doubt.name for doubt in result.doubts)),
        tuple((name, *(doubt.parts[name] for doubt in result.doubts)) for name in parts),
        note=(
            "Shares of the variance of the logarithm of each stock at the end, to the nearest ten"
            " per cent."
        ),
    )


def _changes(result: Forecast) -> Table:
    return Table(
        "changes",
        "What the scenario has different",
        ("what", "by", "from", "to", "because"),
        tuple((c.what, c.by, c.since, c.until, c.because) for c in result.changes),
        fold=False,
    )


def _scenario_stocks(result: Forecast) -> Table:
    lines = [line for line in result.stocks if line.scenario]
    heads = [
        head
        for line in lines
        for head in (f"{line.name}: scenario", f"{line.name}: more than without it")
    ]
    first = lines[0].scenario if lines else ()
    return Table(
        "scenario-children",
        "Children in the scenario, and how many more than without it",
        ("day", *heads),
        tuple(
            (figure.period, *(f for line in lines for f in (line.scenario[i], line.difference[i])))
            for i, figure in enumerate(first)
        ),
        note=MIDDLE_OF_DIFFERENCES,
    )


def _scenario_spending(result: Forecast) -> Table:
    rows = tuple(
        (year.period, year.spending, year.scenario, year.difference)
        for year in result.spending
        if year.scenario is not None and year.difference is not None
    )
    return Table(
        "scenario-spending",
        "Spending on looked-after children in the scenario",
        ("financial year", "without it", "in the scenario", "more than without it"),
        rows,
        f"{MIDDLE_OF_DIFFERENCES} {AVERAGE} {COST_LEFT_OUT}",
    )


def _past(past: History) -> Table:
    return Table(
        "past",
        "Published before: children on the day, spending in the year that ends on it",
        (
            "day",
            "children in need",
            "children on plans",
            "looked-after children",
            "spending on looked-after children",
        ),
        tuple(
            (f"31 March {year}", *(line[i] for line in past.stocks.values()), past.spending[i])
            for i, year in enumerate(past.years)
        ),
        note=(
            "Spending is moved by the GDP deflator to the prices of the base year,"
            f" {past.spending[-1].price_base}."
            if past.spending
            else ""
        ),
        fold=False,
    )


def _months(result: Forecast) -> Table:
    return Table(
        "months",
        "Children on the first day of each month",
        ("day", "children in need", "children on plans", "looked-after children"),
        tuple((_day(m), m.need, m.plan, m.care) for m in result.months),
    )


def _month_placements(result: Forecast) -> Table:
    return Table(
        "month-placements",
        "Looked-after children by placement on the first day of each month",
        ("day", *_placement_names(result)),
        tuple((_day(m), *m.placements.values()) for m in result.months if m.placements),
    )


def _month_spending(result: Forecast) -> Table:
    names = result.months[0].by_state if result.months else {}
    return Table(
        "month-spending",
        "Spending at the rate of each month, pounds a year",
        ("month from", *names),
        tuple((_day(m), *m.by_state.values()) for m in result.months if m.by_state),
        note="A monthly rate: what a whole year would cost at that month's pace.",
    )


def _day(month: Month) -> str:
    day = date.fromisoformat(month.day)
    return f"{day.day} {day:%B %Y}"


def parts_of(result: Forecast) -> dict[str, Figure]:
    """Return what each part adds to spending by the last year, largest first."""
    if not result.spending:
        return {}
    last = result.spending[-1]
    found = dict(zip(PARTS, (last.children, last.mix, last.price), strict=True))
    return dict(sorted(found.items(), key=lambda item: -abs(item[1].value or 0.0)))
