"""A first loss: a loan that the waterfall repays last, so that a loss falls on it first."""

from headwater.finance.kind import Kind


class FirstLossRules(Kind):
    """Interest on capital that is out, and capital back."""

    name = "first_loss"
