"""What the record says of forecasts, in words: against no change, and the worst of it first."""

from collections.abc import Iterable, Sequence

from headwater.core.record import Record, Rival, Score
from headwater.workflows.forecast.record import NAMES

ONE_YEAR = (
    '"Clearly" is of one base year, over places taken as independent. They share what befell all'
    " England in those years, so that it is less sure than it reads."
)
"""Where the verdicts stand."""


def in_words(record: Record) -> tuple[str, ...]:
    """Return how forecasts did against no change, a sentence a measure, and where that stands."""
    said = []
    for measure, words in NAMES.items():
        scores = [score for score in record.scores if score.measure == measure]
        if scores:
            said.append(f"{words[0].upper()}{words[1:]}: {_in_words(scores, record.base)}")
    return (*said, ONE_YEAR)


AFTER = ("one", "two", "three")
LOPSIDED = 0.05
"""A mean error with its sign that is said, where every horizon's has the same sign."""


def _in_words(scores: Sequence[Score], base: int) -> str:
    held = ", ".join(f"{100 * score.coverage:.0f}%" for score in scores)
    grown = [score.grown for score in scores if score.grown is not None]
    rivals, name = [score.no_change for score in scores], "no change"
    verdict = _verdict(rivals, name)
    if grown:
        name = "no change in real terms"
        verdict = (
            f"{verdict}. But costs had been rising, and no change leaves that out: the last outturn"
            " grown at England's pace up to then, above inflation, was off by"
            f" {_errors(grown)}; against that: {_verdict(grown, 'that')}"
        )
    return (
        f"forecasts of March {base} were off by {_errors(scores)} after one, two and three years,"
        f" {name} by {_errors(rivals)}: {verdict}.{_line(scores)}{_lopsided(scores, grown)} The"
        f" intervals that should hold 80% held {held}."
    )


def in_short(record: Record) -> tuple[str, ...]:
    """Return the same in one line a measure, without medians, and where the whole of it stands."""
    said = [
        f"{words[0].upper()}{words[1:]}: {_short(scores)}"
        for measure, words in NAMES.items()
        if (scores := [score for score in record.scores if score.measure == measure])
    ]
    what = (
        f"Off: on average over places, one, two and three years after forecasts of March"
        f' {record.base}. For medians and what "clearly" is worth: headwater forecast --record.'
    )
    return (what, *said)


def _short(scores: Sequence[Score]) -> str:
    rivals = [score.no_change for score in scores]
    grown = [score.grown for score in scores if score.grown is not None]
    name = "no change in real terms" if grown else "no change"
    said = f"off by {_means(scores)}, {name} by {_means(rivals)}: {_verdict(rivals, name)}."
    if grown:
        said += (
            f" The last outturn grown as costs had grown was off by {_means(grown)}: against that,"
            f" {_verdict(grown, 'that')}."
        )
    return said + _lopsided(scores, ())


def _line(scores: Sequence[Score]) -> str:
    """Say how a straight line did where that is nearer to what came than no change."""
    if any(score.line.error >= score.no_change.error for score in scores):
        return ""
    return (
        " A straight line through the five years before was off by"
        f" {_errors([score.line for score in scores])}."
    )


def _lopsided(scores: Sequence[Score], grown: Sequence[Rival]) -> str:
    """Say by how much forecasts were too low or too high on average, where they were."""
    biases = [score.bias for score in scores]
    if not (max(biases) < 0.0 or min(biases) > 0.0) or max(map(abs, biases)) < LOPSIDED:
        return ""
    beside = f" (the last outturn grown: {_signed(grown)})" if grown else ""
    way = "TOO LOW" if biases[0] < 0.0 else "too high"
    return f" On average forecasts were {way}, by {_listed(map(abs, biases))}{beside}."


def _signed(rivals: Sequence[Rival]) -> str:
    """Return mean errors with their sign: too low or too high."""
    return ", ".join(
        f"{100 * abs(rival.bias):.1f}% too {'low' if rival.bias < 0.0 else 'high'}"
        for rival in rivals
    )


def _errors(scores: Sequence[Score | Rival]) -> str:
    """Return mean errors by year, and in brackets the medians."""
    return f"{_means(scores)} (median {_listed(score.median for score in scores)})"


def _means(scores: Sequence[Score | Rival]) -> str:
    return _listed(score.error for score in scores)


def _listed(errors: Iterable[float]) -> str:
    return ", ".join(f"{100 * error:.1f}%" for error in errors)


def _verdict(rivals: Sequence[Rival], name: str) -> str:
    """Return how forecasts stand against one that needs no model, the worst first."""
    by_year = list(zip(AFTER, rivals, strict=False))
    worse = [after for after, rival in by_year if not rival.beaten]
    unclear = [after for after, rival in by_year if rival.beaten and not rival.clearly_beaten]
    said = []
    if worse:
        said.append(f"NO BETTER than {name} after {' and '.join(worse)}")
    if len(unclear) == len(rivals):
        return f"less, but by no more than chance: NO CLEARER than {name}"
    if unclear:
        said.append(f"less by no more than chance after {' and '.join(unclear)}")
    if len(worse) + len(unclear) < len(rivals):
        said.append("else clearly less" if said else "clearly less at every horizon")
    return "; ".join(said)
