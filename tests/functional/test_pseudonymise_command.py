"""`headwater pseudonymise`: nothing that names a child is left, and the same days are counted."""

import csv
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from headwater.cli.main import app
from headwater.core.errors import InputError
from headwater.readers.returns.pseudonyms import pseudonym
from headwater.workflows.measure.answer import measure
from headwater.workflows.measure.ask import Asked
from returns_sample import EPISODES, episode, sound, write

KEY = "ab" * 32


def run(folder, out, *words):
    key = folder.parent / "key.txt"
    if not key.exists():
        key.write_text(KEY)
    given = ["pseudonymise", str(folder), "--key-file", str(key), "--out", str(out), *words]
    return CliRunner().invoke(app, given)


def text(folder: Path) -> str:
    return "\n".join(path.read_text() for path in sorted(folder.rglob("*.csv")))


def test_no_identifier_is_left_and_one_child_is_one_everywhere(tmp_path):
    rows = [
        episode("Smith1", "01/05/2025", "01/08/2025", rec="E8").replace(",,,SC1", ",,NR1 2AB,SC1"),
        episode(" Smith1 ", "01/09/2025", ls="John"),
    ]
    header = ["Smith1,M,14/06/2014,WBRI,A123456789012,,"]
    folder = write(tmp_path / "in", *rows, header=header)
    done = run(folder, tmp_path / "out")
    assert done.exit_code == 0, done.output
    said = text(tmp_path / "out")
    for word in ("mith", "John", "A123456789012", "2AB", "14/06"):
        assert word not in said
    assert "NR1" in said
    assert "01/06/2014" in said
    with (tmp_path / "out" / "episodes.csv").open() as file:
        children = {row["CHILD"] for row in csv.DictReader(file)}
    assert children == {pseudonym(bytes.fromhex(KEY), "child", "Smith1")}


def test_another_key_gives_other_pseudonyms_and_a_kind_its_own():
    one, other = bytes.fromhex(KEY), bytes.fromhex("cd" * 32)
    assert pseudonym(one, "child", "A1") != pseudonym(other, "child", "A1")
    assert pseudonym(one, "child", "A1") != pseudonym(one, "pupil", "A1")
    assert len(pseudonym(one, "child", "A1")) == 16


def test_the_same_days_are_counted_without_identifiers(tmp_path):
    folder = sound(tmp_path / "in")
    cohort = tmp_path / "cohort.csv"
    cohort.write_text("who,started,name\nA1,2025-04-15,Jane\nB2,2025-04-15,Joe\nC3,,Jim\n")
    done = run(folder, tmp_path / "out", "--cohort", str(cohort))
    assert done.exit_code == 0, done.output
    assert "Jane" not in text(tmp_path / "out")
    asked = {
        "first_day": date(2025, 4, 1),
        "last_day": date(2026, 3, 31),
    }
    before = measure(Asked("days_in_care", paths=(folder,), cohort=cohort, **asked))
    files = tuple(tmp_path / "out" / name for name in ("episodes.csv", "header.csv"))
    after = measure(Asked("days_in_care", files, tmp_path / "out" / "cohort.csv", **asked))
    assert [line.units.value for line in after.members] == [
        line.units.value for line in before.members
    ]


def test_what_is_written_stays_in_the_folder_whatever_its_name_was(tmp_path):
    folder = sound(tmp_path / "in")
    deep = folder / ".." / "in" / "a..b" / "c d"
    deep.mkdir(parents=True)
    (deep / "e.csv").write_text("\n".join([EPISODES, episode("A1", "01/05/2025")]))
    assert run(folder, tmp_path / "out").exit_code == 0
    written = {
        path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.csv")
    }
    assert written == {"episodes.csv", "header.csv", "a-b/c-d/episodes.csv"}


def test_a_new_key_is_made_for_its_owner_alone_and_never_written_over(tmp_path):
    folder, key = sound(tmp_path / "in"), tmp_path / "new.txt"
    words = ["pseudonymise", str(folder), "--key-file", str(key), "--make-key", "--out"]
    assert CliRunner().invoke(app, [*words, str(tmp_path / "a")]).exit_code == 0
    assert key.stat().st_mode & 0o077 == 0
    again = CliRunner().invoke(app, [*words, str(tmp_path / "b")])
    assert "is there already, and is not written over" in str(again.exception)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("abcd", "holds 2 bytes, and 32 are needed"),
        ("not hexadecimal", "is no key"),
        (None, "cannot be read"),
    ],
)
def test_a_key_that_keeps_no_secret_is_refused(tmp_path, key, words):
    path = tmp_path / "k.txt"
    if key is not None:
        path.write_text(key)
    given = ["pseudonymise", str(sound(tmp_path / "in")), "--key-file", str(path), "--out"]
    done = CliRunner().invoke(app, [*given, str(tmp_path / "out")])
    assert isinstance(done.exception, InputError)
    assert words in str(done.exception)
    assert not (tmp_path / "out").exists()


def test_a_folder_that_holds_something_is_not_written_to(tmp_path):
    folder = sound(tmp_path / "in")
    done = run(folder, folder)
    assert "is not an empty folder" in str(done.exception)
