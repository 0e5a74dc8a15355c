"""`headwater business-case`: what it prints and writes, and that the same run is the same."""

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from headwater.cli import business_case
from headwater.pathways import expected, simulate

NORFOLK = (
    *("--place", "norfolk", "--programme", "family_group_conference", "--cohort", "150"),
    *("--cost-per-child", "2000"),
)
SHIPPED = ("stronger-families-norfolk",)
FEW = ("--draws", "20")
WIDTH, FIRST_PAGE = 80, 24
"""Columns and lines of a terminal."""
KEYS = {
    "result": (
        "title place programme banner settings cohort headline outcomes course worth values"
        " agencies years prices cashability reverse sensitivity hazards checks promise evidence"
        " assumptions notes"
    ),
    "headline": (
        "success verdict gross would_have_anyway net number_needed never_entering days_net"
        " delivery_cost saved_council saved_all chance_council chance_all conflicts assumed"
    ),
    "reverse": (
        "effect_needed_council effect_needed_all difference_needed_all beside most_per_child"
        " deadweight_fails_council deadweight_fails_all deadweight_here saved_per_avoided"
    ),
}
"""Keys that other programs rely on: more may come, none may go without a new `format`."""


@dataclass(frozen=True)
class Run:
    """What one run printed and wrote."""

    text: str
    json: bytes

    @property
    def document(self) -> dict:
        return json.loads(self.json)


def ask(folder: Path, *words: str) -> Run:
    """Run the command at 80 columns."""
    app = typer.Typer(pretty_exceptions_enable=False)
    app.callback()(lambda: None)
    business_case.register(app)
    file = folder / "out.json"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("headwater.cli.output.console.width", WIDTH)
        result = CliRunner().invoke(
            app, ["business-case", *words, *FEW, "--json", str(file)], catch_exceptions=False
        )
    assert result.exit_code == 0
    return Run(result.stdout, file.read_bytes())


@pytest.fixture(scope="module")
def norfolk(tmp_path_factory) -> Run:
    return ask(tmp_path_factory.mktemp("norfolk"), *NORFOLK)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory) -> Run:
    return ask(tmp_path_factory.mktemp("shipped"), *SHIPPED)


@pytest.fixture(params=["norfolk", "shipped"])
def either(request) -> Run:
    return request.getfixturevalue(request.param)


def first_page(text: str) -> str:
    return "\n".join(text.splitlines()[:FIRST_PAGE])


def test_the_first_page_is_two_sided(norfolk):
    page = first_page(norfolk.text)
    for part in (
        r"150 children aged 0 to 17, pre-proceedings",
        r"GROSS +stay out of care +\d",
        r"would have anyway +\d.*\d% of all",
        r"NET +because of it +\d",
        r"needed to help one +\d",
        r"days in care avoided +\d",
        r"COST +of delivery +£300k",
        r"SAVED +council +£",
        r"all public budgets +£",
        r"CHANCE council saves +(over |under )?\d+%",
        r"all budgets save +(over |under )?\d+%",
        r"ASSUMED +risk without the programme: the trial's control arm",
        r"ASSUMED +after 12 months",
        r"ASSUMED +savings at average costs",
    ):
        assert re.search(part, page), part


def test_the_first_page_of_the_shipped_case_says_what_is_not_known_and_what_conflicts(shipped):
    flat = " ".join(first_page(shipped.text).split())
    for part in (
        r"no saving is forecast",
        r"the promise (needs|cannot)",
        r"GROSS +stay out of care +not known",
        r"would have anyway +\d+.*% of all",
        r"NET +because of it +not known",
        r"needed to help one +not known",
        r"CHANCE council saves +not known",
        r"CONFLICT A bond in Norfolk pays for days out of care; the New York study",
        r"ASSUMED +risk without the programme: not known",
    ):
        assert re.search(part, flat), part


