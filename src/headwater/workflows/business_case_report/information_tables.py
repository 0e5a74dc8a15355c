"""The tables of the value of information, for the report and the workbook."""

from headwater.reporting.table import Cell, Table
from headwater.workflows.business_case.information_result import Information, PilotAnswer


def information_tables(found: Information | None) -> tuple[Table, ...]:
    """Return its tables; none where it was not asked."""
    if found is None:
        return ()
    made = (_shares(found), _inputs(found))
    return made if found.pilot is None else (*made, _pilot(found.pilot), _pilot_worth(found.pilot))


def _shares(found: Information) -> Table:
    return Table(
        "information",
        "The decision now, and the most that knowing more is worth",
        (
            "for whom",
            "cashable",
            "now",
            "net present value",
            "knowing everything: here",
            "knowing everything: England",
        ),
        tuple((s.for_whom, s.share, s.now, s.net, s.here, s.england) for s in found.shares),
        note="Cashable: the share of average costs taken to fall away. England: a year's children.",
    )


def _inputs(found: Information) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (line.input, line.for_whom, line.closest, line.whole, line.england) for line in found.inputs
    ]
    if rows:
        rows.append(("children a year in England", "", "", "", found.eligible))
        rows.append(("chance in single children, of the spread", "", "", found.luck, ""))
    return Table(
        "information-inputs",
        "What knowing one input, or a group of them, is worth",
        ("input", "for whom", "where the decision is closest", "if all is cash", "England"),
        tuple(rows),
        note="Inputs that are worth nothing to know are left out.",
    )


def _pilot(pilot: PilotAnswer) -> Table:
    rows: tuple[tuple[Cell, ...], ...] = (
        ("families, in both arms", pilot.families),
        ("cost", pilot.cost),
        ("until its result is acted on", pilot.delay),
        ("years of children decided for", pilot.years),
        ("of the variance of the effect, resolved", pilot.effect_resolved),
        ("of the variance of the risk, resolved", pilot.risk_resolved),
    )
    return Table("pilot", "The pilot", ("what", "figure"), rows, fold=False)


def _pilot_worth(pilot: PilotAnswer) -> Table:
    return Table(
        "pilot-worth",
        "What the pilot is worth, and what to do",
        (
            "for whom",
            "cashable",
            "its result, a year: here",
            "testing first: here",
            "pays from: here",
            "advice here",
            "its result, a year: England",
            "testing first: England",
            "pays from: England",
            "advice in England",
        ),
        tuple(
            (
                line.for_whom,
                line.share,
                line.year_here,
                line.net_here,
                line.pays_from_here,
                line.advice_here,
                line.year_england,
                line.net_england,
                line.pays_from_england,
                line.advice_england,
            )
            for line in pilot.lines
        ),
        note="Testing first: against deciding now, after its cost and what waiting forgoes.",
        fold=False,
    )
