"""An agreement and its settlement as INDIGO data: prices and payments come back as they were."""

from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from headwater.cli.main import app
from headwater.core.errors import InputError
from headwater.core.indigo import OutcomePayment, Pricing, Result
from headwater.readers.indigo import read
from headwater.workflows.indigo import answer, answer_of, export
from headwater.workflows.settle.certificate import certificate, certificate_text
from statement_sample import settled

FORMS = ["folder", "one.json", "one.xlsx"]


@pytest.fixture(name="proof")
def _proof(tmp_path) -> tuple[Path, object, object]:
    worked, said = settled(tmp_path)
    path = tmp_path / "proof.json"
    path.write_text(certificate_text(certificate(worked, said)), encoding="utf-8")
    return path, worked, said


@pytest.mark.parametrize("form", FORMS)
def test_prices_results_and_payments_come_back_as_they_were(proof, tmp_path, form) -> None:
    path, worked, said = proof
    made = answer_of(str(tmp_path / "agreement.toml"), certificate=path, project="INDIGO-POJ-9001")
    for name, content in export(made.exchange, tmp_path / form).items():
        name.parent.mkdir(exist_ok=True)
        name.write_bytes(content)
    back = read(tmp_path / form)
    (project,) = back.exchange.projects
    assert project.id == "INDIGO-POJ-9001"
    contract = worked.agreement.contract
    prices = [(p.metric.text, p.price.number, p.currency.text) for p in project.of(Pricing)]
    assert prices == [
        (line.metric, Decimal(line.amount.numerator) / line.amount.denominator, "GBP")
        for line in contract.price
    ]
    payments = project.of(OutcomePayment)
    for period in said.periods:
        first, _, last = period.period.partition(" to ")
        mine = [p for p in payments if (p.start.text, p.end.text) == (first, last)]
        for due in period.payers:
            paid = sum((p.amount.number for p in mine if p.payer.text == due.what), Decimal(0))
            assert paid * 100 == due.amount.pence
    assert sum(p.amount.number for p in payments) * 100 == said.due.pence
    counted = {metric.id: Decimal(0) for metric in contract.metric}
    for result in project.of(Result):
        counted[result.metric.text] += result.achieved.number
    outcomes = worked.settled.outcomes
    for i, metric in enumerate(outcomes.metrics):
        assert counted[metric] == int(outcomes.units[0, outcomes.metric == i].sum())
    assert not [finding for finding in back.findings if finding.level == "wrong"]


def test_results_of_few_people_are_marked_private(proof, tmp_path) -> None:
    path, worked, _ = proof
    made = answer_of(str(tmp_path / "agreement.toml"), certificate=path)
    (project,) = made.exchange.projects
    assert {result.achieved.status for result in project.of(Result)} == {"PRIVATE"}
    assert len(set(worked.settled.outcomes.who.tolist())) < 5


def test_a_variation_of_a_price_stands_in_words(proof, tmp_path) -> None:
    made = answer_of(str(tmp_path / "agreement.toml"), certificate=proof[0])
    (pricing,) = made.exchange.projects[0].of(Pricing)
    assert pricing.increases.text == "66 from 2025-01-01."


def test_an_agreement_alone_has_prices_and_no_payments() -> None:
    made = answer_of("care-days")
    assert set(made.result.tables) >= {"projects", "outcome_metrics", "outcome_pricings"}
    assert "outcome_payments" not in made.result.tables
    assert [line.verdict for line in made.result.comparisons] == ["result missing"]


def test_a_certificate_that_does_not_hold_is_not_exported(proof, tmp_path) -> None:
    path = proof[0]
    path.write_text(path.read_text("utf-8").replace('"due": "15564.00"', '"due": "15564.01"'))
    with pytest.raises(InputError) as error:
        answer_of(str(tmp_path / "agreement.toml"), certificate=path)
    assert str(error.value) == (
        "proof.json: is not the same when worked out again: the certificate's own seal. "
        "Settle again."
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "data or --agreement: names neither. Name one of them."),
        (["x", "--agreement", "care-days"], "data or --agreement: names both."),
        (["x", "--certificate", "c.json"], "--certificate: is of an agreement."),
    ],
)
def test_data_or_an_agreement_is_named(words, message) -> None:
    done = CliRunner().invoke(app, ["indigo", *words])
    assert str(done.exception).startswith(message)


def test_the_command_writes_what_it_reads_again(proof, tmp_path) -> None:
    out = tmp_path / "bond"
    words = ["indigo", "--agreement", str(tmp_path / "agreement.toml")]
    done = CliRunner().invoke(app, [*words, "--certificate", str(proof[0]), "--export", str(out)])
    assert done.exit_code == 0, done.output
    assert answer(out).result.tables["outcome_payments"].value >= 2
