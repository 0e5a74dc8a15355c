"""What an agreement leaves open, and what that may cost: by the engine that pays."""

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt

from scipy.stats import norm

from headwater.contracts.agreement import Contract, Expected
from headwater.contracts.expect import Case, expected_outcomes
from headwater.contracts.lint import Question, questions
from headwater.contracts.settle import settle
from headwater.core.figure import Figure
from headwater.workflows.agreements import Agreement

DRAWS, SEED = 1000, 1
SELECTED = 0.5
"""Share of those referred whom a provider who may choose would take, where exposure is bounded."""
NO_MODEL = "no money model: what it costs cannot be counted in pounds"
NO_EXPECTED = "the agreement has no [[expected]]: nothing to work it out from"


@dataclass(frozen=True, slots=True)
class Checked:
    """A question, its answer, and what is exposed where it is not yes."""

    question: Question
    exposure: Figure
    how: str


@dataclass(frozen=True, slots=True)
class Linted:
    """Twelve questions to an agreement.

    Parameters
    ----------
    promised, nothing
        What is paid as promised, and if the service changes nothing: means over draws.
    """

    agreement: str
    name: str
    answered: Figure
    promised: Figure
    nothing: Figure
    checks: tuple[Checked, ...]


@dataclass(frozen=True, slots=True)
class _Paid:
    """What an agreement pays, in pounds.

    Parameters
    ----------
    promised, nothing, everybody
        Means over draws: as promised, with no effect, and if everybody succeeds.
    one
        For one success more of the main outcome, the row of which most is promised.
    """

    contract: Contract
    promised: float
    nothing: float
    everybody: float
    one: float
    people: int
    row: Expected


def lint(agreement: Agreement, *, draws: int = DRAWS, seed: int = SEED) -> Linted:
    """Return the twelve questions of an agreement, with what each gap exposes."""
    contract = agreement.contract
    paid = _paid(contract, draws, seed)
    checks = tuple(_checked(contract, question, paid) for question in questions(contract))
    yes = sum(check.question.answer is True for check in checks)
    return Linted(
        contract.id,
        contract.name,
        Figure(yes, "questions of 12", "computed", ("headwater",), note="answered yes"),
        _pounds(contract, None if paid is None else paid.promised, "as promised, mean of draws"),
        _pounds(
            contract, None if paid is None else paid.nothing, "if nothing changes, mean of draws"
        ),
        checks,
    )


def _paid(contract: Contract, draws: int, seed: int) -> _Paid | None:
    """Return what the agreement pays, by its own engine."""
    rows = [row for row in contract.expected if row.promised != row.without]
    if not rows:
        return None
    row = max(rows, key=lambda row: row.people * abs(row.promised - row.without))

    def mean(case: Case) -> float:
        outcomes = expected_outcomes(
            contract, case, draws=1 if case == "everybody" else draws, seed=seed
        )
        return float(settle(contract, outcomes).total.sum(axis=1).mean()) / 100

    promised, nothing, everybody = mean("as promised"), mean("no effect"), mean("everybody")
    one = (promised - nothing) / (row.people * float(row.promised - row.without))
    return _Paid(contract, promised, nothing, everybody, one, row.people, row)


def _pounds(contract: Contract, value: float | None, note: str) -> Figure:
    if value is None:
        return Figure(None, contract.currency, "not known", note=NO_EXPECTED)
    return Figure(
        value, contract.currency, "computed", ("headwater",), price_base="cash", note=note
    )


def _checked(contract: Contract, question: Question, paid: _Paid | None) -> Checked:
    model = _MODELS.get(question.id)
    if question.answer is True:
        nothing = Figure(None, contract.currency, "not known", note="the agreement answers it")
        return Checked(question, nothing, "")
    if model is None:
        return Checked(
            question, Figure(None, contract.currency, "not known", note=NO_MODEL), NO_MODEL
        )
    if paid is None:
        return Checked(question, _pounds(contract, None, ""), NO_EXPECTED)
    value, how = model(paid)
    return Checked(question, _pounds(contract, value, how), how)


def _chosen(paid: _Paid) -> tuple[float, str]:
    """Return at most what choosing the best half would earn for nothing (inverse Mills ratio)."""
    chance = float(paid.row.without)
    spread = sqrt(max(chance * (1.0 - chance), 0.0))
    rent = float(norm.pdf(norm.ppf(SELECTED))) / SELECTED
    taken = paid.people * SELECTED
    return (
        paid.one * spread * rent * taken,
        "at most: a provider who takes the half it knows will do best of all who are referred",
    )


def _drift(paid: _Paid) -> tuple[float, str]:
    return (
        paid.one * paid.people * 0.05,
        "for every five points by which rates improve by themselves",
    )


def _anyway(paid: _Paid) -> tuple[float, str]:
    return paid.nothing, "paid if the service changes nothing at all, mean of draws"


def _invalid(paid: _Paid) -> tuple[float, str]:
    return paid.promised * 0.05, "for every five of 100 claims that are not so"


def _relapse(paid: _Paid) -> tuple[float, str]:
    return paid.promised * 0.1, "for every ten of 100 outcomes that do not last"


def _unlimited(paid: _Paid) -> tuple[float, str]:
    return (
        max(paid.everybody - paid.promised, 0.0),
        "beyond what is promised, if everybody succeeds",
    )


_MODELS: dict[str, Callable[[_Paid], tuple[float, str]]] = {
    "cohort_closed": _chosen,
    "referral_independent": _chosen,
    "refusal_limited": _chosen,
    "baseline_frozen": _drift,
    "deadweight_estimated": _anyway,
    "data_independent": _invalid,
    "sustained": _relapse,
    "limits": _unlimited,
}
