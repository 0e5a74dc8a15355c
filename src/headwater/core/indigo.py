"""Impact bond projects as the INDIGO data standard has them.

A `Record` holds one row verbatim, what the standard knows and what it does not; the types below it
read the row's values by name: metrics, prices, plans, payments, results, parties. Nothing that was
written is lost, and nothing is changed by being read.
"""

from dataclasses import dataclass, field
from decimal import Decimal
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


@dataclass(frozen=True, slots=True)
class OutcomeMetric:
    """What is measured, for whom, and how it is proved."""

    TABLES: ClassVar[tuple[str, ...]] = ("outcome_metrics",)
    PATHS: ClassVar[dict[str, str]] = {
        "id": "id",
        "definition": "definition/value",
        "target_population": "target_population/value",
        "targeted_number": "targeted_number_of_service_users_or_beneficiaries_total/value",
        "unit_type": "unit_type_of_targeted_service_users_or_beneficiaries/value",
        "unit": "unit_description_of_service_user_or_beneficiaries/value",
        "target": "outcome_metric_target/value",
        "validation_method": "outcome_validation_method/value",
        "data_source": "data_source_for_outcome_validation/value",
    }
    record: Record
    id: Value
    definition: Value
    target_population: Value
    targeted_number: Value
    unit_type: Value
    unit: Value
    target: Value
    validation_method: Value
    data_source: Value


@dataclass(frozen=True, slots=True)
class Pricing:
    """What one unit of a metric is paid at."""

    TABLES: ClassVar[tuple[str, ...]] = ("outcome_pricings",)
    PATHS: ClassVar[dict[str, str]] = {
        "metric": "outcome_metric_id/value",
        "currency": "currency/value",
        "price": "price_per_unit/amount/value",
        "maximum": "maximum_price_if_all_targets_achieved/amount/value",
        "increases": "contracted_increases_to_outcome_pricing/value",
        "description": "price_description/value",
    }
    record: Record
    metric: Value
    currency: Value
    price: Value
    maximum: Value
    increases: Value
    description: Value


@dataclass(frozen=True, slots=True)
class PaymentPlan:
    """A set of payments planned together, and the time it covers."""

    TABLES: ClassVar[tuple[str, ...]] = ("outcome_payment_plans",)
    PATHS: ClassVar[dict[str, str]] = {
        "id": "id/value",
        "start": "period/start_date/value",
        "end": "period/end_date/value",
    }
    record: Record
    id: Value
    start: Value
    end: Value


@dataclass(frozen=True, slots=True)
class OutcomePayment:
    """A payment for outcomes, planned or made."""

    TABLES: ClassVar[tuple[str, ...]] = ("outcome_payments",)
    PATHS: ClassVar[dict[str, str]] = {
        "plan": "outcome_payment_plan_id/value",
        "metric": "outcome_metric_id/value",
        "start": "period/start_date/value",
        "end": "period/end_date/value",
        "payer": "payer_organisation_id/value",
        "recipient": "recipient_organisation_id/value",
        "type": "type/value",
        "currency": "money/currency/value",
        "amount": "money/amount/value",
    }
    record: Record
    plan: Value
    metric: Value
    start: Value
    end: Value
    payer: Value
    recipient: Value
    type: Value
    currency: Value
    amount: Value


@dataclass(frozen=True, slots=True)
class Result:
    """What was achieved on a metric in a period, and who validated it."""

    TABLES: ClassVar[tuple[str, ...]] = ("results",)
    PATHS: ClassVar[dict[str, str]] = {
        "metric": "outcome_metric_id/value",
        "level": "result_level/value",
        "type": "result_type/value",
        "start": "period/start_date/value",
        "end": "period/end_date/value",
        "achieved": "outcomes_achieved/value",
        "engaged": "number_engaged_in_impact_bond/value",
        "positive": "number_with_positive_social_outcomes/value",
        "validators": "outcomes_validator_organisation_ids/value",
    }
    record: Record
    metric: Value
    level: Value
    type: Value
    start: Value
    end: Value
    achieved: Value
    engaged: Value
    positive: Value
    validators: Value


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation and what it does in a project: the part is the table it stands in."""

    PARTS: ClassVar[dict[str, str]] = {
        "service_provisions": "provider",
        "outcome_payment_commitments": "outcome payer",
        "investments": "investor",
        "intermediary_services": "intermediary",
    }
    TABLES: ClassVar[tuple[str, ...]] = tuple(PARTS)
    PATHS: ClassVar[dict[str, str]] = {
        "organisation": "organisation_id/value",
        "category": "organisation_role_category/value",
    }
    record: Record
    organisation: Value
    category: Value

    @property
    def part(self) -> str:
        """Provider, outcome payer, investor or intermediary."""
        return self.PARTS[self.record.table]


Kind = TypeVar("Kind", OutcomeMetric, Pricing, PaymentPlan, OutcomePayment, Result, Party)


def reading(kind: type[Kind], record: Record) -> Kind:
    """Return a row as the type that names its values."""
    made: Any = kind
    kept: Kind = made(record, **{name: record.value(path) for name, path in kind.PATHS.items()})
    return kept


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
        return tuple(reading(kind, row) for row in self.rows if row.table in kind.TABLES)

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
