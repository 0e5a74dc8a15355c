"""What returns say of children: spells, events and where each was read."""

from datetime import date

import pytest

from headwater.catalogue.returns import layout
from headwater.core.claims import NO_DAY
from headwater.core.records import EVENTS, OPEN, STATES
from headwater.readers.returns import annex_a_records, cin_records, ssd_records
from headwater.readers.returns.check import check
from headwater.readers.returns.lives import records
from headwater.readers.returns.read import read_return
from return_samples import CASE, EARLY_HELP, HELPED, NO_ACTION, census, person, workbook
from returns_sample import EPISODES, HEADER, episode


def day(text: str) -> int:
    return (date.fromisoformat(text) - date(1970, 1, 1)).days


@pytest.fixture
def read(tmp_path):
    """Return what reads files, each given by its name and its bytes."""

    def made(**files: bytes):
        for name, data in files.items():
            (tmp_path / name).write_bytes(data)
        return read_return([tmp_path])

    return made


@pytest.fixture
def cin(read):
    def made(*files: bytes):
        return records(read(**{f"{i}.xml": data for i, data in enumerate(files)}))

    return made


def lived(records) -> list[tuple[str, str, int, int]]:
    held = records.episodes
    return [
        (records.children.key[p], STATES[s], int(a), int(b))
        for p, s, a, b in zip(held.person, held.state, held.start, held.stop, strict=True)
    ]


def test_a_census_becomes_spells_events_and_children(cin):
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


def test_spells_carry_their_codes_and_their_proof(cin):
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


def test_a_referral_without_further_action_is_an_event_and_no_need(cin):
    records = cin(census(person("A1", NO_ACTION)))
    assert lived(records) == []
    assert records.observations.measure.words == ("referral",)


def test_a_case_that_goes_on_is_counted_once_as_its_last_year_has_it(cin):
    still = CASE.replace("<CINclosureDate>2024-11-01</CINclosureDate>\n", "").replace(
        "<ReasonForClosure>RC9</ReasonForClosure>\n", ""
    )
    first, second = census(person("A1", still)), census(person("A1"), year=2026)
    for files in ((first, second), (second, first)):
        records = cin(*files)
        assert [spell[3] for spell in lived(records)] == [day("2024-11-01"), day("2024-10-01")]
        assert len(records.observations.day) == 4


def test_a_case_left_open_that_no_later_census_has_was_last_seen_on_31_march(read):
    still = CASE.replace("<CINclosureDate>2024-11-01</CINclosureDate>\n", "")
    held = read(a=census(person("A1", still)), b=census(person("A2"), year=2026))
    assert lived(records(held))[0][3] == day("2025-04-01")
    assert [fault.child for fault in check(held) if fault.number == "vanished"] == ["A1"]


@pytest.mark.parametrize(
    ("old", "new", "finding", "counted"),
    [
        ("2024-06-01</CPPst", "soon</CPPst", "CPPstartDate: 'soon' is no date", False),
        ("2024-10-01</CPPend", "later</CPPend", "CPPendDate: 'later' is no date", True),
        ("2024-10-01</CPPend", "2024-05-01</CPPend", "is before the plan began", False),
        ("<LAchildID>A1", "<LAchildID>", "LAchildID: is blank, and must not be", False),
    ],
)
def test_what_cannot_be_counted_is_found(read, old, new, finding, counted):
    held = read(x=census(person("A1").replace(old, new)))
    assert any(finding in str(fault.finding) for fault in (*held.faults, *check(held)))
    assert ("plan" in {state for _, state, _, _ in lived(records(held))}) == counted


def test_an_unborn_child_has_no_birthday(cin):
    expected = person("A1").replace("PersonBirthDate", "ExpectedPersonBirthDate")
    assert cin(census(expected)).children.born.tolist() == [NO_DAY]


def test_lists_of_annex_a_become_spells(read):
    made = records(read(x=workbook(("EH", [EARLY_HELP, HELPED]))))
    assert lived(made) == [("C1", "early help", day("2024-04-08"), day("2024-05-20"))]
    assert made.episodes.traits["organisation"].word(0) == "Family hub"
    assert made.children.sex.word(0) == "M"


