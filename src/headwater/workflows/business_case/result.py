"""What a business case says: every number a `Figure`, every block a frozen row type.

The names of these fields are the keys of the JSON document.
"""

from dataclasses import dataclass

from headwater.core.figure import Figure
from headwater.workflows.business_case.contract_result import ContractMoney
from headwater.workflows.business_case.information_result import Information
from headwater.workflows.checks import CheckRow


@dataclass(frozen=True, slots=True)
class Named:
    """An entry of the catalogue: its id and its name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class CohortSummary:
    """Who is helped, and their risk without the programme."""

    children: Figure
    ages: str
    level: str
    starts: tuple[tuple[str, Figure], ...]
    risk: Figure
    risk_in_words: str
    risk_factor: Figure
    effect: Figure
    effect_in_words: str


@dataclass(frozen=True, slots=True)
class Headline:
    """Both sides of the answer, for the first page."""

    success: str
    verdict: str
    gross: Figure
    would_have_anyway: Figure
    net: Figure
    number_needed: Figure
    never_entering: Figure
    days_net: Figure
    delivery_cost: Figure
    saved_council: Figure
    saved_all: Figure
    chance_council: Figure
    chance_all: Figure
    saved_after_follow_up: Figure
    conflicts: tuple[str, ...]
    assumed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One count in both arms, and the difference: gross and net side by side."""

    id: str
    name: str
    usual: Figure
    programme: Figure
    net: Figure


@dataclass(frozen=True, slots=True)
class Moment:
    """Children looked after at one time since the start, in both arms."""

    months: str
    usual: Figure
    programme: Figure


@dataclass(frozen=True, slots=True)
class AgencyLine:
    """What one agency spends in both arms, present value."""

    agency: str
    value_type: str
    usual: Figure
    programme: Figure
    saved: Figure


@dataclass(frozen=True, slots=True)
class YearLine:
    """One year's money, not discounted, and the factor that discounts it."""

    year: str
    delivery: Figure
    saved_council: Figure
    saved_all: Figure
    net_all: Figure
    factor: Figure


@dataclass(frozen=True, slots=True)
class PriceLine:
    """One price the case rests on."""

    id: str
    name: str
    agencies: str
    price: Figure
    original: str
    spent_usual: Figure
    spent_programme: Figure


@dataclass(frozen=True, slots=True)
class Worth:
    """The appraisal in sum, for the council alone and for all public budgets."""

    for_whom: str
    saved: Figure
    net_present_value: Figure
    benefit_cost_ratio: Figure
    payback_years: Figure
    chance_of_saving: Figure


@dataclass(frozen=True, slots=True)
class Valued:
    """One class of value: fiscal, economic or social, or why it has none."""

    kind: str
    value: Figure


@dataclass(frozen=True, slots=True)
class Cashability:
    """How much of the saving releases a budget: bounds, or by the user's parameters."""

    least: Figure
    most: Figure
    break_even_share: Figure
    released: Figure
    first_month: Figure
    in_words: str


@dataclass(frozen=True, slots=True)
class PublishedEffect:
    """A published effect put on the scale of this cohort, beside the one needed."""

    programme: str
    study: str
    in_words: str
    hazard_ratio: Figure
    enough: str


@dataclass(frozen=True, slots=True)
class Reverse:
    """The reverse questions: what would have to be true."""

    effect_needed_council: Figure
    effect_needed_all: Figure
    difference_needed_all: Figure
    beside: tuple[PublishedEffect, ...]
    most_per_child: tuple[tuple[str, Figure], ...]
    deadweight_fails_council: Figure
    deadweight_fails_all: Figure
    deadweight_here: Figure
    saved_per_avoided: Figure


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """The net present value when one input alone moves from low to high."""

    input: str
    low_input: Figure
    high_input: Figure
    at_low: Figure
    at_high: Figure


@dataclass(frozen=True, slots=True)
class Switch:
    """The net present value if another choice were made where nobody knows."""

    assumption: str
    choice: str
    council: Figure
    all_budgets: Figure


@dataclass(frozen=True, slots=True)
class HazardLine:
    """One hazard: where it comes from and how far this place stands from England."""

    transition: str
    provenance: str
    how: str
    sources: tuple[str, ...]
    level: Figure
    own_weight: Figure


@dataclass(frozen=True, slots=True)
class Evidence:
    """One published result of the programme, whichever way it points."""

    direction: str
    outcome: str
    study: str
    country: str
    kind: str
    effect: Figure


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """One thing that would have to be true for a promise to hold."""

    name: str
    value: Figure
    in_words: str


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """The effect needed at one baseline risk."""

    risk: Figure
    ever_without: Figure
    net_days_most: Figure
    effect_if_before: Figure
    effect_if_after: Figure
    entries_if_before: Figure
    entries_if_after: Figure


@dataclass(frozen=True, slots=True)
class PromiseAnswer:
    """What would have to be true for a published promise to hold, and how one would know."""

    lines: tuple[PromiseLine, ...]
    rows: tuple[PromiseRow, ...]
    know: tuple[str, ...]
    unpublished: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BusinessCase:
    """The whole answer."""

    title: str
    place: Named
    programme: Named
    banner: tuple[str, ...]
    settings: dict[str, Figure | str]
    cohort: CohortSummary
    headline: Headline
    outcomes: tuple[Outcome, ...]
    course: tuple[Moment, ...]
    worth: tuple[Worth, ...]
    values: tuple[Valued, ...]
    agencies: tuple[AgencyLine, ...]
    years: tuple[YearLine, ...]
    prices: tuple[PriceLine, ...]
    cashability: Cashability
    reverse: Reverse
    sensitivity: tuple[Sensitivity, ...]
    switches: tuple[Switch, ...]
    information: Information | None
    contract: ContractMoney | None
    hazards: tuple[HazardLine, ...]
    checks: tuple[CheckRow, ...]
    promise: PromiseAnswer | None
    evidence: tuple[Evidence, ...]
    assumptions: tuple[str, ...]
    notes: tuple[str, ...]
    case_file: str
    """The case as it was run, every choice spelt out: save it as a file and run it again."""
