"""Files of every form with some bytes changed: nothing may crash, hang or lose a good row.

`python tests/mutated_returns.py 10000` tries so many, and says how long the slowest took.
"""

import io
import random
import re
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from headwater.core.errors import InputError
from headwater.core.records import STATES
from headwater.readers.returns.check import check
from headwater.readers.returns.lives import records
from headwater.readers.returns.read import read_return
from return_samples import EARLY_HELP, HELPED, census, person, workbook
from returns_sample import EPISODES, episode

CHILDREN = [f"A{i}" for i in range(1, 9)]
MARKS = b'< > </ & ]]> <!-- --> <![CDATA[ <?x &#0; &lt; &x; " "" , ; | = + @ ../../ 0 9 / -'
TAGS = b"<CHILD> </CHILD> <Child> </Child> </CINdetails>"
DATES = b"9999-99-99 31/02/2025 01/01/1066 2999-01-01"
BYTES = (b"\n", b"\r\n", b"\0", b"\xff", b"\xef\xbb\xbf", b"\t")
JUNK = (*MARKS.split(), *TAGS.split(), *DATES.split(), *BYTES)
DOCUMENT = """<EXPSSDA903>
{}</EXPSSDA903>"""
CARE = """<CHILD><HEADER><CHILDID>{}</CHILDID><SEX>M</SEX><DOB>01/06/2014</DOB></HEADER>
<EPISODE><DECOM>01/05/2025</DECOM><RNE>S</RNE><LS>C2</LS><CIN>N1</CIN><PL>U4</PL>
<PLACE_PROVIDER>PR1</PLACE_PROVIDER><DEC>01/08/2025</DEC><REC>E4A</REC></EPISODE></CHILD>
"""
EARLY = "earl_episode_id,earl_person_id,earl_episode_start_date,earl_episode_end_date"
PLAIN = "who,state,start,stop"
SLOW = 5.0
"""Seconds that no small file may take."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A sound file.

    Parameters
    ----------
    part
        Where a child stands in it, as a pattern with its key; None where any byte may be another's.
    """

    data: bytes
    part: Callable[[str], bytes] | None


def _line(pattern: str) -> Callable[[str], bytes]:
    return lambda key: pattern.format(key).encode()


def _packed(name: str, data: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return held.getvalue()


@cache
def samples() -> dict[str, Sample]:
    """Return a sound file of each form and shape."""
    rows = [episode(key, "01/05/2025", "01/08/2025", rec="E4A") for key in CHILDREN]
    care = "\n".join([EPISODES, *rows]).encode()
    early = [f"{i},{key},2024-01-02,2024-02-02" for i, key in enumerate(CHILDREN)]
    plain = "\n".join([PLAIN, *(f"{key},need,2024-01-02,2024-02-02" for key in CHILDREN)])
    parquet = io.BytesIO()
    pl.read_csv(plain.encode()).write_parquet(parquet)
    listed = workbook(("EH", [EARLY_HELP, *((key, *HELPED[1:]) for key in CHILDREN)]))
    lines = [f'{{"earl_episode_id":1,"earl_person_id":"{key}"}}' for key in CHILDREN]
    return {
        "csv": Sample(care, _line(r"{},[^\n]*")),
        "quoted": Sample(care.replace(b"U4", b'"U4"'), _line(r"{},[^\n]*")),
        "utf-16": Sample(care.decode().encode("utf-16"), None),
        "xml": Sample(
            DOCUMENT.format("".join(map(CARE.format, CHILDREN))).encode(),
            _line(r"(?s)<HEADER><CHILDID>{}<.*?</EPISODE>(?=</CHILD>)"),
        ),
        "census": Sample(
            census(*map(person, CHILDREN)),
            _line(r"(?s)<ChildIdentifiers><LAchildID>{}<.*?</CINdetails>\n(?=</Child>)"),
        ),
        "extract": Sample("\n".join([EARLY, *early]).encode(), _line(r"(?m)^\d,{},[^\n]*")),
        "plain": Sample(plain.encode(), _line(r"(?m)^{},[^\n]*")),
        "json": Sample(f"[{','.join(lines)}]".encode(), None),
        "parquet": Sample(parquet.getvalue(), None),
        "workbook": Sample(listed, None),
        "zip": Sample(_packed("episodes.csv", care), None),
    }


def changed(data: bytes, dice: random.Random, first: int, last: int) -> bytes:
    """Return bytes with some put in, taken out or replaced between two places."""
    for _ in range(dice.randint(1, 6)):
        at = dice.randint(first, last)
        gone = dice.randint(0, min(6, last - at))
        put = dice.choice((*JUNK, b"", dice.randbytes(3)))
        data = data[:at] + put + data[at + gone :]
        last += len(put) - gone
    return data


def through(data: bytes) -> set[tuple[str, str, int, int]]:
    """Return the episodes of a file that was read, checked and made into records."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x"
        path.write_bytes(data)
        held = read_return([path])
        faults = [*held.faults, *check(held)]
        assert all(fault.finding.rule for fault in faults)
        made = records(held)
        lived = made.episodes
        return {
            (made.children.key[p], STATES[s], int(a), int(b))
            for p, s, a, b in zip(lived.person, lived.state, lived.start, lived.stop, strict=True)
        }


@cache
def whole(form: str) -> frozenset[tuple[str, str, int, int]]:
    """Return the episodes of the sound file."""
    return frozenset(through(samples()[form].data))


def attempt(form: str, seed: int) -> bool:
    """Change a file in one place, and hold what is read of it against the sound one.

    A file in which nothing is left may be refused in plain words.

    Returns
    -------
    bool
        Whether one child only was spoilt, so that every other could be looked for.
    """
    dice, sample = random.Random(seed), samples()[form]  # noqa: S311 - no secret
    if sample.part is None or dice.random() < 0.2:
        with suppress(InputError):
            through(changed(sample.data, dice, 0, len(sample.data)))
        return False
    key = dice.choice(CHILDREN)
    place = re.search(sample.part(key), sample.data)
    assert place is not None, form
    read = through(changed(sample.data, dice, *place.span()))
    others = {row for row in whole(form) if row[0] != key}
    assert others
    assert others <= read, (form, seed, sorted(others - read))
    return True


def main(times: int) -> str:
    """Try many, and return what came of them."""
    slowest, wrong, held = (0.0, "", 0), [], Counter()
    for seed in range(times):
        form = [*samples()][seed % len(samples())]
        start = time.perf_counter()
        try:
            held[form] += attempt(form, seed)
        except Exception as error:  # noqa: BLE001 - every crash is to be listed
            wrong.append((form, seed, f"{type(error).__name__}: {str(error)[:200]}"))
        took = time.perf_counter() - start
        slowest = max(slowest, (took, form, seed))
    lines = (
        f"{times:,} mutated files; of {sum(held.values()):,} every other child was looked for",
        f"slowest: {slowest[0]:.2f} s ({slowest[1]}, seed {slowest[2]}); wrong: {len(wrong)}",
        *map(str, wrong[:20]),
    )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(main(int(sys.argv[1])))
