"""Returns are known by their columns and their dates, in every shape in which they come."""

import io
import zipfile
from datetime import date

import polars as pl
import pytest

from headwater.core.errors import InputError
from headwater.readers.returns.lives import once, records
from headwater.readers.returns.read import read_return
from headwater.workflows.check_return.year import read_year
from returns_sample import EPISODES, HEADER, episode, sound, write

XML = """<?xml version="1.0"?>
<EXPSSDA903>
 <CHILD>
  <HEADER><CHILDID>A1</CHILDID><SEX>M</SEX><DOB>01/06/2014</DOB><ETHNIC>WBRI</ETHNIC><UPN>UN1</UPN>
   <AMISSING><MISSING>M</MISSING><MIS_START>02/06/2025</MIS_START><MIS_END>04/06/2025</MIS_END></AMISSING>
   <MOTHER/><MC_DOB/></HEADER>
  <EPISODE><DECOM>01/05/2025</DECOM><RNE>S</RNE><LS>C2</LS><CIN>N1</CIN><PL>U4</PL>
   <PLACE_PROVIDER>PR1</PLACE_PROVIDER><DEC>01/08/2025</DEC><REC>E4A</REC></EPISODE>
 </CHILD>
</EXPSSDA903>
"""


def read(folder):
    return read_return([folder])


def said(held):
    return [str(fault.finding) for fault in held.faults]


def test_a_sound_return_is_read_whole_and_nothing_is_said_of_it(tmp_path):
    held = read(sound(tmp_path))
    assert held.years == (2026,)
    assert {name: frame.height for name, frame in held.tables.items()} == {
        "episodes": 4,
        "header": 2,
    }
    assert said(held) == []


@pytest.mark.parametrize(
    "write_as",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.encode("utf-16"),
        lambda text: text.replace(",", ";").encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: ("\n\n" + text).encode(),
        lambda text: "\n".join(
            ",".join(f'"{cell}"' for cell in line.split(",")) for line in text.splitlines()
        ).encode(),
        lambda text: text.replace("CHILD", " child ").encode(),
        lambda text: text.replace("01/05/2025", "2025-05-01").encode(),
    ],
)
def test_however_a_file_is_written_the_same_rows_are_read(tmp_path, write_as):
    plain = read(sound(tmp_path / "plain")).tables["episodes"].drop("file", "row")
    other = sound(tmp_path / "other") / "episodes.csv"
    other.write_bytes(write_as(other.read_text()))
    held = read(tmp_path / "other")
    assert held.tables["episodes"].drop("file", "row").equals(plain)
    assert not any(fault.finding.stops for fault in held.faults)


def test_a_file_is_known_by_its_columns_in_any_order_and_not_by_its_name(tmp_path):
    folder = sound(tmp_path)
    lines = [line.split(",") for line in (folder / "episodes.csv").read_text().splitlines()]
    text = "\n".join(",".join([*reversed(line), "x"]) for line in lines)
    (folder / "episodes.csv").unlink()
    (folder / "reviews.csv").write_text(text.replace("CHILD,x", "CHILD,NOTES"))
    held = read(folder)
    assert held.tables["episodes"].height == 4
    assert any("has 1 column that the return does not have" in line for line in said(held))


def test_xml_and_csv_say_the_same(tmp_path):
    write(tmp_path / "csv", episode("A1", "01/05/2025", "01/08/2025", rec="E4A"))
    (tmp_path / "xml").mkdir()
    (tmp_path / "xml" / "return.xml").write_text(XML)
    columns = [
        "CHILD",
        "DECOM",
        "RNE",
        "LS",
        "CIN",
        "PLACE",
        "PLACE_PROVIDER",
        "DEC",
        "REC",
        "year",
    ]
    one, other = (
        read(tmp_path / form).tables["episodes"].select(columns) for form in ("csv", "xml")
    )
    assert one.equals(other)
    missing = read(tmp_path / "xml").tables["missing"]
    assert missing.select("CHILD", "MISSING", "MIS_START").row(0) == ("A1", "M", date(2025, 6, 2))
    assert missing["row"].to_list() == [5]


