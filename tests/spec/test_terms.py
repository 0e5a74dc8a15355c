"""Every kind of term has examples worked by hand; the engine must give the same, to the penny."""

import json
import tomllib
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from headwater.contracts.terms import KINDS
from headwater.workflows.agreement_schema import agreement_schema
from headwater.workflows.agreements import read_agreement, shipped_contracts
from headwater.workflows.settle.answer import settle_claims
from headwater.workflows.settle.up_to import last_day_of

HERE = Path(__file__).parent / "terms"
ROOT = Path(__file__).parents[2]
HEAD = (HERE / "head.toml").read_text(encoding="utf-8")
FILES = sorted(path for path in HERE.glob("*.toml") if path.name != "head.toml")
EXAMPLES = [
    pytest.param(example, id=f"{path.stem}: {example['name']}")
    for path in FILES
    for example in tomllib.loads(path.read_text(encoding="utf-8"))["example"]
]


def written(example, folder: Path) -> tuple[Path, Path]:
    agreement, claims = folder / "agreement.toml", folder / "claims.csv"
    agreement.write_text(f"{HEAD}\n{example['agreement']}", encoding="utf-8")
    claims.write_text(example["claims"], encoding="utf-8")
    return agreement, claims


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_term_gives_what_the_hand_does(example, tmp_path) -> None:
    agreement, claims = written(example, tmp_path)
    read = read_agreement(str(agreement))
    _, said = settle_claims(read, claims, until=last_day_of(read.contract))
    due = {p.period.split(" to ")[1]: p.amount.pence for p in said.periods if p.amount.pence}
    assert due == example["due"]
    assert {t.term: t.amount.pence for t in said.terms} == example["adds"]
    assert said.due.pence == sum(example["due"].values()) == sum(example["adds"].values())


def test_every_kind_has_an_example_of_its_own() -> None:
    assert {path.stem for path in FILES} == set(KINDS)
    for path in FILES:
        for example in tomllib.loads(path.read_text(encoding="utf-8"))["example"]:
            assert f'kind = "{path.stem}"' in example["agreement"], path.stem


# The schema


def plain(value):
    """Return TOML as an editor that checks by the schema sees it: days as text."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return str(value) if isinstance(value, date) else value


def faults(text: str) -> list[str]:
    held = jsonschema.Draft202012Validator(agreement_schema())
    return [
        f"{list(e.path)}: {e.message[:90]}" for e in held.iter_errors(plain(tomllib.loads(text)))
    ]


def agreements() -> list[Path]:
    own = sorted((ROOT / "tests/agreements").glob("*.toml"))
    return [*shipped_contracts().values(), *own]


@pytest.mark.parametrize("path", agreements(), ids=lambda path: path.stem)
def test_every_agreement_file_is_as_the_schema_says(path: Path) -> None:
    assert faults(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_is_as_the_schema_says(example) -> None:
    assert faults(f"{HEAD}\n{example['agreement']}") == []


def test_the_schema_refuses_what_the_reader_refuses() -> None:
    good = HEAD + '\n[[term]]\nid = "t"\nkind = "outcome_payment"\nof = "day"\n'
    assert faults(good) == []
    for bad in ("kind = 'outcome_paymen'", "colour = 'red'", "of = 3", "of = ['a b']"):
        key = bad.split(" ", maxsplit=1)[0]
        kept = "\n".join(
            line
            for line in good.splitlines()
            if not (line.startswith(f"{key} ") and line in good.splitlines()[-3:])
        )
        assert faults(f"{kept}\n{bad}\n") != [], bad


def test_the_schema_is_a_schema_and_says_what_fields_mean() -> None:
    made = agreement_schema()
    jsonschema.Draft202012Validator.check_schema(made)
    assert set(KINDS) <= set(json.dumps(made).replace('"', " ").split())
    cap = made["$defs"]["Cap"]["properties"]
    assert cap["excess"]["description"].startswith("What becomes of what passes the limit")
    assert cap["clause"]["description"]
