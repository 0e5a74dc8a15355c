"""What was published of a shipped contract, and how each figure is to be checked."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Literal

from pydantic import Field

from headwater.catalogue.files import DATA
from headwater.contracts.agreement import Contract, Words
from headwater.contracts.term import Name, Names
from headwater.core.errors import did_you_mean
from headwater.core.exact import Exact
from headwater.core.model import Frozen
from headwater.workflows.agreements import read_agreement
from headwater.workflows.written import Loc, Said, check_model, read_toml

Grade = Literal["A", "A-", "B+", "B", "C", "D"]
LookAt = Literal["total", "term", "measure", "table", "condition", "instrument"]
Kind = Literal["independent", "consistency only", "derived here"]
GRADES: dict[str, str] = {
    "A": "terms and result are published, and what was paid, or whether, can be worked out",
    "A-": "the condition can be worked out; the amount is only partly published",
    "B+": "works out at some of the published points",
    "B": "a rule had to be inferred, or only the formula is whole",
    "C": "terms and results are partly public; a price or a payment is missing",
    "D": "only the mechanism is known",
}
KINDS: dict[str, str] = {
    "independent": "terms and result were published apart from one another",
    "consistency only": "a rule, rate or rounding was inferred from the same published figures",
    "derived here": "follows from the terms; nobody published it as a figure",
}


class Row(Frozen):
    """Outcomes as they would be claimed: one, or `count` alike for as many keys.

    Parameters
    ----------
    who
        The key; with a count, the start of the keys' names.
    first_day
        Of the outcome; without it, the last day.
    units
        Of each.
    """

    metric: Name
    who: str = ""
    cohort: str = ""
    group: str = ""
    first_day: date | None = None
    last_day: date
    units: Exact = Fraction(1)
    count: int = Field(default=1, ge=1, le=100_000)


class Arithmetic(Frozen):
    """Arithmetic on published figures, where no term of payment is asked.

    Parameters
    ----------
    how
        "sum", "product", "ratio", "difference" of the numbers, "fall" of the first from the second
        as a share of it; "yearly_return" of what is paid on a capital over years.
    """

    how: Literal["sum", "product", "ratio", "difference", "fall", "yearly_return"]
    of: tuple[Exact, ...] = Field(min_length=2, max_length=8)


class Check(Frozen):
    """A published figure, and what it is compared with.

    Parameters
    ----------
    kind
        How much the comparison is worth.
    source
        Keys of the agreement's sources.
    claims
        What is settled.
    until
        Only periods that end by this day.
    look_at
        "total": what is due in all. "term": what a term gives in all. "measure": its value in the
        last period. "table": the value read off in the last period. "condition": whether a term's
        conditions are met. "instrument": what it gets, less what was drawn from it.
    name
        Of the term, measure or instrument.
    cohort, group
        Which of its cells; empty: all of them, added.
    less, over
        What is taken from it, and what it is divided by.
    arithmetic
        Instead of `claims` and `look_at`.
    lacks
        Instead of `claims`: what is not published, so that nothing can be settled.
    published
        As it was printed.
    figure
        The same as a number: pounds, a share, or 1 and 0 for a condition met or not.
    low, high
        What the printed words stand for, by their rounding and no more; `high` is included.
    """

    id: Name
    what: Words
    kind: Kind
    source: Names = ()
    claims: tuple[Row, ...] = ()
    until: date | None = None
    look_at: LookAt = "total"
    name: Name | None = None
    cohort: str = ""
    group: str = ""
    less: Exact | None = None
    over: Exact | None = None
    arithmetic: Arithmetic | None = None
    lacks: str = ""
    published: Words
    figure: Exact | None = None
    low: Exact | None = None
    high: Exact | None = None
    unit: str = ""
    note: str = ""


class Rival(Frozen):
    """Figures that sources give for the same thing."""

    what: Words
    says: tuple[str, ...] = Field(min_length=2)
    source: Names = ()


class Hindcast(Frozen):
    """What was known of a condition of payment at signature.

    Parameters
    ----------
    condition
        The term whose conditions are meant, and which cells of it.
    people
        People or units on which the result rests.
    threshold
        Of the result: a fall, a share, a count.
    promised
        The result that was expected, in the threshold's unit.
    baseline, baseline_unit
        What was expected without the programme; in the threshold's unit, if no other is named.
    against
        What the result is compared with.
    observed
        What came out.
    turns_on
        What payment turns on, where the odds can be said only the other way round: a "fall" of at
        least the threshold, a "count" of people, or the "first_unit".
    not_known
        What the odds would need and nobody published.
    """

    condition: Name
    unit: Words
    people: Exact | None = None
    threshold: Exact | None = None
    promised: Exact | None = None
    baseline: Exact | None = None
    baseline_unit: str = ""
    against: Words
    observed: Exact | None = None
    turns_on: Literal["fall", "count", "first_unit"] | None = None
    not_known: tuple[str, ...] = ()
    source: Names = ()
    note: str = ""


class Published(Frozen):
    """What was published of a contract.

    Parameters
    ----------
    mechanisms
        What the contract is known to do, by the names of the list of mechanisms.
    not_published
        What was looked for and not found.
    """

    contract: Name
    country: Words
    years: Words
    grade: Grade
    population: str = ""
    measured_how: str = ""
    mechanisms: tuple[Words, ...]
    not_published: tuple[Words, ...] = ()
    conflicts: tuple[Words, ...] = ()
    check: tuple[Check, ...] = ()
    rival: tuple[Rival, ...] = ()
    hindcast: tuple[Hindcast, ...] = ()


def shipped_published() -> dict[str, Path]:
    """Return the files of what was published, by contract."""
    folder = Path(str(DATA / "contracts/published"))
    return {path.stem: path for path in sorted(folder.glob("*.toml"))}


def read_published(name: str) -> Published:
    """Read what was published of a shipped contract.

    Raises
    ------
    InputError
        With every fault of the file.
    """
    contract = read_agreement(name).contract
    entry, place, text = read_toml(
        name, kind="contract", shipped=shipped_published(), numbers=Decimal
    )
    return check_model(
        Published, entry, place, text, then=lambda made: published_faults(made, contract)
    )


def published_faults(made: Published, contract: Contract) -> Iterator[tuple[Loc, Said]]:
    """Yield what is wrong with a file beside its agreement: unknown names, checks of nothing."""
    terms = [term.id for term in contract.term]
    for i, check in enumerate(made.check):
        yield from _check_faults(contract, check, i)
    for table in ("check", "rival", "hindcast"):
        for i, one in enumerate(getattr(made, table)):
            for key in one.source:
                yield from _known((table, i, "source"), key, [*contract.source], "source")
    for i, seen in enumerate(made.hindcast):
        yield from _known(("hindcast", i, "condition"), seen.condition, terms, "term")


def _check_faults(contract: Contract, check: Check, i: int) -> Iterator[tuple[Loc, Said]]:
    for row in check.claims:
        metrics = [metric.id for metric in contract.metric]
        yield from _known(("check", i, "claims"), row.metric, metrics, "metric")
    held = contract.instrument if check.look_at == "instrument" else contract.term
    yield from _known(("check", i, "name"), check.name, [one.id for one in held], "term")
    if sum(map(bool, (check.claims, check.arithmetic, check.lacks))) != 1:
        yield ("check", i), ("needs one of 'claims', 'arithmetic' and 'lacks'.", "")
    if check.claims and (check.look_at == "total") == (check.name is not None):
        yield ("check", i, "name"), ("belongs to a term, a measure or a condition.", "")
    if (check.low is None) != (check.high is None):
        yield ("check", i, "low"), ("stands with 'high'.", "Give both or neither.")


def _known(
    loc: tuple[str | int, ...], name: str | None, known: list[str], kind: str
) -> Iterator[tuple[Loc, Said]]:
    if name is not None and name not in known:
        yield loc, (f"no {kind} '{name}'.{did_you_mean(name, known)}", f"Known: {known}.")
