"""Small returns written by hand for tests."""

from pathlib import Path

HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB"
EPISODES = (
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN"
)
BORN = "01/06/2014"


def episode(child, start, stop="", *, rne="S", ls="C2", place="U4", provider="PR1", rec=None):
    """Return one row; a reason is given where it ends: X1, if nothing else is said."""
    reason = ("X1" if stop else "") if rec is None else rec
    change = "CARPL" if reason == "X1" else ""
    return f"{child},{start},{rne},{ls},N1,{place},{provider},{stop},{reason},{change},,,SC1"


def write(folder: Path, *rows: str, header=None, name="episodes.csv", sex="M") -> Path:
    """Write episodes and a header of their children; return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("\n".join([EPISODES, *rows]) + "\n")
    children = sorted({row.split(",")[0] for row in rows} - {""})
    lines = header or [f"{child},{sex},{BORN},WBRI,UN1,," for child in children]
    (folder / "header.csv").write_text("\n".join([HEADER, *lines]) + "\n")
    return folder


def sound(folder: Path) -> Path:
    """Write a return of 2025-26 in which nothing is amiss."""
    return write(
        folder,
        episode("A1", "01/05/2025", "01/08/2025"),
        episode("A1", "01/08/2025", rne="P", place="K2"),
        episode("B2", "01/06/2025", "01/07/2025", rec="E4A"),
        episode("B2", "01/12/2025", ls="V2", place="R1", provider="PR4"),
    )
