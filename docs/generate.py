"""Write the pages that follow from the code: `python docs/generate.py`, or `--check` to compare.

- `reference/json.md`: every key of every result, from the frozen dataclasses that hold them;
- `reference/{case,scenario,faults}-file.md`: every field of what people write;
- `reference/agreement-file.md`, `reference/agreement.schema.json`: every field of an agreement, and
  an example of each kind of term from `tests/spec/terms`; `reference/odds-file.md`: its table of
  odds;
- `reference/command-line.md`: every `--help`, at 80 columns;
- `reference/indigo.md`: every field of the INDIGO data standard, from the catalogue;
- `methods/checks-table.md`: the model beside published figures, from the catalogue's checks;
- `methods/record-table.md`, `methods/record.svg`: the record of forecasts, from the catalogue;
- `reference/contracts/`, `reference/mechanisms.md`, `reference/agreements-by-hand.md`: real
  contracts with what was published of them, what they do, and agreements worked by hand;
- `sources.bib`: the catalogue's sources.

What a key or field means stands in its own docstring or in its class's, else in `keys.toml`; one
that stands in neither stops the script, and so does an entry in `keys.toml` that nothing bears.
"""

import ast
import inspect
import itertools
import os
import re
import subprocess
import sys
import textwrap
import tomllib
import types
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from agreement_page import agreement_page, schema_text
from contract_pages import contract_pages
from headwater.catalogue.forecast import record
from headwater.core.cash import Cash
from headwater.core.figure import Figure
from headwater.core.pathway import PLACEMENTS
from headwater.reporting.documents import FORMAT
from headwater.workflows.business_case import Case, shipped_cases
from headwater.workflows.forecast.scenario import (
    PLACEMENT_WORDS,
    RATE_WORDS,
    RATES,
    Scenario,
    shipped_scenarios,
)
from headwater.workflows.synthesise import Faults, shipped_faults
from indigo_fields import indigo_page
from odds_page import odds_page
from record_chart import record_chart
from results import COMMANDS, RESULTS, WHEN
from tables import MADE, bibliography, checks_page, record_page

DOCS = Path(__file__).parent
KEYS = tomllib.loads((DOCS / "keys.toml").read_text(encoding="utf-8"))


def parts(annotation: Any) -> Iterator[type]:
    """Yield every dataclass and model that a type is made of."""
    if isinstance(annotation, type) and (is_dataclass(annotation) or _is_model(annotation)):
        yield annotation
    for inner in get_args(annotation):
        yield from parts(inner)


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def hints(kind: type) -> dict[str, Any]:
    """Return the types of a class's own fields, in their order."""
    if _is_model(kind):
        return {name: field.annotation for name, field in kind.model_fields.items()}  # type: ignore[attr-defined]
    known = get_type_hints(kind)
    return {field.name: known[field.name] for field in fields(kind)}


def reached(*roots: type) -> list[type]:
    """Return the classes that results are made of, roots first; figures are told apart."""
    found: list[type] = []
    waiting = list(roots)
    while waiting:
        kind = waiting.pop(0)
        if kind in found or kind in {Figure, Cash}:
            continue
        found.append(kind)
        waiting += [part for annotation in hints(kind).values() for part in parts(annotation)]
    names = [kind.__name__ for kind in found]
    assert len(set(names)) == len(names), f"two classes of one name: {names}"  # noqa: S101
    return found


def meanings(kind: type) -> dict[str, str]:
    """Return what each field of a class means, as its docstrings and `keys.toml` say."""
    said = {**_listed(inspect.getdoc(kind) or ""), **_beside(kind), **KEYS.get(kind.__name__, {})}
    return {name: said.get(name) or KEYS["Any"].get(name, "") for name in hints(kind)}


def _listed(doc: str) -> dict[str, str]:
    """Return the fields described under "Parameters" in a class's docstring."""
    _, _, listed = doc.partition("Parameters\n----------\n")
    found = {}
    for match in re.finditer(r"^(\w[\w, ]*)\n((?: {4}.*\n?|\n)+)", listed, re.MULTILINE):
        for name in match[1].split(","):
            found[name.strip()] = " ".join(match[2].split())
    return found


def _beside(kind: type) -> dict[str, str]:
    """Return the strings that stand under the fields of a class."""
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(kind))).body
    body = tree.body if isinstance(tree, ast.ClassDef) else []
    return {
        before.target.id: " ".join(str(after.value.value).split())
        for before, after in itertools.pairwise(body)
        if isinstance(before, ast.AnnAssign)
        and isinstance(before.target, ast.Name)
        and isinstance(after, ast.Expr)
        and isinstance(after.value, ast.Constant)
    }


