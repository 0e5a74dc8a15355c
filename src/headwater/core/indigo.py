"""Impact bond projects as the INDIGO data standard has them: metrics, prices, plans, payments, results.

A `Record` holds one row verbatim, what the standard knows and what it does not; the types below it read
the row's values by name. Nothing that was written is lost, and nothing is changed by being read.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from decimal import Decimal
from functools import partial
from typing import Any, ClassVar, TypeVar

from headwater.core.finding import Where
from headwater.core.indigo_text import read_number
from headwater.core.partial_date import PartialDate, Period, read_date, read_other_date

PROJECTS = "projects"
"""The table that holds one row a project."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one place: a text, or a piece of JSON as it was written."""

    text: str
    json: bool = False


@dataclass(frozen=True, slots=True)
class Value:
    """One value, its status, and how it can be read.

    Parameters
    ----------
    text
        As it was written; empty if nothing was.
    status
        PUBLIC, PRIVATE or DISPUTED: its own, else its row's; empty if neither says.
    """

    text: str = ""
    status: str = ""

    @property
    def number(self) -> Decimal | None:
        """The exact number, or None where the text is no number."""
        return read_number(self.text)

    @property
    def date(self) -> PartialDate | None:
        """The date as far as it is known, or None where the text is no date."""
        return read_date(self.text) or read_other_date(self.text)


@dataclass(frozen=True, slots=True)
class Record:
    """One row of one table, whole.

    Parameters
    ----------
    project
        Id of the project it belongs to; empty where the row names none.
    cells
        (path, cell), sorted by path. A path leads from the row to the value: "currency/value".
    where
        Where it was read; two records that hold the same are equal wherever they stood.
    """

    table: str
    project: str
    cells: tuple[tuple[str, Cell], ...]
    where: Where = field(default=Where(""), compare=False)

    def text(self, path: str) -> str:
        """Return the text at a path, or nothing."""
        return next((cell.text for own, cell in self.cells if own == path), "")

    def value(self, path: str) -> Value:
        """Return the value at a path with its own status, else the row's."""
        own = self.text(f"{path.removesuffix('/value')}/status")
        return Value(self.text(path), (own or self.text("status")).strip().upper())


def _at(path: str) -> Any:
    return field(default=Value(), metadata={"path": path})


@dataclass(frozen=True, slots=True)
class OutcomeMetric:
    """What is measured, for whom, and how it is proved."""

    TABLE: ClassVar[str] = "outcome_metrics"
    record: Record
    id: Value = _at("id")
    definition: Value = _at("definition/value")
    target_population: Value = _at("target_population/value")
    targeted_number: Value = _at("targeted_number_of_service_users_or_beneficiaries_total/value")
    unit_type: Value = _at("unit_type_of_targeted_service_users_or_beneficiaries/value")
    unit: Value = _at("unit_description_of_service_user_or_beneficiaries/value")
    target: Value = _at("outcome_metric_target/value")
    validation_method: Value = _at("outcome_validation_method/value")
    data_source: Value = _at("data_source_for_outcome_validation/value")


@dataclass(frozen=True, slots=True)
class Pricing:
    """What one unit of a metric is paid at."""

    TABLE: ClassVar[str] = "outcome_pricings"
    record: Record
    metric: Value = _at("outcome_metric_id/value")
    currency: Value = _at("currency/value")
    price: Value = _at("price_per_unit/amount/value")
    maximum: Value = _at("maximum_price_if_all_targets_achieved/amount/value")
    increases: Value = _at("contracted_increases_to_outcome_pricing/value")
    description: Value = _at("price_description/value")


@dataclass(frozen=True, slots=True)
class PaymentPlan:
    """A set of payments planned together, and the time it covers."""

    TABLE: ClassVar[str] = "outcome_payment_plans"
    record: Record
    id: Value = _at("id/value")
    start: Value = _at("period/start_date/value")
    end: Value = _at("period/end_date/value")


