"""Made-up lives written as returns, with the truth beside them."""

from headwater.workflows.synthesise.answer import make, synthesise, written
from headwater.workflows.synthesise.asked import Asked
from headwater.workflows.synthesise.faults import Faults, read_faults, shipped_faults
from headwater.workflows.synthesise.result import Synthesis

__all__ = [
    "Asked",
    "Faults",
    "Synthesis",
    "make",
    "read_faults",
    "shipped_faults",
    "synthesise",
    "written",
]
