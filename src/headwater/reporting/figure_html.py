"""One figure as HTML: rounded for reading, exact and sourced for a machine.

Every number of a report's body stands in `<data class="figure">`. Words that a result brings along
(names, notes, a verdict) stand in `<span class="quoted">`: their numbers are parts of sentences
that were composed from figures, or written by a source or a user.
"""

from markupsafe import Markup, escape

from headwater.core.figure import Figure
from headwater.reporting.numerals import NOT_KNOWN, numeral, span, unit_words, why_unknown
from headwater.reporting.references import References

REF = Markup('<a href="#{}">{}</a>')


def figure_html(
    figure: Figure,
    refs: References,
    *,
    show: str = "unit span mark why",
    usual: tuple[str, ...] = (),
) -> Markup:
    """Return one figure as a `data` element and its marks.

    Parameters
    ----------
    show
        Which parts beside the number a reader sees: "unit", "span", "mark" (assumed), "why" (not
        known), "base" (price base); "only" shows the span alone.
    usual
        Sources stated once for the figure's surroundings: a figure that rests on just these carries
        no marks of its own.
    """
    parts = show.split()
    mark = Markup("")
    if figure.sources != usual and parts != ["only"]:
        mark = reference_html(figure.sources, refs)
    data = Markup('<data class="{}" value="{}"{}>{}</data>').format(
        _classes(figure), _value(figure.value), _attributes(figure), _number(figure, parts, mark)
    )
    if figure.basis == "assumed" and figure.value is not None and "mark" in parts:
        data += Markup(' <abbr class="assumed" title="{}">assumed</abbr>').format(figure.note)
    return data


def _classes(figure: Figure) -> str:
    return " ".join(
        word for word in ("figure", "" if figure.value is not None else "unknown") if word
    )


def _value(value: float | None) -> str:
    return "" if value is None else f"{float(value):.8g}"


def _attributes(figure: Figure) -> Markup:
    """Return the data- attributes that say what the number is."""
    held = {
        "unit": figure.unit,
        "basis": figure.basis,
        "sources": " ".join(figure.sources),
        "count": figure.count,
        "price-base": figure.price_base,
        "period": figure.period,
        "low": _value(figure.low),
        "high": _value(figure.high),
        "interval": figure.interval,
        "note": figure.note if figure.basis == "assumed" else "",
    }
    return Markup("").join(
        Markup(' data-{}="{}"').format(key, value) for key, value in held.items() if value
    )


def _number(figure: Figure, parts: list[str], mark: Markup) -> Markup:
    """Return what is read: number, unit, base, source marks and span, or why it is not known."""
    if figure.value is None:
        return escape(why_unknown(figure) if "why" in parts else NOT_KNOWN)
    if parts == ["only"]:
        return escape(span(figure))
    number = numeral(figure.value, figure.unit)
    text, unit = escape(number), unit_words(figure.unit, number)
    if "unit" in parts and unit:
        text += Markup(' <span class="unit">{}</span>').format(unit)
    if "base" in parts and figure.price_base:
        text += Markup(' <span class="unit">{} prices</span>').format(figure.price_base)
    text += mark
    if "span" in parts and span(figure):
        text += Markup(' <span class="span">{}</span>').format(span(figure))
    return text


def reference_html(sources: tuple[str, ...], refs: References) -> Markup:
    """Return the superscript that leads to the source list, or nothing."""
    marks = Markup(",").join(REF.format(target, text) for target, text in refs.marks(sources))
    return Markup('<sup class="ref">{}</sup>').format(marks) if marks else Markup("")


def quoted(text: str, basis: str = "computed") -> Markup:
    """Return words that come with a result, marked where they hold a digit."""
    if not any(letter.isdigit() for letter in text):
        return escape(text)
    return Markup('<span class="quoted" data-basis="{}">{}</span>').format(basis, text)
