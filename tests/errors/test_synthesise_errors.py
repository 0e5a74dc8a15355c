"""What cannot be made is refused, with where, what and what to do."""

import pytest

from headwater.core.errors import InputError
from headwater.workflows.synthesise import Asked, Faults, make, read_faults, synthesise

EMPTY = Faults()


def said(asked: Asked, faults: Faults = EMPTY) -> str:
    with pytest.raises(InputError) as caught:
        make(asked, faults)
    return str(caught.value)


def test_a_place_that_is_none() -> None:
    assert said(Asked("norfock")) == (
        "place: there is no place called 'norfock'. Did you mean 'norfolk'?"
        " `headwater places` lists them all."
    )


def test_numbers_out_of_range_are_all_named() -> None:
    assert said(Asked("norfolk", children=0, years=12, seed=-1)) == (
        "--children: 0 is not from 1 to 2,000,000. Give one that is.\n"
        "--years: 12 is not from 1 to 11. Give one that is.\n"
        "--seed: -1 is not from 0 to 2,147,483,647. Give one that is."
    )


def test_a_year_that_is_not_known() -> None:
    assert said(Asked("norfolk", last_year=2016)) == (
        "--last-year: 2016 is no year of return that is known."
        " Known are 2017 (2016-17) to 2027 (2026-27), by the year in which they end."
    )


def test_years_that_begin_too_early() -> None:
    assert said(Asked("norfolk", last_year=2018, years=5)) == (
        "--years: 5 years to 2018 begin before 2016-17. Ask for fewer, or for a later --last-year."
    )


def test_a_form_and_a_shape_that_are_none() -> None:
    assert said(Asked("norfolk", forms=("csv", "xmll"), shape="pipe")) == (
        "--forms: there is no form 'xmll'. Did you mean 'xml'?"
        " Known: csv, xml, cin, annex-a, attendance.\n"
        "--shape: there is no shape 'pipe'. Did you mean 'pipeline'? Known: upload, pipeline."
    )


def test_no_form() -> None:
    assert "--forms: names none." in said(Asked("norfolk", forms=()))


def test_more_faults_than_children() -> None:
    faults = Faults.model_validate({"rows": {"overlap": 500}})
    words = said(Asked("norfolk", children=200, years=1), faults)
    assert words.startswith("faults, overlap: 500 are asked for, and only ")
    assert words.endswith(" children could have one. Ask for fewer, or more children.")


def test_more_spoilt_files_than_files() -> None:
    faults = Faults.model_validate({"files": {"bom_file": 99}})
    words = said(Asked("norfolk", children=200, years=1), faults)
    assert words.startswith("faults, bom_file: 99 are asked for, and there are only ")


def test_a_cohort_larger_than_the_children() -> None:
    faults = Faults.model_validate({"cohort": {"children": 5000}})
    words = said(Asked("norfolk", children=200, years=2), faults)
    assert words.startswith("faults, cohort: 5,000 children are asked for, and ")


def test_a_kind_of_fault_that_is_none(tmp_path) -> None:
    path = tmp_path / "faults.toml"
    path.write_text("[rows]\noverlaps = 3\n")
    with pytest.raises(InputError) as caught:
        read_faults(str(path))
    assert "faults.toml, line 2" in str(caught.value)
    assert "Did you mean 'overlap'?" in str(caught.value)


@pytest.mark.parametrize("value", ["-1", "2.5", '"three"', "99999999"])
def test_a_count_that_is_none(tmp_path, value) -> None:
    path = tmp_path / "faults.toml"
    path.write_text(f"[rows]\noverlap = {value}\n")
    with pytest.raises(InputError, match=r"faults\.toml, line 2"):
        read_faults(str(path))


def test_more_creamed_than_the_cohort_has(tmp_path) -> None:
    path = tmp_path / "faults.toml"
    path.write_text("[cohort]\nchildren = 10\ncreamed = 11\n")
    with pytest.raises(InputError, match=r"'creamed' \(11\) is more than 'children' \(10\)"):
        read_faults(str(path))


def test_a_folder_that_is_not_empty(tmp_path) -> None:
    (tmp_path / "mine.txt").write_text("kept")
    with pytest.raises(InputError) as caught:
        synthesise(Asked("norfolk", children=50, years=1), out=tmp_path)
    assert str(caught.value) == (
        f"{tmp_path}: is not empty. Name a new folder: nothing is overwritten."
    )
    assert (tmp_path / "mine.txt").read_text() == "kept"


def test_a_folder_that_is_a_file(tmp_path) -> None:
    path = tmp_path / "file"
    path.write_text("")
    with pytest.raises(InputError, match="is a file"):
        synthesise(Asked("norfolk", children=50, years=1), out=path)


def test_a_folder_below_a_file(tmp_path) -> None:
    path = tmp_path / "file"
    path.write_text("")
    with pytest.raises(InputError, match="cannot be written in"):
        synthesise(Asked("norfolk", children=50, years=1), out=path / "below")