def in_words(annotation: Any, *, link: str) -> str:
    """Return a type as a reader of JSON or TOML knows it."""
    arguments, origin = get_args(annotation), get_origin(annotation)
    if origin is None:
        return _one(annotation, link)
    if origin is Literal:
        return "one of " + ", ".join(f"`{value}`" if value else "empty" for value in arguments)
    if origin is Annotated:
        return in_words(arguments[0], link=link)
    inner = [in_words(one, link=link) for one in arguments if one not in (type(None), Ellipsis)]
    if origin in (Union, types.UnionType):
        return " or ".join(inner + (["null"] if type(None) in arguments else []))
    if origin is tuple:
        return f"list of {inner[0]}" if Ellipsis in arguments else f"list: {', '.join(inner)}"
    return f"object of {inner[1]}" if origin is dict else inner[0]


def _one(annotation: Any, link: str) -> str:
    names = {Figure: "[figure](#json-figure)", str: "text", bool: "true or false"}
    names |= {Cash: "money"}
    names |= {int: "whole number", float: "number", Decimal: "exact number", date: "day"}
    if annotation in names:
        return names[annotation]
    return f"[{annotation.__name__}]({link.format(annotation.__name__.lower())})"


def told(kind: type) -> dict[str, str]:
    """Return what each field of a class means, or stop where one is not said."""
    found = meanings(kind)
    missing = [name for name, text in found.items() if not text]
    if missing:
        sys.exit(f"{kind.__name__}: say in its docstring or in keys.toml what {missing} mean")
    return found


def table(kind: type) -> str:
    """Return a class's fields as a table."""
    meaning = told(kind)
    rows = [
        f"| `{name}` | {in_words(annotation, link='#json-{}')} | {meaning[name]} |"
        for name, annotation in hints(kind).items()
    ]
    return "\n".join(["| key | is | meaning |", "|---|---|---|", *rows])


def summary(kind: type) -> str:
    """Return the first paragraph of a class's docstring."""
    return " ".join((inspect.getdoc(kind) or "").partition("\n\n")[0].split())


def json_page() -> str:
    """Return the reference of the JSON documents."""
    lines = [
        MADE,
        "# Keys of the JSON documents\n",
        (
            "Every command writes its whole result with `--json FILE`. Keys are stable: one that is"
            " renamed or removed changes `format`.\n"
        ),
        "| key | is | meaning |\n|---|---|---|",
        f"| `format` | text | version of the keys, `{FORMAT}` |",
        "| `kind` | text | the command |",
        "| `result` | object | as below, by command |",
        "| `sources` | object | title, address and year of every source cited, by its key |\n",
        "No number stands bare: each is a figure.\n",
        f"(json-figure)=\n\n## Figure\n\n{summary(Figure)}\n\n{table(Figure)}\n",
        (
            "Empty fields of a figure are left out, except `value`, which is null where a number is"
            " not known.\n"
        ),
        (
            "Exact money is an object too: `amount`, a number as text so that no reader rounds it,"
            " and `currency`.\n"
        ),
    ]
    listed: set[type] = set()
    for command, roots in RESULTS.items():
        lines.append(f"\n## `{command}`\n")
        for kind in reached(*roots):
            if kind in listed:
                continue
            listed.add(kind)
            when = f" (`result`, {WHEN[kind]})" if kind in WHEN else ""
            lines.append(f"(json-{kind.__name__.lower()})=\n\n### {kind.__name__}{when}\n")
            lines.append(f"{summary(kind)}\n\n{table(kind)}\n")
    return "\n".join(lines)


def case_page() -> str:
    """Return the reference of the case file."""
    said = (
        "A case file is TOML. A field that is not listed here is refused, and so is money"
        " without a price base. How to write one: {doc}`../how-to/business-case`.\n"
    )
    return written_page("case", said, Case, shipped_cases())


def scenario_page() -> str:
    """Return the reference of the scenario file."""
    said = (
        "A scenario file is TOML. A field that is not listed here is refused. How to write one:"
        " {doc}`../how-to/forecast`.\n"
    )
    rates = [
        f"| `{name}` | {RATE_WORDS.get(name, name.replace('_', ' ').replace('->', '→'))} |"
        for name in RATES
    ]
    placements = [f"| `{name}` | {PLACEMENT_WORDS[name]} |" for name in PLACEMENTS]
    lists = [
        *("", "## Rates", "", "| rate | moves that it counts |", "|---|---|", *rates),
        *("", "## Placements and prices", "", "| name | on screen |", "|---|---|", *placements),
        "| `all` | every placement: for `price` alone |",
    ]
    return written_page("scenario", said, Scenario, shipped_scenarios()) + "\n".join(lists) + "\n"


def faults_page() -> str:
    """Return the reference of the faults file."""
    said = (
        "A faults file is TOML: how many of each fault `headwater synthesise` plants. A field that"
        " is not listed here is refused. How to use one: {doc}`../how-to/synthesise`.\n"
    )
    return written_page("faults", said, Faults, shipped_faults())


