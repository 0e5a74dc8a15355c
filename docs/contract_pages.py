"""A page for each real contract, an index of them, their mechanisms, and agreements by hand."""

import tomllib
from pathlib import Path

from headwater.core.source import Source
from headwater.workflows.agreements import shipped_contracts
from headwater.workflows.contracts.contract_card import contract_card
from headwater.workflows.contracts.contract_list import ContractLine, list_contracts
from headwater.workflows.contracts.contract_shown import CheckShown, ContractCard
from headwater.workflows.contracts.in_words import amount
from headwater.workflows.contracts.mechanisms import BELONGS, mechanisms, shown_in
from tables import MADE

EXAMPLES = Path(__file__).parents[1] / "tests/spec/contracts"
MOST_STEPS = 40
"""Steps of a settlement that a page shows."""


def contract_pages() -> dict[str, str]:
    """Return every page on contracts by its path under `docs`."""
    made = {"reference/contracts/index.md": index_page()}
    for name in shipped_contracts():
        card, works = contract_card(name)
        made[f"reference/contracts/{name}.md"] = contract_page(card, works)
    made["reference/mechanisms.md"] = mechanisms_page()
    made["reference/agreements-by-hand.md"] = examples_page()
    return made


def index_page() -> str:
    """Return the list of contracts."""
    found, _ = list_contracts()
    total = found.verdicts
    lines = [
        MADE,
        "# Real contracts\n",
        (
            f"{len(found.contracts)} outcomes contracts, each written as an agreement file and run"
            " by the engine that settles claims. Of what was published of them,"
            f" {amount(total.reproduces)} figures follow from the contract's own terms"
            f" ({amount(total.independent)} of these were published apart from the terms),"
            f" {amount(total.conflicts)} conflict, and {amount(total.cannot_be_checked)} cannot be"
            " checked because a price, a condition or a result was never published. No rule is bent"
            " to make a figure fit.\n"
        ),
        "| contract | country | years | grade | follows | conflicts | cannot be checked |",
        "|---|---|---|---|--:|--:|--:|",
        *(_line(line) for line in found.contracts),
        "",
        *(f"- Grade {grade}: {means}." for grade, means in found.grades.items()),
        "\n```{toctree}\n:hidden:\n",
        *(line.id for line in found.contracts),
        "```",
    ]
    return "\n".join(lines)


def _line(line: ContractLine) -> str:
    counts = line.verdicts
    numbers = (counts.reproduces, counts.conflicts, counts.cannot_be_checked)
    shown = " | ".join(amount(number) for number in numbers)
    name = f"{{doc}}`{line.name} <{line.id}>`"
    return f"| {name} | {line.country} | {line.years} | {line.grade} | {shown} |"


