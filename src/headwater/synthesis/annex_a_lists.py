"""Lists 1 to 7 of Annex A: contacts, early help, referrals, assessments, enquiries, need, plans."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from headwater.core.records import OPEN
from headwater.synthesis.cin_draws import Drawn, drawn
from headwater.synthesis.days import EPOCH
from headwater.synthesis.draws import stream
from headwater.synthesis.lives import Lives
from headwater.synthesis.need import NONE

HALF, WHOLE = 183, 365
Row = dict[str, object]
ETHNIC = {
    "W": "a) White",
    "M": "b) Mixed",
    "A": "c) Asian or Asian British",
    "B": "d) Black or black British",
    "C": "c) Asian or Asian British",
    "O": "e) Other ethnic group",
}
SOURCE = {
    "1": "a) Individual",
    "2": "b) Schools",
    "3": "d) Health services",
    "4": "e) Housing",
    "5": "f) LA services",
    "6": "g) Police",
    "7": "h) Other legal agency",
    "8": "i) Other",
}
NEED = {
    "N1": "a) Abuse or neglect",
    "N2": "b) Child's disability",
    "N3": "c) Parents illness or disability",
    "N4": "d) Family in acute stress",
    "N5": "e) Family dysfunction",
    "N6": "f) Socially unacceptable behaviour",
    "N7": "g) Low income",
    "N8": "h) Absent parenting",
}
CLOSED = {
    "RC1": "a) Adopted",
    "RC2": "b) Died",
    "RC3": "c) Residence Order",
    "RC4": "d) Special Guardianship Order",
    "RC5": "e) Transfer to another LA",
    "RC6": "f) Transfer to Adult Social Services",
    "RC7": "g) 'Other' incl. Child no longer in need",
    "RC8": "h) Child not in need after assessment",
    "RC9": "h) Child not in need after assessment",
}
ABUSE = {
    "NEG": "a) Neglect",
    "PHY": "b) Physical Abuse",
    "SAB": "c) Sexual Abuse",
    "EMO": "d) Emotional Abuse",
    "MUL": "e) Multiple",
}
TEAMS = ("Team East", "Team West", "Team North", "Team South")
HELPED_BY = ("School", "Children's centre", "Voluntary organisation", "Council family support")
DISABLED = "Does the Child have a Disability"


@dataclass(frozen=True, slots=True)
class Lists:
    """The lives as they stand on the day of the lists."""

    lives: Lives
    day: int
    drawn: Drawn
    worker: np.ndarray
    disabled: np.ndarray

    def recent(self, day: int, within: int = HALF) -> bool:
        """Whether a day lies in the months before the lists' own."""
        return self.day - within < day <= self.day

    def ended(self, day: int) -> date | str:
        """Return the day on which something ended, or nothing where it has not."""
        return as_date(day) if NONE < day <= self.day else ""


def as_date(day: int) -> date:
    """Return a day as a date."""
    return EPOCH + timedelta(days=day)


def scene(lives: Lives) -> Lists:
    """Return the lives on their last day."""
    rng = stream(lives.seed, "returns", 5)
    of = drawn(lives)
    worker = rng.integers(0, 400, len(lives.children))
    return Lists(lives, lives.last, of, worker, of.disability >= 0)


def yes(said: object) -> str:
    """Return Yes or No."""
    return "Yes" if said else "No"


def person(of: Lists, child: int, *, disability: bool = True) -> Row:
    """Return the columns with which lists begin."""
    made = of.lives.children
    born = int(made.born[child])
    row: Row = {
        "Child Unique ID": str(made.key[child]),
        "Gender": "a) Male" if made.sex[child] == "M" else "b) Female",
        "Ethnicity": ETHNIC.get(str(made.ethnic[child])[0], "f) Not stated"),
        "Date of Birth": as_date(born),
        "Age of Child (Years)": int((of.day - born) / 365.25),
    }
    if disability:
        row[DISABLED] = yes(of.disabled[child])
    return row


def team(of: Lists, child: int) -> Row:
    """Return the team and the worker of a child."""
    worker = int(of.worker[child])
    return {"Allocated Team": TEAMS[worker % 4], "Allocated Worker": f"Worker {worker:03d}"}


def _cases(of: Lists) -> Iterator[tuple[int, int]]:
    """Yield every case with its child."""
    for i, child in enumerate(of.lives.cases.child.tolist()):
        yield i, int(child)


def _source(of: Lists, i: int) -> str:
    return SOURCE.get(str(of.lives.cases.source[i])[0], "k) Unknown")


def list_1(of: Lists) -> Iterator[Row]:
    """Yield contacts of the last six months: one before each referral."""
    for i, child in _cases(of):
        day = int(of.lives.cases.start[i])
        if of.recent(day):
            yield {
                **person(of, child, disability=False),
                "Date of Contact": as_date(day),
                "Contact Source": _source(of, i),
            }


def list_2(of: Lists) -> Iterator[Row]:
    """Yield early help assessments: of children whose case ended in a referral to it."""
    cases = of.lives.cases
    for i, child in _cases(of):
        start = int(cases.stop[i]) + 7
        if cases.closed_by[i] == "RC9" and of.recent(start):
            yield {
                **person(of, child, disability=False),
                "Assessment start date": as_date(start),
                "Assessment completion date": of.ended(start + 30),
                "Organisation completing assessment": HELPED_BY[child % len(HELPED_BY)],
            }


