"""What is wrong in the changes of a variation: a term that is not there, a place beside none."""

from collections.abc import Iterator

from headwater.contracts.agreement import Contract, Variation
from headwater.contracts.variation import Change
from headwater.core.errors import did_you_mean

Fault = tuple[tuple[str | int, ...], tuple[str, str]]


def change_faults(contract: Contract) -> Iterator[Fault]:
    """Yield every change that cannot be made, in the order in which they are made."""
    names = [term.id for term in contract.term]
    ordered = sorted(range(len(contract.variation)), key=lambda i: contract.variation[i].first_day)
    for i in ordered:
        varied = contract.variation[i]
        names = _names(names, varied)
        for j, change in enumerate(varied.change):
            for field, said in _of(change, names):
                yield ("variation", i, "change", j, field), said


def _names(before: list[str], varied: Variation) -> list[str]:
    kept = [name for name in before if name not in varied.drop]
    return [*kept, *(term.id for term in varied.term if term.id not in kept)]


def _of(change: Change, names: list[str]) -> Iterator[tuple[str, tuple[str, str]]]:
    if change.term not in names:
        known = f"Known: {', '.join(names)}. A new term is a [[variation.term]]."
        yield "term", (f"no term '{change.term}'.{did_you_mean(change.term, names)}", known)
        return
    for field in ("before", "after"):
        name = getattr(change, field)
        others = [one for one in names if one != change.term]
        if name is not None and name not in others:
            yield field, (f"no other term '{name}'.{did_you_mean(name, others)}", "Name one.")
    if change.before is not None and change.after is not None:
        yield "after", ("stands with before.", "Give one of them.")
    for field in ("id", "kind"):
        if field in change.fields:
            yield field, ("cannot be changed.", "Drop the term, and add a [[variation.term]].")
    if not change.fields and change.before is None and change.after is None:
        yield "term", (f"nothing of '{change.term}' changes.", "Name the fields that do.")