def test_extracts_of_the_safeguarding_dataset_become_spells(read):
    text = (
        "earl_episode_id,earl_person_id,earl_episode_start_date,earl_episode_end_date,"
        "earl_episode_end_reason\n1,C1,01/02/2024,,\n2,C2,2024-02-01,2024-03-01,Step up\n"
    )
    assert lived(records(read(x=text.encode()))) == [
        ("C1", "early help", day("2024-02-01"), OPEN),
        ("C2", "early help", day("2024-02-01"), day("2024-03-01")),
    ]


def test_a_care_episode_has_the_placement_that_it_points_to(read):
    care = (
        "clae_cla_episode_id,clae_person_id,clae_cla_episode_start_date,clae_cla_placement_id\n"
        "1,C1,2024-01-01,P7\n2,C2,2024-01-01,\n"
    )
    placed = (
        "clap_cla_placement_id,clap_cla_placement_start_date,clap_cla_placement_type\n"
        "P7,2024-01-01,U6\n"
    )
    made = records(read(care=care.encode(), placed=placed.encode()))
    held = made.episodes.traits["placement"]
    assert [held.word(row) for row in range(2)] == ["U6", ""]


def test_a_child_is_followed_from_one_return_to_the_other(read):
    held = read(
        cin=census(person("A1")),
        header=f"{HEADER}\nA1,F,27/03/2015,WBRI,UN1,,\n".encode(),
        episodes=f"{EPISODES}\n{episode('A1', '05/11/2024')}\n".encode(),
    )
    made = records(held)
    assert made.children.key == ("A1",)
    assert [state for _, state, _, _ in lived(made)] == ["looked after", "need", "plan"]
    assert made.covers["looked after"] == made.covers["need"]
    assert [str(fault.finding) for fault in check(held) if fault.number in WHO] == []


WHO = {"birth", "pupil", "identity"}


@pytest.mark.parametrize(
    ("header", "number"),
    [
        ("A1,F,28/03/2015,WBRI,UN1,,", "birth"),
        ("A1,F,27/03/2015,WBRI,B201004098761,,", "pupil"),
        ("Z9,F,27/03/2015,WBRI,A201004098761,,", "identity"),
    ],
)
def test_a_child_who_is_not_the_same_in_two_returns_is_found(read, header, number):
    upn = "</LAchildID><UPN>A201004098761</UPN>"
    held = read(
        cin=census(person("A1").replace("</LAchildID>", upn)),
        header=f"{HEADER}\n{header}\n".encode(),
        episodes=f"{EPISODES}\n{episode(header[:2], '05/11/2024')}\n".encode(),
    )
    assert [fault.number for fault in check(held) if fault.number in WHO] == [number]


@pytest.mark.parametrize(
    ("year", "date", "read_as"), [(2025, "2025-03-31", (2025,)), (2024, "2025-03-31", ())]
)
def test_the_year_of_a_census_is_its_reference_dates_and_a_mismatch_is_not_read(
    read, year, date, read_as
):
    text = census(person("A1")).replace(b"<Year>2025<", f"<Year>{year}<".encode())
    held = read(x=text.replace(b"2025-03-31", date.encode()))
    assert held.years == read_as
    assert bool(held.tables) == bool(read_as)
    assert ("year" in {fault.number for fault in held.faults}) != bool(read_as)


@pytest.mark.parametrize(
    "form", [cin_records.FORM, annex_a_records.FORM, ssd_records.FORM], ids=["cin", "annex", "ssd"]
)
def test_forms_speak_of_columns_states_and_events_that_there_are(form):
    tables = {**layout("cin").tables, **layout("annex_a").tables, **layout("ssd").tables}
    for spell in form.spells:
        columns = tables[spell.table].columns
        used = {spell.key, spell.start, spell.stop, *spell.traits.values()}
        joined = set(ssd_records.PLACED.values()) if spell.table == ssd_records.CARE else set()
        assert used <= set(columns) | joined
        assert spell.state in STATES
        assert columns[spell.start].kind == columns[spell.stop].kind == "date"
    for event in form.events:
        assert tables[event.table].columns[event.day].kind == "date"
        assert event.measure in EVENTS
    for who in form.who:
        assert {who.key, who.born, *who.sex} <= set(tables[who.table].columns)