def test_no_line_is_wider_than_the_screen(either):
    """Except addresses, which must stay whole to be followed."""
    lines = [one for one in either.text.splitlines() if not one.lstrip().startswith("http")]
    assert max(len(line) for line in lines) <= WIDTH


def test_what_would_have_to_be_true_is_answered_before_and_after_payments(shipped):
    flat = " ".join(shipped.text.split())
    for part in (
        "What would have to be true",
        "if before payments",
        "if after",
        "How would we know?",
        "Not published: the baseline risk of entering care; the price paid for a day out of care",
    ):
        assert part in flat


def test_a_forced_mismatch_is_the_first_thing_read(tmp_path):
    forced = ask(tmp_path, *NORFOLK, "--level", "child_in_need", "--force-mismatch")
    assert forced.text.lstrip().startswith("MISMATCH, shown because it was forced")


def test_json_is_whole_and_has_its_keys(either):
    document = either.document
    assert (document["format"], document["kind"]) == ("headwater/1", "business-case")
    found = document["result"]
    assert list(document) == ["format", "kind", "result", "sources"]
    for name, keys in KEYS.items():
        place = found if name == "result" else found[name]
        assert set(keys.split()) <= set(place), name


def test_every_number_in_the_json_stands_in_a_figure_with_its_source_or_its_basis(either):
    document = either.document
    figures = list(figures_in(document["result"], "result"))
    assert len(figures) > 100
    for path, figure in figures:
        assert figure["unit"], path
        if figure["basis"] in {"published", "computed"}:
            assert figure["sources"], path
        else:
            assert figure["basis"] == "input" or figure["note"], path
        assert figure["value"] is not None or figure["note"], path
        if figure["basis"] == "not known":
            assert figure["value"] is None, path
        elif figure["unit"].startswith("GBP"):
            assert figure["price_base"], path
        unknown = set(figure.get("sources", ())) - set(document["sources"])
        assert not unknown, (path, unknown)


def figures_in(part: object, path: str):
    """Yield every figure with its path; fail on a number that stands bare."""
    if isinstance(part, dict) and {"value", "unit", "basis"} <= set(part):
        yield path, part
    elif isinstance(part, dict):
        for key, inner in part.items():
            yield from figures_in(inner, f"{path}.{key}")
    elif isinstance(part, list):
        for i, inner in enumerate(part):
            yield from figures_in(inner, f"{path}[{i}]")
    else:
        assert part is None or isinstance(part, str | bool), f"bare number at {path}: {part}"


def test_another_number_of_threads_writes_the_same_file(norfolk, tmp_path, monkeypatch):
    monkeypatch.setattr(simulate, "THREADS", 5)
    monkeypatch.setattr(simulate, "BLOCK", 300)
    monkeypatch.setattr(expected, "THREADS", 1)
    monkeypatch.setattr(expected, "SLICE", 7)
    assert ask(tmp_path, *NORFOLK, "--seed", "1").json == norfolk.json


def test_another_seed_writes_another_file(norfolk, tmp_path):
    assert ask(tmp_path, *NORFOLK, "--seed", "2").json != norfolk.json


def test_the_command_of_the_readme_runs_as_a_program(tmp_path):
    line = next(
        line
        for line in (Path(__file__).parents[2] / "README.md").read_text("utf-8").splitlines()
        if "headwater business-case " in line
    )
    words = line.partition("headwater ")[2].split()
    done = subprocess.run(
        [
            *(sys.executable, "-c", "from headwater.cli.start import run; run()"),
            *(*words, *FEW, "--json", "out.json"),
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={"COLUMNS": "80", "PATH": ""},
    )
    assert (done.returncode, done.stderr.strip()) == (0, "wrote out.json")
    assert "GROSS" in first_page(done.stdout)
    assert json.loads((tmp_path / "out.json").read_text("utf-8"))["kind"] == "business-case"
    assert [path.name for path in tmp_path.iterdir()] == ["out.json"]
