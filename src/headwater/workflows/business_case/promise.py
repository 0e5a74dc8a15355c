"""What would have to be true for a published promise to hold, and how one would know."""

from dataclasses import dataclass, replace

import numpy as np

from headwater.catalogue.files import read_json
from headwater.core.estimate import Z95
from headwater.core.figure import GROSS, NET, Figure
from headwater.core.pathway import YEAR
from headwater.workflows.business_case.amounts import reprice
from headwater.workflows.business_case.beliefs import CARE
from headwater.workflows.business_case.case import Promise
from headwater.workflows.business_case.figures import computed, given, unknown
from headwater.workflows.business_case.middle import Middle
from headwater.workflows.business_case.result import PromiseAnswer, PromiseLine, PromiseRow
from headwater.workflows.business_case.reverse import effect_needed
from headwater.workflows.business_case.run import Run
from headwater.workflows.business_case.setting import Setting

STEPS = 7
"""Baseline risks at which the question is answered, evenly over the stated range."""
POWER = Z95 + 0.8416212335729143
"""z of a two-sided 5% test plus z of 80% power."""

Sources = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Promised:
    """The promise in the run's prices, and what it takes in net days."""

    terms: Promise
    payments: float
    saving: float
    day: float
    children: int
    base: str

    @property
    def net_days(self) -> dict[str, float]:
        """Net days needed, by whether the saving is counted before or after the payments."""
        return {
            "before": self.saving / self.day,
            "after": (self.saving + self.payments) / self.day,
        }


def promise_answer(run: Run) -> PromiseAnswer | None:
    """Answer for the promise of a case, or None where the case states none."""
    setting, middle, sources = run.setting, run.middle, run.money_sources
    terms = setting.case.promise
    if terms is None:
        return None
    promised = Promised(
        terms=terms,
        payments=reprice(setting.case, terms.outcome_payments, setting.to, "promise"),
        saving=reprice(setting.case, terms.saving, setting.to, "promise"),
        day=day_price(middle),
        children=setting.case.cohort.children,
        base=str(setting.to),
    )
    rows = _rows(setting, middle, promised, sources)
    cited = tuple(dict.fromkeys((*terms.sources, *sources)))
    lines = (*_claimed(promised), *_needed(promised, cited), *_paid(promised, cited))
    return PromiseAnswer(lines, rows, _know(promised, rows), terms.unpublished)


def day_price(middle: Middle) -> float:
    """Return what a looked-after day costs the council above a day in need at home, pounds."""
    care, need = (middle.setting.pathway.state(name) for name in (CARE, "child_in_need"))
    council = middle.daily[middle.council]
    return float(council[:, care].sum() - council[:, need].sum())


def _claimed(promised: Promised) -> tuple[PromiseLine, ...]:
    terms = promised.terms
    facts = read_json("england.json")
    gross = YEAR - facts["trial_days_in_care"]["value"][0]
    net = facts["trial_days_in_care"]["value"][1] - facts["trial_days_in_care"]["value"][0]
    return (
        PromiseLine(
            "days out of care claimed",
            Figure(
                terms.days_claimed,
                "days",
                "published",
                terms.sources,
                count=GROSS,
                note="no comparison group was found published",
            ),
            "gross, and at least: also counts days out of care that would have been anyway",
        ),
        PromiseLine(
            "net share of days out of care in the English trial",
            computed(
                100 * net / gross,
                "per cent of gross days",
                ("taylor2024fgc",),
                "family group conferences, another programme and group; if its window was a"
                " year, which is not published",
            ),
            "what a randomised comparison found beside days of the same kind",
        ),
    )


def _needed(promised: Promised, cited: Sources) -> tuple[PromiseLine, ...]:
    lines = [
        PromiseLine(
            "price of a looked-after day here",
            computed(
                promised.day,
                "GBP a day",
                cited,
                "average, above a day in need at home: an upper bound",
                promised.base,
            ),
            "the council's budget, at the simulated mix of placements",
        )
    ]
    claimed, deadweight = promised.terms.days_claimed, promised.terms.deadweight_share
    for when, days in promised.net_days.items():
        share = days / claimed
        lines.append(
            PromiseLine(
                f"net days needed if the saving is {when} payments",
                computed(days, "days", cited, f"{days / promised.children:,.0f} a child").but(
                    count=NET
                ),
                f"{share:.0%} of the days claimed, if no more are, must be truly net",
            )
        )
        lines.append(
            PromiseLine(
                f"deadweight at which it fails, {when} payments",
                computed(100 * (1 - share), "per cent of days claimed", cited),
                f"the contract counts {deadweight:.0%}",
            )
        )
    return tuple(lines)


