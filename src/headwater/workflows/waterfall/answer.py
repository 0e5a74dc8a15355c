"""From an agreement to what each party gets: one engine says what is paid, another shares it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

from headwater.contracts.agreement import Contract
from headwater.contracts.settle import settlement_periods
from headwater.core.cash import Cash
from headwater.core.errors import InputError, Problem
from headwater.core.money_side import Termination
from headwater.core.unseen import NOT_PUBLISHED
from headwater.finance.waterfall import Deal, total, waterfall
from headwater.workflows.agreements import Agreement
from headwater.workflows.settle.answer import Worked, work_out
from headwater.workflows.settle.up_to import beyond
from headwater.workflows.waterfall.figures import Ran, scenario
from headwater.workflows.waterfall.receipts import (
    Supposed,
    deal_of,
    known,
    placed,
    supposed_receipts,
)
from headwater.workflows.waterfall.result import WaterfallAnswer
from headwater.workflows.waterfall.words import in_words, order_in_words

DRAWS, SEED = 1000, 1
HALF = Fraction(1, 2)
LATE = 1
CASES = (
    Supposed("as promised", "the promised effect, on everybody planned", "as promised"),
    Supposed("with half the effect", "half the promised effect", "half the effect"),
    Supposed("with no effect", "the service changes nothing", "no effect"),
    Supposed("with half the referrals", "half the people come", "as promised", referrals=HALF),
    Supposed("with late data", "every payment a period later", "as promised", late=LATE),
)


def waterfall_answer(
    agreement: Agreement,
    *,
    draws: int = DRAWS,
    seed: int = SEED,
    claims: Path | None = None,
    until: date | None = None,
    today: date | None = None,
) -> WaterfallAnswer:
    """Return who gets what, when, in every scenario.

    Parameters
    ----------
    claims
        Real claims: their payments, to the penny, come first.
    until
        Only periods that end by this day are settled on them; None: those that are over by what the
        claims say, as `settle` does.
    today
        The day of settling, as in `settle`.

    Raises
    ------
    InputError
        If the agreement has no money side, has nothing to be paid on, leaves a price unpublished,
        or a claim cannot be used.
    """
    contract = agreement.contract
    _check(contract, agreement.name, claims)
    deal = deal_of(contract, agreement.name)
    so_far = None if claims is None else work_out(agreement, claims, until=until, today=today)
    ran = [] if so_far is None else [_claimed(deal, so_far)]
    if contract.expected:
        how = draws, seed, agreement.name
        ran += [_run(contract, deal, one, how) for one in (*CASES, *_ends(contract))]
    scenarios = tuple(scenario(one) for one in ran)
    return WaterfallAnswer(
        agreement=contract.id,
        name=contract.name,
        currency=contract.currency,
        in_words=(*(() if so_far is None else _settled(so_far)), *in_words(scenarios)),
        order=tuple(order_in_words(contract.waterfall, contract.currency)),
        scenarios=scenarios,
        because=tuple(dict.fromkeys(row.because for row in contract.expected)),
        claims_file="" if claims is None else claims.name,
        settled_until="" if so_far is None else str(so_far.settled.periods[-1].last_day),
    )


def _check(contract: Contract, name: str, claims: Path | None) -> None:
    if not contract.instrument:
        what = "has no money side: [[instrument]], [[cost]] and [[waterfall]]."
        raise InputError(
            Problem(name, what, "Add who puts money in, and who is paid in what order.")
        )
    gaps = [
        Problem(
            f"{name}, instrument.{i}.{field} ('{one.id}')",
            "is not published: what its owner gets cannot be worked out.",
            "Put a number of your own there, in a copy of the file.",
        )
        for i, one in enumerate(contract.instrument)
        for field in ("commitment", "yearly")
        if getattr(one, field, None) == NOT_PUBLISHED
    ]
    if gaps:
        raise InputError(gaps)
    if not contract.expected and claims is None:
        what = "has no [[expected]]: no outcomes to be paid for."
        raise InputError(Problem(name, what, "Add them, or give real claims with --claims."))


def _ends(contract: Contract) -> Iterator[Supposed]:
    """Yield early ends: those that the agreement names, or else a payer who walks away."""
    names = {party.id: party.name for party in contract.party}
    for said in contract.termination:
        yield Supposed(
            f"ended early ({said.id})",
            f"it ends on {said.on}{f', by {names[said.by]}' if said.by else ''}; what is owed then "
            f"is {said.owed}",
            "as promised",
            ended=said,
        )
    if not contract.termination:
        middle = contract.first_day + (contract.last_day - contract.first_day) / 2
        by = contract.payer[0].party
        yield Supposed(
            "if the payer walks away",
            f"assumed, as the agreement names no early end: {names[by]} stops on {middle} and "
            "pays nothing that is not payable by then",
            "as promised",
            ended=Termination(id="walks_away", on=middle, by=by, owed="lost"),
        )


def _run(contract: Contract, deal: Deal, supposed: Supposed, how: tuple[int, int, str]) -> Ran:
    draws, seed, name = how
    deal = replace(deal, timeline=deal.timeline.longer(supposed.late))
    receipts = supposed_receipts(
        contract, deal.timeline, supposed, draws=draws, seed=seed, name=name
    )
    flowed = waterfall(deal, receipts, referrals=supposed.referrals, ended=supposed.ended)
    return Ran(contract, supposed, flowed, total(receipts))


def _settled(so_far: Worked) -> Iterator[str]:
    """Yield what is settled on the claims, and what is not yet."""
    contract, settled, name = so_far.agreement.contract, so_far.settled, so_far.file.name
    periods, until = settlement_periods(contract), settled.periods[-1].last_day
    due = Cash(int(settled.total[0].sum()), contract.currency)
    count = f"{len(settled.periods):,} of {len(periods):,} periods"
    yield f"Settled on {name} up to {until} ({so_far.until_because}): {due}, in {count}."
    left = len(periods) - len(settled.periods)
    if not left:
        return
    lies = beyond(so_far.accepted, until)
    some = f"; {lies}" if lies else ""
    yield (
        f"Not settled yet: {left:,} {'period' if left == 1 else 'periods'}, to "
        f"{periods[-1].last_day}{some}. On real claims nothing is paid for them, while costs go on "
        "as agreed: it is what the money side comes to if nothing more is verified, no forecast."
    )


def _claimed(deal: Deal, so_far: Worked) -> Ran:
    """Run the money through on what is due for real claims."""
    contract = so_far.agreement.contract
    settled = known(so_far.settled, so_far.agreement.name)
    receipts = placed(contract, settled, deal.timeline)
    until = settled.periods[-1].last_day
    words = f"what is due on {so_far.file.name} up to {until}, and nothing after it"
    supposed = Supposed("on real claims", words, "as promised")
    return Ran(contract, supposed, waterfall(deal, receipts), total(receipts))
