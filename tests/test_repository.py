"""House rules, each as a check. A rule that cannot be checked is not one."""

import ast
import importlib.util
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import typer

from headwater.catalogue.files import DATA
from headwater.catalogue.programmes import programmes
from headwater.catalogue.sources import sources
from headwater.cli.main import app

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src/headwater"
DOCS = ROOT / "docs"
CODE = sorted(
    path
    for folder in ("src", "tests", "catalogue_build", "benchmarks", "tools", "docs")
    for path in (ROOT / folder).rglob("*.py")
    if "_build" not in path.relative_to(ROOT).parts
)
MODULES = [path for path in CODE if path.is_relative_to(SOURCE)]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
MOST_LINES = 400
FORBIDDEN = {"utils", "util", "helpers", "helper", "common", "manager", "service", "base", "misc"}
HEAVY = {"numba", "polars", "django", "altair", "scipy", "vl_convert", "jinja2", "xlsxwriter"}


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tracked() -> list[Path]:
    """Return every file that is tracked and there; skip where this is no git checkout."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(
        ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return [path for path in paths if path.is_file()]


def text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


# Size and names


@pytest.mark.parametrize("path", CODE, ids=named)
def test_a_module_is_short_enough_to_read(path: Path) -> None:
    assert len(text_of(path).splitlines()) <= MOST_LINES


def test_modules_are_named_for_what_they_hold() -> None:
    wrong = [named(p) for p in CODE if {p.stem, p.parent.name} & FORBIDDEN]
    assert wrong == []


# Layers


def test_the_layers_are_exhaustive_and_nothing_is_ignored() -> None:
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    layers = [contract for contract in contracts if contract["type"] == "layers"]
    assert layers
    assert all(contract["exhaustive"] for contract in layers)
    loose = {"ignore_imports", "exhaustive_ignores", "allow_indirect_imports"}
    assert [contract["name"] for contract in contracts if loose & set(contract)] == []


def test_rooms_below_the_command_line_are_all_kept_from_printing() -> None:
    (printing,) = (
        contract
        for contract in PROJECT["tool"]["importlinter"]["contracts"]
        if contract["type"] == "forbidden"
    )
    rooms = {f"headwater.{p.parent.name}" for p in SOURCE.glob("*/__init__.py")}
    assert set(printing["source_modules"]) == rooms - {"headwater.cli"}
    assert set(printing["forbidden_modules"]) == {"typer", "rich"}


@pytest.mark.parametrize("module", ["headwater", "headwater.cli.main"])
def test_importing_loads_nothing_heavy(module: str) -> None:
    code = f"import sys, {module}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert HEAVY & set(done.stdout.split()) == set()


# Docstrings


def undocumented(path: Path) -> list[str]:
    tree = ast.parse(text_of(path))
    found = [] if ast.get_docstring(tree) or not tree.body else [named(path)]
    return found + [
        f"{named(path)}: {node.name}"
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]


def test_every_public_module_class_and_function_says_what_it_is() -> None:
    assert [line for path in MODULES for line in undocumented(path)] == []


# The catalogue


CITING = {"source", "sources", "neighbours_source", "year_sources"}


def cited_in(entry: object) -> set[str]:
    """Return every source key that plain data cites, however deep."""
    if isinstance(entry, list):
        return set().union(*map(cited_in, entry))
    if not isinstance(entry, dict):
        return set()
    found = cited_in(list(entry.values()))
    for name in CITING & set(entry):
        listed = entry[name] if isinstance(entry[name], list) else [entry[name]]
        found |= {key for key in listed if isinstance(key, str)}
    return found


def cited_in_data() -> set[str]:
    folder = Path(str(DATA))
    files = [path for path in folder.rglob("*.json") if path.parent.name != "sources"]
    written = (folder / "programmes").glob("*.toml")
    return cited_in(
        [json.loads(text_of(path)) for path in files]
        + [tomllib.loads(text_of(path)) for path in written]
    )


def cited_in_cases() -> set[str]:
    """Return the keys that shipped cases cite; a case may also name a source in words."""
    return {
        key
        for path in Path(str(DATA / "cases")).glob("*.toml")
        for key in re.findall(r'"(\w+)"', text_of(path))
        if key in sources()
    }


def cited_in_code() -> set[str]:
    text = "\n".join(text_of(path) for path in MODULES)
    return {key for key in sources() if f'"{key}"' in text}


def test_every_source_that_the_catalogue_cites_is_in_the_bibliography() -> None:
    assert cited_in_data() - set(sources()) == set()


def test_every_source_of_the_bibliography_is_used() -> None:
    assert set(sources()) - cited_in_data() - cited_in_cases() - cited_in_code() == set()


def test_every_programme_loads() -> None:
    assert len(programmes()) == len(list(Path(str(DATA / "programmes")).iterdir()))


def test_the_catalogue_is_small() -> None:
    size = sum(path.stat().st_size for path in Path(str(DATA)).rglob("*") if path.is_file())
    assert size < 15_000_000


# Documentation


def generate():
    sys.path.insert(0, str(DOCS))
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_pages_written_from_the_code_are_up_to_date() -> None:
    stale = [
        name
        for name, text in generate().pages().items()
        if text_of(DOCS / name) != text.rstrip("\n") + "\n"
    ]
    assert stale == [], "run: uv run python docs/generate.py"


def test_every_command_and_option_is_documented() -> None:
    shown = text_of(DOCS / "reference/command-line.md")
    guides = "\n".join(text_of(path) for path in (DOCS / "how-to").glob("*.md"))
    commands = typer.main.get_command(app).commands
    for name, command in commands.items():
        assert f"## `headwater {name}`" in shown
        assert f"$ headwater {name}" in guides
        page = shown.partition(f"## `headwater {name}`")[2].partition("\n## ")[0]
        for option in command.params:
            assert all(word in page for word in option.opts if word.startswith("--")), option.opts


def test_every_paper_that_the_code_cites_is_in_the_bibliography() -> None:
    cited = {key for path in MODULES for key in re.findall(r":cite:\w:`(\w+)`", text_of(path))}
    known = set(re.findall(r"^@\w+\{(\w+),", text_of(DOCS / "references.bib"), re.MULTILINE))
    assert cited - known - set(sources()) == set()


def test_every_decision_has_a_number_a_status_and_its_three_parts() -> None:
    pages = sorted((DOCS / "decisions").glob("0*.md"))
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    for page in pages:
        text = text_of(page)
        assert re.match(rf"# {page.name[:4]}: ", text), page.name
        assert re.search(r"^\*\*Status:\*\* (accepted|superseded by \d{4})", text, re.MULTILINE)
        for part in ("Context", "Decision", "Consequences"):
            assert f"**{part}.**" in text, (page.name, part)


def test_the_changelog_has_a_place_for_what_comes_next() -> None:
    text = text_of(ROOT / "CHANGELOG.md")
    coming = text.partition("## Unreleased")[2].partition("\n## ")[0]
    assert "### Changes results" in coming


# What is tracked


def test_no_tracked_file_is_large() -> None:
    assert [named(path) for path in tracked() if path.stat().st_size > 5_000_000] == []


def test_the_lock_file_is_not_tracked() -> None:
    assert "uv.lock" not in {named(path) for path in tracked()}


def test_nothing_is_put_off_in_a_comment() -> None:
    marks = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
    assert [named(path) for path in tracked() if marks.search(text_of(path))] == []


def test_no_file_names_a_folder_of_one_machine() -> None:
    homes = re.compile(r"(?<![\w.:/])/(?:wo" + r"rk|ro" + r"ot|ho" + r"me|Us" + r"ers)/\w")
    assert [named(path) for path in tracked() if homes.search(text_of(path))] == []


def test_no_file_names_a_package_registry() -> None:
    hosts = re.compile(r"py" + r"pi\.org|python" + r"hosted\.org|npm" + r"js\.org|crates\.i" + "o")
    assert [named(path) for path in tracked() if hosts.search(text_of(path))] == []