def written_page(name: str, said: str, model: type, shipped: dict[str, Path]) -> str:
    """Return the reference of a file that people write, with one that ships."""
    lines = [MADE, f"# Fields of a {name} file\n", said]
    for kind in reached(model):
        meaning = told(kind)
        label = f"({name}-{kind.__name__.lower()})="
        lines.append(f"{label}\n\n## {kind.__name__}\n\n{summary(kind)}\n")
        lines.append("| field | is | if left out | meaning |\n|---|---|---|---|")
        held: dict[str, FieldInfo] = kind.model_fields  # type: ignore[attr-defined]
        lines += [
            f"| `{field.alias or own}` | {_field(field, name)} | {_default(field)} |"
            f" {meaning[own]} |"
            for own, field in held.items()
        ]
        lines.append("")
    one, path = next(iter(shipped.items()))
    lines.append(f"## A {name} that ships: `{one}`\n\n```toml\n{path.read_text('utf-8')}```\n")
    return "\n".join(lines)


def _field(field: FieldInfo, page: str) -> str:
    limits = [str(limit) for limit in _limits(field)]
    words = in_words(field.annotation, link=f"#{page}-{{}}").replace(" or null", "")
    return words + (f", {', '.join(limits)}" if limits else "")


def _limits(field: FieldInfo) -> Iterator[str]:
    words = {"gt": "above", "ge": "at least", "lt": "below", "le": "at most"}
    for rule in _rules(field):
        for name, word in words.items():
            value = getattr(rule, name, None)
            if value is not None:
                yield f"{word} {value:g}" if value < 1e5 else f"{word} {value:,.0f}"
        if "d\\d" in str(getattr(rule, "pattern", "")):
            yield "a year such as 2024-25"


def _rules(field: FieldInfo) -> Iterator[Any]:
    yield from field.metadata
    for inner in get_args(field.annotation):
        yield from getattr(inner, "__metadata__", ())
        for deeper in getattr(inner, "__metadata__", ()):
            yield from getattr(deeper, "metadata", ())


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "must be given"
    value = field.get_default(call_default_factory=True)
    if value is None or value in ((), {}, "") or isinstance(value, BaseModel):
        return "none"
    return f"`{str(value).lower()}`" if isinstance(value, bool) else f"`{value}`"


def help_of(command: str) -> str:
    """Return what `headwater COMMAND --help` prints at 80 columns."""
    code = "import sys; sys.argv[0] = 'headwater'; from headwater.cli.start import run; run()"
    width = {**os.environ, "COLUMNS": "80", "TERMINAL_WIDTH": "80", "NO_COLOR": "1", "TERM": "dumb"}
    width = {k: v for k, v in width.items() if k not in {"FORCE_COLOR", "GITHUB_ACTIONS"}}
    words = [sys.executable, "-c", code, *command.split(), "--help"]
    done = subprocess.run(words, env=width, check=True, capture_output=True, text=True)  # noqa: S603
    return "\n".join(line.rstrip() for line in done.stdout.strip("\n").splitlines())


def command_page() -> str:
    """Return the reference of the command line."""
    lines = [
        MADE,
        "# The command line\n",
        (
            "Exit status 0: done. 2: something is wrong that you can put right; every fault is"
            " printed, none as a traceback. 130: stopped with Ctrl-C; nothing was written.\n"
        ),
    ]
    for command in COMMANDS:
        words = f"headwater {command}".strip()
        lines.append(f"## `{words}`\n\n```text\n{help_of(command)}\n```\n")
    return "\n".join(lines)


def pages() -> dict[str, str]:
    """Return every written page by its path under `docs`."""
    made = {
        "reference/json.md": json_page(),
        "reference/case-file.md": case_page(),
        "reference/scenario-file.md": scenario_page(),
        "reference/faults-file.md": faults_page(),
        "reference/command-line.md": command_page(),
        "reference/agreement-file.md": agreement_page(),
        "reference/agreement.schema.json": schema_text(),
        "reference/odds-file.md": odds_page(),
        "reference/indigo.md": indigo_page(),
        "methods/checks-table.md": checks_page(),
        "methods/record-table.md": record_page(),
        "methods/record.svg": record_chart(record()),
        "sources.bib": bibliography(),
        **contract_pages(),
    }
    kinds = [kind for roots in RESULTS.values() for kind in reached(*roots)]
    known = {
        kind.__name__: set(hints(kind))
        for kind in [*kinds, *reached(Case), *reached(Scenario), *reached(Faults), Figure]
    }
    every = set().union(*known.values())
    known["Any"] = every
    stale = [
        f"{kind}.{name}"
        for kind, entry in KEYS.items()
        for name in entry
        if name not in known.get(kind, ())
    ]
    if stale:
        sys.exit(f"keys.toml: nothing bears {', '.join(stale)}")
    return made


def main() -> None:
    """Write the pages, or say which are out of date."""
    for name, made in pages().items():
        path, text = DOCS / name, made.rstrip("\n") + "\n"
        if "--check" not in sys.argv[1:]:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        elif not path.is_file() or path.read_text(encoding="utf-8") != text:
            sys.exit(f"docs/{name} is out of date: python docs/generate.py")


if __name__ == "__main__":
    main()
