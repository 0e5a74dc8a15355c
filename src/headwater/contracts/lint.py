"""Twelve questions that a sound outcomes contract answers, put to the file.

Contracts that define their cohort tightly and estimate deadweight leave less room for value to be
captured :cite:p:`fitzgerald2023`. Each question is answered from the terms where they show it, else
from what `[safeguard]` says, else not at all.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from headwater.contracts.agreement import Contract
from headwater.contracts.check_agreement import QUESTIONS


@dataclass(frozen=True, slots=True)
class Question:
    """A question and what the file says.

    Parameters
    ----------
    answer
        True, False, or None where the file does not say.
    shown_by
        Terms, metrics or clauses that show it.
    why
        What goes wrong where the answer is no.
    """

    id: str
    question: str
    answer: bool | None
    shown_by: str
    why: str


ASKED: dict[str, tuple[str, str]] = {
    "cohort_closed": (
        "Is the cohort a closed list that the provider does not choose?",
        "A provider who may choose takes those who would succeed anyway.",
    ),
    "referral_independent": (
        "Does somebody other than the provider refer?",
        "Whoever refers decides who is paid for.",
    ),
    "refusal_limited": (
        "Is refusing a referral forbidden, or counted and audited?",
        "Those who need most can be turned away.",
    ),
    "baseline_frozen": (
        "Was the baseline fixed before the award?",
        "A baseline that moves, or was measured by a party, is paid for as if it were impact.",
    ),
    "deadweight_estimated": (
        "Is what would have happened anyway estimated and taken off?",
        "Without it the payer pays for outcomes that cost nobody anything to reach.",
    ),
    "data_independent": (
        "Is every paid outcome proved from data that the paid party does not hold?",
        "Whoever is paid for a claim should not be its only witness.",
    ),
    "sustained": (
        "Must an outcome last before it is fully paid?",
        "An outcome that ends the day after payment helps nobody.",
    ),
    "limits": (
        "Is there a cap, and a floor or a clawback?",
        "Without limits neither side knows what it has promised.",
    ),
    "counter_metrics": (
        "Are unpaid counter-metrics watched?",
        "What is not watched is where the effort is taken from.",
    ),
    "safety_gate": (
        "Does a breach of a safety metric stop payment?",
        "Paying to keep children out of care must never pay for leaving them in danger.",
    ),
    "termination": (
        "Is there a clause for early termination and for a change of policy?",
        "A payer may walk away, or national policy may end the cohort.",
    ),
    "publication": (
        "Are terms and results published, null ones too?",
        "Nobody learns from a result that nobody sees.",
    ),
}


def questions(contract: Contract) -> tuple[Question, ...]:
    """Return the twelve questions with what the file answers."""
    return tuple(_question(contract, name) for name in QUESTIONS)


def _question(contract: Contract, name: str) -> Question:
    asked, why = ASKED[name]
    said = contract.safeguard.get(name)
    if said is not None:
        clause = f" ({said.clause})" if said.clause else ""
        return Question(name, asked, said.answer, f"{said.words}{clause}", why)
    shows = _SHOWN.get(name)
    found = None if shows is None else shows(contract)
    answer, by = (None, "") if found is None else found
    return Question(name, asked, answer, by, why)


Shown = tuple[bool, str] | None


def _kinds(contract: Contract, *kinds: str) -> list[str]:
    return [term.id for term in contract.term if term.kind in kinds]


def _closed(contract: Contract) -> Shown:
    known = [cohort for cohort in contract.cohort if cohort.closed_list is not None]
    if not known:
        return None
    return all(cohort.closed_list for cohort in known), ", ".join(cohort.id for cohort in known)


def _deadweight(contract: Contract) -> Shown:
    by = _kinds(contract, "deadweight")
    by += [
        term.id
        for term in contract.term
        if term.kind == "measure" and getattr(term, "how", "") in {"reduction", "difference"}
    ]
    by += [metric.id for metric in contract.metric if metric.net]
    return bool(by), ", ".join(by)


def _independent(contract: Contract) -> Shown:
    paid = set(_paid(contract))
    metrics = [metric for metric in contract.metric if metric.id in paid]
    if any(metric.independent is None for metric in metrics) or not metrics:
        return None
    own = [metric.id for metric in metrics if not metric.independent]
    return not own, ", ".join(own or (metric.id for metric in metrics))


def _sustained(contract: Contract) -> Shown:
    by = _kinds(contract, "sustainment", "retention", "clawback")
    by += [term.id for term in contract.term if term.where.least_days or term.where.not_after]
    return (True, ", ".join(by)) if by else None


def _limited(contract: Contract) -> Shown:
    caps, others = _kinds(contract, "cap"), _kinds(contract, "floor", "clawback")
    return bool(caps and others), ", ".join((*caps, *others))


def _watched(contract: Contract) -> Shown:
    by = [metric.id for metric in contract.metric if metric.safety]
    return bool(by), ", ".join(by)


def _gated(contract: Contract) -> Shown:
    safety = {metric.id for metric in contract.metric if metric.safety}
    measured = {
        term.id for term in contract.term if term.kind == "measure" and safety & set(term.of)
    } | safety
    by = [
        term.id
        for term in contract.term
        if term.kind == "threshold" and measured & set(term.refers())
    ]
    return bool(by), ", ".join(by)


_SHOWN: dict[str, Callable[[Contract], Shown]] = {
    "cohort_closed": _closed,
    "deadweight_estimated": _deadweight,
    "data_independent": _independent,
    "sustained": _sustained,
    "limits": _limited,
    "counter_metrics": _watched,
    "safety_gate": _gated,
}


def _paid(contract: Contract) -> Iterator[str]:
    """Yield the metrics on which money depends."""
    for term in contract.term:
        yield from term.of
        yield from term.refers()
