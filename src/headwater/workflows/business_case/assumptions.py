"""Every assumption a business case rests on, in words."""

import numpy as np

from headwater.core.need import LEVEL_NAMES
from headwater.pathways.arms import Solved
from headwater.workflows.business_case.setting import Setting

ALWAYS = (
    "How long a child has been in care plays no part in leaving it: nobody publishes it here.",
    "A place's mix of placements includes its unaccompanied asylum-seeking children.",
    (
        "Children leave care to permanence or otherwise without returning, except those who "
        "went home: nobody publishes the rest."
    ),
    (
        "A placement is drawn at entry from the place's stock and again at 16; supported "
        "accommodation only from 16; other proportions are the same at every age."
    ),
    (
        "Everybody lives in the place throughout; unaccompanied asylum-seeking children are a "
        "separate inflow that no family programme prevents, and are not in the cohort."
    ),
    (
        "A child in need, on a plan or looked after costs the place's average social work; no "
        "source prices a protection plan apart."
    ),
    (
        "Nothing is saved in health, police, schools or benefits: no source ties their costs "
        "to the modelled states. They are not nought: they are not valued."
    ),
)
"""Assumed in every case."""
NO_EFFECT = "Effect: no usable effect is published; both arms are business as usual."


def assumptions(setting: Setting, solved: Solved) -> tuple[str, ...]:
    """Return every assumption, those of the case first."""
    moves = [
        f"{move.in_words}: {move.how}."
        for move in setting.pathway.transitions
        if "assumed" in move.how or move.provenance == "assumed"
    ]
    lines = [
        *setting.assumptions,
        *_on_risk(setting, solved),
        *_on_effect(setting),
        *_on_draws(setting, solved),
        _on_hidden_risk(setting),
        *moves,
        *ALWAYS,
    ]
    return tuple(dict.fromkeys(lines))


def _on_risk(setting: Setting, solved: Solved) -> list[str]:
    if setting.risk_known is None:
        return ["Risk without the programme: the place's own fitted pathway."]
    low, middle, high = np.percentile(solved.risk_factor, [10, 50, 90])
    return [
        f"Risk without the programme: {setting.risk_known.in_words}.",
        (
            f"That risk takes {middle:.1f} times the place's own hazards (80% of draws:"
            f" {low:.1f} to {high:.1f}), for the whole horizon."
        ),
    ]


def _on_draws(setting: Setting, solved: Solved) -> list[str]:
    if solved.beyond == 0:
        return []
    return [
        (
            f"In {solved.beyond} of {setting.case.draws} draws the risk or the effect was more than"
            " any hazard gives; the nearest possible was taken."
        )
    ]


def _on_hidden_risk(setting: Setting) -> str:
    if setting.level in {"universal", "targeted"}:
        return (
            "Children have the risk of every child in England of their age: nothing published says"
            " how far those reached are at higher risk (--risk to give it)."
        )
    return (
        "Children have the hidden risk of England's entrants to"
        f" {LEVEL_NAMES[setting.level]}, which plays no part in entry to care."
    )


def _on_effect(setting: Setting) -> list[str]:
    if setting.change is None:
        return [NO_EFFECT]
    lines = [f"After follow-up: {after_words(setting)}."]
    bearing = setting.used.bearing if setting.used else None
    if setting.used is None or bearing is None:
        return lines
    if not bearing.effect.transport.home:
        lines.append(
            f"The effect comes from {setting.used.country or 'another country'}:"
            f" {setting.case.options.effect_carried_over:.0%} of it is carried over (assumed;"
            " --carried-over to change)."
        )
    if setting.change.scale != bearing.scale:
        lines.append(
            "The trial's difference in points is carried to this cohort's risk as an odds ratio"
            " (assumed: points cannot be carried to another risk)."
        )
    if len(setting.programme.usable) > 1:
        lines.append(f"Of several usable effects the first is used: {setting.used.study}.")
    if bearing.effect.between_sites is None:
        lines.append("Variation of the effect between sites is not published: taken as none.")
    return lines


def after_words(setting: Setting) -> str:
    """Return what is assumed of the effect after the trial's follow-up."""
    change = setting.change
    months = f"{change.months:g} months" if change else "follow-up"
    return {
        "none": f"no further effect after {months} (assumed; --after to change)",
        "persist": "the effect persists for the whole horizon (assumed)",
        "rebound": f"the effect is turned round for another {months}, for those still at risk"
        " (assumed)",
        "fade": f"the effect keeps {setting.case.options.fade_kept_per_year:.0%} of itself each"
        " further year (assumed)",
    }[setting.case.options.after_follow_up]
