"""What every term has: a name, a clause, what it takes up, and one thing that it does."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from headwater.contracts.amounts import NOT_PUBLISHED, Amount, is_known
from headwater.contracts.column import FINER, Column, Grain, Shape
from headwater.core.exact import write_exact
from headwater.core.instrument import Name, Names
from headwater.core.model import Frozen

if TYPE_CHECKING:
    from headwater.contracts.desk import Desk
    from headwater.contracts.memory import Judged


class UnpublishedError(Exception):
    """A term read a number that is not published; the fold leaves the term unworked."""


__all__ = ["Name", "Names"]
Shapes = Mapping[str, Shape]
Fault = tuple[str, str, str]
"""A field, what is wrong with it, and what to do."""


class Where(Frozen):
    """Which claims a term counts; what is not said does not limit.

    Parameters
    ----------
    least_days, most_days
        Days from a claim's first to its last, both included.
    least_units, most_units
        Units of a claim.
    first_day, last_day
        Of the outcome's last day.
    after
        Only claims that begin after the same key's first outcome of this metric.
    not_after
        Only claims that end before the same key's first outcome of these: a breakdown, a return.
    """

    cohort: Names = ()
    group: Names = ()
    least_days: int | None = Field(default=None, ge=1)
    most_days: int | None = Field(default=None, ge=1)
    least_units: int | None = Field(default=None, ge=0)
    most_units: int | None = Field(default=None, ge=0)
    first_day: date | None = None
    last_day: date | None = None
    after: Name | None = None
    not_after: Names = ()

    @property
    def limits_claims(self) -> bool:
        """Whether it limits by what only a single claim has."""
        return self.but_cohorts != Where()

    @property
    def but_cohorts(self) -> "Where":
        """The limits besides cohort and group."""
        return self.model_copy(update={"cohort": (), "group": ()})


EVERYTHING = Where()


PaidBefore = Literal["stays", "taken_back"]
"""What becomes of what has fallen due before, where it would be less now."""


class Term(Frozen):
    """A term of an agreement.

    Parameters
    ----------
    clause
        Where the agreement says so; each line of a statement cites it.
    words
        What it does, in the agreement's words.
    of
        Metrics or earlier terms that it takes up.
    where
        Which claims it counts.
    first_day, last_day
        When it is in force, by the last day of a period; outside, what it takes up passes through
        (a threshold says in `outside` whether it does).
    payer, payee
        Who pays and is paid, where it is not the agreement's.
    """

    id: Name
    kind: str
    clause: str = ""
    words: str = ""
    of: Names = ()
    where: Where = EVERYTHING
    first_day: date | None = None
    last_day: date | None = None
    payer: Name | None = None
    payee: Name | None = None

    def refers(self) -> tuple[str, ...]:
        """Return metrics and terms that it looks at and leaves for others."""
        return ()

    def conditions(self) -> tuple["Judged", ...]:
        """Return its conditions on measures, which are judged even where its amounts are unseen."""
        return ()

    def shape(self, given: Shapes) -> Shape:
        """Return what it gives, from what metrics and earlier terms give."""
        raise NotImplementedError

    def faults(self, given: Shapes) -> Iterator[Fault]:
        """Yield what is wrong with it among the others; `shape` is asked only where nothing is."""
        del given
        yield from ()

    def work(self, desk: "Desk") -> Column:
        """Work it out for one period."""
        raise NotImplementedError

    def to_date(self, given: Shapes) -> tuple[str, ...]:
        """Return the quantities to date of which it pays what they have grown by."""
        del given
        return ()

    def unseen(self) -> tuple[str, ...]:
        """Return the fields whose numbers are not published."""
        return tuple(_unseen(self.model_dump(), ""))

    def in_force(self, on: date) -> bool:
        """Return whether it is in force on a day."""
        return (self.first_day is None or on >= self.first_day) and (
            self.last_day is None or on <= self.last_day
        )


def _unseen(value: Any, path: str) -> Iterator[str]:
    if value == NOT_PUBLISHED:
        yield path
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _unseen(inner, f"{path}.{key}".lstrip("."))
    elif isinstance(value, list | tuple):
        for i, inner in enumerate(value):
            yield from _unseen(inner, f"{path}[{i + 1}]")


def whole_pence(field: str, amount: "Amount | None") -> Iterator[Fault]:
    """Yield a fault where an amount that is compared with payments has a part of a penny."""
    if is_known(amount) and (amount * 100).denominator != 1:
        yield (
            field,
            f"{write_exact(amount)} has a part of a penny, and is set against whole pence.",
            "Round it as the agreement does.",
        )


def money_taken(term: Term, given: Shapes, *, least: int = 1) -> Iterator[Fault]:
    """Yield what is wrong where a term must take up amounts of money."""
    if len(term.of) < least:
        yield "of", f"names {len(term.of)} terms, and needs {least} or more.", ""
    for name in term.of:
        if name in given and not given[name].money:
            yield (
                "of",
                f"'{name}' is a quantity, not an amount of money.",
                "Put an outcome_payment between them.",
            )


def quantity(field: str, name: str | None, given: Shapes) -> Iterator[Fault]:
    """Yield what is wrong where a term must look at a measured quantity."""
    if name is not None and name in given and given[name].money:
        yield field, f"'{name}' is an amount of money, not a metric or measure.", ""


def not_finer(term: Term, per: Grain | None, given: Shapes) -> Iterator[Fault]:
    """Yield a fault where a term wants cells that an earlier term has already added up."""
    for name in term.of:
        if per is not None and name in given:
            grain = given[name].grain
            if grain != per and grain not in FINER[per]:
                yield (
                    "per",
                    f"'{per}' cannot be told apart in '{name}', which is by {grain}.",
                    f"Put the term by {per} before it.",
                )


def comparable(field: str, name: str, per: Grain, given: Shapes) -> Iterator[Fault]:
    """Yield a fault where another quantity's cells are neither made of a term's, nor make them."""
    if name in given:
        grain = given[name].grain
        if grain != per and grain not in FINER[per] and per not in FINER[grain]:
            yield (
                field,
                f"'{name}' is by {grain}, and this by {per}.",
                "Measure both by the same cells, or one of them by all.",
            )
