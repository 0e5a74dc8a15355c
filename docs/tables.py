"""Tables and lists written from the catalogue: checks, the record of forecasts, sources."""

import re

from headwater.catalogue.sources import sources
from headwater.cli.checks_table import cells
from headwater.core.source import Source
from headwater.workflows.checks import CheckRow, check_rows
from headwater.workflows.checks.rows import FITTED
from headwater.workflows.forecast.past import Past, Without, past_record

MADE = "<!-- Written by docs/generate.py: change the code or docs/keys.toml, not this page. -->\n"


def checks_page() -> str:
    """Return the tables of checks, both vintages: what is not fitted to, then what is."""
    latest, earlier = check_rows(), check_rows("2022")
    held, made = ([row for row in latest if (row.fitted == FITTED) == of] for of in (False, True))
    then = [row for row in earlier if row.fitted != FITTED]
    return "\n".join(
        [
            MADE,
            "## Not fitted to\n",
            _checks(held),
            "\n## Fitted to, or made from\n",
            _checks(made),
            "\n## Not fitted to: the vintage of March 2022\n",
            _checks(then),
        ]
    )


def _checks(rows: list[CheckRow]) -> str:
    lines = [
        "| figure | published | like for like | model | apart | why they part |",
        "|---|--:|--:|--:|--:|---|",
    ]
    for row in rows:
        why = [row.reason] if row.reason else []
        why += [f"Like for like: {row.like_for_like.note}."] if row.like_for_like else []
        cited = f" {{cite:p}}`{','.join(row.published.sources)}`"
        unit = row.published.unit
        about = row.published.period if unit == "children" else f"{unit}; {row.published.period}"
        name = f"{row.name} ({about}){cited}"
        lines.append(f"| {name} | {' | '.join(cells(row))} | {' '.join(why)} |")
    return "\n".join(lines)


def record_page() -> str:
    """Return the record's tables: scores, what earns its place, and who is not scored."""
    found = past_record()
    lines = [
        MADE,
        "## Errors\n",
        "Mean over places, per cent of what came; the median in brackets.\n",
        "| | years | places | forecast | no change | gain | line | bias | held |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for score in found.scores:
        cells = [score.measure, score.years, f"{score.places.value:.0f}"]
        cells += [_errors(score), _errors(score.no_change), _gain(score.no_change)]
        cells += [f"{score.line.error.value:.1f}%", f"{score.bias.value:+.1f}%"]
        cells += [f"{score.held.value:.0f}%"]
        lines.append(f"| {' | '.join(cells)} |".replace("| -", "| \u2212"))
    lines += [
        "\nSpending beside the last outturn grown as costs a child had, in real terms:\n",
        "| years | forecast | last outturn grown | gain | bias | bias of the other |",
        "|--:|--:|--:|--:|--:|--:|",
    ]
    for score in found.scores:
        if score.grown is not None:
            cells = [score.years, _errors(score), _errors(score.grown), _gain(score.grown)]
            cells += [f"{each.bias.value:+.1f}%" for each in (score, score.grown)]
            lines.append(f"| {' | '.join(cells)} |".replace("| -", "| \u2212"))
    lines += [
        "\n## What earns its place\n",
        "| way to forecast | need | plans | care | weight of flows |",
        "|---|--:|--:|--:|--:|",
    ]
    for part in found.parts:
        of = ("need", "plan", "care")
        errors_of = [" ".join(f"{e.value:.1f}%" for e in part.error[stock]) for stock in of]
        weight = " ".join(f"{part.belief[stock].value:.0f}%" for stock in of)
        name = f"**{part.name}** (kept)" if part.kept else part.name
        lines.append(f"| {name} | {' | '.join(errors_of)} | {weight} |")
    lines += ["\n## Not scored\n", "| place | why |", "|---|---|"]
    lines += [f"| {place} | {why} |" for place, why in found.unscored.items()]
    return "\n".join(lines)


def _errors(score: Past | Without) -> str:
    return f"{score.error.value:.1f}% ({score.median.value:.1f}%)"


def _gain(other: Without) -> str:
    return f"{other.gain.value:.1f} ± {other.gain.high - other.gain.value:.1f}"


def bibliography() -> str:
    """Return the catalogue's sources as BibTeX."""
    return "% Written by docs/generate.py from the catalogue.\n" + "".join(
        _bibtex(source) for _, source in sorted(sources().items())
    )


def _bibtex(source: Source) -> str:
    def plain(text: str) -> str:
        return re.sub(r"([&%#_$])", r"\\\1", text.replace("{", "").replace("}", ""))

    # "Taylor et al. 2024, Impact of …" is cited by its authors, the rest by who published it.
    found = re.fullmatch(rf"(.{{,60}}?) {source.published or '-'}, (.+)", source.title)
    author, title = found.groups() if found else (source.publisher, source.title)
    entry = {
        "author": f"{{{plain(author)}}}" if author else "",
        "title": f"{{{plain(title)}}}",
        "howpublished": plain(source.publisher) if found else "",
        "year": source.date,
        "url": source.url,
        "note": plain(source.licence),
    }
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in entry.items() if value)
    return f"\n@misc{{{source.key},\n{body}}}\n"
