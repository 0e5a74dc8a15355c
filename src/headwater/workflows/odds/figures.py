"""Numbers of the odds as figures and in words."""

from collections.abc import Iterator
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
            return Figure(None, unit, "not known", note=note)
        price = self.odds.price_base if unit.startswith("GBP") else ""
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


def made_of(odds: Odds) -> Made:
    """Return what makes a file's figures."""
    known = sources()
    keys = {given.source for _, given in every_given(odds) if given.source in known}
    return Made(odds, tuple(sorted(keys)))


def every_given(model: Frozen, place: str = "") -> Iterator[tuple[str, Given]]:
    """Yield every number with a source in a table, and where it stands."""
    for name in type(model).model_fields:
        held, where = getattr(model, name), f"{place}.{name}".lstrip(".")
        if isinstance(held, Given):
            yield where, held
        elif isinstance(held, Frozen):
            yield from every_given(held, where)


def given_figure(given: Given, unit: str, *, times: float = 1, price_base: str = "") -> Figure:
    """Return a number of the file: published where its source is in the bibliography."""
    price = price_base if unit.startswith("GBP") else ""
    if given.source in sources():
        cited = (given.source,)
        return Figure(given.value * times, unit, "published", cited, price_base=price)
    basis, why = ("input", given.source) if given.source else ("assumed", given.because)
    return Figure(given.value * times, unit, basis, price_base=price, note=why)  # type: ignore[arg-type]


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


def pounds(amount: float) -> str:
    """Return pounds in words."""
    return numeral(amount, "GBP")
