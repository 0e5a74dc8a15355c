"""The reference of agreement files, written from their schema and from the worked examples."""

import json
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from headwater.contracts.term import Term
from headwater.contracts.terms import KINDS
from headwater.core.exact import pounds
from headwater.core.instrument import KINDS as INSTRUMENTS
from headwater.workflows.agreement_schema import agreement_schema, fields_said
from tables import MADE

EXAMPLES = Path(__file__).parents[1] / "tests/spec/terms"
BEGINNING = """\
An agreement file is TOML. It says who agrees, what is counted, what it is worth, and the terms, in
their order, that turn what happened into what is due. A field that is not listed here is refused,
with its line. How to write one, step by step: {doc}`../how-to/write-a-contract`. How it is settled:
{doc}`../methods/settlement`. An editor that knows JSON Schema checks a file as it is written by
`agreement.schema.json`, which lies beside this page; a first line
`#:schema agreement.schema.json` tells it so.

Numbers are exact. A share may be written `0.05`, `"5%"` or `"1/6"`; money in whole units of the
currency, `12.5` or `1000`. Where a term exists and nobody outside has seen its number, write
`"not published"`: what rests on it is then said not to be known, and never guessed. Days are
written `2024-04-01`; a last day is included.

More agreements, worked by hand: {doc}`agreements-by-hand`.
"""
TERMS = """\
Each `[[term]]` does one thing to what it takes up in `of`: metrics, or terms above it. What no
later term takes up is due. A condition or a price can rest on a `measure`, a quantity made of
others.

A cell is what an amount or a quantity is told apart by (`per`): each claim, each key (`who`), each
cohort, each group, or the whole agreement (`all`). Finer cells add up to coarser ones, never back.
"""
GIVEN = {
    "id": "what it is called in the file, and on every line that it gives rise to",
    "name": "the name in words",
    "clause": "where the agreement says so",
    "about": "what it is about, in words",
    "kind": "which kind of term it is",
    "first_day": "the first day",
    "last_day": "the last day, included",
    "signed": "the day on which it was signed",
    "currency": "the currency, if it is said again; it must be the agreement's",
    "party": "the party, by its `id`",
    "metric": "the metric, by its `id`",
    "role": "what it does",
    "unit": "of one what",
    "amount": "pounds, or whole units of the agreement's currency",
    "source": "where it is from",
    "planned": "how many are planned",
    "closed_list": "whether it was fixed before anybody was helped",
    "mode": "a half away from zero, a half to the even neighbour, towards zero, away from zero",
    "to": "whole pence, or whole pounds",
    "by": "the party that confirms",
    "method": "how",
    "because": "why",
    "answer": "whether the agreement says so",
    "words": "in the agreement's words",
    "estimate": "what was estimated",
    "low": "lower end of its interval",
    "high": "upper end of its interval",
    "measure": "the measure, by its `id`",
    "at_least": "it must reach this",
    "more_than": "it must pass this",
    "at_most": "it must not pass this",
    "less_than": "it must stay below this",
    "months": "months of the calendar",
    "days": "days, instead of months",
    "cohort": "only of these cohorts",
    "group": "only of these groups",
    "price": "lines of the rate card",
    "term": "terms, in order",
    "drop": "terms that end",
    "change": "terms of which some fields change",
    "variation": "later versions of the terms",
    "safeguard": "what the agreement says on questions that no term answers, by the question",
    "impact": "what evaluations estimated: shown beside what is payable, and never changing it",
    "expected": "what the parties expect, on which the agreement is priced",
    "settlement": "when claims are settled",
    "verification": "who confirms a claim",
    "rounding": "how amounts are rounded",
    "agreement": "which kind of agreement it is",
    "payee": "the party that is paid, by its `id`",
    "advance": "payments in advance",
    "report": "what must be reported",
    "qualification": "what they must be",
    "what": "what must be reported",
    "due": "by when",
    "on": "on which day",
    "needs": "what must be in first",
    "share": "the part",
    "payer": "who pays, in what shares",
    "Contract.party": "everybody who takes part",
    "Grant.party": "everybody who takes part",
    "Contract.metric": "what is counted",
    "Contract.cohort": "those who start between two days",
    "Contract.source": "where facts about the agreement are from, each under a key of your own",
    "Grant.source": "where facts about the grant are from, each under a key of your own",
    "Contract.safeguard": "what the agreement says on questions that no term answers",
    "Metric.about": "whose key stands in a claim's column `who`",
    "Reserve.target": "how much it should hold",
    "Cost.every": "how often it falls due",
    "CapitalBack.first_day": "from which day",
    "CapitalBack.share": "the part of the capital drawn that is given back",
    "Part.to": "an instrument or a party, by its `id`",
    "Step.condition": "when it is worked",
    "Contract.instrument": "whose money there is",
    "MoneySide.instrument": "whose money there is",
    "order": "which is drawn first: the lowest",
    "number": "a fixed number to compare with, or to reach",
    "weights": "one for each of what it takes up",
    "per": "cells",
    "band": "the bands, in rising order",
    "times_of": "a measure in pounds that a share or a return is of, instead of `times`",
}
"""What a field means where its class does not say."""


