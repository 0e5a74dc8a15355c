"""`headwater contracts`: the list, one contract, and their JSON."""

import io
import json

import pytest
from rich.console import Console
from typer.testing import CliRunner

from headwater.cli.contract_list import show_list
from headwater.cli.main import app
from headwater.workflows.agreements import read_agreement
from headwater.workflows.contracts.contract_list import list_contracts


def printed(*words: str) -> str:
    done = CliRunner().invoke(app, ["contracts", *words], env={"COLUMNS": "200"})
    assert done.exit_code == 0, done.output
    return " ".join(done.output.split())


def test_the_list_says_how_every_published_figure_came_out() -> None:
    text = printed()
    assert "39 real contracts" in text
    assert "58 figures follow from the contracts' own terms (24 of them published" in text
    assert "5 conflict, and 38 cannot be checked" in text


@pytest.mark.parametrize("width", [80, 60])
def test_the_list_is_short_enough_to_run_the_eye_down(width) -> None:
    screen = Console(width=width, record=True, file=io.StringIO())
    show_list(screen, list_contracts()[0])
    lines = screen.export_text().splitlines()
    assert max(map(len, lines)) <= width
    # A line each at 80 columns, few of them folded; heads of grades; what the signs mean.
    assert len(lines) <= {80: 80, 60: 130}[width]
    assert not [line for line in lines if "counterfactual" in line]
    rows = [line for line in lines if line.startswith("newpin_nsw")]
    assert len(rows) == 1
    assert rows[0].split()[-2:] == ["=4", "≠1"]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("newpin_nsw", "conflicts by −3.75 points Interest of the third year"),
        ("rikers_able", "conflicts by −USD 86,623.66 Most profit, at a fall of 20%"),
        ("peterborough_one_service", "published: 8.4%; worked out: 8.39% (independent)"),
        ("peterborough_one_service", "published: payment made in 2017; worked out: met"),
        ("norfolk_stronger_families", "days_out_of_care: price not published: out_of_care"),
        ("troubled_families_p1", "published: just under £14m; worked out: GBP 13,933,333.34"),
        ("utah_prek", "The best trials prevented 50%"),
        ("essex_mst", "A price for each day saved, part of what a day in care costs."),
        (
            "essex_mst",
            "Is there a cap, and a floor or a clawback? No: only from above: 7.1 million.",
        ),
    ],
)
def test_a_contract_says_what_follows_and_what_does_not(name: str, says: str) -> None:
    assert says in printed(name)


def test_every_number_of_the_document_is_a_figure_with_its_source(tmp_path) -> None:
    file = tmp_path / "card.json"
    printed("oklahoma_wir", "--json", str(file))
    read = json.loads(file.read_text(encoding="utf-8"))
    assert read["kind"] == "contracts"
    first = read["result"]["checks"][0]
    assert first["verdict"] == "reproduces"
    assert first["computed"]["value"] == 22584
    assert set(first["computed"]["sources"]) <= set(read["sources"])
    assert first["steps"][0]["term"] == "graduation"


def test_the_list_as_a_document_holds_every_contract(tmp_path) -> None:
    file = tmp_path / "list.json"
    printed("--json", str(file))
    read = json.loads(file.read_text(encoding="utf-8"))
    assert len(read["result"]["contracts"]) == 39
    assert read["result"]["verdicts"]["conflicts"]["value"] == 5


def test_an_agreement_file_can_be_copied_and_read(tmp_path) -> None:
    file = tmp_path / "mine.toml"
    assert "holds 'care-days'" in printed("care-days", "--copy", str(file))
    assert read_agreement(str(file)).hash == read_agreement("care-days").hash
