"""A bad `[odds]` in an agreement, and exactly what is said."""

from pathlib import Path

import pytest

from headwater.core.errors import InputError
from headwater.workflows.agreements import shipped_examples
from headwater.workflows.odds.answer import odds
from headwater.workflows.odds.read import read_odds


@pytest.fixture
def said(tmp_path, monkeypatch):
    """Write an agreement, read its odds, and return what is said, a problem a line."""
    monkeypatch.chdir(tmp_path)

    def read(text: str) -> list[str]:
        Path("agreement.toml").write_text(text, encoding="utf-8")
        with pytest.raises(InputError) as caught:
            read_odds("agreement.toml")
        return str(caught.value).splitlines()

    return read


EDGE = shipped_examples()["edge-of-care"].read_text("utf-8")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'price_base = "cash"',
            'price_base = "2025-26"',
            (
                "odds.price_base: '2025-26': an agreement pays in cash of its day. Write"
                ' price_base = "cash".'
            ),
        ),
        (
            'price_base = "cash"',
            'price_base = "cash"\ncurrency = "USD"',
            'odds.currency: USD is not the agreement\'s GBP. Write currency = "GBP".',
        ),
        ("people = 380", "people = 1", "odds.people: must be at least 2, got 1."),
        ("threshold = 0.05", "threshold = 5", "odds.rule.0.threshold: 5 is never reached"),
        ("threshold = 0.05", "thresold = 0.05", "odds.rule.0.threshold: is missing. Add it."),
    ],
)
def test_odds_of_an_agreement_are_checked_with_it(said, old, new, message):
    assert old in EDGE
    assert any(message in line for line in said(EDGE.replace(old, new, 1)))


def test_faults_of_an_agreement_and_of_its_rules_are_named_at_once(said):
    text = EDGE.replace("threshold = 0.05\n", "").replace('payee = "p', 'payee = "q')
    lines = said(text)
    assert any("payee" in line for line in lines)
    assert any("odds.rule.0.threshold" in line for line in lines)


def test_an_agreement_with_odds_needs_a_rule_or_what_it_expects(said):
    text = EDGE[: EDGE.index("[[expected]]")] + EDGE[EDGE.index("[odds]") :]
    lines = said(text[: text.index("[[odds.rule]]")])
    assert lines[0].endswith(
        "odds.rule: is missing: how would be paid? Add [[expected]], so that the agreement itself"
        " is worked out, or [[odds.rule]]."
    )


def test_an_agreement_without_odds_is_told_what_to_add():
    with pytest.raises(InputError, match=r"bond.toml: has no \[odds\] table: what is promised"):
        read_odds("bond")


def test_an_agreement_that_cannot_be_worked_out_and_no_rule_beside_it(tmp_path):
    text = EDGE[: EDGE.index("[[odds.rule]]")].replace(
        "amount = 1000000", 'amount = "not published"'
    )
    path = tmp_path / "agreement.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        odds(read_odds(str(path)), draws=1000)
    assert str(caught.value) == (
        "agreement.toml: cannot be worked out: nobody published the numbers of 'most'."
        " Add [[odds.rule]] to try."
    )


def test_rules_that_stand_for_an_agreement_that_is_not_worked_out_say_so(tmp_path):
    path = tmp_path / "agreement.toml"
    path.write_text(EDGE.replace("amount = 1000000", 'amount = "not published"'), encoding="utf-8")
    found = odds(read_odds(str(path)), draws=1000)
    assert found.warnings[0] == (
        "The agreement itself is not worked out: nobody published the numbers of 'most'."
        " The rules here stand for it."
    )


def test_a_source_that_is_nearly_a_key_is_not_taken_for_words(said):
    text = EDGE.replace('source = "taylor2024fgc"', 'source = "taylr2024fgc"', 1)
    (line,) = said(text)
    assert line == (
        "agreement.toml, odds.baseline.source: no source 'taylr2024fgc'."
        " Did you mean 'taylor2024fgc'?"
    )
