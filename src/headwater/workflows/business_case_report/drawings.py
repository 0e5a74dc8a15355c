"""The drawings of a business case, each only where it has something to show."""

from functools import partial
from typing import Any

from markupsafe import Markup

from headwater.core.figure import Figure
from headwater.reporting import charts
from headwater.reporting.drawing import MUTED, picture
from headwater.reporting.icons import Drawn, Share, icons
from headwater.reporting.numerals import numeral
from headwater.workflows.business_case import BusinessCase

NOTHING = "\N{ZERO WIDTH SPACE}"
"""Keeps apart two rows of a chart that have the same name."""
CLOSE = 0.02
"""Break-even hazard ratios closer than this are drawn as one line."""
TOP = 10
"""Inputs shown in the chart of what moves the answer; the table has them all."""


def drawings(case: BusinessCase) -> dict[str, Markup]:
    """Return the charts by name; one that would be empty is left out."""
    made = {
        "course": _course(case),
        "years": _years(case),
        "effects": _effects(case),
        "swings": _swings(case),
        "promise": _promise(case),
    }
    return {name: chart for name, chart in made.items() if chart}


def people(case: BusinessCase) -> Drawn | None:
    """Draw the cohort child by child, gross and net, or None where nothing of it is known."""
    head, children = case.headline, case.cohort.children
    anyway, total = head.would_have_anyway.value, children.value
    if anyway is None or total is None:
        return None
    net = head.net.value
    helped, harmed = max(net or 0.0, 0.0), max(-(net or 0.0), 0.0)
    shares = [
        Share("anyway", anyway - harmed),
        Share("net", helped),
        Share("harm", harmed),
        Share("not", total - anyway - helped),
    ]
    words = {
        "anyway": f"{head.success} with or without the programme",
        "net": f"{head.success} because of the programme",
        "harm": f"would {head.success} without the programme and do not with it",
        "not": "do not, either way" if net is not None else "do not without the programme",
    }
    told = "; ".join(
        f"{numeral(share.children, 'children')} {words[share.kind]}"
        for share in shares
        if share.children > 0
    )
    text = f"Of {numeral(total, 'children')} children: {told}."
    return icons(shares, title="The cohort, child by child", text=text)


def _known(*figures: Figure) -> bool:
    return all(figure.value is not None for figure in figures)


def _spanned(figure: Figure) -> dict[str, float | None]:
    low = figure.value if figure.low is None else figure.low
    high = figure.value if figure.high is None else figure.high
    return {"value": figure.value, "low": low, "high": high}


def _course(case: BusinessCase) -> Markup:
    rows: list[dict[str, Any]] = [
        {"month": int(moment.months), "arm": arm, **_spanned(figure)}
        for moment in case.course
        for arm, figure in ((charts.USUAL, moment.usual), (charts.HELPED, moment.programme))
        if figure.value is not None
    ]
    if len(rows) < 2 or not any(row["value"] for row in rows):
        return Markup("")
    text = " ".join(
        f"{arm}: {_at(rows, arm)}." for arm in (charts.USUAL, charts.HELPED) if _at(rows, arm)
    )
    return picture(
        "chart-course", partial(charts.course, rows), "Children looked after at one time", text
    )


def _at(rows: list[dict[str, Any]], arm: str) -> str:
    return "; ".join(
        f"{numeral(row['value'], 'children')} at {row['month']} months"
        for row in rows
        if row["arm"] == arm and row["month"] and row["month"] % 12 == 0
    )


def _years(case: BusinessCase) -> Markup:
    rows: list[dict[str, Any]] = [
        {
            "year": line.year.removeprefix("year ").split(" (")[-1].removesuffix(")"),
            "delivery": line.delivery.value,
            "saved": line.saved_all.value,
            "net": line.net_all.value,
        }
        for line in case.years
    ]
    if case.headline.saved_all.value is None or not any(row["saved"] for row in rows):
        return Markup("")
    text = "; ".join(
        f"year {row['year']}: saved {numeral(row['saved'] or 0.0, 'GBP')}"
        + (f", delivery {numeral(row['delivery'], 'GBP')}" if row["delivery"] is not None else "")
        for row in rows
    )
    title = "Delivery and savings of all public budgets by year"
    return picture("chart-years", partial(charts.years, rows), title, text)