def test_documents_of_several_years_in_one_folder_keep_their_own(tmp_path):
    leaver = "<IN_TOUCH>YES</IN_TOUCH><ACTIV>F1</ACTIV><ACCOM>B1</ACCOM><MOTHER/>"
    for year in (2024, 2025, 2026):
        text = XML.replace("/2025", f"/{year - 1}").replace("<MOTHER/>", leaver)
        (tmp_path / f"{year}.xml").write_text(text)
    held = read(tmp_path)
    assert held.tables["oc3"].select("file", "year").rows() == [
        ("2024.xml", 2024),
        ("2025.xml", 2025),
        ("2026.xml", 2026),
    ]


def test_one_return_in_two_forms_is_told(tmp_path):
    write(tmp_path / "csv", episode("A1", "01/05/2025", "01/08/2025", rec="E4A"))
    (tmp_path / "xml").mkdir()
    (tmp_path / "xml" / "return.xml").write_text(XML)
    lines = said(read(tmp_path))
    assert any("the same return twice, perhaps in two forms" in line for line in lines)


def test_a_zip_is_read_as_the_folder_it_holds(tmp_path):
    folder = sound(tmp_path / "plain")
    with zipfile.ZipFile(tmp_path / "return.zip", "w") as archive:
        for file in sorted(folder.iterdir()):
            archive.write(file, f"2025-26/{file.name}")
    held = read(tmp_path / "return.zip")
    assert held.tables["episodes"].height == 4
    assert set(held.files) == {"return.zip/2025-26/episodes.csv", "return.zip/2025-26/header.csv"}


def test_a_zip_that_would_unpack_to_too_much_is_not_unpacked(tmp_path):
    sound(tmp_path)
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../episodes.csv", b"0" * 50_000_000)
    held = read(tmp_path)
    assert held.tables["episodes"].height == 4
    assert any("would unpack from" in line and "it is not read" in line for line in said(held))


@pytest.mark.parametrize("lies", [b"", b"PK\x03\x04 no zip at all", b"\x00\x01\x02", b"<a><b></a>"])
def test_a_spoilt_file_beside_a_good_one_loses_nothing(tmp_path, lies):
    (sound(tmp_path) / "spoilt.csv").write_bytes(lies)
    held = read(tmp_path)
    assert held.tables["episodes"].height == 4
    assert any("spoilt.csv" in line for line in said(held))


@pytest.mark.parametrize(
    "start",
    [
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>',
    ],
)
def test_a_document_that_declares_entities_is_refused(tmp_path, start):
    (sound(tmp_path) / "x.xml").write_text(f"{start}<EXPSSDA903>&a;</EXPSSDA903>")
    held = read(tmp_path)
    assert any("declares a document type or entities" in line for line in said(held))


def test_children_before_a_fault_in_a_document_are_read(tmp_path):
    (tmp_path / "x.xml").write_text(XML.replace("</EXPSSDA903>", "<CHILD><HEADER>"))
    held = read(tmp_path)
    assert held.tables["episodes"].height == 1
    assert any("is not well-formed XML" in line for line in said(held))


def test_years_in_folders_and_files_without_dates_find_their_year(tmp_path):
    for end, sex in ((2024, "1"), (2025, "M"), (2026, "F")):
        child = f"C{end}"
        write(
            tmp_path / str(end),
            episode(child, f"01/05/{end - 1}", f"01/02/{end}", rec="E8"),
            sex=sex,
        )
    held = read(tmp_path)
    assert held.years == (2024, 2025, 2026)
    by_child = dict(held.tables["header"].select("CHILD", "year").iter_rows())
    assert by_child == {"C2024": 2024, "C2025": 2025, "C2026": 2026}
    assert said(held) == []


