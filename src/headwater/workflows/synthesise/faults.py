"""The faults file: how many of each fault to plant, and how a contract's cohort is gamed."""

from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from headwater.catalogue.files import DATA
from headwater.core.model import Frozen
from headwater.workflows.written import check_model, read_toml

MOST = 1_000_000
Count = Annotated[int, Field(ge=0, le=MOST, strict=True)]


class Rows(Frozen):
    """Faults in the rows of SSDA903, so many of each; no child has two.

    Each is listed in the truth with its file, row, child, column, what stood there, what stands
    there now, and by how many care days it moves the child.
    """

    late_row: Count = 0
    """A period of care that its own year lacks and the next year's return has (rule 562)."""
    overlap: Count = 0
    """An episode that ends 3 to 19 days after the next began (rule 501)."""
    gap: Count = 0
    """An episode that ends 3 to 19 days before the next, which carries on (rule 433)."""
    wrong_code: Count = 0
    """A placement, legal status, need or reason "QQ" (rules 143 to 146)."""
    other_year_code: Count = 0
    """A placement code of other years: H5 or K3, Z1 or Z11 (rule 146)."""
    blank_required: Count = 0
    """A required code left blank (rules 143 to 146)."""
    missing_end: Count = 0
    """An episode with a reason for ending and no day (rule 148)."""
    missing_reason: Count = 0
    """An episode with a day of ending and no reason (rule 148)."""
    duplicate_row: Count = 0
    """An episode that stands twice, word for word."""
    negative_stay: Count = 0
    """An episode that ends 2 to 29 days before it began (rule 356)."""
    zero_stay: Count = 0
    """An episode that ends on the day it began (rule 355)."""
    before_1991: Count = 0
    """An episode that begins in 1990, before the Children Act was in force (rule 353)."""
    after_the_year: Count = 0
    """An episode that ends three years after its return's year (rule 385)."""
    bad_date: Count = 0
    """A day that no calendar has: 31 February (rules 141 and 147)."""
    other_start: Count = 0
    """Last year's open episode, returned with a first day 5 to 24 days later (rule 502)."""
    two_ids: Count = 0
    """A child who has another identifier in every file from a year on."""
    two_birthdays: Count = 0
    """A child whose date of birth differs in one year's header (rule 203)."""


class Files(Frozen):
    """Faults of whole files of SSDA903, so many of each; a file may have several."""

    bom_file: Count = 0
    """Files that begin with a byte-order mark."""
    utf16_file: Count = 0
    """Files in UTF-16."""
    semicolon_file: Count = 0
    """Files whose cells are parted by semicolons."""
    extra_column: Count = 0
    """Files with a column TEST_COLUMN."""


class CohortAsked(Frozen):
    """A contract's cohort, and how its provider games it."""

    children: Annotated[int, Field(ge=1, le=MOST, strict=True)] = 100
    """How many children are in it."""
    creamed: Count = 0
    """How many of them are chosen for their low risk of care, which only the truth knows."""
    parked: Count = 0
    """How many of them are seen once and then left."""
    inflated_baseline: Annotated[float, Field(ge=0, le=10)] = 0.0
    """By which part of itself the baseline is stated too high: 0.25 for a quarter."""

    @model_validator(mode="after")
    def _no_more_than_there_are(self) -> Self:
        for name in ("creamed", "parked"):
            if getattr(self, name) > self.children:
                held = getattr(self, name)
                msg = f"'{name}' ({held:,}) is more than 'children' ({self.children:,})"
                raise ValueError(msg)
        return self


class Faults(Frozen):
    """A faults file: what to plant. What is left out is not planted."""

    rows: Rows = Rows()
    """Faults in rows."""
    files: Files = Files()
    """Faults of whole files."""
    cohort: CohortAsked | None = None
    """A cohort; none is written where it is left out."""

    def counts(self) -> dict[str, int]:
        """Return how many of each kind of fault are asked for."""
        return {**self.rows.model_dump(), **self.files.model_dump()}


def shipped_faults() -> dict[str, Path]:
    """Return the faults files that come with Headwater, by name."""
    return {path.stem: path for path in sorted(Path(str(DATA / "faults")).glob("*.toml"))}


def read_faults(name: str) -> Faults:
    """Read a shipped faults file by name, or one by path.

    Raises
    ------
    InputError
        With every fault of the file, in its order.
    """
    entry, place, text = read_toml(name, kind="faults", shipped=shipped_faults())
    return check_model(Faults, entry, place, text)
