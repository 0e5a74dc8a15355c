"""Price × result beside payment, one result at a time.

A result is compared with the payments made for its metric within its period. Nothing is filled in:
where a price, a result or a payment is missing or could be read in two ways, the line says so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from headwater.core.indigo import (
    OutcomeMetric,
    OutcomePayment,
    Pricing,
    Project,
    Record,
    Result,
    Value,
    period_of,
)
from headwater.core.partial_date import Period
from headwater.workflows.indigo.figures import count, money
from headwater.workflows.indigo.result import Comparison, Verdict

PENNY = Decimal("0.005")
"""Amounts that part by no more than half a hundredth agree: payments are made in hundredths."""
ACTUAL, PLANNED = "actual", "planned"
NAMELESS = "the row names no outcome metric."


@dataclass(frozen=True, slots=True)
class Side:
    """One of price, result and payment: an exact number, or why there is none."""

    number: Decimal | None
    currency: str = ""
    verdict: Verdict = "agrees"
    why: str = ""
    rows: tuple[Record, ...] = ()
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one metric of one project."""

    project: str
    metric: str
    definition: str
    unit: str
    pricings: tuple[Pricing, ...]
    results: tuple[Result, ...]
    payments: tuple[OutcomePayment, ...]
    """Payments made; planned ones are compared elsewhere."""


def compare(project: Project) -> tuple[Comparison, ...]:
    """Return the comparisons of one project, metric by metric."""
    return tuple(line for rows in _by_metric(project) for line in _lines(rows))


def _by_metric(project: Project) -> Iterator[Rows]:
    """Yield the rows of each metric in the order in which metrics are first named."""
    metrics, pricings = project.of(OutcomeMetric), project.of(Pricing)
    results = project.of(Result)
    payments = [p for p in project.of(OutcomePayment) if p.type.text.casefold() != PLANNED]
    names = [metric.id.text for metric in metrics]
    names += [row.metric.text for row in pricings] + [row.metric.text for row in results]
    names += [row.metric.text for row in payments]
    for name in dict.fromkeys(names):
        own = next((metric for metric in metrics if metric.id.text == name), None)
        yield Rows(
            project.id,
            name,
            own.definition.text if own else "",
            (own.unit.text or own.unit_type.text) if own else "",
            tuple(row for row in pricings if row.metric.text == name),
            tuple(row for row in results if row.metric.text == name),
            tuple(row for row in payments if row.metric.text == name),
        )


def _lines(rows: Rows) -> Iterator[Comparison]:
    """Yield a line for each result, then one for payments that lie in no result's period."""
    if not rows.metric:
        yield from _nameless(rows)
        return
    price, left = _price(rows), dict(enumerate(rows.payments))
    times = [period_of(payment) for payment in rows.payments]
    for result in rows.results:
        own = period_of(result)
        near = [i for i, period in enumerate(times) if not period.apart(own)]
        left = {i: payment for i, payment in left.items() if i not in set(near)}
        paid = _paid(result, [rows.payments[i] for i in near], rows)
        yield _line(rows, period_of(result), price, _achieved(result, rows), paid)
    for period in dict.fromkeys(times[i] for i in left):
        paid = _sum([payment for i, payment in left.items() if times[i] == period])
        why = "no result is stated for the time of the payment."
        verdict: Verdict = "different period" if rows.results else "result missing"
        yield _line(rows, period, price, Side(None, verdict=verdict, why=why), paid)
    if not rows.results and not rows.payments:
        no_result = Side(None, verdict="result missing", why="no result is stated.")
        no_payment = Side(None, verdict="payment missing", why="no payment is stated.")
        yield _line(rows, Period(None, None), price, no_result, no_payment)


def _nameless(rows: Rows) -> Iterator[Comparison]:
    """Yield a line for rows that name no metric: they cannot be set beside a price."""
    price = Side(None, verdict="price missing", why=NAMELESS)
    none = Side(None, verdict="payment missing", why=NAMELESS)
    no_result = Side(None, verdict="result missing", why=NAMELESS)
    for result in rows.results:
        yield _line(rows, period_of(result), price, _achieved(result, rows), none)
    for payment in rows.payments:
        yield _line(rows, period_of(payment), price, no_result, _sum([payment]))


def _price(rows: Rows) -> Side:
    """Return the one price of a metric; several that part are ambiguous."""
    if not rows.pricings:
        return Side(None, verdict="price missing", why="no price is stated.")
    records = tuple(each.record for each in rows.pricings)
    flags = tuple(f for each in rows.pricings for f in _flags("price", each.price, each.currency))
    said = {(each.price.number, each.currency.text) for each in rows.pricings}
    if len(said) > 1:
        why = f"{len(said)} prices are stated; which holds for this result is not."
        return Side(None, "", "ambiguous", why, records, flags)
    ((number, currency),) = said
    text = rows.pricings[0].price.text
    if number is None:
        why = (
            f"the price is no number ('{text[:40]}')." if text else "no price of a unit is stated."
        )
        return Side(None, currency, "price missing", why, records, flags)
    return Side(number, currency, rows=records, flags=flags)


def _achieved(result: Result, rows: Rows) -> Side:
    """Return the units achieved; a share, words, a count of something else is no count of them."""
    records, flags = (result.record,), _flags("result", result.achieved)
    alike = [each for each in rows.results if period_of(each) == period_of(result)]
    text, number = result.achieved.text, result.achieved.number
    if number is None and not text:
        people = result.positive.number
        if people is None:
            return Side(None, "", "result missing", "no outcomes are stated.", records, flags)
        why = f"the result counts people with positive outcomes ({people}), not outcomes."
        return Side(None, "", "units differ", why, records, flags)
    if number is None:
        why = "the result is in words or per cent, not a count of outcomes."
        return Side(None, "", "units differ", why, records, flags)
    if 0 < number < 1:
        return Side(None, "", "units differ", f"a result of {number} is a share.", records, flags)
    if len(alike) > 1:
        why = f"{len(alike)} results are stated for the same time."
        return Side(number, "", "ambiguous", why, records, flags)
    return Side(number, rows=records, flags=flags)


