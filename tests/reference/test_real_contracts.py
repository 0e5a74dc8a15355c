"""Real contracts: every published figure, worked out again from the contract's own terms."""

import re
import tomllib
from pathlib import Path
from typing import get_args

import pytest

from agreements_by_hand import FILES, agreement, read
from headwater.contracts.agreement import Contract
from headwater.contracts.term import Term, Where
from headwater.contracts.terms import KINDS
from headwater.core.errors import InputError
from headwater.core.instrument import KINDS as INSTRUMENTS
from headwater.workflows.agreements import read_agreement, shipped_contracts
from headwater.workflows.contracts.contract_card import contract_card
from headwater.workflows.contracts.contract_list import list_contracts
from headwater.workflows.contracts.mechanisms import mechanisms, shown_in
from headwater.workflows.contracts.published import read_published, shipped_published
from headwater.workflows.contracts.verdicts import Checked, checked

HERE = Path(__file__).parent
PINNED = tomllib.loads((HERE / "real_contracts.toml").read_text(encoding="utf-8"))
CONTRACTS, CHECKS, MECHANISMS = 39, 101, 198
"""What ships; a file that is lost, or a check, is missed here."""


def found(name: str) -> tuple[Checked, ...]:
    return checked(read_agreement(name).contract, read_published(name))


def test_the_catalogue_holds_as_many_as_it_should() -> None:
    assert len(shipped_contracts()) == len(shipped_published()) == CONTRACTS
    assert sum(len(read_published(name).check) for name in shipped_contracts()) == CHECKS
    assert len(mechanisms()) == MECHANISMS


@pytest.mark.parametrize("name", list(shipped_contracts()))
def test_every_published_figure_has_the_verdict_it_is_known_to_have(name: str) -> None:
    verdicts = {}
    for one in found(name):
        verdicts[one.check.id] = one.verdict
        if one.verdict == "conflicts":
            apart = round(float(one.apart), 6)
            verdicts[one.check.id] = {"verdict": "conflicts", "apart": apart}
    assert verdicts == PINNED[name]


@pytest.mark.parametrize("name", list(shipped_contracts()))
def test_file_and_contract_are_of_one_name_and_every_term_is_in_words(name: str) -> None:
    contract, made = read_agreement(name).contract, read_published(name)
    assert name == contract.id == made.contract
    paying = [term for term in contract.term if term.kind != "measure"]
    assert [term.id for term in paying if not term.words] == []
    assert contract.source
    assert all(url.startswith("http") for url in contract.source.values())


@pytest.mark.parametrize("name", list(shipped_contracts()))
def test_what_rests_on_nothing_published_says_so(name: str) -> None:
    for one in found(name):
        assert (one.verdict == "cannot be checked") == bool(one.because), one.check.id
        if one.check.claims and one.computed is None:
            assert "not published" in one.because


@pytest.mark.parametrize("name", list(shipped_contracts()))
def test_a_tolerance_is_no_wider_than_the_printed_words(name: str) -> None:
    """A figure of so many significant digits stands for half a unit of its last digit."""
    for check in read_published(name).check:
        if check.figure is None or check.low is None or not check.figure:
            continue
        whole = str(float(check.figure)).rstrip("0").rstrip(".").replace(".", "").lstrip("0")
        digits = len(whole.rstrip("0")) or 1
        span = float(check.high - check.low) / float(check.figure)
        loosest = 10 ** (1 - digits) if digits > 1 else 1
        spoken = "about" in check.published or "at most" in check.published
        assert span <= loosest * 1.0001 or spoken, check.id