def _paid(promised: Promised, cited: Sources) -> tuple[PromiseLine, ...]:
    terms = promised.terms
    counted = 1.0 - terms.deadweight_share
    most = promised.children * terms.paid_days_years * YEAR
    return tuple(
        PromiseLine(
            name,
            computed(
                promised.payments / (days * counted),
                "GBP a day",
                cited,
                f"outcome payments ÷ {words}, less deadweight",
                promised.base,
            ),
            f"a looked-after day costs {promised.day / (promised.payments / (days * counted)):.0f}"
            " times as much; the price itself is unpublished",
        )
        for name, days, words in (
            (
                "least price a paid day can have",
                most,
                "every day of every child for the years paid",
            ),
            ("price of a paid day if no more days are paid", terms.days_claimed, "days claimed"),
        )
    )


def _rows(
    setting: Setting, middle: Middle, promised: Promised, sources: Sources
) -> tuple[PromiseRow, ...]:
    stated, risk = setting.case.cohort.risk, middle.setting.risk
    if stated is None or stated.between is None or risk is None:
        return ()
    return tuple(
        _row(
            middle.but(risk=replace(risk, share=np.array([share]))),
            float(share),
            promised,
            sources,
        )
        for share in np.linspace(*stated.between, STEPS)
    )


def _row(at: Middle, share: float, promised: Promised, sources: Sources) -> PromiseRow:
    risk = at.setting.risk
    months = risk.months if risk else 0
    effects, entries = [], []
    for amount in (promised.saving, promised.saving + promised.payments):
        ratio = effect_needed(at, amount, council_only=True, discounted=False)
        if ratio is None:
            strongest = f"a hazard ratio of {at.setting.aim.strongest:g}"
            why = f"not even {strongest} saves so much at this risk"
            effects.append(unknown("hazard ratio", why))
            entries.append(unknown("children", why))
            continue
        arms = at.at(ratio)
        avoided = promised.children * (at.ever(arms, 0) - at.ever(arms, 1))
        effects.append(computed(ratio, "hazard ratio", sources, "held for the whole horizon"))
        entries.append(
            computed(avoided, "children", sources, "entries avoided within the horizon").but(
                count=NET
            )
        )
    return PromiseRow(
        risk=given(
            100 * share,
            f"per cent ever looked after by {months:g} months without it",
            "one point of the stated range",
        ),
        net_days_most=computed(
            promised.children * at.care_days(at.arms, 0),
            "days",
            sources,
            "all days in care without the programme: no more can be avoided",
        ),
        ever_without=computed(
            100 * at.ever(at.arms, 0),
            f"per cent ever looked after within {at.setting.case.horizon_years} years without it",
            sources,
        ),
        effect_if_before=effects[0],
        effect_if_after=effects[1],
        entries_if_before=entries[0],
        entries_if_after=entries[1],
    )


def _know(promised: Promised, rows: tuple[PromiseRow, ...]) -> tuple[str, ...]:
    known = (
        "Publish the baseline risk, the price of a day and a comparison group's days in care.",
        (
            "Compare with children referred at the same time and not served, in random order where"
            " there are more referrals than places: the days of those served alone cannot tell."
        ),
        (
            "Follow every child referred, not only those who finish, in the authority's statutory"
            " return, to the end of the years promised."
        ),
    )
    middle = rows[len(rows) // 2] if rows else None
    if middle is None or middle.entries_if_before.value is None or middle.risk.value is None:
        return known
    usual = (middle.ever_without.value or 0.0) / 100
    helped = max(usual - middle.entries_if_before.value / promised.children, 0.001)
    if usual - helped < 1e-6:
        return known
    each = POWER**2 * (usual * (1 - usual) + helped * (1 - helped)) / (usual - helped) ** 2
    return (
        *known,
        (
            f"At a risk of {middle.risk.value:.0f}% the promise needs {100 * (usual - helped):.1f}"
            f" points fewer children ever looked after within {promised.terms.saving_years} years"
            f" (saving before payments): about {each:,.0f} children in each of two"
            " groups show that with 80% power (5%, two-sided; more for siblings). This one serves"
            f" {promised.children}: it cannot be told from the contract alone."
        ),
    )
