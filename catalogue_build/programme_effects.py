"""Turn rows of published effects into `Effect`s: direction, kind of study, bearing."""

import math
from collections.abc import Mapping
from typing import Any

from catalogue_build.bibliography import Bibliography
from catalogue_build.tables import number
from headwater.core.estimate import Z95

PLAIN = (
    "study",
    "country",
    "design",
    "population",
    "comparator",
    "outcome",
    "follow_up_months",
    "p_value",
    "year",
    "note",
)
"""Columns whose name and content pass through unchanged."""

UNITS = {
    "risk_difference": "risk difference (share of children)",
    "risk_ratio": "risk ratio",
    "odds_ratio": "odds ratio",
}


def effect(
    row: Mapping[str, str],
    choice: Mapping[str, Any],
    tables: Mapping[str, Any],
    works: Bibliography,
) -> dict[str, Any]:
    """Return one effect as the catalogue holds it.

    Parameters
    ----------
    choice
        The hand-kept reading of the row: a `bearing`, or `because` it has none.
    """
    if choice["outcome"] != row["outcome"]:
        raise SystemExit(
            f"programmes.toml: expected '{row['outcome']}', found '{choice['outcome']}'"
        )
    source = works.cite(row["source_url"], row["year"])
    found = {
        **{name: row[name] for name in PLAIN},
        "country": row["country"] or "country not stated",
        "kind": tables["kinds"][row["design"]],
        "sample": row["n_total"],
        "domain": row["outcome_domain"],
        "measure": row["effect_measure"],
        "effect": number(row["effect"]),
        "standard_error": number(row["standard_error"]),
        "low": number(row["ci_low"]),
        "high": number(row["ci_high"]),
        "interval": row["ci_level"],
        "programme_value": number(row["treatment_value"]),
        "control_value": number(row["control_value"]),
        "arm_unit": arm_unit(row, tables["arm_units"]),
        "direction": tables["directions"][row["direction"]],
        "published_direction": row["direction"],
        "source": source,
    }
    words = {**row, "programme_value": row["treatment_value"], "arms": row["note"].split(";")[0]}
    if "because" in choice:
        because = tables["reasons"].get(choice["because"], choice["because"])
        found["not_usable_because"] = because.format(**words)
    else:
        found["bearing"] = bearing(row, choice["bearing"], tables["transitions"], words, source)
    return {name: value for name, value in found.items() if value not in ("", None)}


def arm_unit(row: Mapping[str, str], units: Mapping[str, str]) -> str:
    """Return what the arms' values are in, or nothing where there are none."""
    given = row["treatment_value"] or row["control_value"]
    return units[row["effect_measure"]] if given else ""


def bearing(
    row: Mapping[str, str],
    choice: Mapping[str, Any],
    groups: Mapping[str, list[str]],
    words: Mapping[str, str],
    source: str,
) -> dict[str, Any]:
    """Return how a row bears on the pathway, with its uncertainty."""
    moves = choice["transitions"]
    spread = from_arms if choice["spread"] == "arm sizes" else from_interval
    return {
        "transitions": groups[moves] if isinstance(moves, str) else moves,
        **{name: choice[name] for name in ("measure", "state", "scale")},
        **spread(row, choice, source),
        "follow_up_months": int(row["follow_up_months"]),
        "how": choice["how"].format(**words, families=choice.get("families")),
    }


def from_interval(row: Mapping[str, str], choice: Mapping[str, Any], source: str) -> dict[str, Any]:
    """Return a ratio with the spread of its published 95% interval, normal on the log scale."""
    if row["ci_level"] != "95%":
        raise SystemExit(f"'{row['outcome']}': a {row['ci_level']} interval is not handled")
    log_se = math.log(float(row["ci_high"]) / float(row["ci_low"])) / (2 * Z95)
    return {
        "effect": {
            "unit": UNITS[choice["scale"]],
            "distribution": {
                "kind": "lognormal",
                "median": float(row["effect"]),
                "log_se": round(log_se, 6),
            },
            "source": source,
            "uncertainty": "published 95% interval, taken as normal on the log scale",
            "transport": transport(row, choice),
        }
    }


def from_arms(row: Mapping[str, str], choice: Mapping[str, Any], source: str) -> dict[str, Any]:
    """Return a risk difference and the control arm's risk, with spreads from the arm sizes.

    No interval is published; the unit is the family, and the arms are taken as equal. Variance of a
    share p among n: p(1 - p)/n.
    """
    families = choice["families"]
    if str(families) not in row["note"]:
        raise SystemExit(f"'{row['outcome']}': {families} families are not in the row's note")
    treated, control = float(row["treatment_value"]) / 100, float(row["control_value"]) / 100
    arm = families / 2
    control_variance = control * (1 - control) / arm
    variance = treated * (1 - treated) / arm + control_variance
    words = (
        f"no interval published: standard error worked out from {families:,} families analysed, "
        "two equal arms assumed, the family as the unit"
    )
    about = {"source": source, "uncertainty": words, "transport": transport(row, choice)}
    return {
        "effect": {
            "unit": UNITS[choice["scale"]],
            "distribution": normal(float(row["effect"]) / 100, variance),
            **about,
        },
        "control_risk": {
            "unit": "share of children in the control arm",
            "distribution": normal(control, control_variance),
            **about,
        },
    }


def normal(mean: float, variance: float) -> dict[str, Any]:
    """Return a normal distribution as the catalogue holds it."""
    return {"kind": "normal", "mean": round(mean, 6), "se": round(math.sqrt(variance), 6)}


def transport(row: Mapping[str, str], choice: Mapping[str, Any]) -> dict[str, Any]:
    """Return from where, when and for whom the effect is carried."""
    return {
        "country": row["country"],
        "era": choice["era"],
        "level_of_need": choice["level"],
        "home": choice["home"],
    }
