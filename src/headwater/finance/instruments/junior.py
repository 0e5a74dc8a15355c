"""A junior loan: a loan like any other; the waterfall repays it after the senior one."""

from headwater.finance.kind import Kind


class JuniorRules(Kind):
    """Interest on capital that is out, and capital back."""

    name = "junior"