def _effects(case: BusinessCase) -> Markup:
    back = case.reverse
    rows: list[dict[str, Any]] = [
        {
            "name": f"{_line(b.programme.replace('_', ' '))}\n{_line(b.study)}",
            **_spanned(b.hazard_ratio),
        }
        for b in back.beside
        if b.hazard_ratio.value is not None
    ]
    if not rows:
        return Markup("")
    for i, row in enumerate(rows):
        row["name"] += NOTHING * sum(
            other["name"].strip(NOTHING) == row["name"] for other in rows[:i]
        )
    lines = [*_break_even(case), *_promised(case)]
    lines.append({"at": 1.0, "label": "no effect", "colour": MUTED, "dash": [2, 3]})
    told = [
        f"{_line(row['name'])}: {numeral(row['value'], 'ratio')}"
        f" ({numeral(row['low'], 'ratio')} to {numeral(row['high'], 'ratio')})"
        for row in rows
    ]
    told += [f"{line['label']}: {numeral(line['at'], 'ratio')}" for line in lines]
    title = "Published effects beside the effect needed to break even"
    return picture("chart-effects", partial(charts.effects, rows, lines), title, "; ".join(told))


def _break_even(case: BusinessCase) -> list[dict[str, Any]]:
    """Return where the council and all budgets break even, as one line where they agree."""
    back = case.reverse
    council, every = back.effect_needed_council, back.effect_needed_all
    if (
        council.value is not None
        and every.value is not None
        and abs(council.value - every.value) < CLOSE
    ):
        return [{"at": every.value, "label": "breaks even", "align": "right"}]
    return _uprights(
        ("council breaks even", council, [5, 3]), ("all budgets break even", every, [1, 0])
    )


def _promised(case: BusinessCase) -> list[dict[str, Any]]:
    """Return the effects a promise needs at the risk nearest this cohort's."""
    risk = case.cohort.risk.value
    rows = case.promise.rows if case.promise else ()
    if risk is None or not rows:
        return []
    row = min(rows, key=lambda row: abs((row.risk.value or 0.0) - risk))
    return _uprights(
        ("promise, after payments", row.effect_if_after, [5, 3]),
        ("promise, before payments", row.effect_if_before, [1, 0]),
    )


def _uprights(*lines: tuple[str, Figure, list[int]]) -> list[dict[str, Any]]:
    return [
        {"at": figure.value, "label": label, "dash": dash, "align": "right"}
        for label, figure, dash in lines
        if figure.value is not None
    ]


def _swings(case: BusinessCase) -> Markup:
    rows: list[dict[str, Any]] = [
        {"name": _split(s.input), "low": s.at_low.value, "high": s.at_high.value}
        for s in case.sensitivity[:TOP]
        if _known(s.at_low, s.at_high)
    ]
    if not rows:
        return Markup("")
    told = "; ".join(
        f"{_line(row['name'])}: {numeral(row['low'], 'GBP')} to {numeral(row['high'], 'GBP')}"
        for row in rows
    )
    title = "Net present value when one input alone moves"
    return picture("chart-swings", partial(charts.swings, rows), title, told)


def _line(words: str) -> str:
    """Put words on one line."""
    return " ".join(words.split())


def _split(name: str) -> str:
    """Break a long name in two lines at its middle."""
    words = name.split()
    if len(name) < 24:
        return name
    cut = min(
        range(1, len(words)), key=lambda i: abs(len(" ".join(words[:i])) - len(name) / 2), default=1
    )
    return f"{' '.join(words[:cut])}\n{' '.join(words[cut:])}"


def _promise(case: BusinessCase) -> Markup:
    promise = case.promise
    rows: list[dict[str, Any]] = [
        {"risk": row.risk.value, "when": when, "ratio": figure.value}
        for row in (promise.rows if promise else ())
        for when, figure in (
            ("saving before payments", row.effect_if_before),
            ("saving after payments", row.effect_if_after),
        )
        if figure.value is not None
    ]
    if not rows:
        return Markup("")
    text = "; ".join(
        f"{row['when']}, risk {numeral(row['risk'], 'per cent')}: {numeral(row['ratio'], 'ratio')}"
        for row in rows
    )
    title = "Hazard ratio the promise needs, by the risk without the programme"
    return picture("chart-promise", partial(charts.needed, rows), title, text)
