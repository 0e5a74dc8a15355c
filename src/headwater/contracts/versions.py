"""The versions of an agreement: what it says from each day on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from headwater.contracts.agreement import Contract, Price, Variation
from headwater.contracts.term import Term
from headwater.contracts.variation import in_place


@dataclass(frozen=True, slots=True)
class Version:
    """An agreement as it stands between two days, the last included.

    Parameters
    ----------
    anew
        Whether what was counted to date before is priced by its terms too.
    """

    index: int
    first_day: date
    last_day: date
    contract: Contract
    anew: bool = False


def versions(contract: Contract) -> tuple[Version, ...]:
    """Return the versions of an agreement in the order of their days."""
    ordered = sorted(contract.variation, key=lambda variation: variation.first_day)
    now, found = contract, [(date.min, contract, False)]
    for variation in ordered:
        now = now.model_copy(
            update={
                "price": _prices(now.price, variation.price),
                "term": _terms(now.term, variation),
            }
        )
        found.append((variation.first_day, now, variation.earlier_units == "priced_anew"))
    lasts = [first - timedelta(days=1) for first, _, _ in found[1:]] + [date.max]
    return tuple(
        Version(i, first, last, said, anew)
        for i, ((first, said, anew), last) in enumerate(zip(found, lasts, strict=True))
    )


def wordings(said: tuple[Version, ...]) -> Iterator[tuple[Term, tuple[int, ...]]]:
    """Yield every wording of every term, with the versions in which it stands."""
    found: list[tuple[Term, list[int]]] = []
    latest: dict[str, int] = {}
    for version in said:
        for term in version.contract.term:
            if term.id not in latest or found[latest[term.id]][0] != term:
                latest[term.id] = len(found)
                found.append((term, []))
            found[latest[term.id]][1].append(version.index)
    yield from ((term, tuple(where)) for term, where in found)


def _prices(old: tuple[Price, ...], new: tuple[Price, ...]) -> tuple[Price, ...]:
    """Return the rate card with new lines in place of those for the same metric and people."""
    named = {(line.metric, line.cohort, line.group) for line in new}
    return (*(p for p in old if (p.metric, p.cohort, p.group) not in named), *new)


def _terms(old: tuple[Term, ...], variation: Variation) -> tuple[Term, ...]:
    """Return the terms with new ones in the place of those of the same name, or at the end.

    Then come changes, one after the other.
    """
    by_name = {term.id: term for term in variation.term}
    kept = [by_name.pop(term.id, term) for term in old if term.id not in variation.drop]
    now = [*kept, *by_name.values()]
    for change in variation.change:
        now = in_place(now, change)
    return tuple(now)
