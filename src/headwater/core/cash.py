"""An exact amount of money, in cash of its day: what a ledger, a statement or a payment holds."""

from dataclasses import dataclass

from headwater.core.exact import pounds

SIGNS = {"GBP": "£", "EUR": "€", "USD": "US$", "AUD": "A$", "NZD": "NZ$", "CAD": "C$"}


@dataclass(frozen=True, slots=True, order=True)
class Cash:
    """Whole pence (hundredths of the currency). It is no estimate, so it has no interval.

    Amounts are in cash: what is paid on the day, in no year's prices.
    """

    pence: int
    currency: str

    def __str__(self) -> str:
        """Return "£1,234.50", "−£3.00" or "KRW 1,110,000,000.00"."""
        sign = SIGNS.get(self.currency, f"{self.currency} ")
        text = pounds(self.pence)
        return f"−{sign}{text[1:]}" if self.pence < 0 else f"{sign}{text}"

    @property
    def plain(self) -> str:
        """The amount as a number may be read: "-3.00"."""
        return pounds(self.pence).replace(",", "").replace("−", "-")
