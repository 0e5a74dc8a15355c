"""The moves of the national pathway, and where the hazard of each comes from."""

from headwater.core.pathway import STATES, Transition

_NEED_TABLES = ("dfe_cin_2024", "dfe_cla_2025")
TRANSITIONS = (
    Transition(
        "universal",
        "child_in_need",
        "place",
        _NEED_TABLES,
        "level: need episodes that start, per child; by age: England, to agree with need by age;"
        " from one month to a year as at 1 to 4 (assumed)",
    ),
    Transition(
        "child_in_need",
        "universal",
        "place",
        _NEED_TABLES,
        "level: need episodes that end, per child in net need; by time in need: England's ended"
        " episodes",
    ),
    Transition(
        "child_in_need",
        "protection_plan",
        "place",
        _NEED_TABLES,
        "level: plans that start, per child in net need; by age: England, so that plans by age"
        " agree; hidden risk: England's repeat plans",
    ),
    Transition(
        "child_in_need",
        "looked_after",
        "place",
        _NEED_TABLES,
        "level: care starts without asylum, per child in net need or on a plan; the same from one"
        " month of age (assumed: legal status by age is not published); in the first month:"
        " England's starts under 1",
    ),
    Transition(
        "protection_plan",
        "child_in_need",
        "place",
        ("dfe_cin_2024",),
        "level: plans that end, per child on a plan; by time on plan: England's ended plans",
    ),
    Transition(
        "protection_plan",
        "pre_proceedings",
        "place",
        ("cafcass_care_applications", "taylor2024fgc", "dfe_cla_2025"),
        "level: care applications, per child on a plan; England: applications × children per family"
        " ÷ share issued, all from a plan (assumed); by age: England's care starts",
    ),
    Transition(
        "protection_plan",
        "looked_after",
        "place",
        _NEED_TABLES,
        "the same hazard as from need (assumed: care starts by earlier plan are not published)",
    ),
    Transition(
        "pre_proceedings",
        "child_in_need",
        "assumed",
        ("dfe_cin_2024",),
        "assumed: families who avoid care step down at the pace at which plans end",
    ),
    Transition(
        "pre_proceedings",
        "looked_after",
        "trial",
        ("taylor2024fgc",),
        "control arm of the family group conference trial: 44.8% looked after at 12 months",
    ),
    *(
        Transition(
            "looked_after",
            target,
            "place",
            ("dfe_cla_2025",),
            "level: children who cease to be looked after, per child looked after, asylum"
            " children taken off both (assumed: they leave as their starts and stock imply);"
            " by age: England; split by reason: England, the same at every age (assumed)",
        )
        for target in ("left_care_home", "left_care_permanence", "left_care_other")
    ),
    Transition(
        "left_care_home",
        "looked_after",
        "England",
        ("nspcc_reunification", "nspcc_returning_home"),
        "20% back within one year and 30% within five; even within each span (assumed)",
    ),
)
NEED, UNIVERSAL, PLAN, PRE, CARE = (
    STATES.index(name)
    for name in (
        "child_in_need",
        "universal",
        "protection_plan",
        "pre_proceedings",
        "looked_after",
    )
)
