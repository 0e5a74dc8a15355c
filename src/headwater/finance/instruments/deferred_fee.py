"""A deferred fee: a provider's cost that is not paid but owed to it, like money it had lent.

It is drawn and paid to the same party on the same day, so that no cash moves.
"""

from headwater.finance.kind import Kind


class DeferredFeeRules(Kind):
    """Drawn only for costs of its own party; then a loan."""

    name = "deferred_fee"
    gives_cash = False
