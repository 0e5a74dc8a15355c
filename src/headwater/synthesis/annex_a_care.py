"""Lists 8 to 11 of Annex A: children looked after, care leavers, adoption, adopters."""

from collections.abc import Iterator

import numpy as np

from headwater.core.records import OPEN
from headwater.synthesis.annex_a_lists import (
    HALF,
    NEED,
    WHOLE,
    Lists,
    Row,
    as_date,
    person,
    team,
    yes,
)
from headwater.synthesis.days import birthday
from headwater.synthesis.periods import Periods, periods_of

STATUS = {
    "C1": "a) Interim care orders",
    "C2": "b) Full care orders",
    "E1": "d) Placement order granted",
    "V2": "e) Accommodated under S20",
    "L1": "f) Detained on child protection grounds in LA accommodation",
    "L2": "f) Detained on child protection grounds in LA accommodation",
    "J1": "J1: Remanded to LA or youth detention",
}
PLACE = {
    "U": "a) Foster placement",
    "A": "b) Placed for adoption",
    "P1": "c) Placed with parents",
    "P2": "d) Independent living",
    "H": "f) Residential accommodation",
    "K1": "g) Secure Children’s Homes",
    "K2": "h) Children’s Homes",
    "R1": "i) Residential Care Home",
    "R2": "j) NHS/Health Trust",
    "R3": "k) Family Centre or Mother and Baby Unit",
    "R5": "l) Young Offender Institution",
    "S": "m) Residential school",
    "Z": "n) Other placements",
    "T": "o) Temporary placement",
}
PROVIDER = {"PR1": "a) Own LA", "PR4": "b) Private"}
LEFT = {
    "E11": "a) Adopted",
    "E12": "a) Adopted",
    "E2": "b) Died",
    "E3": "c) Care taken by another LA",
    "E4A": "d) Returned home to live with parents or relatives",
    "E4B": "d) Returned home to live with parents or relatives",
    "E13": (
        "e) Left care to live with parents, relatives or other person with no parental"
        " responsibility"
    ),
    "E41": "f) Residence order granted",
    "E45": "g) Special Guardianship Orders",
    "E46": "g) Special Guardianship Orders",
    "E47": "g) Special Guardianship Orders",
    "E48": "g) Special Guardianship Orders",
    "E5": "h) Moved into independent living",
    "E6": "h) Moved into independent living",
    "E7": "i) Transferred to residential care funded by adult social services",
    "E9": "j) Sentenced to custody",
    "E14": "k) Accommodation on remand ended",
    "E15": "l) Age assessment determined child was 18 or over",
    "E16": "m) Child moved abroad",
    "E17": "n) Care ceased for any other reason",
    "E8": "n) Care ceased for any other reason",
}
PLANS = ("a) Return to family", "f) Long-term fostering", "c) SGO/CAO", "g) Other")
ACTIVITY = (
    "F2: Full time in education other than higher",
    "F5: Young person engaged full time in training or employment (not apprenticeship)",
    "G5: Not in education, employment or training - other",
)
LIVES_IN = ("k) Independent living", "c) Semi-independent transitional accommodation")
ASKED = "Was the child offered a Return Interview after their last missing episode (Y/N)?"
TOOK = "Did the child accept a Return Interview after their last missing episode (Y/N)?"


def list_8(of: Lists) -> Iterator[Row]:
    """Yield children looked after now, or until some day of the last six months."""
    spells = periods_of(of.lives)
    at = np.flatnonzero((spells.start <= of.day) & (spells.stop > of.day - HALF))
    rows_of = _rows_by_period(of)
    for i in at.tolist():
        yield _looked_after(of, spells, i, rows_of[int(spells.number[i])])


def _rows_by_period(of: Lists) -> dict[int, list[int]]:
    held: dict[int, list[int]] = {}
    for i, period in enumerate(of.lives.care.period.tolist()):
        held.setdefault(period, []).append(i)
    return held


def _looked_after(of: Lists, spells: Periods, i: int, rows: list[int]) -> Row:
    care, made, homes = of.lives.care, of.lives.children, of.lives.homes
    child, start, stop = (int(each[i]) for each in (spells.child, spells.start, spells.stop))
    now = [row for row in rows if care.start[row] <= of.day][-1]
    status, home = str(care.status[now]), int(care.home[now])
    same = [row for row in rows if care.status[row] == status and care.start[row] <= of.day]
    here = [row for row in rows if care.home[row] == home and care.start[row] <= of.day]
    place, ended = str(care.place[now]), of.ended(stop)
    gone = _gone(of, child)
    until = min(stop, of.day)
    return {
        **person(of, child),
        ("Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)"): yes(
            made.asylum[child]
        ),
        "Date Started to be Looked After": as_date(start),
        "Child's Category of Need": NEED[str(made.need[child])],
        (
            "Is this a second or subsequent period of being a Looked After Child within the last"
            " 12 months (Y/N)"
        ): yes(_again(spells, i)),
        "Start date of current legal status": as_date(int(care.start[same[0]])),
        "Child's Legal Status": STATUS[status],
        "Date of Latest Statutory Review": as_date(start + 20) if until > start + 20 else "",
        "Date of Last Social Work Visit": as_date(max(start, until - child % 40)),
        "What is the permanence plan for this child?": PLANS[child % len(PLANS)],
        "Number of Placements in the Last 12 months": len(
            {int(care.home[row]) for row in rows if care.stop[row] > of.day - WHOLE}
        ),
        "Date Ceased to be Looked After": ended,
        "Reason Ceased to be Looked After": LEFT[str(spells.rec[i]).strip()] if ended else "",
        "Start Date of Most Recent Placement": as_date(int(care.start[here[0]])),
        "Placement Type": PLACE.get(place) or PLACE[place[0]],
        "Placement Provider": PROVIDER.get(str(homes.provider[home]), "c) Other"),
        "Placement postcode": str(homes.postcode[home]),
        "URN of Placement": str(homes.urn[home]),
        "Placement Location": "a) In" if home % 3 else "b) Out",
        "LA of Placement": of.lives.number,
        (
            "Number of Episodes the Child has been 'Missing' from their Placement in the last"
            " 12 months"
        ): gone["M"],
        (
            "Number of Episodes the Child has been 'Absent' from their Placement in the last"
            " 12 months"
        ): gone["A"],
        ASKED: "Yes" if gone["M"] else "",
        TOOK: yes(child % 3) if gone["M"] else "",
        **team(of, child),
    }


