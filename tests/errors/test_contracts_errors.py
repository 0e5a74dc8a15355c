"""One bad input of `headwater contracts` and its exact message each."""

from pathlib import Path

import pytest

from headwater.core.errors import InputError
from headwater.workflows.agreements import read_agreement, shipped_agreements, shipped_contracts
from headwater.workflows.contracts.contract_card import contract_card
from headwater.workflows.contracts.contract_list import shipped_text
from headwater.workflows.contracts.published import Check, Published, published_faults

CONTRACT = read_agreement("oklahoma_wir").contract


def faults(**check: object) -> list[str]:
    entry = {"id": "x", "what": "x", "kind": "independent", "published": "1", **check}
    made = Published.model_validate(
        {
            "contract": "oklahoma_wir",
            "country": "x",
            "years": "x",
            "grade": "A",
            "mechanisms": ["rct"],
            "check": [entry],
        }
    )
    return [said[0] for _, said in published_faults(made, CONTRACT)]


ROW = {"metric": "graduated", "who": "a", "last_day": "2018-01-01"}


@pytest.mark.parametrize(
    ("check", "message"),
    [
        ({}, "needs one of 'claims', 'arithmetic' and 'lacks'."),
        ({"claims": [ROW], "look_at": "term"}, "belongs to a term, a measure or a condition."),
        ({"claims": [ROW], "low": 1}, "stands with 'high'."),
        ({"claims": [ROW], "source": "nobody"}, "no source 'nobody'."),
        (
            {"claims": [{**ROW, "metric": "graduate"}]},
            "no metric 'graduate'. Did you mean 'graduated'?",
        ),
        (
            {"claims": [ROW], "look_at": "term", "name": "intakes"},
            "no term 'intakes'. Did you mean 'intake'?",
        ),
    ],
)
def test_a_check_that_checks_nothing_is_refused(check: dict, message: str) -> None:
    assert faults(**check) == [message]


def test_a_contract_that_does_not_ship_is_named_with_the_nearest() -> None:
    with pytest.raises(InputError) as caught:
        contract_card("essex")
    known = ", ".join(shipped_contracts())
    assert str(caught.value).startswith("essex: is no shipped contract.")
    assert str(caught.value).endswith(f"Shipped: {known}.")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('currency = "pounds"', "needs three capital letters, as GBP, got 'pounds'."),
        ('payee = "a b"', "needs letters, digits and _ . / - without blanks, got 'a b'."),
    ],
)
def test_a_text_of_the_wrong_form_says_which(tmp_path: Path, line: str, message: str) -> None:
    field = line.partition(" ")[0]
    text = shipped_contracts()["oklahoma_wir"].read_text(encoding="utf-8")
    kept = [row for row in text.splitlines() if not row.startswith(f"{field} =")]
    file = tmp_path / "wrong.toml"
    file.write_text("\n".join([line, *kept]), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_agreement(str(file))
    assert str(caught.value) == f"wrong.toml, line 1, {field}: {message}"


def test_a_check_may_stand_for_nothing_published() -> None:
    assert Check.model_fields["figure"].default is None


def test_a_file_and_an_example_are_not_said_to_be_missing(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(shipped_contracts()["oklahoma_wir"].read_text("utf-8"), encoding="utf-8")
    for name in (str(file), "care-days"):
        with pytest.raises(InputError) as caught:
            contract_card(name)
        assert str(caught.value) == (
            f"{name}: is an agreement, and nothing that was published of it ships with it."
            " Ask `headwater lint`, `odds` or `settle` of it."
        )


def test_only_what_ships_can_be_copied() -> None:
    with pytest.raises(
        InputError, match=r"care_days: is no shipped agreement. Did you mean 'care-days'"
    ):
        shipped_text("care_days")
    assert all(shipped_text(name) for name in shipped_agreements())


@pytest.mark.parametrize("day", ['"01/04/2024"', '"soon"', "5.5", "2024-04-01T10:00:00"])
def test_a_day_that_is_none_says_how_to_write_one(tmp_path: Path, day: str) -> None:
    text = shipped_contracts()["oklahoma_wir"].read_text(encoding="utf-8")
    kept = [row for row in text.splitlines() if not row.startswith("first_day =")]
    file = tmp_path / "wrong.toml"
    file.write_text("\n".join([f"first_day = {day}", *kept]), encoding="utf-8")
    with pytest.raises(InputError, match=r"wrong.toml, line 1, first_day: needs a day without .*"):
        read_agreement(str(file))


def test_a_name_that_stands_twice_is_told_to_stand_once(tmp_path: Path) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text("[odds]\n[odds]\n", encoding="utf-8")
    with pytest.raises(InputError, match="Give each name once"):
        read_agreement(str(file))
