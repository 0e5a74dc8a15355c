"""How long the main jobs take, beside a baseline measured in the same run."""

import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests" / "reference"))  # the pathway with exact answers
