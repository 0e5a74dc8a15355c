"""Each rule that is an expression fires on a row that breaks it, and on nothing sound."""

import pytest

from headwater.readers.returns.check import check
from headwater.readers.returns.checks_chain import chain_checks
from headwater.readers.returns.checks_episodes import episode_checks
from headwater.readers.returns.checks_missing import missing_checks
from headwater.readers.returns.checks_status import status_checks
from headwater.readers.returns.read import read_return
from returns_sample import EPISODES, HEADER, episode, sound

NOW, LAST = 2026, 2025
BORN = "01/06/2014"
ANCHOR = episode("ZZ", "01/05/2025", "30/03/2026", rec="E8")
E4A = {"rec": "E4A"}


def change(row, **cells):
    """Return a row with some cells changed."""
    names = EPISODES.split(",")
    held = dict(zip(names, row.split(","), strict=True)) | cells
    return ",".join(held[name] for name in names)


def one(start="01/05/2025", stop="", **kept):
    return [episode("A1", start, stop, **kept)]


def two(first, second):
    return [episode("A1", *first[:2], **first[2]), episode("A1", *second[:2], **second[2])]


OPEN_LAST = [episode("A1", "01/05/2024")]
GOES_ON = {"rne": "P", "place": "K2"}
BREAKS = {
    # number: (rows of 2025-26, rows of 2024-25, day of birth)
    "142": (two(("01/05/2025", "", {}), ("01/08/2025", "", GOES_ON)), [], BORN),
    "148": ([change(one()[0], REC="E4A")], [], BORN),
    "356": (one("01/05/2025", "01/04/2025", **E4A), [], BORN),
    "355": (one("01/05/2025", "01/05/2025", **E4A), [], BORN),
    "353": (one("01/05/1990", "01/05/2025", **E4A), [], "01/06/1980"),
    "354": (one("01/05/2026"), [], BORN),
    "385": (one("01/05/2025", "01/05/2026", **E4A), [], BORN),
    "501": (two(("01/05/2025", "01/09/2025", {}), ("01/08/2025", "", GOES_ON)), [], BORN),
    "433": (two(("01/05/2025", "01/08/2025", {}), ("05/08/2025", "", GOES_ON)), [], BORN),
    "431": (two(("01/05/2025", "01/08/2025", E4A), ("01/08/2025", "", {})), [], BORN),
    "432": (two(("01/05/2025", "01/08/2025", E4A), ("05/08/2025", "", GOES_ON)), [], BORN),
    "388": (one("01/05/2025", "01/08/2025"), [], BORN),
    "437": (two(("01/05/2025", "01/08/2025", {"rec": "E2"}), ("05/09/2025", "", {})), [], BORN),
    "E99": (one("01/05/2025", "01/08/2025", rec="E99"), [], BORN),
    "434": (two(("01/05/2025", "01/08/2025", {}), ("01/08/2025", "", {"rne": "L"})), [], BORN),
    "435": (two(("01/05/2025", "01/08/2025", {}), ("01/08/2025", "", {"rne": "P"})), [], BORN),
    "436": (
        two(("01/05/2025", "01/08/2025", {}), ("01/08/2025", "", {"rne": "B", "place": "K2"})),
        [],
        BORN,
    ),
    "504": (
        [
            episode("A1", "01/05/2025", "01/08/2025"),
            change(episode("A1", "01/08/2025", **GOES_ON), CIN="N2"),
        ],
        [],
        BORN,
    ),
    "502": (one("03/05/2024"), OPEN_LAST, BORN),
    "503A": ([change(OPEN_LAST[0], RNE="L")], OPEN_LAST, BORN),
    "503B": ([change(OPEN_LAST[0], LS="C1")], OPEN_LAST, BORN),
    "503C": ([change(OPEN_LAST[0], CIN="N2")], OPEN_LAST, BORN),
    "503D": ([change(OPEN_LAST[0], PLACE="U1")], OPEN_LAST, BORN),
    "503E": ([change(OPEN_LAST[0], PLACE_PROVIDER="PR4")], OPEN_LAST, BORN),
    "562": (one("01/02/2025"), [episode("B2", "01/05/2024")], BORN),
    "352": (one(), [], "01/04/2007"),
    "351": (one(), [], "01/04/1999"),
    "302": (one(), [], "01/06/2025"),
    "365": (one("01/05/2025", "01/08/2025", ls="V3", place="R1", rec="E8"), [], BORN),
    "361": (one("01/05/2025", "07/05/2025", ls="L1", rec="E8"), [], BORN),
    "362": (one("01/05/2025", "07/06/2025", ls="L2", rec="E8"), [], BORN),
    "363": (one("01/05/2025", "17/05/2025", ls="L3", rec="E8"), [], BORN),
    "375": (one("01/05/2025", "17/08/2025", place="T1", provider="", rec="E8"), [], BORN),
    "376": (one("01/05/2025", "17/08/2025", place="T3", provider="", rec="E8"), [], BORN),
    "379": (one("01/05/2025", "17/08/2025", place="T4", rec="E8"), [], BORN),
    "371": (one(place="K3"), [], BORN),
    "178": (one(place="T1", provider="PR1"), [], BORN),
    "527": (one(provider="PR0"), [], BORN),
    "530": (one(place="P1", provider="PR1"), [], BORN),
    "384": (one(ls="V3", place="U4"), [], BORN),
    "380": (one(place="T4"), [], BORN),
    "381": (one("01/05/2025", "03/05/2025", place="T4", rec="E8"), [], BORN),
    "370": (one(place="P2"), [], BORN),
    "372": (one(place="R5", ls="J1"), [], "01/06/2018"),
    "373": (one(place="S1"), [], "01/06/2023"),
    "374": (one(place="P3"), [], BORN),
    "387": (one("01/05/2025", "01/08/2025", rec="E5"), [], BORN),
    "389": (one("01/05/2025", "01/08/2025", rec="E7"), [], BORN),
    "460": (one("01/05/2025", "01/08/2025", rec="E17"), [], BORN),
    "386": (one("01/05/2025", "01/08/2025", rec="E11"), [], "01/07/2007"),
    "407": (one("01/05/2025", "01/08/2025", rec="E46"), [], "01/07/2007"),
    "358": (one(ls="J1"), [], "01/06/2018"),
    "378": (one(place="P1", provider="PR0", ls="V2"), [], BORN),
    "382": (one(place="T4", ls="V3"), [], BORN),
    "366": (
        two(
            ("01/05/2025", "05/05/2025", {"ls": "V3", "place": "R1"}),
            ("05/05/2025", "09/05/2025", {"ls": "V3", "rne": "P", "rec": "E8"}),
        ),
        [],
        BORN,
    ),
    "426": (
        two(
            ("01/05/2025", "05/05/2025", {"ls": "V3", "place": "R1", "rec": "E8"}),
            ("01/06/2025", "05/06/2025", {"ls": "V4", "place": "R1", "rec": "E8"}),
        ),
        [],
        BORN,
    ),
    "367": (
        [
            episode("A1", f"01/{m:02}/2025", f"17/{m:02}/2025", ls="V3", place="R1", rec="E8")
            for m in (5, 6, 7, 8, 9)
        ],
        [],
        BORN,
    ),
    "446": (one("01/05/2005", ls="E1"), [], "01/06/2004"),
    "199": (two(("01/05/2025", "01/08/2025", {"rec": "E11"}), ("01/09/2025", "", {})), [], BORN),
}
OLD = {"445": (one("01/05/2006", ls="D1"), "01/06/2005")}
"""Rules that no longer hold, broken in a return of 2023-24."""