def contract_page(card: ContractCard, works: tuple[Source, ...]) -> str:
    """Return the page of one contract."""
    lines = [
        MADE,
        f"# {card.name}\n",
        f"{card.about}\n",
        f"Grade {card.grade}: {card.grade_means}.\n",
        "| | |\n|---|---|",
        *(f"| {party.role.replace('_', ' ')} | {_cell(party.name)} |" for party in card.parties),
        f"| for | {_cell(card.population)} |",
        f"| measured | {_cell(card.measured_how)} |",
        f"| confirmed | {_cell(card.verification)} |",
        f"| in the file | {card.first_day} to {card.last_day}, settled {card.settled} |",
        f"| currency | {card.currency} |",
        "\n## Terms, in order\n",
        "| | term | does | takes up | not published |\n|--:|---|---|---|---|",
        *(
            f"| {i} | `{term.id}` ({term.kind.replace('_', ' ')}) | {_cell(term.words)} |"
            f" {_names(term.of)} | {_names(term.not_published)} |"
            for i, term in enumerate(card.terms, start=1)
        ),
        *_rates(card),
        "\n## What was published, worked out again\n",
        "| figure | published | worked out | worth | verdict |\n|---|---|--:|---|---|",
        *(_check(check) for check in card.checks),
        "",
        *(f"- {check.what}: {_cell(check.note)}" for check in card.checks if check.note),
        *_worked(card),
        *_list("Where sources conflict", card.conflicts),
        *_list("Rival figures", tuple(f"{r.what}: {'; or '.join(r.says)}." for r in card.rivals)),
        *_list("Not published", card.not_published),
        *_known(card),
        *_list("Odds, from what was known", card.odds),
        *_list("What the agreement says besides", tuple(card.safeguards.values())),
        *_list("Mechanisms", tuple(f"`{name}`" for name in card.mechanisms)),
        *_list("Sources", tuple(f"{one.title}: <{one.url}>" for one in works)),
    ]
    return "\n".join(lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _list(title: str, points: tuple[str, ...]) -> list[str]:
    return [f"\n## {title}\n", *(f"- {_cell(point)}" for point in points)] if points else []


def _rates(card: ContractCard) -> list[str]:
    if not card.rate_card:
        return []
    rows = []
    for line in card.rate_card:
        whom = ", ".join(part for part in (line.cohort, line.group) if part)
        price = amount(line.amount) if line.amount.value is not None else "not published"
        rows.append(f"| {_cell(line.metric)} | {whom} | {price} |")
    head = f"| for | whom | {card.currency} |\n|---|---|--:|"
    return ["\n## Rate card\n", head, *rows]


def _check(check: CheckShown) -> str:
    verdict = f"**{check.verdict}**"
    if check.apart is not None:
        verdict += f" by {amount(check.apart, signed=True)}"
    if check.because:
        verdict += f": {_cell(check.because)}"
    worked = "" if check.computed.value is None else amount(check.computed)
    parts = (_cell(check.what), _cell(check.published), worked, check.kind, verdict)
    return f"| {' | '.join(parts)} |"


def _worked(card: ContractCard) -> list[str]:
    """Return the steps of the first check that has any."""
    first = next((check for check in card.checks if check.steps), None)
    if first is None:
        return []
    rows = [
        f"| {step.period} | `{step.term}` | {step.gives} | {step.adds} |"
        for step in first.steps[:MOST_STEPS]
    ]
    return [
        "\n## Step by step\n",
        f"{first.what}. Each term in its order, by the period it is settled in.\n",
        "| period to | term | gives | adds to what is due |\n|---|---|--:|--:|",
        *rows,
    ]


def _known(card: ContractCard) -> list[str]:
    if not card.hindcast:
        return []
    lines = [
        "\n## Known at signature\n",
        (
            "What the odds of payment could have been worked out from, and what could be said of"
            " them from that alone. What is missing was not published.\n"
        ),
        "| condition | people | pays from | promised | without it | came out | against |",
        "|---|--:|--:|--:|--:|--:|---|",
    ]
    for one in card.hindcast:
        figures = (one.people, one.threshold, one.promised, one.baseline, one.observed)
        shown = " | ".join("" if f.value is None else amount(f) for f in figures)
        lines.append(f"| `{one.condition}`: {one.threshold.unit} | {shown} | {one.against} |")
    lines.append("")
    for one in card.hindcast:
        lacks = f"not known: {'; '.join(one.not_known)}. " if one.not_known else ""
        lines.append(f"- `{one.condition}`: {' '.join([f'{lacks}{_cell(one.note)}', *one.odds])}")
    return lines


def examples_by_mechanism() -> dict[str, list[str]]:
    """Return the titles of worked agreements by the mechanisms that they use."""
    found: dict[str, list[str]] = {}
    for path in sorted(EXAMPLES.glob("*.toml")):
        entry = tomllib.loads(path.read_text(encoding="utf-8"))
        for name in entry["mechanisms"]:
            found.setdefault(name, []).append(entry["title"])
    return found


def mechanisms_page() -> str:
    """Return the table of mechanisms."""
    known, shown, examples = mechanisms(), shown_in(), examples_by_mechanism()
    counts = [f"{sum(m.belongs == k for m in known.values())} {k}" for k in BELONGS]
    lines = [
        MADE,
        "# What real contracts do\n",
        (
            f"{len(known)} mechanisms found in real contracts ({', '.join(counts)}), which kinds of"
            " term or fields of an agreement say each, and where it is used: in a"
            " {doc}`shipped contract <contracts/index>`, or in an"
            " {doc}`agreement worked by hand <agreements-by-hand>`. A field is written"
            " `kind.field`.\n"
        ),
        *(f"- *{name}*: {means}." for name, means in BELONGS.items()),
        "\n| mechanism | said by | belongs to | used in | note |\n|---|---|---|---|---|",
    ]
    for name, one in known.items():
        pages = [f"{{doc}}`contracts/{slug}`" for slug in shown.get(name, ())[:2]]
        used = "; ".join([*pages, *examples.get(name, [])[:2]])
        note = _cell(one.note)
        lines.append(f"| `{name}` | {_names(one.by)} | {one.belongs} | {used} | {note} |")
    return "\n".join(lines)


def examples_page() -> str:
    """Return the agreements that were worked by hand."""
    lines = [
        MADE,
        "# Agreements worked by hand\n",
        (
            "Small agreements, one thing each, with outcomes and what is due in pence as a hand"
            " works it out; `nets` is what each instrument gets less what it gives. They are also"
            " tests. Parties are left out where there are only a council that pays and a provider"
            " that is paid.\n"
        ),
    ]
    for path in sorted(EXAMPLES.glob("*.toml")):
        text = path.read_text(encoding="utf-8")
        entry = tomllib.loads(text)
        body = text[text.index("[agreement]") :]
        lines += [f"## {entry['title']}\n", f"{entry['in_words']}\n", f"```toml\n{body}```\n"]
    return "\n".join(lines)
