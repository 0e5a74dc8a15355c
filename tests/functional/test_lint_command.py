"""Twelve questions to an agreement, priced by the engine that pays."""

from pathlib import Path

import pytest

from headwater.catalogue.files import DATA
from headwater.contracts.check_agreement import QUESTIONS
from headwater.workflows.agreements import read_agreement
from headwater.workflows.lint.answer import NO_MODEL, lint

DAYS = Path(str(DATA / "examples/care-days.toml"))


@pytest.fixture(scope="module")
def found():
    return lint(read_agreement(str(DAYS)), draws=400)


def by_id(found):
    return {check.question.id: check for check in found.checks}


def test_every_question_is_put(found):
    assert [check.question.id for check in found.checks] == list(QUESTIONS)


def test_what_is_paid_anyway_is_priced_by_the_engine(found):
    # 150 children × 0.6 × 730 days × 12.50, each child capped at 8,000: 90 × 8,000.
    assert found.nothing.value == pytest.approx(720_000, rel=0.02)
    assert found.promised.value == pytest.approx(900_000, rel=0.02)
    anyway = by_id(found)["deadweight_estimated"]
    assert anyway.question.answer is False
    assert anyway.exposure.value == found.nothing.value


def test_five_points_of_drift_cost_what_five_points_earn(found):
    # 150 children × 0.05 × 8,000.
    assert by_id(found)["baseline_frozen"].exposure.value == pytest.approx(60_000, rel=0.05)


def test_a_question_without_a_money_model_says_so(found):
    publication = by_id(found)["publication"]
    assert publication.question.answer is None
    assert publication.exposure.value is None
    assert publication.how == NO_MODEL


def test_what_a_safeguard_says_is_cited(tmp_path):
    path = tmp_path / "said.toml"
    said = '\n[safeguard.publication]\nanswer = true\nwords = "all results"\nclause = "9.2"\n'
    path.write_text(DAYS.read_text("utf-8") + said, encoding="utf-8")
    check = by_id(lint(read_agreement(str(path)), draws=100))["publication"]
    assert check.question.answer is True
    assert check.question.shown_by == "all results (9.2)"
