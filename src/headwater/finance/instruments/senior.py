"""A senior loan: a loan like any other; the waterfall repays it first."""

from headwater.finance.kind import Kind


class SeniorRules(Kind):
    """Interest on capital that is out, and capital back."""

    name = "senior"