def named_fields(contract: Contract) -> set[str]:
    """Return the kinds and fields that an agreement uses, as `mechanisms.toml` writes them."""
    written = contract.model_dump(exclude_defaults=True)
    used: set[str] = set()
    for table, entry in written.items():
        used.add(table)
        rows = entry if isinstance(entry, list | tuple) else [entry]
        used |= {f"{table}.{key}" for row in rows if isinstance(row, dict) for key in row}
    versions = [*contract.term, *(t for v in contract.variation for t in v.term)]
    for term in versions:
        fields = term.model_dump(exclude_defaults=True)
        used |= {term.kind, *(f"{term.kind}.{key}" for key in fields)}
        used |= {f"term.{key}" for key in fields}
        used |= {f"where.{key}" for key in fields.get("where", {})}
        used |= {f"{term.kind}.per"} if getattr(term, "per", None) else set()
    return used | {"settlement.every", "table.below"}


def by_hand() -> dict[str, list[Contract]]:
    """Return the agreements worked by hand, by mechanism."""
    shown: dict[str, list[Contract]] = {}
    for path in FILES:
        for name in read(path)["mechanisms"]:
            shown.setdefault(name, []).append(agreement(path))
    return shown


@pytest.fixture(scope="module")
def used() -> dict[str, list[Contract]]:
    """Return the tested agreements in which each mechanism is used."""
    shown = by_hand()
    for mechanism, names in shown_in().items():
        shown.setdefault(mechanism, []).extend(read_agreement(name).contract for name in names)
    return shown


def fields_of(kind: str) -> set[str]:
    """Return the fields of a kind of term, or of a table of an agreement."""
    if kind == "instrument":
        return set().union(*(one.model_fields for one in INSTRUMENTS.values()))
    models = {**KINDS, "where": Where, "term": Term}
    if kind not in models:
        held = Contract.model_fields[kind].annotation
        models[kind] = next((one for one in get_args(held) if one is not Ellipsis), held)
    return set(models[kind].model_fields)


@pytest.mark.parametrize("name", list(mechanisms()))
def test_every_mechanism_is_said_by_a_tested_agreement(name: str, used: dict) -> None:
    one = mechanisms()[name]
    for part in one.by:
        kind, _, field = part.partition(".")
        assert kind in {*KINDS, *Contract.model_fields, "where", "term"}, part
        if field:
            assert field in fields_of(kind), part
    assert used.get(name), "no agreement uses it"
    if one.note.startswith("there is none"):
        return
    assert any(set(one.by) & named_fields(contract) for contract in used[name])


def worked_names() -> set[str]:
    """Return shipped contracts of which at least one figure is worked out by the engine."""
    return {
        name
        for name in shipped_contracts()
        if any(one.check.claims and one.computed is not None for one in found(name))
    }


def test_every_term_of_payment_is_worked_in_numbers_somewhere() -> None:
    worked, hand, shown = worked_names(), by_hand(), shown_in()
    only_named = [
        name
        for name, one in mechanisms().items()
        if one.belongs == "terms" and name not in hand and not worked & set(shown.get(name, ()))
    ]
    assert only_named == []


def test_a_name_nearly_right_is_put_right() -> None:
    with pytest.raises(InputError, match=re.escape("Did you mean 'newpin_nsw'?")):
        contract_card("newpin_nws")


def test_counts_of_the_list_are_those_of_the_cards() -> None:
    listed, _ = list_contracts()
    lines = [line.verdicts for line in listed.contracts]
    for field in ("reproduces", "conflicts", "cannot_be_checked", "independent"):
        total = sum(getattr(line, field).value for line in lines)
        assert total == getattr(listed.verdicts, field).value
    assert sum(v.value for v in vars_of(listed.verdicts)) == CHECKS


def vars_of(counts) -> tuple:
    return counts.reproduces, counts.conflicts, counts.cannot_be_checked


def test_a_term_of_every_kind_is_in_a_tested_agreement(used: dict) -> None:
    kinds = {term.kind for contracts in used.values() for c in contracts for term in c.term}
    assert set(KINDS) - kinds - {"indexation", "return_unspent"} == set()
    assert issubclass(KINDS["measure"], Term)