def test_a_stacked_file_of_several_years_counts_an_open_episode_once(tmp_path):
    columns = f"{EPISODES},LA,YEAR"
    first = "A1,2023-05-01,S,C2,N1,U4,PR1,,,,,,SC1,Norfolk,2024"
    second = "A1,2023-05-01,S,C2,N1,U4,PR1,2024-06-01,E4A,,,,SC1,Norfolk,2025"
    (tmp_path / "stacked.csv").write_text(f"{columns}\n{first}\n{second}\n")
    held = read(tmp_path)
    assert held.years == (2024, 2025)
    rows = once(held)
    assert rows.select("DECOM", "stop").rows() == [(date(2023, 5, 1), date(2024, 6, 1))]
    assert len(records(held).episodes) == 1


def test_what_the_next_return_lacks_was_last_seen_on_31_march(tmp_path):
    write(tmp_path / "a", episode("A1", "01/05/2024"), episode("B2", "02/05/2024"))
    write(
        tmp_path / "b",
        episode("B2", "02/05/2024"),
        episode("C3", "03/05/2025", "04/05/2025", rec="E8"),
    )
    stops = dict(once(read(tmp_path)).select("CHILD", "stop").iter_rows())
    assert stops == {"A1": date(2025, 4, 1), "B2": None, "C3": date(2025, 5, 4)}


@pytest.mark.parametrize(
    ("cell", "column", "words"),
    [
        ("31/02/2025", 1, "DECOM: '31/02/2025' is no date"),
        ("ZZ", 3, "LS: 'ZZ' is no code."),
        ("H5", 5, "PLACE: 'H5' is no code of 2025-26: 2023-24 was its last year."),
        ("Z11", 5, ""),
        ("E43", 8, "REC: 'E43' is no code of 2025-26: 2017-18 was its last year."),
        ("", 2, "RNE: is blank, and must not be."),
    ],
)
def test_a_cell_that_cannot_stand_is_named_with_its_place_and_its_row_stays(
    tmp_path, cell, column, words
):
    cells = episode("A1", "01/05/2025", "01/08/2025").split(",")
    cells[column] = cell
    held = read(write(tmp_path, episode("B2", "01/05/2025", "02/05/2025"), ",".join(cells)))
    assert held.tables["episodes"].height == 2
    lines = said(held)
    assert any(line.startswith(f"episodes.csv, row 3, {words}") for line in lines) == bool(words)
    assert bool(lines) == bool(words)


def test_a_quotation_mark_that_is_never_closed_spoils_no_other_row(tmp_path):
    bad = '"' + episode("A1", "01/05/2025", "01/08/2025")
    held = read(write(tmp_path, bad, episode("B2", "01/05/2025", "02/05/2025")))
    assert held.tables["episodes"]["CHILD"].to_list() == ["A1", "B2"]
    assert any("quotation mark that is not closed" in line for line in said(held))


def test_workbook_bytes_and_strange_files_are_left_alone(tmp_path):
    buffer = io.BytesIO()
    pl.DataFrame({"a": [1]}).write_excel(buffer)
    (sound(tmp_path) / "x.xlsx").write_bytes(buffer.getvalue())
    (tmp_path / "~$lock.csv").write_text(HEADER)
    held = read(tmp_path)
    assert held.tables["header"].height == 2
    assert any(line.startswith("x.xlsx: holds no list of Annex A") for line in said(held))


def test_a_path_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"nowhere: does not exist\."):
        read_return([tmp_path / "nowhere"])
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="holds no file"):
        read_return([tmp_path / "empty"])


@pytest.mark.parametrize("text", ["2025-26", "2025/26", "2025 to 2026", " 2025-2026 "])
def test_a_year_is_named_by_both_its_ends(text):
    assert read_year(text) == 2026


@pytest.mark.parametrize("text", ["2025", "2025-27", "x", "1999-00"])
def test_one_end_alone_might_be_either(text):
    with pytest.raises(InputError, match="--year"):
        read_year(text)
