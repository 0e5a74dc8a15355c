"""A cohort drawn child by child: who would have stayed out anyway, who is kept out, who enters."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

MOST = 200
"""Children drawn one by one; a larger cohort is drawn as a hundred, each standing for several."""
ACROSS, STEP, TALL = 30, 16, 27
PERSON = Markup(
    '<symbol id="person" viewBox="0 0 14 25"><circle cx="7" cy="4" r="3.2"/>'
    '<path d="M2.6 9.6h8.8a1.4 1.4 0 0 1 1.4 1.4v6h-2.2v6.6H3.4V17H1.2v-6a1.4 1.4 0 0 1 1.4-1.4z"/>'
    "</symbol>"
)


@dataclass(frozen=True, slots=True)
class Share:
    """One group of the cohort: how many, and the class that draws it."""

    kind: str
    children: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawing and how many children each of its figures stands for."""

    svg: Markup
    each: float


def icons(shares: Sequence[Share], *, title: str, text: str) -> Drawn:
    """Draw a cohort as rows of people, group after group.

    Parameters
    ----------
    title, text
        The drawing's text alternative: what it is, and all that it says.
    """
    total = sum(share.children for share in shares)
    count = round(total) if total <= MOST else 100
    kinds = [
        k for share, n in zip(shares, whole(shares, count), strict=True) for k in [share.kind] * n
    ]
    people = Markup("").join(
        Markup('<use href="#person" class="{}" x="{}" y="{}" width="14" height="25"/>').format(
            kind, STEP * (i % ACROSS) + 1, TALL * (i // ACROSS) + 1
        )
        for i, kind in enumerate(kinds)
    )
    rows = max(-(-count // ACROSS), 1)
    svg = Markup(
        '<svg class="people" role="img" aria-labelledby="people-title people-desc"'
        ' viewBox="0 0 {} {}" preserveAspectRatio="xMinYMin"><title id="people-title">{}</title>'
        '<desc id="people-desc">{}</desc>{}{}</svg>'
    ).format(STEP * ACROSS, TALL * rows, title, text, PERSON, people)
    return Drawn(svg, total / count if count else 0.0)


def whole(shares: Sequence[Share], count: int) -> list[int]:
    """Return whole numbers in proportion to the shares that add up to `count`.

    The largest remainders are rounded up.
    """
    total = sum(max(share.children, 0.0) for share in shares) or 1.0
    exact = [count * max(share.children, 0.0) / total for share in shares]
    parts = [int(value) for value in exact]
    order = sorted(range(len(parts)), key=lambda i: parts[i] - exact[i])
    for i in order[: count - sum(parts)]:
        parts[i] += 1
    return parts
