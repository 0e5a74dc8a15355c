"""Files that are spoilt or mean harm, of every form, as the commands read them: none crashes.

Each ends in a finding or a clear refusal, and costs no good row.
"""

import time
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.core.errors import InputError
from headwater.readers.returns.check import check
from headwater.readers.returns.lives import records
from headwater.readers.returns.read import read_return
from headwater.workflows.check_return.answer import check_return
from mutated_returns import CHILDREN, attempt, samples, whole
from return_samples import EARLY_HELP, HELPED, census, person, workbook
from returns_sample import EPISODES, episode, write

TEXT = ("csv", "extract", "plain")
LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10 if i else "ha"}">' for i in range(12))
UNKNOWN = 400


def faults_of(folder, data: bytes, name="x"):
    """Return what is said of a file that stands beside a sound one, which loses nothing."""
    write(folder, episode("GOOD", "01/05/2025", "02/05/2025", rec="E8"))
    (folder / name).write_bytes(data)
    held = read_return([folder])
    made = records(held)
    assert "GOOD" in made.children.key
    return [str(fault.finding) for fault in (*held.faults, *check(held))], made


@pytest.mark.parametrize("form", TEXT)
@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda _: "", "is empty; it is not read."),
        (lambda _: "\n\n \n", "is empty; it is not read."),
        (lambda text: text.split("\n")[0], ""),
        (lambda text: text.replace(",", "~"), "is no file of a return by what it holds"),
    ],
)
def test_a_file_that_holds_nothing_is_told(tmp_path, form, spoil, said):
    lines, made = faults_of(tmp_path, spoil(samples()[form].data.decode()).encode())
    assert any(said in line for line in lines)
    assert made.children.key == ("GOOD",)


@pytest.mark.parametrize("form", TEXT)
@pytest.mark.parametrize(
    "write_as",
    [
        lambda text: text.encode("utf-16"),
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.replace(",", ";").encode(),
        lambda text: text.replace(",", "\t").encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: text.replace("\n", f"\n{text.splitlines()[0]}\n").encode(),
        lambda text: "\n".join(
            line + f",x{i}" * UNKNOWN if i else line + "".join(f",x{n}" for n in range(UNKNOWN))
            for i, line in enumerate(text.split("\n"))
        ).encode(),
    ],
    ids=["utf-16", "bom", ";", "tab", "crlf", "cr", "headings twice", "400 unknown columns"],
)
def test_however_it_is_written_every_row_is_read(tmp_path, form, write_as):
    _, made = faults_of(tmp_path, write_as(samples()[form].data.decode()))
    assert set(CHILDREN) <= set(made.children.key)
    assert len(made.episodes) == 1 + len(whole(form))


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("01/05/1990", "353"),
        ("01/05/2031", "354"),
        ("01/05/0031", "141"),
        ("45000", "141"),
        ("2025-13-01", "141"),
    ],
)
def test_days_of_another_time_are_told_by_their_rule(tmp_path, day, said):
    rows = [episode(f"B{i}", "01/05/2025", "01/08/2025", rec="E8") for i in range(20)]
    held = read_return([write(tmp_path, *rows, episode("A1", day))])
    numbers = {fault.number for fault in (*held.faults, *check(held)) if fault.child == "A1"}
    assert said in numbers


@pytest.mark.parametrize("root", ["EXPSSDA903", "Message"])
@pytest.mark.parametrize("declared", [LAUGHS, '<!ENTITY x SYSTEM "file:///etc/hostname">', ""])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_that_declares_a_type_is_refused_at_once(tmp_path, root, declared, encoding):
    text = f"<!DOCTYPE {root} [{declared}]><{root}>&l11;&x;</{root}>"
    start = time.perf_counter()
    lines, _ = faults_of(tmp_path, text.encode(encoding))
    assert time.perf_counter() - start < 5.0
    assert any("declares a document type or entities" in line for line in lines)


def test_a_type_declared_far_below_is_not_believed(tmp_path):
    comment = f"<!--{' ' * 20_000}-->"
    text = f"{comment}<!DOCTYPE EXPSSDA903 [{LAUGHS}]><EXPSSDA903><CHILD>&l11;</CHILD></EXPSSDA903>"
    start = time.perf_counter()
    _, made = faults_of(tmp_path, text.encode())
    assert time.perf_counter() - start < 5.0
    assert made.children.key == ("GOOD",)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("../../../x.csv", b"", "is empty"),
        ("/x.csv", b"0" * 50_000_000, "would unpack from"),
        ("x.zip", b"PK\x03\x04" + b"0" * 30, "is a zip within a zip"),
    ],
)
def test_a_zip_writes_nothing_and_unpacks_no_bomb(tmp_path, name, data, said):
    folder = tmp_path / "deep" / "er"
    folder.mkdir(parents=True)
    with zipfile.ZipFile(folder / "x.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
        archive.writestr("../../episodes.csv", samples()["csv"].data)
    before = sorted(path.name for path in tmp_path.rglob("*"))
    lines, made = faults_of(folder, (folder / "x.zip").read_bytes(), name="x.zip")
    assert any(said in line for line in lines)
    assert set(CHILDREN) <= set(made.children.key)
    after = sorted(path.name for path in tmp_path.rglob("*"))
    assert [each for each in after if each not in {"episodes.csv", "header.csv"}] == before


def test_a_zip_that_holds_more_than_it_declares_is_not_believed(tmp_path):
    with zipfile.ZipFile(tmp_path / "x.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("episodes.csv", samples()["csv"].data)
    data = (tmp_path / "x.zip").read_bytes()
    size = len(samples()["csv"].data).to_bytes(4, "little")
    lines, made = faults_of(tmp_path, data.replace(size, (10).to_bytes(4, "little")), "x.zip")
    assert any("x.zip" in line for line in lines)
    assert made.children.key == ("GOOD",)


def test_merged_cells_and_formulas_of_a_workbook_are_told(tmp_path):
    rows = [EARLY_HELP, HELPED, ("C2", "=B2", *HELPED[2:])]
    lines, made = faults_of(tmp_path, workbook(("EH", rows), merged="A2:A3"), "x.xlsx")
    assert any("was merged" in line for line in lines)
    assert any("is a formula" in line for line in lines)
    assert "C1" in made.children.key


def test_a_census_of_one_bad_child_loses_no_other(tmp_path):
    text = census(*map(person, CHILDREN)).replace(b"<LAchildID>A3<", b"<LAchildID>A3<<&", 1)
    lines, made = faults_of(tmp_path, text)
    assert any("is not well-formed XML" in line for line in lines)
    assert set(CHILDREN) - {"A3"} <= set(made.children.key)


def test_a_header_alone_is_no_return(tmp_path):
    (tmp_path / "x.csv").write_text(EPISODES + "\n")
    with pytest.raises(InputError, match="return"):
        check_return([tmp_path])


@pytest.mark.parametrize("form", [*samples()])
@given(seed=st.integers(0, 10**9))
@settings(deadline=None, max_examples=25)
def test_mutated_files_crash_nothing_and_cost_no_good_row(form, seed):
    attempt(form, seed)