def schema_text() -> str:
    """Return the JSON Schema as it is committed."""
    return json.dumps(agreement_schema(), indent=1, ensure_ascii=False) + "\n"


def agreement_page() -> str:
    """Return the reference page."""
    held = agreement_schema()
    kinds = {kind.__name__ for kind in KINDS.values()}
    lines = [MADE, "# Agreement files\n", BEGINNING, "## A contract\n"]
    order = [name for name in reached(held, "Contract") if name not in reached(held, "Odds")]
    for name in order:
        if name not in kinds and name not in _of_terms(held, kinds):
            lines += section(held, name)
    lines += ["## Terms\n", TERMS, *_common()]
    for name in ("Where", *sorted(_of_terms(held, kinds) - {"Where"})):
        lines += section(held, name)
    lines.append(_beginning())
    for kind, one in KINDS.items():
        lines += [*section(held, one.__name__, kind=kind), *_examples(kind)]
    lines.append("## A grant\n")
    for name in reached(held, "Grant"):
        if name not in order:
            lines += section(held, name)
    return "\n".join(lines)


def reached(held: dict[str, Any], root: str) -> Iterator[str]:
    """Yield the tables that one is made of, itself first."""
    waiting, seen = [root], set()
    while waiting:
        name = waiting.pop(0)
        if name not in seen:
            seen.add(name)
            yield name
            waiting += _refs(held["$defs"][name].get("properties", {}))


def _refs(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["$ref"].rpartition("/")[2]] if isinstance(value.get("$ref"), str) else []
        return own + [name for key, v in value.items() if key != "mapping" for name in _refs(v)]
    return [name for v in value for name in _refs(v)] if isinstance(value, list) else []


def _of_terms(held: dict[str, Any], kinds: set[str]) -> set[str]:
    """Return the tables that only terms hold."""
    found = {name for kind in kinds for name in reached(held, kind)} - kinds
    return found | {"Where"}


def _common() -> list[str]:
    rows = rows_of(
        agreement_schema()["$defs"]["Cap"], fields_said(Term), only=set(Term.model_fields)
    )
    rows = [row.replace("| `cap` |", "| a kind below |") for row in rows]
    return ["### Every term\n", HEADING, *rows, ""]


HEADING = "| field | is | if left out | meaning |\n|---|---|---|---|"


def section(held: dict[str, Any], name: str, *, kind: str = "") -> list[str]:
    """Return a table of the schema as lines: its fields, or that it has none of its own."""
    table = held["$defs"][name]
    title = f"`{kind}`" if kind else _title(held, name)
    lines = [f"(agreement-{name.lower()})=\n", f"### {title}\n", table["description"] + "\n"]
    own = set(table["properties"]) - (set(Term.model_fields) - {"of"} if kind else set())
    if kind and "of" in own and "of" not in _own_words(kind):
        own.discard("of")
    rows = rows_of(table, {}, only=own, name=name)
    return [*lines, HEADING, *rows, ""] if rows else [*lines, "No field of its own.\n"]


def _own_words(kind: str) -> dict[str, str]:
    above, own = fields_said(Term), fields_said(KINDS[kind])
    return {name: words for name, words in own.items() if above.get(name) != words}


MONEY = {one.__name__: kind for kind, one in INSTRUMENTS.items()}
"""The kinds of instrument by the names of their classes."""
TABLES = {
    "Contract": "At the top of the file",
    "Grant": "At the top of a grant's file",
    "Settlement": "`[settlement]`",
    "Verification": "`[verification]`",
    "Rounding": "`[rounding]`",
    "Answer": "`[safeguard.QUESTION]`",
    "Where": "`where`, of any term",
    "Test": "`test`, `release_if`, `unless`",
    "Band": "`band`",
    "Instalment": "`instalment`",
}


def _title(held: dict[str, Any], name: str) -> str:
    """Return how a table is written, from the first field that holds it."""
    if name in TABLES:
        return TABLES[name]
    if name in MONEY:
        return f'`[[instrument]]` with `kind = "{MONEY[name]}"`'
    for parent, table in held["$defs"].items():
        for field, rule in table.get("properties", {}).items():
            if name in _refs(rule):
                top = parent in {"Contract", "Grant"}
                listed = f"`[[{field}]]`" if rule.get("type") == "array" else f"`[{field}]`"
                return listed if top else f"`{field}`, of {TABLES.get(parent, parent)}"
    raise AssertionError(name)


