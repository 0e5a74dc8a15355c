"""What is believed of a cohort and a programme: its aim, its risk and its effect, in draws."""

from dataclasses import dataclass

import numpy as np
from scipy.special import betaincinv, ndtr

from headwater.core.arrays import FloatArray, IntArray
from headwater.core.errors import InputError, Problem
from headwater.core.estimate import Z95
from headwater.core.figure import Basis
from headwater.core.need import Level
from headwater.core.pathway import Pathway
from headwater.core.programme import Bearing, Effect, Programme
from headwater.core.worlds import normals
from headwater.pathways.arms import Change, Risk, Scale, entry_moves
from headwater.workflows.business_case.case import Case
from headwater.workflows.business_case.case import Effect as EffectGiven
from headwater.workflows.business_case.case import Risk as RiskGiven

CARE = "looked_after"
HOME = "left_care_home"
SUCCESS = {
    CARE: "stay out of care",
    HOME: "go home from care",
    "child_in_need": "stay out of need",
}
STRONGEST = 0.02
BEFORE_CARE = ("child_in_need", "protection_plan", "pre_proceedings")


@dataclass(frozen=True, slots=True)
class Known:
    """A quantity in draws, with its words: what it is, where from, how sure."""

    draws: FloatArray
    centre: float
    basis: Basis
    sources: tuple[str, ...]
    in_words: str


@dataclass(frozen=True, slots=True)
class Aim:
    """What a programme is for, in the model's terms.

    Parameters
    ----------
    state
        The state whose entry counts.
    moves
        The moves whose hazards it raises or lowers.
    entering_is_good
        Whether a child who enters is a success (going home) or one who does not (care).
    success
        A success in words.
    """

    state: str
    moves: IntArray
    entering_is_good: bool
    success: str

    @property
    def strongest(self) -> float:
        """The strongest hazard ratio looked for: 98% of moves prevented, or 50 times as many."""
        return 1.0 / STRONGEST if self.entering_is_good else STRONGEST

    @property
    def stronger(self) -> str:
        """Which way a hazard ratio is stronger, in words."""
        return "higher is stronger" if self.entering_is_good else "lower is stronger"

    @property
    def gained(self) -> str:
        """One child for whom it succeeds, in words."""
        return "more child who goes home" if self.entering_is_good else "avoided entry"


def aim_of(pathway: Pathway, bearing: Bearing | None, level: Level) -> Aim:
    """Return the programme's aim: its usable effect's, else the one of the level of need."""
    if bearing is not None:
        good = bearing.state == HOME
        success = SUCCESS.get(bearing.state, f"do not enter {bearing.state.replace('_', ' ')}")
        return Aim(
            bearing.state,
            pathway.moves(*bearing.transitions),
            entering_is_good=good,
            success=success,
        )
    if level == "looked_after":
        return Aim(
            HOME, pathway.moves(f"{CARE} -> {HOME}"), entering_is_good=True, success=SUCCESS[HOME]
        )
    origins = (HOME,) if level == "returning_home" else BEFORE_CARE
    return Aim(
        CARE, entry_moves(pathway, CARE, origins), entering_is_good=False, success=SUCCESS[CARE]
    )


def risk_trial(case: Case, what: Programme, level: Level) -> Bearing | None:
    """Return the effect whose control arm gives the cohort its risk, if one does."""
    bearing = what.usable[0].bearing if what.usable else None
    if case.cohort.risk is not None or level in {"universal", "looked_after"}:
        return None
    return bearing if bearing is not None and bearing.control_risk is not None else None


def cohort_risk(case: Case, trial: Bearing | None) -> tuple[Known | None, Risk | None]:
    """Return the cohort's risk: the case's, else the trial's control arm, else the place's own."""
    given = case.cohort.risk
    if given is not None:
        known = _given_risk(case, given)
        ever = given.counts == "ever_looked_after"
        return known, Risk(known.draws, CARE, given.months, ever)
    control = trial.control_risk if trial else None
    if trial is None or control is None:
        return None, None
    z = normals(case.seed, f"risk {case.programme}", case.draws)
    known = Known(
        draws=control.draws(z),
        centre=control.centre,
        basis="published",
        sources=(control.source,),
        in_words=(
            "the trial's control arm, not this place's own (--risk to give local data);"
            f" {control.uncertainty}"
        ),
    )
    ever = trial.measure == "ever_by"
    return known, Risk(known.draws, trial.state, trial.follow_up_months, ever)


