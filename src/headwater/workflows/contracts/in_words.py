"""A contract's figures as text."""

from headwater.core.figure import Figure

SHARE = "share of 1"
CONDITION = "1 if met"
CURRENCIES = 3
"""Letters of a currency."""


def amount(figure: Figure, *, signed: bool = False) -> str:
    """Return a figure as text: money with its currency, a share per cent, a condition in words."""
    value = figure.value
    if value is None:
        return "not known"
    sign = "+" if signed and value > 0 else "−" if value < 0 else ""
    size = abs(value)
    if figure.unit == CONDITION and not signed:
        return "met" if value else "not met"
    if figure.unit == SHARE or figure.unit.startswith(("share of", "fall in")):
        text = f"{100 * size:.2f}".rstrip("0").rstrip(".")
        return f"{sign}{text}{' points' if signed else '%'}"
    if len(figure.unit) == CURRENCIES and figure.unit.isupper():
        whole = f"{size:,.2f}".removesuffix(".00")
        return f"{sign}{figure.unit} {whole}"
    return f"{sign}{size:,.4f}".rstrip("0").rstrip(".")
