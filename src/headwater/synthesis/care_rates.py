"""How children move in care and leave it: rates a year, every one of them an assumption.

They are of the size that England's published stocks and flows ask for, and are no estimate of
anything: made-up lives need to be plausible, not right. A place's own levels multiply them.
"""

from collections.abc import Mapping

STARTS: Mapping[str, float] = {"V2": 0.60, "C1": 0.24, "L2": 0.05, "L1": 0.08, "J1": 0.03}
"""Shares of legal statuses at the start; remand (J1) from 12 years on."""
REMAND_AGE = 12
SHORTEST = {"L1": 3, "L2": 8, "J2": 1}
"""Days that a short status lasts at most; the law's limits are 3, 21 and 2 (rules 361 to 364)."""
SHORT_LEAVES = 0.35
"""Share of children who leave care when a short status ends."""

SPANS = (56, 365, 1095)
"""Days in care at which rates of leaving and moving change."""
LEAVE: Mapping[str, tuple[float, float, float, float]] = {
    "V2": (1.9, 0.85, 0.32, 0.12),
    "C1": (0.45, 0.50, 0.45, 0.30),
    "C2": (0.05, 0.09, 0.12, 0.07),
    "E1": (0.01, 0.02, 0.03, 0.03),
    "J1": (5.0, 5.0, 3.0, 3.0),
}
"""Leaving, by status and days in care."""
ASYLUM_LEAVES = 0.02
TEEN_V2 = 0.6
"""Accommodated teenagers leave at this part of the rate of others."""
MOVE = (1.7, 0.9, 0.40, 0.22)
"""Changes of placement, by days in care."""
MOVE_BY: Mapping[str, float] = {"P1": 0.5, "K2": 1.3, "H": 0.9, "R5": 0.2, "U4": 0.25, "U1": 0.2}
"""Parts of it, by placement."""
STATUS: Mapping[str, float] = {"V2": 0.22, "C1": 1.5, "C2": 0.02, "E1": 0.05}
"""Changes of legal status."""
YOUNG_ORDERS = 0.9
"""Placement orders a year for children under five on a care order, beside the others."""
PLACED = 1.1
"""Placements for adoption a year under a placement order."""
ADOPTED = 1.3
"""Adoptions a year of children placed for it."""
LONG_TERM = 0.18
"""Foster placements that become long-term with the same carers, a year, after the first year."""
AWAY = 0.10
"""Temporary stays a year of children in foster care or homes."""
TEMPORARY: Mapping[str, tuple[float, int]] = {
    "T0": (0.2, 14),
    "T1": (0.4, 40),
    "T2": (0.15, 14),
    "T3": (0.05, 20),
    "T4": (0.2, 7),
}
"""Shares of temporary stays, and the most days of each (rules 375 to 379)."""
REASONS: Mapping[str, float] = {
    "CARPL": 0.40,
    "CREQB": 0.12,
    "CREQO": 0.14,
    "CHILD": 0.07,
    "LAREQ": 0.09,
    "STAND": 0.03,
    "ALLEG": 0.02,
    "CLOSE": 0.03,
    "APPRR": 0.01,
    "OTHER": 0.09,
}
"""Reasons for changes of placement; PLACE is for those with the same carers."""

BACK = 0.16
"""Share of children who went home and come back into care."""
BACK_AFTER = 240.0
"""Days until they do, on average."""
BACK_AT_MOST = 900

LEFT: Mapping[str, Mapping[str, float]] = {
    "V2": {"E4A": 0.62, "E4B": 0.15, "E13": 0.06, "E8": 0.15, "E3": 0.015, "E2": 0.005},
    "C1": {"E4A": 0.36, "E4B": 0.06, "E41": 0.22, "SGO": 0.22, "E13": 0.06, "E8": 0.08},
    "C2": {"E4A": 0.25, "E4B": 0.05, "SGO": 0.42, "E41": 0.10, "E8": 0.13, "E3": 0.04, "E2": 0.01},
    "E1": {"SGO": 0.6, "E4A": 0.2, "E8": 0.2},
    "J1": {"E14": 0.75, "E9": 0.25},
    "short": {"E4A": 0.8, "E8": 0.2},
    "asylum": {"E15": 0.5, "E16": 0.2, "E13": 0.3},
    "adopted": {"E12": 0.85, "E11": 0.15},
    "at 18": {"E5": 0.24, "E6": 0.12, "E7": 0.04, "E17": 0.30, "E4A": 0.12, "E8": 0.18},
}
"""Why children leave, by status; SGO is special guardianship, whose code depends on the year."""

ORDERS = ("E41", "E45", "E46", "E47", "E48")
"""Orders that no court makes within the first weeks."""

AGES = (0, 5, 11, 16)
"""From which ages placements are chosen otherwise."""
KINDS: Mapping[str, tuple[str, tuple[float, float, float, float]]] = {
    "U3": ("foster", (0.22, 0.16, 0.10, 0.05)),
    "U6": ("foster", (0.68, 0.70, 0.52, 0.25)),
    "U5": ("foster", (0.01, 0.01, 0.00, 0.00)),
    "K2": ("residential", (0.00, 0.06, 0.22, 0.20)),
    "K1": ("residential", (0.00, 0.00, 0.01, 0.005)),
    "H": ("supported", (0.00, 0.00, 0.00, 0.36)),
    "P2": ("supported", (0.00, 0.00, 0.00, 0.03)),
    "P1": ("parents", (0.06, 0.06, 0.06, 0.05)),
    "R1": ("other_residential", (0.00, 0.00, 0.01, 0.01)),
    "R2": ("other_residential", (0.00, 0.00, 0.005, 0.005)),
    "R3": ("other_residential", (0.05, 0.00, 0.00, 0.01)),
    "S1": ("other", (0.00, 0.005, 0.015, 0.01)),
    "Z": ("other", (0.01, 0.005, 0.025, 0.02)),
}
"""Placements: the published group of each, and its share by age: assumed. H is accommodation with
support (H5, later K3) and Z any other (Z1, later Z11 to Z14): their code depends on the year."""
REMAND_KINDS: Mapping[str, float] = {"R5": 0.45, "K1": 0.10, "K2": 0.25, "U6": 0.20}

PROVIDERS: Mapping[str, Mapping[str, float]] = {
    "U": {"PR1": 0.58, "PR4": 0.38, "PR5": 0.04},
    "K2": {"PR1": 0.16, "PR4": 0.80, "PR5": 0.04},
    "K1": {"PR1": 0.5, "PR2": 0.5},
    "H": {"PR1": 0.1, "PR4": 0.75, "PR5": 0.15},
    "R5": {"PR3": 1.0},
    "R2": {"PR3": 1.0},
    "": {"PR1": 0.3, "PR4": 0.6, "PR5": 0.1},
}
"""Shares of providers, by the first letters of the placement; P1 is with parents (PR0)."""
