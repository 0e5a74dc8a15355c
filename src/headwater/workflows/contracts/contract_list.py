"""Every shipped contract: what it is, and how much of what was published can be worked out."""

from collections.abc import Iterable
from dataclasses import dataclass

from headwater.contracts.agreement import Contract
from headwater.core.errors import InputError, Problem, did_you_mean
from headwater.core.figure import Figure
from headwater.core.source import Source
from headwater.workflows.agreements import read_agreement, shipped_agreements, shipped_contracts
from headwater.workflows.contracts.figures import cited_keys, count, sources_of
from headwater.workflows.contracts.published import GRADES, Published, read_published
from headwater.workflows.contracts.verdicts import Checked, checked


@dataclass(frozen=True, slots=True)
class VerdictCounts:
    """How checks came out.

    Parameters
    ----------
    reproduces, conflicts, cannot_be_checked
        Checks with this verdict.
    independent
        Checks that reproduce a figure which was published apart from the terms.
    """

    reproduces: Figure
    conflicts: Figure
    cannot_be_checked: Figure
    independent: Figure


@dataclass(frozen=True, slots=True)
class ContractLine:
    """A contract in the list.

    Parameters
    ----------
    grade
        How much of what was published can be checked, A to D.
    mechanisms
        What it does, by the names of the list of mechanisms.
    """

    id: str
    name: str
    country: str
    years: str
    grade: str
    verdicts: VerdictCounts
    mechanisms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ContractList:
    """Every shipped contract.

    Parameters
    ----------
    verdicts
        Over all contracts.
    grades
        What each grade means.
    """

    contracts: tuple[ContractLine, ...]
    verdicts: VerdictCounts
    grades: dict[str, str]


def list_contracts() -> tuple[ContractList, tuple[Source, ...]]:
    """Return every shipped contract, best checkable first, and the sources of all."""
    read = [(read_agreement(name).contract, read_published(name)) for name in shipped_contracts()]
    ran = [(contract, made, checked(contract, made)) for contract, made in read]
    order = list(GRADES)
    ran.sort(key=lambda one: (order.index(one[1].grade), one[0].name))
    every = [one for _, _, found in ran for one in found]
    keys = tuple(key for contract, _, _ in ran for key in cited_keys(contract, ()))
    listed = ContractList(
        contracts=tuple(_line(*one) for one in ran),
        verdicts=_counts(every, keys),
        grades=GRADES,
    )
    return listed, tuple(source for contract, _, _ in ran for source in sources_of(contract))


def _line(contract: Contract, made: Published, found: tuple[Checked, ...]) -> ContractLine:
    return ContractLine(
        id=contract.id,
        name=contract.name,
        country=made.country,
        years=made.years,
        grade=made.grade,
        verdicts=counts(contract, found),
        mechanisms=made.mechanisms,
    )


def counts(contract: Contract, found: Iterable[Checked]) -> VerdictCounts:
    """Return how a contract's checks came out."""
    return _counts(list(found), count(contract, 0, "checks").sources)


def _counts(found: list[Checked], keys: tuple[str, ...]) -> VerdictCounts:
    def of(number: int) -> Figure:
        return Figure(number, "checks", "computed", sources=keys)

    same = [one for one in found if one.verdict == "reproduces"]
    return VerdictCounts(
        reproduces=of(len(same)),
        conflicts=of(sum(one.verdict == "conflicts" for one in found)),
        cannot_be_checked=of(sum(one.verdict == "cannot be checked" for one in found)),
        independent=of(sum(one.check.kind == "independent" for one in same)),
    )


def shipped_text(name: str) -> str:
    """Return the agreement file of a shipped contract or example, as it is written.

    Raises
    ------
    InputError
        If none has the name, with the nearest.
    """
    known = shipped_agreements()
    if name not in known:
        what = f"is no shipped agreement.{did_you_mean(name, [*known])}"
        raise InputError(Problem(name or "--copy", what, f"Shipped: {', '.join(known)}."))
    return known[name].read_text("utf-8")
