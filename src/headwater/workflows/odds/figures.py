"""Numbers of the odds as figures and in words."""

from collections.abc import Container, Iterator
from dataclasses import dataclass

from headwater.catalogue.sources import sources
from headwater.core.figure import Figure
from headwater.core.given import Given
from headwater.core.model import Frozen
from headwater.core.odds import Odds
from headwater.reporting.numerals import MINUS, numeral

CHANCE = "per cent of draws"


@dataclass(frozen=True, slots=True)
class Made:
    """Makes figures of one file: computed where its numbers have sources, else assumed.

    Parameters
    ----------
    keys
        Of the bibliography, that the file's numbers cite.
    """

    odds: Odds
    keys: tuple[str, ...]

    def worked(self, value: float | None, unit: str, *, note: str = "", times: float = 1) -> Figure:
        """Return a number that was worked out; `note` says why where there is none."""
        if value is None:
            return Figure(None, money_unit(self.odds, unit), "not known", note=note)
        price = self.odds.price_base if unit.startswith("GBP") else ""
        unit = money_unit(self.odds, unit)
        if self.keys:
            return Figure(value * times, unit, "computed", self.keys, price_base=price, note=note)
        said = note or "worked out from what the file assumes"
        return Figure(value * times, unit, "assumed", price_base=price, note=said)

    def asked(self, value: float, unit: str) -> Figure:
        """Return a number that the file or the command gives."""
        return Figure(value, unit, "input")

    def chance(self, value: float | None, *, note: str = "") -> Figure:
        """Return a chance as a per cent of draws."""
        return self.worked(value, CHANCE, note=note, times=100)

    def effect(self, value: float | None, *, note: str = "") -> Figure:
        """Return an improvement in the unit in which it is read."""
        unit, times = effect_unit(self.odds)
        return self.worked(value, unit, note=note, times=times)


def made_of(odds: Odds, own: Container[str] = ()) -> Made:
    """Return what makes a file's figures; `own` are keys of sources that the file names."""
    keys = {given.source for _, given in every_given(odds) if is_source(given.source, own)}
    return Made(odds, tuple(sorted(keys)))


def is_source(key: str, own: Container[str]) -> bool:
    """Whether a number's source is a key, of the file or of the bibliography, and not words."""
    return key in own or key in sources()


def every_given(model: Frozen, place: str = "") -> Iterator[tuple[str, Given]]:
    """Yield every number with a source in a table, and where it stands."""
    for name in type(model).model_fields:
        held, where = getattr(model, name), f"{place}.{name}".lstrip(".")
        if isinstance(held, Given):
            yield where, held
        elif isinstance(held, Frozen):
            yield from every_given(held, where)


def money_unit(odds: Odds, unit: str) -> str:
    """Return a unit that begins with GBP in the currency of the table."""
    own = "per cent of the full payment" if odds.currency == "per cent" else odds.currency
    return own + unit.removeprefix("GBP") if unit.startswith("GBP") else unit


def given_figure(
    odds: Odds, given: Given, unit: str, *, times: float = 1, own: Container[str] = ()
) -> Figure:
    """Return a number of the file: published where its source has an address."""
    price = odds.price_base if unit.startswith("GBP") else ""
    unit = money_unit(odds, unit)
    if is_source(given.source, own):
        cited = (given.source,)
        return Figure(given.value * times, unit, "published", cited, price_base=price)
    basis, why = ("input", given.source) if given.source else ("assumed", given.because)
    return Figure(given.value * times, unit, basis, price_base=price, note=why)  # type: ignore[arg-type]


def exactly(figure: Figure) -> str:
    """Return a number of the file as exactly as it was written, with its unit."""
    unit, assumed = figure.unit, " (assumed)" if figure.basis == "assumed" else ""
    if figure.value is None:
        return figure.note
    if unit.startswith("GBP"):
        words = f"{numeral(figure.value, unit)} {unit.removeprefix('GBP').strip()}"
        return words.strip() + assumed
    text = f"{figure.value:,.5g}"
    if unit.startswith("per cent"):
        return f"{text}%{unit.removeprefix('per cent')}{assumed}"
    return f"{text} {'' if unit == 'ratio' else unit}".strip() + assumed


def effect_unit(odds: Odds) -> tuple[str, float]:
    """Return the unit in which improvements are read, and by what to multiply them."""
    if odds.outcome == "mean":
        return odds.unit, 1.0
    return ("points" if odds.outcome == "share" else "per cent"), 100.0


def effect_words(odds: Odds, effect: float) -> str:
    """Return an improvement in words: "8.6 points", "10%", "12 days in care"."""
    unit, times = effect_unit(odds)
    text = f"{effect * times:.3g}".replace("-", MINUS)
    if unit == "per cent":
        return f"{text}%"
    return "1 point" if (text, unit) == ("1", "points") else f"{text} {unit}"


def of_100(chance: float) -> str:
    """Return a chance as so many of 100, never certain unless it is."""
    if chance in {0.0, 1.0}:
        return "0 of 100" if chance == 0.0 else "100 of 100"
    if chance < 0.005:
        return "fewer than 1 of 100"
    if chance > 0.995:
        return "more than 99 of 100"
    return f"{100 * chance:.0f} of 100"


def money(odds: Odds, amount: float) -> str:
    """Return an amount in words: "£138k", "AUD 210k", "79% of the full payment"."""
    if odds.currency == "per cent":
        return f"{numeral(amount, 'per cent')} of the full payment"
    return numeral(amount, "GBP").replace(
        "£", "£" if odds.currency == "GBP" else f"{odds.currency} "
    )
