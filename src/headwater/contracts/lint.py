"""Twelve questions that a sound outcomes contract answers, put to the file.

Contracts that define their cohort tightly and estimate deadweight leave less room for value to be
captured :cite:p:`fitzgerald2023`. Each question is answered from the terms where they show it, else
from what `[safeguard]` says, else not at all.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from headwater.contracts.agreement import Contract
from headwater.contracts.check_agreement import QUESTIONS
from headwater.contracts.term import Term
from headwater.contracts.terms.measure import Measure
from headwater.contracts.terms.retention import Retention


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
    if answer and by and name != "limits":
        by = f"it follows from {_quoted(by)} in the file"
    return Question(name, asked, answer, by, why)


Shown = tuple[bool, str] | None


def _quoted(names: str) -> str:
    return ", ".join(f"'{name}'" for name in names.split(", "))


def _kinds(contract: Contract, *kinds: str) -> list[str]:
    return [term.id for term in contract.term if term.kind in kinds]


def _closed(contract: Contract) -> Shown:
    known = [cohort for cohort in contract.cohort if cohort.closed_list is not None]
    if not known:
        return None
    return all(cohort.closed_list for cohort in known), ", ".join(cohort.id for cohort in known)


RESULTS = ("outcome_payment", "share_of_saving", "sustainment", "table")
"""Kinds of term that pay for what was achieved."""


def _deadweight(contract: Contract) -> Shown:
    """Return whether what would have happened anyway is taken off everything that is paid for."""
    paying = [term for term in contract.term if term.kind in RESULTS]
    if not paying:
        return None
    by = [(term.id, _net_by(contract, term)) for term in paying]
    gross = [name for name, net in by if not net]
    if gross and len(gross) < len(by):
        return False, f"not from {', '.join(gross)}"
    return not gross, ", ".join(dict.fromkeys(name for _, net in by for name in net))


def _net_by(contract: Contract, paying: Term) -> list[str]:
    """Return the metrics and terms by which what a term pays is net; none where it is gross."""
    above = [_above(contract, name) for name in paying.of]
    if above and all(above):
        return [name for names in above for name in names]
    taken, by = {paying.id}, []
    for term in contract.term:
        if taken & set(term.of) and term.kind != "measure":
            taken.add(term.id)
            by += [term.id] if term.kind == "deadweight" else []
    return by


def _above(contract: Contract, name: str) -> list[str]:
    """Return what makes a metric, or a quantity made of others, net; none where nothing does."""
    metrics = {metric.id: metric for metric in contract.metric}
    if name in metrics:
        return [name] if metrics[name].net else []
    term = next((term for term in contract.term if term.id == name), None)
    if term is None:
        return []
    if term.kind == "deadweight" or (isinstance(term, Measure) and _compares(contract, term)):
        return [name]
    parts = [_above(contract, part) for part in term.of]
    return [name for part in parts for name in part] if parts and all(parts) else []


def _compares(contract: Contract, term: Measure) -> bool:
    """Whether a measure is held against a baseline, or against others.

    A count of the same person, as days in hospital beside days at home, is no comparison.
    """
    if term.how not in {"reduction", "difference"}:
        return False
    own = {metric.id for metric in contract.metric if metric.about in {"person", "family"}}
    return term.number is not None or not own & set(term.against)


def _independent(contract: Contract) -> Shown:
    paid = set(_paid(contract))
    metrics = [metric for metric in contract.metric if metric.id in paid]
    if any(metric.independent is None for metric in metrics) or not metrics:
        return None
    own = [metric.id for metric in metrics if not metric.independent]
    return not own, ", ".join(own or (metric.id for metric in metrics))


def _sustained(contract: Contract) -> Shown:
    """Return the terms that pay, or take back, by how long an outcome lasts.

    What is merely kept back until a day, whatever comes, tests nothing.
    """
    by = [term.id for term in contract.term if _tests_lasting(term)]
    return (True, ", ".join(by)) if by and pays_results(contract) else None


def _tests_lasting(term: Term) -> bool:
    lasts = term.where.least_days is not None or bool(term.where.not_after)
    kept = isinstance(term, Retention) and term.release_if is not None
    return lasts or kept or term.kind in {"sustainment", "clawback"}


def pays_results(contract: Contract) -> bool:
    """Whether anything is paid for what was achieved."""
    return any(term.kind in RESULTS for term in contract.term)


def _limited(contract: Contract) -> Shown:
    """Return whether there is a limit above and one below, each by name.

    Where nothing is paid for results, the sums that are paid are themselves the most.
    """
    caps = _kinds(contract, "cap")
    if not pays_results(contract):
        caps += _kinds(contract, "block_payment")
    others = _kinds(contract, "floor", "clawback", "return_unspent")
    above = f"a cap: {', '.join(caps)}" if caps else "no cap"
    below = f"below: {', '.join(others)}" if others else "no floor or clawback"
    return bool(caps and others), f"{above}; {below}"


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
        if term.kind in {"threshold", "clawback"} and measured & set(term.refers())
    ]
    by += [term.id for term in contract.term if safety & set(term.where.not_after)]
    return bool(by), ", ".join(dict.fromkeys(by))


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