def _again(spells: Periods, i: int) -> bool:
    """Whether the child had left care within the year before."""
    if i == 0 or spells.child[i - 1] != spells.child[i]:
        return False
    return bool(spells.start[i] - spells.stop[i - 1] < WHOLE)


def _gone(of: Lists, child: int) -> dict[str, int]:
    held = of.lives.missing
    mine = np.flatnonzero(held.child == child)
    recent = mine[held.start[mine] > of.day - WHOLE]
    kinds = held.kind[recent].tolist()
    return {"M": kinds.count("M"), "A": kinds.count("A")}


def list_9(of: Lists) -> Iterator[Row]:
    """Yield care leavers of 18 to 21 now."""
    spells, made = periods_of(of.lives), of.lives.children
    last = {int(child): i for i, child in enumerate(spells.child.tolist())}
    for child, i in last.items():
        born = made.born[child : child + 1]
        grown = int(birthday(born, 18)[0])
        old_enough = grown <= of.day < int(birthday(born, 22)[0])
        if not old_enough or spells.stop[i] < int(birthday(born, 16)[0]) or spells.stop[i] >= OPEN:
            continue
        if str(spells.rec[i]).strip() in {"E2", "E3", "E11", "E12"}:
            continue
        yield {
            **person(of, child),
            "Unaccompanied Asylum Seeking Child (UASC), or formerly UASC if 18 or over (Y/N)": yes(
                made.asylum[child]
            ),
            **team(of, child),
            "Allocated Personal Advisor": f"Adviser {child % 60:02d}",
            "Eligibility Category": "b) Former relevant",
            "Latest Pathway Plan Review Date": as_date(max(grown, of.day - child % 180)),
            "LA in Touch": "a) In touch",
            "Latest Date of Contact": as_date(max(grown, of.day - child % 60)),
            "Type of Accommodation": LIVES_IN[child % len(LIVES_IN)],
            "Suitability of Accommodation": "a) Suitable",
            "Activity Status": ACTIVITY[child % len(ACTIVITY)],
        }


def list_10(of: Lists) -> Iterator[Row]:
    """Yield children for whom adoption was decided on, adopted in the last year or not yet."""
    held, made, spells = of.lives.decisions, of.lives.children, periods_of(of.lives)
    by_number = {int(number): i for i, number in enumerate(spells.number.tolist())}
    care, rows_of = of.lives.care, _rows_by_period(of)
    for i, child in enumerate(held.child.tolist()):
        period = by_number[int(held.period[i])]
        stop = int(spells.stop[period])
        if held.decided[i] > of.day or stop <= of.day - WHOLE:
            continue
        rows = [row for row in rows_of[int(held.period[i])] if care.start[row] <= of.day]
        order = [int(care.start[row]) for row in rows if care.status[row] == "E1"]
        placed = [int(care.start[row]) for row in rows if str(care.place[row]).startswith("A")]
        adopted = str(spells.rec[period]).strip() in {"E11", "E12"} and stop <= of.day
        against = of.ended(int(held.reversed[i]))
        yield {
            **person(of, int(child)),
            "Family identifier": f"F{int(made.family[child])}",
            "Date the Child Entered Care": as_date(int(spells.start[period])),
            "Date of Decision that Child Should be Placed for Adoption": as_date(
                int(held.decided[i])
            ),
            "Date of Placement Order": as_date(order[0]) if order else "",
            "Date of Matching Child and Prospective Adopters": (
                as_date(placed[0]) if placed else ""
            ),
            "Date Placed for Adoption": as_date(placed[0]) if placed else "",
            "Date of Adoption Order": as_date(stop) if adopted else "",
            "Date of Decision that Child Should No Longer be Placed for Adoption": against,
            "Reason Why Child No Longer Placed for Adoption": (
                "d) Any other reason" if against else ""
            ),
        }


def list_11(of: Lists) -> Iterator[Row]:
    """Yield adopters, made up: one for each child placed in the last year."""
    care = of.lives.care
    placed = np.char.startswith(care.place, "A") & (care.start <= of.day)
    placed &= care.start > of.day - WHOLE
    for number, i in enumerate(np.flatnonzero(placed).tolist()):
        day = int(care.start[i])
        yield {
            "Individual adopter identifier": f"ADOPTER{number:04d}",
            "Family identifier": f"AF{number:04d}",
            "Gender": "b) Female" if number % 2 else "a) Male",
            "Ethnicity": "a) White",
            "Disability": "No",
            "Is the (prospective) adopter fostering for adoption?": yes(care.place[i] == "A5"),
            "Date enquiry received": as_date(day - 500),
            "Date Stage 1 started": as_date(day - 450),
            "Date Stage 1 ended": as_date(day - 380),
            "Date Stage 2 started": as_date(day - 370),
            "Date Stage 2 ended": as_date(day - 250),
            "Date application submitted": as_date(day - 370),
            "Date application approved": as_date(day - 240),
            "Date adopter matched with child(ren)": as_date(day),
            "Date child/children placed with adopter(s)": as_date(day),
            "No. of children placed": 1,
        }
