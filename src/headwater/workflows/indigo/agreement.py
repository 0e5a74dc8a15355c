"""An agreement, and its settlement where there is a certificate of one, as an INDIGO project.

What the standard has no place for stands in its words, or is left out: `docs/reference/indigo.md`
says which. Rows that rest on few people are marked PRIVATE.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np

from headwater.catalogue.indigo import standard
from headwater.contracts.agreement import Contract, Price
from headwater.contracts.amounts import is_known
from headwater.contracts.periods import Period, day_number
from headwater.contracts.term import Term
from headwater.contracts.versions import versions
from headwater.core.arrays import IntArray
from headwater.core.cash import Cash
from headwater.core.errors import InputError, Problem
from headwater.core.exact import decimal, write_exact
from headwater.core.finding import Where
from headwater.core.indigo import PROJECTS, Cell, Exchange, Project, Record
from headwater.core.unseen_day import is_seen
from headwater.workflows.agreements import read_agreement
from headwater.workflows.settle.answer import Worked
from headwater.workflows.settle.certificate import settled_again

FEW = 5
"""Results of fewer people than this, and what was paid for them, are marked PRIVATE."""


@dataclass(frozen=True, slots=True)
class Exported:
    """An agreement as an exchange, and the files that it was made from."""

    exchange: Exchange
    files: tuple[str, ...]


def exchange_of(name: str, *, certificate: Path | None = None, project: str = "") -> Exported:
    """Return an agreement as an INDIGO project.

    Parameters
    ----------
    name
        An agreement file, or a shipped contract.
    certificate
        Of its settlement; it is worked out again, from the files that it names.
    project
        The project's id; "": the agreement's.

    Raises
    ------
    InputError
        If a file cannot be read, or the certificate is not the same when worked out again.
    """
    agreement = read_agreement(name)
    worked, files = None, [agreement.name]
    if certificate is not None:
        found, worked = settled_again(certificate, agreement=name)
        if found.difference is not None:
            what = f"is not the same when worked out again: {found.difference.what}."
            raise InputError(Problem(certificate.name, what, "Settle again."))
        files += [certificate.name, worked.file.name]
    contract, own = agreement.contract, project or agreement.contract.id
    rows = [*_terms(contract), *(() if worked is None else _settled(worked))]
    records = tuple(_record(table, own, cells) for table, cells in rows)
    records = tuple(sorted(records, key=lambda row: standard().order(row.table)))
    whole = Project(own, _record(PROJECTS, own, _about(contract)), records)
    return Exported(Exchange((whole,)), tuple(files))


def _record(table: str, project: str, cells: Mapping[str, str]) -> Record:
    held = sorted((path, Cell(text)) for path, text in cells.items() if text)
    return Record(table, project, tuple(held), Where("agreement"))


def _about(contract: Contract) -> dict[str, str]:
    return {
        "name/value": contract.name,
        "dates/outcomes_contract_signed/value": str(contract.signed or ""),
        "dates/anticipated_completion_date/value": str(contract.last_day)
        if is_seen(contract.last_day)
        else "",
    }


Row = tuple[str, dict[str, str]]
"""A table, and the values of a row by path."""


def _terms(contract: Contract) -> Iterator[Row]:
    """Yield what the agreement says: metrics, prices, and who takes part."""
    for metric in contract.metric:
        words = "Watched, not paid for." if metric.safety else ""
        yield (
            "outcome_metrics",
            {
                "id": metric.id,
                "definition/value": metric.name,
                "unit_description_of_service_user_or_beneficiaries/value": metric.unit,
                "outcome_validation_method/value": contract.verification.method,
                "data_source_for_outcome_validation/value": metric.evidence,
                "notes": words,
            },
        )
    yield from _prices(contract)
    for payer in contract.payer:
        known = payer.most is not None and is_known(payer.most)
        yield (
            "outcome_payment_commitments",
            {
                "organisation_id/value": payer.party,
                "maximum_potential_outcome_payment/currency/value": contract.currency * known,
                "maximum_potential_outcome_payment/amount/value": _amount(payer.most),
                "notes": f"Pays {write_exact(payer.share)} of each payment."
                if is_known(payer.share)
                else "Its share is not published.",
            },
        )
    for table, role in (("service_provisions", "provider"), ("investments", "investor")):
        for party in contract.party:
            if party.role == role:
                yield table, {"organisation_id/value": party.id}


def _prices(contract: Contract) -> Iterator[Row]:
    """Yield the rate card, a row a line, and in words how variations change it."""
    for line in (*contract.price, *_priced(contract)):
        whom = " ".join(part for part in (line.cohort, line.group) if part)
        words = [f"For {whom}." if whom else ""]
        words += [] if is_known(line.amount) else ["The price is not published."]
        words += _after(contract)
        yield (
            "outcome_pricings",
            {
                "outcome_metric_id/value": line.metric,
                "currency/value": contract.currency,
                "price_per_unit/amount/value": _amount(line.amount),
                "contracted_increases_to_outcome_pricing/value": _increases(contract, line),
                "price_description/value": " ".join(word for word in words if word),
            },
        )


def _after(contract: Contract) -> Iterator[str]:
    """Yield in words the terms that change what a price gives."""
    for term in contract.term:
        if term.kind not in {"measure", "outcome_payment"}:
            words = (term.words or term.id).rstrip(".")
            yield f"{term.kind.replace('_', ' ').capitalize()}: {words}."


def _priced(contract: Contract) -> Iterator[Price]:
    """Yield the prices that payments name themselves, of one metric as it is counted."""
    metrics = {metric.id: metric for metric in contract.metric}
    sums = {t.id: t.of[0] for t in contract.term if t.kind == "measure" and _only_counts(t)}
    for term in contract.term:
        amount = getattr(term, "amount", None)
        if term.kind == "outcome_payment" and amount is not None and len(term.of) == 1:
            name = sums.get(term.of[0], term.of[0])
            if name in metrics:
                yield Price(metric=name, amount=amount, per=metrics[name].unit, clause=term.clause)


def _only_counts(term: Term) -> bool:
    """Return whether a measure is the units of one metric and nothing else."""
    limits = (getattr(term, "least", None), getattr(term, "most", None))
    return len(term.of) == 1 and getattr(term, "how", "") == "sum" and limits == (None, None)


def _increases(contract: Contract, line: Price) -> str:
    """Return in words what variations make of a line of the rate card."""
    said = []
    for version in versions(contract)[1:]:
        for other in version.contract.price:
            same = (other.metric, other.cohort, other.group)
            mine = (line.metric, line.cohort, line.group)
            if same == mine and other.amount != line.amount:
                said.append(f"{_amount(other.amount)} from {version.first_day}.")
    return " ".join(dict.fromkeys(said))


def _amount(number: Fraction | str | None) -> str:
    """Return an exact number with a point; "" where it is not stated, or no decimal holds it."""
    if not isinstance(number, Fraction):
        return ""
    text = write_exact(number)
    return "" if "/" in text else text


def _settled(worked: Worked) -> Iterator[Row]:
    """Yield results, plans and payments of what is settled, period by period."""
    people = _people(worked)
    for period in worked.settled.periods:
        yield from _results(worked, period, people)
    paid = _paid(worked)
    for period in worked.settled.periods:
        mine = {key: pence for key, pence in paid.items() if key[0] == period.index and pence}
        if mine:
            yield "outcome_payment_plans", {"id/value": _plan(period), **_span(period)}
        for (_, payer, payee, metric), pence in mine.items():
            near = [n for (at, m), n in people.items() if at == period.index and metric in {m, ""}]
            few = min(near, default=FEW) < FEW
            made = _payment(worked, period, (payer, payee, metric), pence, few=few)
            yield "outcome_payments", made


def _plan(period: Period) -> str:
    return f"period{period.index + 1}"


def _span(period: Period) -> dict[str, str]:
    return {
        "period/start_date/value": str(period.first_day),
        "period/end_date/value": str(period.last_day),
    }


def _payment(
    worked: Worked, period: Period, who: tuple[str, str, str], pence: int, *, few: bool
) -> dict[str, str]:
    payer, payee, metric = who
    contract = worked.agreement.contract
    words = f"Due by the settlement up to {worked.settled.periods[-1].last_day}."
    return {
        "outcome_payment_plan_id/value": _plan(period),
        "outcome_metric_id/value": metric,
        **_span(period),
        "payer_organisation_id/value": payer,
        "recipient_organisation_id/value": payee,
        "type/value": "Actual",
        "money/currency/value": contract.currency,
        "money/amount/value": Cash(pence, contract.currency).plain,
        "notes": words if metric else f"{words} It is for several outcome metrics together.",
        "status": "PRIVATE" if few else "",
    }


def _people(worked: Worked) -> dict[tuple[int, str], int]:
    """Return how many keys have an outcome, by period and metric."""
    outcomes, place = worked.settled.outcomes, _period_of(worked)
    found: dict[tuple[int, str], set[int]] = defaultdict(set)
    some = outcomes.units[0] != 0
    columns = (place[some], outcomes.metric[some], outcomes.who[some])
    for at, metric, who in zip(*(column.tolist() for column in columns), strict=True):
        found[at, outcomes.metrics[metric]].add(who)
    return {key: len(keys) for key, keys in found.items()}


def _period_of(worked: Worked) -> IntArray:
    """Return in which period each outcome lies; array (cell,)."""
    ends = np.array([day_number(period.last_day) for period in worked.settled.periods])
    return np.searchsorted(ends, worked.settled.outcomes.counted_on, side="left")


def _results(worked: Worked, period: Period, people: dict[tuple[int, str], int]) -> Iterator[Row]:
    """Yield a row for each metric with an outcome in a period: units that count."""
    contract, outcomes = worked.agreement.contract, worked.settled.outcomes
    here = _period_of(worked) == period.index
    for i, metric in enumerate(contract.metric):
        mine = here & (outcomes.metric == i)
        if not mine.any():
            continue
        units = int(outcomes.units[0, mine].sum())
        one_each = metric.about in {"person", "family"}
        few = one_each and people.get((period.index, metric.id), 0) < FEW
        yield (
            "results",
            {
                "outcome_metric_id/value": metric.id,
                **_span(period),
                "result_level/value": "Outcome level",
                "outcomes_achieved/value": decimal(units, metric.places).replace(",", ""),
                "other_description_of_result/value": "Net: less what would have happened anyway."
                if metric.net
                else "Gross: what would have happened anyway is in it.",
                "outcomes_validator_organisation_ids/value": contract.verification.by,
                "status": "PRIVATE" if few else "",
            },
        )


def _paid(worked: Worked) -> dict[tuple[int, str, str, str], int]:
    """Return pence by period, payer, payee and metric; "" where one sum is for several metrics."""
    found: dict[tuple[int, str, str, str], int] = defaultdict(int)
    of = {v.index: _metric_of(v.contract) for v in worked.settled.versions}
    for block in worked.blocks:
        metric = of[block.lines.version][block.lines.term]
        for payer, parts in zip(block.flow.payers, block.parts, strict=True):
            key = block.lines.period, payer, block.flow.payee, metric
            found[key] += int(parts.sum())
    return found


def _metric_of(contract: Contract) -> dict[str, str]:
    """Return the one metric that each term's money is for in the end; "" for several or none."""
    metrics = {metric.id: {metric.id} for metric in contract.metric}
    rests: dict[str, set[str]] = dict(metrics)
    into: dict[str, str] = {}
    for term in contract.term:
        rests[term.id] = set().union(*(rests[name] for name in term.of), set())
        if term.kind != "measure":
            into |= {name: term.id for name in term.of if name not in metrics}
    found = {}
    for term in contract.term:
        last = term.id
        while last in into:
            last = into[last]
        (one,) = rests[last] if len(rests[last]) == 1 else ("",)
        found[term.id] = one
    return found
