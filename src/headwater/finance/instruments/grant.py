"""A grant: drawn like a loan, and never paid back."""

from headwater.finance.kind import Kind


class GrantRules(Kind):
    """Nothing is owed."""

    name = "grant"
    owed_back = False
