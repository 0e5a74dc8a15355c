"""The reference of INDIGO fields, written from the catalogue, and what each is in an agreement."""

from headwater.catalogue.indigo import standard
from tables import MADE

INDIGO_WORDS = """\
The fields are those of the INDIGO data standard (`indigo_data_standard` in {doc}`sources`). Any
value may have a status beside it: `PUBLIC`, `PRIVATE` or `DISPUTED`. {doc}`../how-to/indigo` says
how such data is read and compared.

## What a field is in an agreement

An agreement says what is due, a claim what is said to have happened, a posting what is paid.
INDIGO publishes what became of them, project by project. *Lost* is what an agreement holds and the
standard has only words, or nothing, for.
"""
MAPPING = (
    (
        "outcome metric",
        "a row of `outcome_metrics`: `id`, `definition`, `target_population`, unit, validation",
        "how it is computed from records; the observation window",
    ),
    (
        "tariff of a rate card",
        "a row of `outcome_pricings`: `currency`, `price_per_unit/amount`",
        "steps, bands and sustainment stages, unless each is a metric of its own",
    ),
    (
        "cap on a metric",
        "`maximum_price_if_all_targets_achieved`, of a metric or a person: it does not say which",
        "caps by year, by person, by contract",
    ),
    (
        "indexation",
        "`contracted_increases_to_outcome_pricing`, in words",
        "the index and the rounding",
    ),
    (
        "deadweight, threshold, clawback",
        "`price_description`, in words",
        "the rule; set the resulting price beside the gross one in the words",
    ),
    (
        "expected payments",
        "a row of `outcome_payment_plans`, and `outcome_payments` of type `Planned`",
        "the draws behind an expectation; name low, middle and high plans one each",
    ),
    (
        "posting to a provider or special purpose vehicle",
        "a row of `outcome_payments` of type `Actual`: period, payer, recipient, money",
        "the day, the term, the claims it rests on",
    ),
    (
        "claims, verified",
        "a row of `results`: period, `outcomes_achieved`, validators; one row a metric and period",
        "single claims: only counts leave, and small ones are not published",
    ),
    (
        "cohort",
        "`number_engaged_in_impact_bond` of a result, the targeted number of a metric",
        "starts by month",
    ),
    (
        "outcome payers and their shares",
        "rows of `outcome_payment_commitments`: organisation, maximum, total paid",
        "shares by metric",
    ),
    ("provider", "a row of `service_provisions`", "subcontracts"),
    ("investor, instrument", "a row of `investments`", "the order in which parties are paid"),
    (
        "net outcomes",
        "nothing: put the counterfactual into `other_description_of_result`",
        "what would have happened anyway",
    ),
)
"""(In an agreement, in INDIGO, what is lost)."""


def indigo_page() -> str:
    """Return the reference of INDIGO fields: what each is in an agreement, then every table."""
    lines = [MADE, "# INDIGO fields\n", INDIGO_WORDS, _mapping(), "\n## Every field\n"]
    for table in standard().tables.values():
        lines.append(f"### {table.title} (`{table.name}`)\n")
        lines.append("| heading | path | holds | values |\n|---|---|---|---|")
        lines += [
            f"| {field.title} | `{field.path}` | {field.kind} | {'; '.join(field.codes[:9])}"
            f"{'; …' if len(field.codes) > 9 else ''} |"
            for field in table.fields.values()
            if field.kind != "status"
        ]
        lines.append("")
    return "\n".join(lines)


def _mapping() -> str:
    rows = [f"| {ours} | {theirs} | {lost} |" for ours, theirs, lost in MAPPING]
    return "\n".join(["| in an agreement | in INDIGO | lost |", "|---|---|---|", *rows])