CARE = episode("A1", "01/05/2025", "01/12/2025", rec="E4A")
MISSING = {
    "567": "05/06/2025,01/06/2025",
    "570": "05/06/2026,",
    "571": "05/06/2025,01/05/2026",
    "574": None,
    "577": "05/06/2025,",
    "578": "05/12/2025,06/12/2025",
    "581": "05/04/2025,06/04/2025",
    "586": "05/04/2010,06/06/2025",
}


def numbers(folder):
    held = read_return([folder])
    return {fault.number for fault in check(held)}


def write(folder, rows, born):
    folder.mkdir(parents=True)
    children = sorted({row.split(",")[0] for row in rows})
    (folder / "episodes.csv").write_text("\n".join([EPISODES, *rows]))
    lines = [f"{child},M,{born},WBRI,UN1,," for child in children]
    (folder / "header.csv").write_text("\n".join([HEADER, *lines]))


@pytest.mark.parametrize("number", BREAKS)
def test_a_row_that_breaks_a_rule_is_found(tmp_path, number):
    rows, before, born = BREAKS[number]
    write(tmp_path / "now", [*rows, ANCHOR], born)
    if before:
        ended = episode("ZZ", "01/05/2024", "30/03/2025", rec="E8")
        write(tmp_path / "last", [*before, ended], born)
    assert number in numbers(tmp_path)


@pytest.mark.parametrize("number", OLD)
def test_a_rule_holds_for_its_years_and_no_others(tmp_path, number):
    rows, born = OLD[number]
    write(tmp_path / "a", [*rows, episode("ZZ", "01/05/2023", "30/03/2024", rec="E8")], born)
    write(tmp_path / "b", [*rows, ANCHOR], born)
    assert number in numbers(tmp_path / "a")
    assert number not in numbers(tmp_path / "b")


@pytest.mark.parametrize("number", MISSING)
def test_a_time_missing_that_breaks_a_rule_is_found(tmp_path, number):
    write(tmp_path / "now", [CARE, ANCHOR], BORN)
    spells = [MISSING[number]] if MISSING[number] else ["05/06/2025,09/06/2025"]
    if not MISSING[number]:
        spells.append("07/06/2025,08/06/2025")
    lines = [f"A1,{BORN},M,{spell}" for spell in spells]
    anchor = "ZZ,01/06/2014,M,01/09/2025,02/09/2025"
    text = "\n".join(["CHILD,DOB,MISSING,MIS_START,MIS_END", *lines, *[anchor] * 1])
    (tmp_path / "now" / "missing.csv").write_text(text)
    assert number in numbers(tmp_path)


def test_a_sound_return_breaks_none(tmp_path):
    assert numbers(sound(tmp_path)) == set()


def test_every_rule_that_is_expressed_is_broken_here():
    wanted = (*episode_checks(), *chain_checks(), *status_checks(), *missing_checks())
    assert {each.number for each in wanted} == {*BREAKS, *OLD, *MISSING}
