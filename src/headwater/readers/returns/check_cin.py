"""Hold a children in need census against its rules."""

from collections.abc import Callable, Iterator, Mapping

from headwater.core.fault import Fault
from headwater.core.finding import Level, Where, found
from headwater.readers.returns.cells import Says, listed
from headwater.readers.returns.checks_cin_assessments import assessment_checks, enquiry_checks
from headwater.readers.returns.checks_cin_cases import case_checks
from headwater.readers.returns.checks_cin_children import child_checks, header_checks
from headwater.readers.returns.checks_cin_plans import (
    court_checks,
    need_plan_checks,
    protection_checks,
)
from headwater.readers.returns.cin_scene import cin_scenes
from headwater.readers.returns.forms import CENSUS, layouts
from headwater.readers.returns.read import Return
from headwater.readers.returns.rule_check import Check, held_against
from headwater.readers.returns.validity import twofold
from headwater.readers.returns.years import YEAR

CHECKS: Mapping[str, Callable[[], Iterator[Check]]] = {
    CENSUS: header_checks,
    "child": child_checks,
    "cin_details": case_checks,
    "assessments": assessment_checks,
    "section47": enquiry_checks,
    "cin_plans": need_plan_checks,
    "cp_plans": protection_checks,
    "pre_proceedings": court_checks,
}
"""The checks of each table."""
MORE_PLANS, NO_COURT, COURT_FROM = "2883", "8995Q", 2027


def check_cin(held: Return) -> Iterator[Fault]:
    """Yield a fault for each breach of a rule of the census, table by table."""
    names = {*layouts("cin"), CENSUS} - {"header"}
    scenes = cin_scenes({name: held.tables[name] for name in names if name in held.tables})
    for table, checks in CHECKS.items():
        if table in scenes:
            yield from held_against(scenes[table], tuple(checks()))
    yield from _whole_files(held)
    yield from _vanished(held)
    yield from _authorities(held)
    if "cin_details" in held.tables:
        yield from twofold("cin_details", held.tables["cin_details"])


def _authorities(held: Return) -> Iterator[Fault]:
    """Yield a fault for each census of another authority than the first: keys are its own."""
    census = held.tables.get(CENSUS)
    if census is None:
        return
    said = census.select("file", "row", "LEA").drop_nulls("LEA")
    first = said["LEA"][0] if said.height else ""
    for file, row, authority in said.iter_rows():
        if authority != first:
            rule = f"is another authority than {first}: one key may be two children's."
            at, told = Where(file, str(row)), {"column": "LEA", "value": authority}
            yield Fault("authority", found("wrong", at, rule, remedy="Read them apart.", **told))


def _vanished(held: Return) -> Iterator[Fault]:
    """Yield a fault for a case left open that the next year's census does not have."""
    import polars as pl  # noqa: PLC0415 - a heavy library, read when a return is

    cases = held.tables.get("cin_details")
    if cases is None:
        return
    by = ("CHILD", "CINreferralDate")
    later = [year - 1 for year in held.forms["cin"]]
    left = cases.filter(
        pl.col("CINclosureDate").is_null()
        & (pl.col("ReferralNFA").fill_null("0") != "1")
        & pl.all_horizontal(pl.col(by).is_not_null())
        & pl.col(YEAR).is_in(later)
    )
    goes_on = cases.select(*by, pl.col(YEAR) - 1)
    rows = left.join(goes_on, on=(*by, YEAR), how="anti", maintain_order="left")
    rule = "begins a case left open, and the next census lacks it: it was last seen on 31 March."
    for (file,), own in rows.group_by("file", maintain_order=True):
        says = Says("vanished", "CINreferralDate", rule, "Close it, or return it.", "doubtful")
        yield from listed(str(file), own, says)


def cin_numbers() -> frozenset[str]:
    """Return the number of every rule of the census that is expressed here."""
    expressed = {check.number for checks in CHECKS.values() for check in checks()}
    return frozenset(expressed | {MORE_PLANS, NO_COURT})


def _whole_files(held: Return) -> Iterator[Fault]:
    """Yield faults of a census as a whole: more plans than conferences; no pre-proceedings."""
    census = held.tables.get(CENSUS)
    if census is None:
        return
    for file, year in census.select("file", YEAR).unique(maintain_order=True).iter_rows():
        plans = _within(held, "cp_plans", "CPPstartDate", file)
        met = _within(held, "section47", "DateOfInitialCPC", file)
        met += _within(held, "cin_details", "DateOfInitialCPC", file)
        if plans > met:
            rule = (
                f"has {plans:,} protection plans that began in the year, and {met:,} conferences."
            )
            yield _fault(MORE_PLANS, file, "CPPstartDate", rule)
        court = held.tables.get("pre_proceedings")
        if year >= COURT_FROM and (court is None or file not in set(court["file"])):
            yield _fault(NO_COURT, file, "PPStartDate", "has no pre-proceedings of any child.")


def _within(held: Return, table: str, column: str, file: str) -> int:
    """Return how many dates of a file lie within its census year."""
    import polars as pl  # noqa: PLC0415 - a heavy library, read when a return is

    rows = held.tables.get(table)
    if rows is None:
        return 0
    day = pl.col(column)
    ends = day.dt.year() + (day.dt.month() > 3)
    return rows.filter((pl.col("file") == file) & (ends == pl.col(YEAR))).height


def _fault(number: str, file: str, column: str, rule: str) -> Fault:
    level: Level = "doubtful" if number.endswith("Q") else "wrong"
    return Fault(number, found(level, Where(file), rule, column=column, remedy="Look it up."))
