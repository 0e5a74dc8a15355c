"""Every table of a business case, once: the report draws them and the workbook holds them."""

from headwater.core.figure import Figure
from headwater.reporting.table import Cell, Table
from headwater.workflows.business_case import BusinessCase
from headwater.workflows.business_case_report.contract_tables import contract_tables
from headwater.workflows.business_case_report.information_tables import information_tables
from headwater.workflows.checks.table import checks_table

FOUND = {
    "favours control": "harm, or favours the comparison group",
    "no detectable effect": "no detectable effect",
    "favours programme": "favours the programme",
    "not an effect": "not an effect",
}
"""What a published result found, in words, in the order in which they are shown."""
GROSS_NET = ("without the programme", "with the programme", "net difference")


def tables(case: BusinessCase) -> dict[str, Table]:
    """Return the tables by id, in the order of the workbook's sheets."""
    made = (
        _answer(case),
        _promise(case),
        _promise_risks(case),
        _outcomes(case),
        _course(case),
        _worth(case),
        _values(case),
        _agencies(case),
        _years(case),
        _cashability(case),
        _prices(case),
        _reverse(case),
        _beside(case),
        _sensitivity(case),
        _switches(case),
        *information_tables(case.information),
        *contract_tables(case.contract),
        _evidence(case),
        _cohort(case),
        _hazards(case),
        checks_table(case.checks),
    )
    return {table.id: table for table in made if table.rows}


def _answer(case: BusinessCase) -> Table:
    head = case.headline
    rows: tuple[tuple[Cell, ...], ...] = (
        (f"{head.success}, with the programme", "gross", head.gross),
        ("would have anyway", "gross", head.would_have_anyway),
        ("because of the programme", "net", head.net),
        ("number needed to help", "net", head.number_needed),
        (f"{head.success} without the programme, share", "gross", head.never_entering),
        ("fewer days looked after", "net", head.days_net),
        ("cost of delivery, present value", "", head.delivery_cost),
        ("saved by the council, before the cost of delivery", "net", head.saved_council),
        ("saved by all public budgets, before it", "net", head.saved_all),
        ("of it after the years of follow-up: modelled", "net", head.saved_after_follow_up),
        ("chance that the council saves, after the cost of delivery", "net", head.chance_council),
        ("chance that all public budgets save, after it", "net", head.chance_all),
    )
    return Table("answer", "The answer", ("what", "count", "figure"), rows, fold=False)


def _outcomes(case: BusinessCase) -> Table:
    rows = tuple((o.name, o.usual, o.programme, o.net) for o in case.outcomes)
    return Table("outcomes", "Outcomes, gross and net", ("outcome", *GROSS_NET), rows)


def _course(case: BusinessCase) -> Table:
    return Table(
        "course",
        "Children looked after at one time",
        ("since the start", *GROSS_NET[:2]),
        tuple((f"{m.months} months", m.usual, m.programme) for m in case.course),
        every=4,
    )


def _worth(case: BusinessCase) -> Table:
    return Table(
        "worth",
        "What it is worth, present value",
        (
            "for whom",
            "saved",
            "net present value",
            "saved ÷ cost",
            "pays back by the end of year",
            "chance it saves",
        ),
        tuple(
            (
                w.for_whom,
                w.saved,
                w.net_present_value,
                w.benefit_cost_ratio,
                w.payback_years,
                w.chance_of_saving,
            )
            for w in case.worth
        ),
    )


def _values(case: BusinessCase) -> Table:
    return Table(
        "values",
        "Saved by class of value",
        ("class", "saved"),
        tuple((v.kind, v.value) for v in case.values),
    )


def _agencies(case: BusinessCase) -> Table:
    return Table(
        "agencies",
        "Spending by agency, present value",
        ("agency", "class", "without the programme", "with the programme", "saved"),
        tuple((a.agency, a.value_type, a.usual, a.programme, a.saved) for a in case.agencies),
    )


def _years(case: BusinessCase) -> Table:
    known = (case.headline.saved_all, case.headline.delivery_cost)
    lines = case.years if any(figure.value is not None for figure in known) else ()
    return Table(
        "years",
        "Delivery and savings by year, not discounted",
        ("year", "delivery", "saved: council", "saved: all", "net: all", "discount factor"),
        tuple(
            (
                y.year,
                y.delivery,
                y.saved_council,
                y.saved_all,
                y.net_all,
                y.factor,
            )
            for y in lines
        ),
    )


def _cashability(case: BusinessCase) -> Table:
    cash = case.cashability
    rows = (
        ("least the council can release", cash.least),
        ("most the council can release", cash.most),
        ("cashable share at which the council breaks even", cash.break_even_share),
        ("released, by the parameters of the case", cash.released),
        ("month of first cash", cash.first_month),
    )
    return Table("cashability", "What releases a budget", ("what", "figure"), rows, cash.in_words)


def _prices(case: BusinessCase) -> Table:
    return Table(
        "prices",
        "Prices, and what each comes to for a child, present value",
        ("price of", "borne by", "price", "as published", *GROSS_NET[:2]),
        tuple(
            (p.name, p.agencies, p.price, p.original, p.spent_usual, p.spent_programme)
            for p in case.prices
        ),
        note="Average costs: more than one child fewer releases.",
    )


