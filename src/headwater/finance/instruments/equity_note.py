"""An equity note: capital back where the waterfall says, and its part of what is left."""

from headwater.finance.kind import Kind


class EquityNoteRules(Kind):
    """Capital is owed; what it gets of a split comes on top, up to its cap."""

    name = "equity_note"
