"""What returns say of children: spells, events and where each was read."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from headwater.core.claims import NO_DAY
from headwater.core.records import EVENTS, OPEN, STATES
from headwater.readers.returns import annex_a_records, cin_records, ssd_records
from headwater.readers.returns.annex_a import read_annex_a
from headwater.readers.returns.cin_xml import read_cin
from headwater.readers.returns.record_frames import days
from headwater.readers.returns.ssd import read_ssd
from return_samples import CASE, EARLY_HELP, HELPED, NO_ACTION, census, person, workbook


def day(text: str) -> int:
    return (date.fromisoformat(text) - date(1970, 1, 1)).days


def cin(*files: bytes):
    names = (f"{i}.xml" for i in range(len(files)))
    tables = [
        table for name, data in zip(names, files, strict=True) for table in read_cin(name, data)[0]
    ]
    return cin_records.cin_records(tables)


def lived(records) -> list[tuple[str, str, int, int]]:
    held = records.episodes
    return [
        (records.children.key[p], STATES[s], int(a), int(b))
        for p, s, a, b in zip(held.person, held.state, held.start, held.stop, strict=True)
    ]


def test_a_census_becomes_spells_events_and_children():
    records = cin(census(person("A1")))
    assert lived(records) == [
        ("A1", "need", day("2024-05-01"), day("2024-11-01")),
        ("A1", "plan", day("2024-06-01"), day("2024-10-01")),
    ]
    assert records.children.key == ("A1",)
    assert records.children.born.tolist() == [day("2015-03-27")]
    assert records.children.sex.word(0) == "F"
    seen = records.observations
    assert [(seen.measure.word(i), int(seen.day[i])) for i in range(len(seen.day))] == [
        ("referral", day("2024-05-01")),
        ("assessment", day("2024-05-02")),
        ("section 47", day("2024-05-20")),
        ("conference", day("2024-06-01")),
    ]
    assert records.years == (2025,)


def test_spells_carry_their_codes_and_their_proof():
    data = census(person("A1"))
    records = cin(data)
    traits = records.episodes.traits
    assert [traits["began"].word(i) for i in range(2)] == ["5D", ""]
    assert [traits["ended"].word(i) for i in range(2)] == ["RC9", ""]
    assert [traits["latest_category"].word(i) for i in range(2)] == ["", "EMO"]
    line = data.split(b"<CINdetails>")[0].count(b"\n") + 1
    assert records.proof.row[0] == line
    assert records.proof.file.word(0) == "0.xml"
    assert len(records.proof.hash["0.xml"]) == 64


def test_a_referral_without_further_action_is_an_event_and_no_need():
    records = cin(census(person("A1", NO_ACTION)))
    assert lived(records) == []
    assert records.observations.measure.words == ("referral",)


def test_a_case_that_goes_on_is_counted_once_as_its_last_year_has_it():
    still = CASE.replace("<CINclosureDate>2024-11-01</CINclosureDate>\n", "").replace(
        "<ReasonForClosure>RC9</ReasonForClosure>\n", ""
    )
    first, second = census(person("A1", still)), census(person("A1"), year=2026)
    for files in ((first, second), (second, first)):
        records = cin(*files)
        assert [spell[3] for spell in lived(records)] == [day("2024-11-01"), day("2024-10-01")]
        assert len(records.observations.day) == 4
        assert ["stand in a later file as well" in str(f) for f in records.findings] == [True]


def test_a_case_left_open_that_no_later_census_has_is_found():
    still = CASE.replace("<CINclosureDate>2024-11-01</CINclosureDate>\n", "")
    records = cin(census(person("A1", still)), census(person("A2"), year=2026))
    assert lived(records)[0][3] == OPEN
    assert ["is open, and no later year has it" in str(f) for f in records.findings] == [True]


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("2024-06-01</CPPst", "soon</CPPst", "CPPstartDate: 'soon' has no first day"),
        ("2024-10-01</CPPend", "later</CPPend", "'later' has a last day that cannot be read"),
        ("2024-10-01</CPPend", "2024-05-01</CPPend", "'2024-05-01' ends before it begins"),
        ("<LAchildID>A1", "<LAchildID>", "LAchildID: names no child; it was not counted."),
    ],
)
def test_what_cannot_be_counted_is_found(old, new, finding):
    records = cin(census(person("A1").replace(old, new)))
    assert any(finding in str(each) for each in records.findings)
    assert "plan" not in {state for _, state, _, _ in lived(records)}


def test_an_unborn_child_has_no_birthday():
    expected = person("A1").replace("PersonBirthDate", "ExpectedPersonBirthDate")
    assert cin(census(expected)).children.born.tolist() == [NO_DAY]


def test_lists_of_annex_a_become_spells():
    tables, _ = read_annex_a("a.xlsx", workbook(("EH", [EARLY_HELP, HELPED])))
    records = annex_a_records.annex_a_records(tables)
    assert lived(records) == [("C1", "early help", day("2024-04-08"), day("2024-05-20"))]
    assert records.episodes.traits["organisation"].word(0) == "Family hub"
    assert records.children.sex.word(0) == "M"


def test_extracts_of_the_safeguarding_dataset_become_spells():
    text = (
        "earl_episode_id,earl_person_id,earl_episode_start_date,earl_episode_end_date,"
        "earl_episode_end_reason\n1,C1,01/02/2024,,\n2,C2,2024-02-01,2024-03-01,Step up\n"
    )
    tables, _ = read_ssd("eh.csv", text.encode())
    records = ssd_records.ssd_records(tables)
    assert lived(records) == [
        ("C1", "early help", day("2024-02-01"), OPEN),
        ("C2", "early help", day("2024-02-01"), day("2024-03-01")),
    ]


def test_no_tables_are_no_children():
    records = cin_records.cin_records([])
    assert (len(records.children), len(records.episodes)) == (0, 0)


@pytest.mark.parametrize(
    "form", [cin_records.FORM, annex_a_records.FORM, ssd_records.FORM], ids=["cin", "annex", "ssd"]
)
def test_forms_speak_of_columns_states_and_events_that_there_are(form):
    from headwater.catalogue.returns import layout  # noqa: PLC0415

    names = {"c": "cin", "l": "annex_a", "s": "ssd"}
    tables = {**layout("cin").tables, **layout("annex_a").tables, **layout("ssd").tables}
    for spell in form.spells:
        columns = tables[spell.table].columns
        used = {spell.key, spell.start, spell.stop, *spell.traits.values()}
        assert used <= set(columns), names
        assert spell.state in STATES
        assert columns[spell.start].kind == columns[spell.stop].kind == "date"
    for event in form.events:
        assert tables[event.table].columns[event.day].kind == "date"
        assert event.measure in EVENTS
    for who in form.who:
        assert {who.key, who.born, *who.sex} <= set(tables[who.table].columns)


def test_days_are_read_from_every_way_of_writing_them():
    texts = ["2024-02-29", "29/02/2024", "2024-02-29T10:00:00", "", "30/02/2024", "0024-02-01"]
    expected = [day("2024-02-29")] * 3 + [None] * 3
    assert days(pl.Series(texts)).to_list() == expected
    assert days(pl.Series([date(2024, 2, 29)])).to_list() == expected[:1]
    assert days(pl.Series(np.array([7]))).to_list() == [7]