def rows_of(
    table: dict[str, Any], words: dict[str, str], *, only: set[str], name: str = ""
) -> list[str]:
    """Return a line for each of the fields asked for, with what it means."""
    rows = []
    for field, rule in table["properties"].items():
        if field not in only:
            continue
        said = words.get(field) or rule.get("description") or _given(name, field)
        if not said:
            sys.exit(f"{name}.{field}: say in its docstring or in agreement_page.py what it means")
        if field != "kind" or not name:
            missing = _default(rule, required=field in table.get("required", ()))
            rows.append(f"| `{field}` | {_is(rule)} | {missing} | {_cell(said)} |")
    return rows


def _given(name: str, field: str) -> str:
    return GIVEN.get(f"{name}.{field}") or GIVEN.get(field, "")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _default(rule: dict[str, Any], *, required: bool) -> str:
    if required:
        return "must be given"
    value = rule.get("default")
    if value is None or value in ("", [], {}) or isinstance(value, dict):
        return "none"
    return f"`{json.dumps(value)}`" if not isinstance(value, str) else f"`{value}`"


KINDS_OF = {
    "Odds": "[table of odds](odds-file.md)",
    "Senior": "an [instrument](#agreement-senior)",
    "Known": "a [comparator](#odds-concurrent)",
    "PointThreshold": "a [payment rule](#payment-rules)",
}
"""What is told elsewhere, by its model; of a choice, by one of those chosen from."""


def _is(rule: dict[str, Any]) -> str:
    """Return a type in words."""
    if "$ref" in rule:
        name = rule["$ref"].rpartition("/")[2]
        return KINDS_OF.get(name, f"[{name}](#agreement-{name.lower()})")
    if "const" in rule:
        return f"`{rule['const']}`"
    if "enum" in rule:
        return "one of " + ", ".join(f"`{value}`" for value in rule["enum"])
    if "oneOf" in rule or "discriminator" in rule:
        return next(
            (KINDS_OF[name] for name in _refs(rule) if name in KINDS_OF), "a [term](#terms)"
        )
    if "anyOf" in rule:
        return _any([one for one in rule["anyOf"] if one.get("type") != "null"])
    return _plain(rule)


def _any(among: list[dict[str, Any]]) -> str:
    """Return a choice in words; a number or a text that holds one is an exact number."""
    patterns = [str(one.get("pattern", "")) for one in among]
    if any("not published" in pattern for pattern in patterns):
        return 'number, or `"not published"`'
    if any(one.get("type") == "number" for one in among):
        return "number"
    if len(among) == 2 and among[1].get("type") == "array":
        return f"{_is(among[0])}, or a list"
    return " or ".join(_is(one) for one in among)


def _plain(rule: dict[str, Any]) -> str:
    kind = rule.get("type")
    if kind == "array":
        return f"list: {_is(rule.get('items', {}))}"
    if kind == "object":
        return f"table: {_is(rule.get('additionalProperties', {}))}"
    if kind == "string":
        if rule.get("format") == "date":
            return "day"
        if "A-Z]{3}" in str(rule.get("pattern")):
            more = ', or `"per cent"`' if "per cent" in rule["pattern"] else ""
            return f"three letters{more}"
        return "name" if "A-Za-z0-9_./-" in str(rule.get("pattern")) else "text"
    words = {"integer": "whole number", "boolean": "true or false", "number": "number"}
    limits = [
        f"{word} {rule[key]:,}"
        for key, word in (("minimum", "at least"), ("maximum", "at most"))
        if key in rule
    ]
    return ", ".join([words.get(str(kind), str(kind)), *limits])


def _beginning() -> str:
    head = (EXAMPLES / "head.toml").read_text(encoding="utf-8").partition("\n")[2]
    said = (
        "### How every example begins\n\nA year in quarters; ten pounds a day, a thousand a stay."
    )
    return f"{said} The examples below go on from here.\n\n```toml\n{head}```\n"


def _examples(kind: str) -> Iterator[str]:
    """Yield the worked examples of a kind of term, each with what is due."""
    held = tomllib.loads((EXAMPLES / f"{kind}.toml").read_text(encoding="utf-8"))
    for example in held["example"]:
        yield f"**For example: {example['name']}.** {example['in_words'].strip()}\n"
        yield f"```toml\n{example['agreement']}```\n"
        yield f"```text\n{example['claims']}```\n"
        due = "; ".join(
            f"£{pounds(p)} for the period to {day}" for day, p in example["due"].items()
        )
        adds = "; ".join(f"`{term}` £{pounds(p)}" for term, p in example["adds"].items())
        yield f"Due: {due}. What each term adds: {adds}.\n".replace("£−", "−£")
