"""What the tables do not say of themselves: changed boundaries, codes, cautions of publishers.

These are the only facts about places typed in by hand. Dates of boundary changes agree with the
years in which the tables change from one authority to the other, and the build checks that they do.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """One reorganisation: numbers before and after, its date, and what it did to each series."""

    old: tuple[str, ...]
    new: tuple[str, ...]
    words: dict[str, str]
    first_year: int
    """The first reporting year (ending 31 March) of the new authorities."""

    same_area: bool = False
    pairs: tuple[tuple[str, str], ...] = ()
    """Which old became which new; empty if every old became every new."""

    @property
    def followed(self) -> tuple[tuple[str, str], ...]:
        """Pairs of an old authority and one that took its place."""
        if self.same_area:
            return ()
        return self.pairs or tuple((old, new) for old in self.old for new in self.new)

    def says(self, number: str) -> str:
        """Return the sentence about this change for one authority."""
        return self.words[number] if number in self.words else self.words["*"]


_DORSET_OLD = (
    "Ended on 31 March 2019: Bournemouth, Poole and the Christchurch part of Dorset became "
    "Bournemouth, Christchurch and Poole; the rest of Dorset became the unitary Dorset. "
    "Series run to 2019 and cannot be carried on over the same area; population of the old areas "
    "is not available in the table read."
)
_NEW_2019 = (
    "Began on 1 April 2019 {words}. Its first reporting year is 2020; nothing before it is carried "
    "back, because Christchurch moved from one county to the other and the old figures cannot be "
    "split."
)
_SAME = (
    "Became a single unitary authority on {date} with the same outer boundary, number and series; "
    "only its ONS code changed."
)

CHANGES: tuple[Change, ...] = (
    Change(
        ("835", "836", "837"),
        ("838", "839"),
        {
            "*": _DORSET_OLD,
            "835": _DORSET_OLD + " Care applications alone go on under the old county's number "
            "after 2019; whether they count the old or the new area is not said.",
            "838": _NEW_2019.format(words="as the old county of Dorset without Christchurch"),
            "839": _NEW_2019.format(words="from Bournemouth, Poole and Christchurch")
            + " Care applications alone are published for 2017 to 2019 as if it had existed.",
        },
        2020,
        pairs=(("835", "838"), ("835", "839"), ("836", "839"), ("837", "839")),
    ),
    Change(
        ("928",),
        ("940", "941"),
        {
            "928": "Ended on 31 March 2021: divided into North Northamptonshire and West "
            "Northamptonshire. Series run to 2021; the two successors added together continue them "
            "over the same area. Care applications alone are still published for the whole county "
            "after 2021.",
            "*": "Began on 1 April 2021 as one of two parts of Northamptonshire. Its first "
            "reporting year is 2022; earlier figures exist only for the whole county, under "
            "northamptonshire.",
        },
        2022,
    ),
    Change(
        ("909",),
        ("942", "943"),
        {
            "909": "Ended on 31 March 2023: divided into Cumberland and Westmorland and Furness. "
            "Series run to 2023; the two successors added together continue them over the same "
            "area.",
            "*": "Began on 1 April 2023 as one of two parts of Cumbria. Its first reporting year "
            "is 2024; earlier figures exist only for the whole county, under cumbria.",
        },
        2024,
    ),
    Change((), ("825",), {"*": _SAME.format(date="1 April 2020")}, 2013, same_area=True),
    Change((), ("815", "933"), {"*": _SAME.format(date="1 April 2023")}, 2013, same_area=True),
)

RENAMED = {"835": "Dorset (to March 2019)"}
"""The old county shares its name with the unitary authority that followed it."""

KINDS = {
    "201": "City of London Corporation",
    "420": "Council of the Isles of Scilly",
    "835": "county",
    "836": "unitary authority",
    "837": "unitary authority",
    "909": "county",
    "928": "county",
}
"""Former authorities, by the first letters of their codes, and the two councils of their own kind.
"""

OTHER_CODES = {
    "370": ("E08000038",),
    "373": ("E08000039",),
    "390": ("E08000020",),
    "929": ("E06000048",),
}
"""Codes the ONS gave before or after the one in the tables, for looking a place up."""

CAUTIONS: dict[str, tuple[str, ...]] = {
    "": (
        (
            "Spending (section 251) 2024-25: the publisher left Wandsworth and Middlesbrough out "
            "of the total over the quality of their returns."
        ),
        (
            "Spending (section 251) 2017-18: spending on children looked after stands exactly 60 "
            "million pounds above the sum of authorities in the same table; cause not published "
            "in the sources read."
        ),
        (
            "Spending (RO3) 2024-25: the total is estimated for authorities whose return was late, "
            "Birmingham, Cumberland and Slough among them."
        ),
    ),
    "212": (
        (
            "Spending (section 251) 2024-25: not shown, and left out of national totals, over the "
            "quality of this authority's return."
        ),
    ),
    "806": (
        (
            "Spending (section 251) 2024-25: not shown, and left out of national totals, over the "
            "quality of this authority's return."
        ),
    ),
    "390": (
        (
            "Spending (RO3) 2024-25: the authority gave only the total for children looked after; "
            "the publisher's national lines divide it as other metropolitan districts' are divided."
        ),
    ),
}
"""What publishers say in their notes about one authority's figures, by its number."""
