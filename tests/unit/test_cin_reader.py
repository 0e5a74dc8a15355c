"""The children in need census as tables."""

import pytest

from headwater.catalogue.returns import layout
from headwater.readers.returns.cin_xml import read_cin
from return_samples import CASE, NO_ACTION, census, person


def tables(data: bytes) -> dict:
    return {table.table: table for table in read_cin("census.xml", data)[0]}


def said(data: bytes) -> list[str]:
    found, findings = read_cin("census.xml", data)
    return [str(each) for each in (*findings, *(f for table in found for f in table.findings))]


def test_a_sound_census_is_read_whole_and_without_findings():
    data = census(person("A1"), person("A2"))
    read = tables(data)
    assert {name: table.frame.height for name, table in read.items()} == {
        "header": 1,
        "child": 2,
        "disabilities": 4,
        "cin_details": 2,
        "assessments": 2,
        "assessment_factors": 4,
        "cin_plans": 2,
        "section47": 2,
        "cp_plans": 2,
        "cp_reviews": 2,
    }
    assert said(data) == []


def test_tables_have_the_layouts_columns_and_the_line_of_each_row():
    for name, table in tables(census(person("A1"))).items():
        assert table.frame.columns == [*layout("cin").tables[name].columns, "row"]
    (case,) = tables(census(person("A1")))["cin_details"].frame.to_dicts()
    assert case["ReferralSource"] == "5D"
    assert case["row"] == census(person("A1")).split(b"<CINdetails>")[0].count(b"\n") + 1


def test_rows_know_the_referral_assessment_and_plan_that_they_lie_in():
    read = tables(census(person("A1", CASE, CASE), person("A2")))
    assert read["cin_details"].frame["referral"].to_list() == ["1", "2", "3"]
    assert read["section47"].frame["referral"].to_list() == ["1", "2", "3"]
    assert read["section47"].frame["LAchildID"].to_list() == ["A1", "A1", "A2"]
    assert read["assessment_factors"].frame["assessment"].to_list() == [
        "1",
        "1",
        "2",
        "2",
        "3",
        "3",
    ]
    assert read["cp_reviews"].frame["plan"].to_list() == read["cp_plans"].frame["plan"].to_list()


def test_a_census_on_one_line_keeps_its_cases_apart():
    data = census(person("A1", CASE, CASE)).replace(b"\n", b"")
    assert tables(data)["section47"].frame["referral"].to_list() == ["1", "2"]


def test_truth_in_words_is_read_and_said():
    data = census(person("A1", NO_ACTION))
    assert tables(data)["cin_details"].frame["ReferralNFA"].to_list() == ["1"]
    (word,) = said(data)
    assert "ReferralNFA: is written in words; read as 1 or 0 (once)." in word


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        (("<ReferralNFA>0", "<Colour>red</Colour><ReferralNFA>0"), "'red' is no element of CINdet"),
        (("<ReferralNFA>0", "<ReferalNFA>1</ReferalNFA><ReferralNFA>0"), "you mean 'ReferralNFA'?"),
        (
            ("<CINclosureDate>", "<ReferralSource>1A</ReferralSource><CINclosureDate>"),
            "ReferralSource: '1A' stands twice; the first was read.",
        ),
        (("<Ethnicity>WBRI</Ethnicity>\n", "\n"), ""),
        (("<Section47>", "<Section47>hello"), "Section47: 'hello' holds text where it holds elem"),
        (("</ReferralSource>", "</ReferralSource>stray"), "'stray' is followed by text"),
        (("</Reviews>", "</Reviews><Reviews/>"), "Reviews: stands more than once; each was read."),
    ],
)
def test_a_fault_of_the_schema_is_found_and_the_rest_is_read(change, finding):
    data = census(person("A1"), person("A2")).replace(*(text.encode() for text in change))
    assert tables(data)["cin_details"].frame["ReasonForClosure"].to_list() == ["RC9", "RC9"]
    assert tables(data)["cp_plans"].frame.height == 2
    assert [line for line in said(data) if finding in line] or not finding


def test_elements_out_of_order_are_found_and_read():
    moved = CASE.replace("<ReferralNFA>0</ReferralNFA>\n", "").replace(
        "<Assessments>", "<ReferralNFA>0</ReferralNFA>\n<Assessments>"
    )
    data = census(person("A1", moved))
    assert tables(data)["assessments"].frame.height == 1
    assert "Assessments: stands after ReferralNFA, which it should come before." in said(data)[0]


def test_elements_of_another_year_are_found_once():
    found = said(census(person("A1"), person("A2"), year=2024))
    assert found == ["census.xml, row 6, Sex: is no element of the census of 2023-24 (2 times)."]
    older = said(census(person("A1"), year=2021))
    assert any(
        "CINPlanStartDate: is no element of the census of 2020-21 (once)" in x for x in older
    )


def test_the_block_of_the_coming_year_is_read():
    block = (
        "<PreProceedingsandFGDM><PPStartDate>2026-09-09</PPStartDate>"
        "<FGDMMeetingOffer>1</FGDMMeetingOffer><CourtAppDate>2026-12-18</CourtAppDate>"
        "</PreProceedingsandFGDM></CINdetails>"
    )
    data = census(person("A1", CASE.replace("</CINdetails>", block)), year=2027)
    (row,) = tables(data)["pre_proceedings"].frame.to_dicts()
    assert (row["PPStartDate"], row["CourtAppDate"]) == ("2026-09-09", "2026-12-18")
    assert said(data) == []


def test_namespaces_comments_and_other_encodings_do_no_harm():
    plain = tables(census(person("A1")))["cin_details"].frame
    spaced = census(person("A1")).replace(b"<Message>", b'<Message xmlns="urn:x"><!-- y -->')
    assert tables(spaced)["cin_details"].frame.equals(plain)
    wide = census(person("A1")).decode().encode("utf-16")
    assert tables(wide)["cin_details"].frame.equals(plain)


def test_a_child_that_is_not_well_formed_costs_no_other():
    broken = person("A2").replace("</CINreferralDate>", "</<CINreferralDate>")
    data = census(person("A1"), broken, person("A3"))
    read = tables(data)
    assert read["child"].frame["LAchildID"].to_list() == ["A1", "A2", "A3"]
    sound = tables(census(person("A1")))["cin_details"].frame.row(0)[2:9]
    assert read["cin_details"].frame.row(0)[2:9] == sound
    assert read["cin_details"].frame.row(2)[2:9] == sound
    assert any("is not well-formed XML; its children were read one by one" in x for x in said(data))


def test_a_child_cut_short_keeps_what_it_has():
    data = census(person("A1"), person("A2"))
    read = tables(data[: data.rindex(b"<ReferralNFA>")])
    assert read["child"].frame.height == 2
    assert read["section47"].frame.height == 2
