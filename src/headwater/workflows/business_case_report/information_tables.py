"""The tables of the value of information, for the report and the workbook."""

from headwater.core.figure import Figure
from headwater.reporting.table import Cell, Table
from headwater.workflows.business_case.information_result import Information, PilotAnswer
from headwater.workflows.business_case.information_verdict import idle
from headwater.workflows.business_case.question import MOST_YEARS


def information_tables(found: Information | None) -> tuple[Table, ...]:
    """Return its tables; none where it was not asked."""
    if found is None:
        return ()
    made = (_shares(found), _inputs(found), _scale(found))
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
        note=(
            "Cashable: the share of average costs taken to fall away. England: a year's children."
            " Present values. Rows where knowing more is worth nothing are in the workbook alone."
        ),
        apart=frozenset(i for i, line in enumerate(found.shares) if idle(line)),
    )


def _inputs(found: Information) -> Table:
    rows = tuple(
        (line.input, line.for_whom, line.closest, line.whole, line.england) for line in found.inputs
    )
    return Table(
        "information-inputs",
        "What knowing one input, or a group of them, is worth",
        (
            "input",
            "for whom",
            "where the decision is closest",
            "where all costs fall away",
            "England, where it is closest",
        ),
        rows,
        note="Inputs that are worth nothing to know are left out.",
    )


def _scale(found: Information) -> Table:
    rows = (
        ("children a year in England", found.eligible),
        ("of the variance of the net present value, chance in single children", found.luck),
    )
    return Table(
        "information-scale",
        "What these values rest on",
        ("what", "figure"),
        rows if found.shares else (),
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
            "pays from, years: here",
            "advice here",
            "its result, a year: England",
            "testing first: England",
            "pays from, years: England",
            "advice in England",
        ),
        tuple(
            (
                line.for_whom,
                line.share,
                line.year_here,
                line.net_here,
                _pays(line.pays_from_here),
                line.advice_here,
                line.year_england,
                line.net_england,
                _pays(line.pays_from_england),
                line.advice_england,
            )
            for line in pilot.lines
        ),
        note=(
            "Its result: before its cost. Testing first: against deciding now, after its cost and"
            " what waiting forgoes, for the years decided for. Pays from: years of children from"
            f" which testing first pays; never: not within {MOST_YEARS}. A report leaves out the"
            " shares at which its result is worth less than a pound: there waiting only harms, or"
            " a test only costs."
        ),
        apart=frozenset(i for i, line in enumerate(pilot.lines) if not line.tells),
        fold=False,
    )


def _pays(figure: Figure) -> Cell:
    """Return a number of years, or that it never pays: that is known."""
    return "never" if figure.value is None and figure.basis != "not known" else figure