def list_3(of: Lists) -> Iterator[Row]:
    """Yield referrals of the last six months."""
    cases, before = of.lives.cases, _recent_referrals(of)
    for i, child in _cases(of):
        day = int(cases.start[i])
        if of.recent(day):
            yield {
                **person(of, child, disability=False),
                "Date of referral": as_date(day),
                "Referral Source": _source(of, i),
                "Referral NFA?": yes(cases.kind[i] == 0),
                "Number of Referrals in Last 12 Months": before[i],
                **team(of, child),
            }


def _recent_referrals(of: Lists) -> dict[int, int]:
    """Return how many referrals a child had in the year before each, itself counted."""
    cases, found = of.lives.cases, {}
    days: dict[int, list[int]] = {}
    for i, child in _cases(of):
        day = int(cases.start[i])
        held = days.setdefault(child, [])
        held.append(day)
        found[i] = sum(day - WHOLE < each <= day for each in held)
    return found


def list_4(of: Lists) -> Iterator[Row]:
    """Yield assessments begun in the last six months."""
    cases = of.lives.cases
    for i, child in _cases(of):
        for start, stop in of.drawn.assessments(i):
            if of.recent(start):
                yield {
                    **person(of, child),
                    "Continuous Assessment Start Date": as_date(start),
                    "Child Seen During Continuous Assessment": "Yes",
                    "Continuous Assessment Date of Authorisation": of.ended(stop),
                    ("Was the child assessed as requiring LA children's social care support?"): yes(
                        cases.kind[i] == 2
                    )
                    if stop <= of.day
                    else "",
                    **team(of, child),
                }


def list_5(of: Lists) -> Iterator[Row]:
    """Yield section 47 enquiries of the last six months, with their conferences."""
    cases = of.lives.cases
    for i, child in _cases(of):
        day, held = int(cases.enquiry[i]), int(cases.conference[i])
        if day != NONE and of.recent(day):
            on = of.ended(held) if held != NONE else ""
            yield {
                **person(of, child),
                "Strategy discussion initiating Section 47 Enquiry Start Date": as_date(day),
                "Was an Initial Child Protection Conference deemed unnecessary?": yes(held == NONE),
                "Date of Initial Child Protection Conference": on,
                (
                    "Did the Initial Child Protection Conference Result in a Child Protection Plan"
                ): "Yes" if on else "",
                "Number of Section 47 Enquiries in the last 12 months": 1,
                "Number of ICPCs in the last 12 months": int(bool(on)),
                **team(of, child),
            }


def list_6(of: Lists) -> Iterator[Row]:
    """Yield children in need now, or until some day of the last six months."""
    cases, made = of.lives.cases, of.lives.children
    cared = set(of.lives.care.child[of.lives.care.stop > of.day].tolist())
    for i, child in _cases(of):
        start, stop = int(cases.start[i]), int(cases.stop[i])
        if cases.kind[i] > 0 and start <= of.day and stop > of.day - HALF:
            closed = of.ended(stop)
            yield {
                **person(of, child),
                "CIN Start Date": as_date(start),
                "Primary Need Code": NEED[str(made.need[child])],
                "Date Child Was Last Seen": as_date(max(start, min(of.day, stop) - child % 30)),
                "CIN Closure Date": closed,
                "Reason for Closure": CLOSED[str(cases.closed_by[i])] if closed else "",
                "Case Status": _status(of, i, child in cared),
                **team(of, child),
            }


def _status(of: Lists, i: int, cared: bool) -> str:  # noqa: FBT001 - a word for a column
    cases = of.lives.cases
    if cases.stop[i] <= of.day:
        return "e) Closed episode"
    if cared:
        return "a) Looked after child"
    if NONE < cases.plan[i] <= of.day < cases.plan_stop[i]:
        return "b) Child Protection plan"
    return "d) Open assessment" if cases.authorised[i] > of.day else "c) Child in need plan"


def list_7(of: Lists) -> Iterator[Row]:
    """Yield protection plans open now, or until some day of the last six months."""
    cases = of.lives.cases
    for i, child in _cases(of):
        start, stop = int(cases.plan[i]), int(cases.plan_stop[i])
        if start != NONE and start <= of.day and stop > of.day - HALF:
            first, latest = of.drawn.abuse(i)
            until = min(stop, of.day)
            review = start + 85 if until > start + 85 else NONE
            yield {
                **person(of, child),
                "Child Protection Plan Start Date": as_date(start),
                "Initial Category of Abuse": ABUSE[first],
                "Latest Category of Abuse": ABUSE[latest],
                "Date of the Last Statutory Visit": as_date(max(start, until - child % 20)),
                "Was the Child Seen Alone?": yes(child % 4),
                "Date of latest review conference": of.ended(review),
                "Child Protection Plan End Date": of.ended(stop) if stop < OPEN else "",
                (
                    "Subject to Emergency Protection Order or Protected Under Police Powers in"
                    " Last Six Months (Y/N)"
                ): "No",
                "Number of Previous Child Protection Plans": of.drawn.earlier(i),
                **team(of, child),
            }