@dataclass(frozen=True, slots=True)
class OutcomePayment:
    """A payment for outcomes, planned or made."""

    TABLE: ClassVar[str] = "outcome_payments"
    record: Record
    plan: Value = _at("outcome_payment_plan_id/value")
    metric: Value = _at("outcome_metric_id/value")
    start: Value = _at("period/start_date/value")
    end: Value = _at("period/end_date/value")
    payer: Value = _at("payer_organisation_id/value")
    recipient: Value = _at("recipient_organisation_id/value")
    type: Value = _at("type/value")
    currency: Value = _at("money/currency/value")
    amount: Value = _at("money/amount/value")


@dataclass(frozen=True, slots=True)
class Result:
    """What was achieved on a metric in a period, and who validated it."""

    TABLE: ClassVar[str] = "results"
    record: Record
    metric: Value = _at("outcome_metric_id/value")
    level: Value = _at("result_level/value")
    type: Value = _at("result_type/value")
    start: Value = _at("period/start_date/value")
    end: Value = _at("period/end_date/value")
    achieved: Value = _at("outcomes_achieved/value")
    engaged: Value = _at("number_engaged_in_impact_bond/value")
    positive: Value = _at("number_with_positive_social_outcomes/value")
    validators: Value = _at("outcomes_validator_organisation_ids/value")


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation and what it does in a project: the part is the table it stands in."""

    record: Record
    organisation: Value = _at("organisation_id/value")
    category: Value = _at("organisation_role_category/value")

    PARTS: ClassVar[dict[str, str]] = {
        "service_provisions": "provider",
        "outcome_payment_commitments": "outcome payer",
        "investments": "investor",
        "intermediary_services": "intermediary",
    }

    @property
    def part(self) -> str:
        """Provider, outcome payer, investor or intermediary."""
        return self.PARTS[self.record.table]


Kind = TypeVar("Kind", OutcomeMetric, Pricing, PaymentPlan, OutcomePayment, Result, Party)


def reading(kind: type[Kind], record: Record) -> Kind:
    """Return a row as the type that names its values."""
    paths = {each.name: each.metadata["path"] for each in fields(kind) if "path" in each.metadata}
    made: Callable[..., Kind] = partial(kind, record=record)
    return made(**{name: record.value(path) for name, path in paths.items()})


def period_of(row: PaymentPlan | OutcomePayment | Result) -> Period:
    """Return the time that a row is of."""
    return Period(row.start.date, row.end.date)


@dataclass(frozen=True, slots=True)
class Project:
    """One project: what is said of it, and its rows in every table.

    Parameters
    ----------
    record
        Its own row; None where other rows name it and nothing describes it.
    rows
        Its rows in all other tables, by table and then as they stood.
    """

    id: str
    record: Record | None
    rows: tuple[Record, ...]

    def of(self, kind: type[Kind]) -> tuple[Kind, ...]:
        """Return its rows of one kind."""
        tables: Iterable[str] = Party.PARTS if kind is Party else (kind.TABLE,)
        return tuple(reading(kind, row) for row in self.rows if row.table in tables)

    @property
    def name(self) -> str:
        """What it is called, or nothing."""
        return self.record.text("name/value") if self.record else ""

    @property
    def status(self) -> str:
        """PUBLIC, PRIVATE or DISPUTED, of the project as a whole."""
        return self.record.text("status").strip().upper() if self.record else ""


@dataclass(frozen=True, slots=True)
class Exchange:
    """Everything that was read, and nothing else.

    Parameters
    ----------
    unplaced
        Rows that name no project.
    """

    projects: tuple[Project, ...]
    unplaced: tuple[Record, ...] = ()

    @property
    def records(self) -> tuple[Record, ...]:
        """Every row, of projects first."""
        own = [p.record for p in self.projects if p.record is not None]
        return (*own, *(row for p in self.projects for row in p.rows), *self.unplaced)