def _reverse(case: BusinessCase) -> Table:
    back = case.reverse
    rows: tuple[tuple[Cell, ...], ...] = (
        ("effect at which the council breaks even", back.effect_needed_council),
        ("effect at which all public budgets break even", back.effect_needed_all),
        ("the same as a difference in the share at follow-up", back.difference_needed_all),
        *(
            (f"most one may pay for a child: {name}", figure)
            for name, figure in back.most_per_child
        ),
        ("share of the gross count that is deadweight here", back.deadweight_here),
        ("deadweight at which the case fails: council", back.deadweight_fails_council),
        ("deadweight at which the case fails: all public budgets", back.deadweight_fails_all),
        ("saved for each child gained", back.saved_per_avoided),
    )
    return Table("reverse", "The reverse questions", ("what would have to be true", "figure"), rows)


def _beside(case: BusinessCase) -> Table:
    return Table(
        "beside",
        "Every published effect of this programme and its class, as this cohort would see it",
        ("programme", "study and finding", "hazard ratio", "enough to break even?"),
        tuple(
            (_name(b.programme), f"{b.study}: {b.in_words}", b.hazard_ratio, b.enough)
            for b in case.reverse.beside
        ),
        note="Ranges: 95% intervals of the effect, put on the scale of this cohort.",
    )


def _name(programme: str) -> str:
    """Return a programme's id as words."""
    return programme.replace("_", " ")


def _sensitivity(case: BusinessCase) -> Table:
    return Table(
        "sensitivity",
        "Net present value for all public budgets when one input alone moves",
        ("input", "low end", "high end", "value at low end", "value at high end"),
        tuple((s.input, s.low_input, s.high_input, s.at_low, s.at_high) for s in case.sensitivity),
    )


def _promise(case: BusinessCase) -> Table:
    lines = case.promise.lines if case.promise else ()
    return Table(
        "promise",
        "What would have to be true",
        ("what", "figure", "in words"),
        tuple((line.name, line.value, line.in_words) for line in lines),
    )


def _promise_risks(case: BusinessCase) -> Table:
    rows = case.promise.rows if case.promise else ()
    return Table(
        "promise-risks",
        "The effect the promise needs, by the risk without the programme",
        (
            "risk without the programme",
            "ever looked after without it",
            "days in care, all",
            "hazard ratio needed: saving before payments",
            "entries avoided: before",
            "hazard ratio needed: saving after payments",
            "entries avoided: after",
        ),
        tuple(
            (
                r.risk,
                r.ever_without,
                r.net_days_most,
                r.effect_if_before,
                r.entries_if_before,
                r.effect_if_after,
                r.entries_if_after,
            )
            for r in rows
        ),
        fold=False,
    )


def _switches(case: BusinessCase) -> Table:
    return Table(
        "switches",
        "Net present value if another choice is made where nobody knows",
        ("what is assumed", "choice", "council", "all public budgets"),
        tuple((s.assumption, s.choice, s.council, s.all_budgets) for s in case.switches),
        note="At the middle of the inputs; the case's own choice is among its settings.",
    )


def _evidence(case: BusinessCase) -> Table:
    """Harms and nulls come first, so that nobody has to look for them."""
    order, found = list(FOUND), [row.direction for row in case.evidence]
    rows = sorted(case.evidence, key=lambda row: order.index(row.direction))
    counts = "; ".join(f"{FOUND[one]}: {found.count(one) or 'none'}" for one in order)
    return Table(
        "evidence",
        "Every published result of the programme that was found",
        ("finding", "outcome", "study", "effect as published"),
        tuple(
            (
                FOUND[row.direction],
                row.outcome,
                f"{row.study}, {row.country}: {row.kind}",
                row.effect,
            )
            for row in rows
        ),
        note=f"Results found, {counts}.",
        fold=False,
    )


def _cohort(case: BusinessCase) -> Table:
    cohort = case.cohort
    rows: list[tuple[Cell, ...]] = [
        ("children helped", cohort.children, f"aged {cohort.ages}; {cohort.level}"),
        *((f"start in {year}", figure, "") for year, figure in cohort.starts),
        ("risk without the programme", cohort.risk, cohort.risk_in_words),
        ("that risk beside the place's own", cohort.risk_factor, ""),
        ("effect on the hazard", cohort.effect, cohort.effect_in_words),
    ]
    for name, value in case.settings.items():
        words = name.replace("_", " ")
        rows.append((words, value, "") if isinstance(value, Figure) else (words, "", value))
    return Table(
        "cohort", "Cohort and settings", ("what", "figure", "in words"), tuple(rows), fold=False
    )


def _hazards(case: BusinessCase) -> Table:
    return Table(
        "hazards",
        "Where each hazard comes from",
        ("move", "from", "level", "weight of the place's own figures", "how"),
        tuple(
            (
                h.transition.replace("_", " ").replace("->", "→"),
                h.provenance,
                h.level,
                h.own_weight,
                h.how,
            )
            for h in case.hazards
        ),
    )
