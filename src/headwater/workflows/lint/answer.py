"""What an agreement leaves open, and what that may cost: by the engine that pays."""

from collections.abc import Iterator
from dataclasses import dataclass

from headwater.contracts.agreement import Contract
from headwater.contracts.lint import Question, questions
from headwater.core.figure import Figure
from headwater.workflows.agreements import Agreement
from headwater.workflows.lint.exposure import MODELS
from headwater.workflows.lint.paid import Paid, paid_of, why_not_paid
from headwater.workflows.odds.unlike import contradictions, too_late

DRAWS, SEED = 1000, 1
SOURCES = ("headwater",)
TAKEN_OFF = "gross of what would have happened anyway, but for what its terms take off"
NO_MODEL = "no model counts this in money"


@dataclass(frozen=True, slots=True)
class Checked:
    """A question, its answer, and what is exposed where it is not yes.

    Parameters
    ----------
    exposure, how
        What may be lost, and what that is.
    """

    question: Question
    exposure: Figure
    how: str


@dataclass(frozen=True, slots=True)
class Linted:
    """Twelve questions to an agreement.

    Parameters
    ----------
    answered, refused, silent
        Questions answered yes, answered no, and not answered.
    add
        What to add to the file so that gaps can be priced; empty where they are.
    promised, nothing
        What is paid as promised, and if the service changes nothing: means over draws.
    beware
        What makes the amounts other than a reader would think.
    """

    agreement: str
    name: str
    answered: Figure
    refused: Figure
    silent: Figure
    add: str
    promised: Figure
    nothing: Figure
    beware: tuple[str, ...]
    checks: tuple[Checked, ...]


def lint(agreement: Agreement, *, draws: int = DRAWS, seed: int = SEED) -> Linted:
    """Return the twelve questions of an agreement, with what each gap exposes."""
    contract = agreement.contract
    asked = questions(contract)
    add, paid = why_not_paid(agreement), paid_of(agreement, draws=draws, seed=seed)
    said = [question.answer for question in asked]
    answered, refused, silent = (_count(said, answer) for answer in (True, False, None))
    return Linted(
        contract.id,
        contract.name,
        answered,
        refused,
        silent,
        add,
        *_payments(contract, paid, add),
        tuple(_beware(contract, paid)),
        tuple(_checked(contract, question, paid, add) for question in asked),
    )


def _beware(contract: Contract, paid: Paid | None) -> Iterator[str]:
    """Yield what makes the amounts other than a reader would think."""
    if contract.odds is not None:
        yield from contradictions(contract, contract.odds)
    yield from too_late(contract)
    if paid is not None and paid.promised < paid.nothing:
        yield (
            "It pays less if the promise is kept than if nothing changes: does 'promised' say what"
            " is paid for?"
        )


def _count(said: list[bool | None], answer: bool | None) -> Figure:  # noqa: FBT001 - a value
    words = {True: "answered yes", False: "answered no", None: "not answered"}
    return Figure(said.count(answer), "questions of 12", "computed", SOURCES, note=words[answer])


def _payments(contract: Contract, paid: Paid | None, add: str) -> tuple[Figure, Figure]:
    """Return what is paid as promised, and for nothing, with the range of draws."""
    if paid is None:
        return _amount(contract, None, add), _amount(contract, None, add)
    made = (
        (paid.promised, paid.promised_range, f"as promised, mean of draws; {TAKEN_OFF}"),
        (paid.nothing, paid.nothing_range, f"if nothing changes, mean of draws; {TAKEN_OFF}"),
    )
    promised, nothing = (
        _amount(contract, value, note).but(low=ends[0], high=ends[1], interval="80% of draws")
        for value, ends, note in made
    )
    return promised, nothing


def _amount(contract: Contract, value: float | None, note: str) -> Figure:
    if value is None:
        return Figure(None, contract.currency, "not known", note=note)
    return Figure(value, contract.currency, "computed", SOURCES, price_base="cash", note=note)


def _checked(contract: Contract, question: Question, paid: Paid | None, add: str) -> Checked:
    model = MODELS.get(question.id)
    if question.answer is True:
        return Checked(question, _amount(contract, None, "the agreement answers it"), "")
    if model is None:
        return Checked(question, _amount(contract, None, NO_MODEL), NO_MODEL)
    if paid is None:
        return Checked(question, _amount(contract, None, add), "")
    value, how = model(paid)
    return Checked(question, _amount(contract, value, how), how)