def _given_risk(case: Case, given: RiskGiven) -> Known:
    z = normals(case.seed, "risk given", case.draws)
    if given.between is not None:
        low, high = given.between
        even = low + (high - low) * _even(z)
        words = (
            f"not known: drawn evenly between {low:.0%} and {high:.0%} (assumed). {given.source}"
        )
        return Known(even, (low + high) / 2, "assumed", (), words)
    share = given.share or 0.0
    if given.families is None:
        words = f"{given.source}; taken as certain, since no sample is given"
        return Known(np.full(case.draws, share), share, "input", (), words)
    counted = given.families
    drawn = betaincinv(share * counted, (1.0 - share) * counted, _even(z))
    words = f"{given.source}; counted in {counted:,} families"
    return Known(np.asarray(drawn), share, "input", (), words)


def _even(z: FloatArray) -> FloatArray:
    """Turn standard normal numbers into even ones between 0 and 1."""
    return np.asarray(ndtr(z))


def programme_change(
    case: Case, used: Effect | None, aim: Aim, trial: Bearing | None
) -> tuple[Known | None, Change | None]:
    """Return what the programme does: the user's own effect, else the usable published one."""
    options = case.options
    if case.effect is not None:
        return _own_effect(case, case.effect, aim)
    bearing = used.bearing if used else None
    if used is None or bearing is None:
        return None, None
    drawn = bearing.effect.draws(normals(case.seed, f"effect {case.programme}", case.draws))
    drawn, scale = on_cohort(bearing, drawn, trial)
    (centre,), _ = on_cohort(bearing, np.array([bearing.effect.centre]), trial)
    known = Known(
        draws=drawn,
        centre=float(centre),
        basis="published",
        sources=(bearing.effect.source,),
        in_words=f"{used.study}, {used.country}, {used.kind}: {used.outcome}"
        f" ({bearing.effect.uncertainty}). {bearing.how}",
    )
    change = Change(
        effect=carried(drawn, scale, options.effect_carried_over),
        scale=scale,
        state=aim.state,
        moves=aim.moves,
        months=bearing.follow_up_months,
        ever=bearing.measure == "ever_by",
        after=options.after_follow_up,
        kept=options.fade_kept_per_year,
    )
    return known, change


def on_cohort(
    bearing: Bearing, drawn: FloatArray, trial: Bearing | None
) -> tuple[FloatArray, Scale]:
    """Return an effect as this cohort can take it: its own scale, or an odds ratio.

    A difference in points cannot be carried to a cohort whose risk is not the trial's: 8.6 points
    off a risk of 5% would be below 0. It becomes the odds ratio at the trial's own control risk.

    Parameters
    ----------
    trial
        The effect whose control arm gave the cohort its risk, if one did.
    """
    control = bearing.control_risk
    if bearing.scale != "risk_difference" or control is None or bearing is trial:
        return drawn, bearing.scale
    usual = control.centre
    shares = np.clip(usual + drawn, 0.005, 0.995)
    return np.asarray(shares / (1.0 - shares) / (usual / (1.0 - usual))), "odds_ratio"


def _own_effect(case: Case, given: EffectGiven, aim: Aim) -> tuple[Known, Change]:
    if given.scale != "hazard_ratio" and aim.state != CARE:
        raise InputError(
            Problem(
                "effect.scale",
                f"is '{given.scale}', which counts children looked after, but this cohort is to"
                f" {aim.success}.",
                "Give a hazard_ratio of that move: above 1, more do.",
            )
        )
    z = normals(case.seed, "effect given", case.draws)
    width = 2 * Z95
    if given.scale == "risk_difference":
        drawn = given.value + (given.high - given.low) / width * z
    else:
        drawn = given.value * np.exp(np.log(given.high / given.low) / width * z)
    known = Known(drawn, given.value, "input", (), f"given in the case: {given.source}")
    change = Change(
        effect=carried(drawn, given.scale, case.options.effect_carried_over),
        scale=given.scale,
        state=aim.state,
        moves=aim.moves,
        months=given.months,
        ever=given.counts == "ever_looked_after",
        after=case.options.after_follow_up,
        kept=case.options.fade_kept_per_year,
    )
    return known, change


def carried(drawn: FloatArray, scale: str, share: float) -> FloatArray:
    """Return the part of an effect carried over: of the difference, or of the log of a ratio."""
    return drawn * share if scale == "risk_difference" else np.asarray(drawn**share)