def _paid(result: Result, near: Sequence[OutcomePayment], rows: Rows) -> Side:
    """Return what was paid within the time of a result."""
    if not near:
        if rows.payments:
            why = "payments are stated for other times only."
            return Side(None, verdict="different period", why=why)
        return Side(None, verdict="payment missing", why="no payment is stated.")
    paid, period = _sum(near), period_of(result)
    unstated = [p for p in near if not period_of(p).stated] or not period.stated
    neither = not period.start and not period.end and not any(_dated(p) for p in near)
    if neither and len(rows.results) == 1:
        return paid if paid.why else replace(paid, why="neither states the time that it is of.")
    if unstated:
        why = "the time of the result or of a payment is not stated."
    elif all(period_of(payment).within(period) for payment in near):
        return paid
    else:
        why = f"payments reach beyond the time of the result ({period})."
    return Side(paid.number, paid.currency, "different period", why, paid.rows, paid.flags)


def _dated(payment: OutcomePayment) -> bool:
    period = period_of(payment)
    return period.start is not None or period.end is not None


def _sum(payments: Sequence[OutcomePayment]) -> Side:
    """Return the exact sum of payments in one currency; never one of several."""
    records = tuple(payment.record for payment in payments)
    flags = tuple(f for p in payments for f in _flags("payment", p.amount, p.currency))
    currencies = sorted({payment.currency.text for payment in payments})
    if len(currencies) > 1:
        why = f"payments are in {' and '.join(each or 'no currency' for each in currencies)}."
        return Side(None, "", "different currency", why, records, flags)
    amounts = [payment.amount.number for payment in payments]
    known = [amount for amount in amounts if amount is not None]
    if len(known) < len(amounts):
        why = "a payment states no amount."
        return Side(None, currencies[0], "payment missing", why, records, flags)
    total = sum(known, Decimal(0))
    if any(payment.type.text.casefold() != ACTUAL for payment in payments):
        why = "a payment does not say whether it was planned or made."
        return Side(total, currencies[0], "ambiguous", why, records, flags)
    return Side(total, currencies[0], rows=records, flags=flags)


def _flags(side: str, *values: Value) -> tuple[str, ...]:
    """Return what a side's values say of themselves."""
    words = {"DISPUTED": "disputed", "PRIVATE": "not public"}
    return tuple(f"{side} {words[value.status]}" for value in values if value.status in words)


def _line(rows: Rows, period: Period, price: Side, result: Side, paid: Side) -> Comparison:
    """Return one line: the verdict is the first thing that stands in the way, else the sum."""
    verdict, why = _verdict(price, result, paid)
    both = price.number is not None and result.number is not None
    due = price.number * result.number if both else None  # type: ignore[operator]
    compared = verdict in {"agrees", "differs"}
    gap = paid.number - due if compared and due is not None and paid.number is not None else None
    used = (*price.rows, *result.rows, *paid.rows)
    return Comparison(
        project=rows.project,
        metric=rows.metric,
        definition=rows.definition,
        period=str(period),
        price=money(price.number, price.currency, note=price.why),
        result=count(result.number, "outcomes", note=_of(rows, result), period=str(period)),
        due=money(due, price.currency, note="price or result is missing" if due is None else ""),
        paid=money(paid.number, paid.currency, note=paid.why, period=str(period)),
        difference=money(gap, price.currency, note="" if compared else f"not compared: {verdict}"),
        verdict=verdict,
        why=_with_increases(rows, why, verdict),
        flags=tuple(dict.fromkeys((*price.flags, *result.flags, *paid.flags))),
        where=tuple(str(row.where) for row in used),
    )


def _of(rows: Rows, result: Side) -> str:
    return result.why or (f"the metric is for: {rows.unit}" if rows.unit else "")


def _verdict(price: Side, result: Side, paid: Side) -> tuple[Verdict, str]:
    """Return what stands in the way of comparing, or how the two sums part."""
    for side in (price, result, paid):
        if side.verdict != "agrees":
            return side.verdict, side.why
    if not price.currency or not paid.currency:
        what = "price" if not price.currency else "payment"
        return "different currency", f"the {what} states no currency."
    if price.currency != paid.currency:
        return (
            "different currency",
            f"the price is in {price.currency}, the payment in {paid.currency}.",
        )
    gap = (paid.number or Decimal(0)) - (price.number or Decimal(0)) * (result.number or Decimal(0))
    if abs(gap) <= PENNY:
        return "agrees", paid.why
    way = "more" if gap > 0 else "less"
    why = f"{price.currency} {abs(gap):,.2f} {way} was paid than price × result."
    return "differs", f"{why} {paid.why}".strip()


def _with_increases(rows: Rows, why: str, verdict: Verdict) -> str:
    """Return the sentence, and what the contract says that may be the reason for a gap."""
    said = [each.increases.text for each in rows.pricings if each.increases.text]
    maximum = [each.maximum.text for each in rows.pricings if each.maximum.text]
    if verdict != "differs":
        return why
    if said:
        why = f"{why} The contract changes prices: {' '.join(said[0].split())[:160]}"
    if maximum:
        why = f"{why} A maximum price is stated: {maximum[0][:40]}."
    return why
