"""Run a business case.

1. Look everything up, refuse what does not fit (`setting`).
2. Solve for both arms, draw by draw; simulate them on the same luck; price and discount (`run`).
3. Ask the reverse questions at the middle of the inputs (`middle`, `reverse`, `promise`).
4. Where it is asked, work out what knowing more would be worth (`information`).
5. Say it (`story`).
"""

from headwater.workflows.agreements import Agreement
from headwater.workflows.business_case.assumptions import assumptions
from headwater.workflows.business_case.case import Case
from headwater.workflows.business_case.case_file import write_case
from headwater.workflows.business_case.contract_money import contract_money
from headwater.workflows.business_case.ground import checks, cohort, evidence, hazards, settings
from headwater.workflows.business_case.information import information
from headwater.workflows.business_case.lines import agencies, price_lines, year_lines
from headwater.workflows.business_case.money import cashability, values, worth
from headwater.workflows.business_case.outcomes import course_of, outcomes
from headwater.workflows.business_case.promise import promise_answer
from headwater.workflows.business_case.question import Question, check_question
from headwater.workflows.business_case.result import BusinessCase, Named
from headwater.workflows.business_case.reverse import reverse
from headwater.workflows.business_case.run import Progress, work_through
from headwater.workflows.business_case.sensitivity import sensitivity, switches
from headwater.workflows.business_case.story import headline


def run_business_case(
    case: Case,
    progress: Progress | None = None,
    question: Question | None = None,
    agreement: Agreement | None = None,
) -> BusinessCase:
    """Return the whole answer to a case.

    Parameters
    ----------
    progress
        Called with what is being done and how far it is, 0 to 1.
    question
        What is asked about knowing more; None: nothing.
    agreement
        A contract that would pay for the outcomes; None: none.

    Raises
    ------
    InputError
        If the case names something unknown, does not fit, or cannot be run.
    """
    if question is not None:
        check_question(case, question)
    run = work_through(case, progress)

    def tell(part: float) -> None:
        if progress is not None:
            progress("settling the contract", part)

    setting, value, promise = run.setting, worth(run), promise_answer(run)
    return BusinessCase(
        title=case.title or f"{setting.programme.name} in {setting.place.name}",
        place=Named(setting.place.id, setting.place.name),
        programme=Named(setting.programme.id, setting.programme.name),
        banner=setting.banner,
        settings=settings(case, setting.to),
        cohort=cohort(run),
        headline=headline(run, value, promise),
        outcomes=outcomes(run),
        course=course_of(run),
        worth=value,
        values=values(run),
        agencies=agencies(run),
        years=year_lines(run),
        prices=price_lines(run),
        cashability=cashability(run),
        reverse=reverse(run),
        sensitivity=sensitivity(run),
        switches=switches(run),
        information=None if question is None else information(run, question),
        contract=None if agreement is None else contract_money(run, agreement, tell),
        hazards=hazards(setting),
        checks=checks(setting),
        promise=promise,
        evidence=evidence(setting.programme),
        assumptions=assumptions(setting, run.solved),
        notes=case.notes,
        case_file=write_case(setting.case),
    )
