"""Made-up lives written as returns, with the truth beside them."""

from headwater.workflows.synthesise.answer import synthesise
from headwater.workflows.synthesise.faults import Faults, read_faults
from headwater.workflows.synthesise.result import Synthesis

__all__ = ["Faults", "Synthesis", "read_faults", "synthesise"]
