"""Figures of an exchange: as given, or worked out from what was given, each in its own currency."""

from decimal import Decimal

from headwater.core.figure import Figure

AS_PAID = "prices of the day"
"""Price base of amounts in an exchange: they stand as they were agreed or paid."""


def money(amount: Decimal | None, currency: str, *, note: str = "", period: str = "") -> Figure:
    """Return an amount in its currency; not known without an amount or a currency."""
    if amount is None or not currency:
        return unknown(currency or "money", note or "not stated", period=period)
    return Figure(float(amount), currency, "input", price_base=AS_PAID, period=period, note=note)


def count(amount: Decimal | int | None, unit: str, *, note: str = "", period: str = "") -> Figure:
    """Return a count; not known without one."""
    if amount is None:
        return unknown(unit, note or "not stated", period=period)
    return Figure(float(amount), unit, "input", note=note, period=period)


def unknown(unit: str, why: str, *, period: str = "") -> Figure:
    """Return a figure that nobody knows, and why."""
    return Figure(None, unit, "not known", note=why, period=period)
