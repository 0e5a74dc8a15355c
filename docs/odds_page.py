"""The reference of the table `[odds]`, written from the schema of agreement files."""

from typing import Any

from agreement_page import HEADING, reached, rows_of
from headwater.evaluation.rules import RULES
from headwater.workflows.agreement_schema import agreement_schema
from headwater.workflows.odds.read import shipped_odds
from tables import MADE

BEGINNING = """\
The table `[odds]` says what is promised, how many people there are, what they are compared with,
and which payment rules to set side by side. It stands in an agreement ({doc}`agreement-file`), or
in a file of its own. Numbers may be written as 0.05, "5%" or "1/20". How to write one:
{doc}`../how-to/odds`.
"""
WHERE = {
    "Odds": "`[odds]`",
    "Given": "A number with its source",
    "GivenAmount": "A number of 0 or more, with its source",
    "GivenPart": "A part of one, with its source",
    "GivenSize": "A number above 0, with its source",
    "PromisedEffect": "`promised`",
    "Concurrent": '`comparator` with `kind = "concurrent"`',
    "Known": '`comparator` with `kind = "known"`',
    "Historic": '`comparator` with `kind = "historic"`',
    "BeforeAndAfter": '`comparator` with `kind = "difference_in_differences"`',
    "Clusters": "`[odds.clusters]`",
    "Worth": "`[odds.worth]`",
    "Accepts": "`[odds.accepts]`",
    "Selection": "`[odds.selection]`",
    "Implied": "`[odds.implied]`",
    "ResultBand": "`band`, of `banded`",
}
RULE_WORDS = """\
## Payment rules

Each `[[odds.rule]]` has a `kind`, and a `name` if it is to be called otherwise. Amounts are in the
table's `currency`, for the whole cohort unless a field says for each outcome.
"""


def odds_page() -> str:
    """Return the reference page."""
    held = agreement_schema()
    rules = {one.__name__: kind for kind, one in RULES.items()}
    lines = [MADE, "# Fields of the table of odds\n", BEGINNING, "## The table\n"]
    for name in reached(held, "Odds"):
        if name not in rules and name != "ResultBand":
            lines += _section(held, name, WHERE[name])
    lines.append(RULE_WORDS)
    for name, kind in rules.items():
        lines += _section(held, name, f"`{kind}`", without={"kind", "name"})
    lines += _section(held, "ResultBand", WHERE["ResultBand"])
    one, path = next(iter(shipped_odds().items()))
    lines.append(f"## A table that ships: `{one}`\n\n```toml\n{path.read_text('utf-8')}```\n")
    return "\n".join(lines).replace("#agreement-", "#odds-")


def _section(
    held: dict[str, Any], name: str, title: str, *, without: frozenset[str] | set[str] = frozenset()
) -> list[str]:
    table = held["$defs"][name]
    own = set(table["properties"]) - without
    rows = rows_of(table, {}, only=own)
    head = [f"(odds-{name.lower()})=\n", f"### {title}\n", table["description"] + "\n"]
    return [*head, HEADING, *rows, ""]
