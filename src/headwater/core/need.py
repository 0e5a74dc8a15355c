"""Levels of need, lowest first, and the state of the pathway each starts in.

"No shoehorning" rests on this order: a programme says which levels it is for, a cohort says which
it is at, and where they do not meet the answer is unmet need.
"""

from typing import Literal, get_args

Level = Literal[
    "universal",
    "targeted",
    "child_in_need",
    "protection_plan",
    "pre_proceedings",
    "looked_after",
    "returning_home",
]

LEVELS: tuple[Level, ...] = get_args(Level)

LEVEL_NAMES: dict[Level, str] = {
    "universal": "every child",
    "targeted": "early help (below the threshold of children's social care)",
    "child_in_need": "child in need",
    "protection_plan": "child protection plan",
    "pre_proceedings": "pre-proceedings (edge of care)",
    "looked_after": "looked after",
    "returning_home": "returning home from care",
}
