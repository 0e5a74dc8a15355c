"""One bad case file each, and exactly what is said."""

from pathlib import Path

import pytest

from headwater.core.errors import InputError
from headwater.workflows.business_case import read_case

HEAD = 'place = "norfolk"\nprogramme = "family_group_conference"\n'
COHORT = "[cohort]\nchildren = 100\n"


@pytest.fixture
def said(tmp_path, monkeypatch):
    """Write a case file and return what is said of it, a problem a line."""
    monkeypatch.chdir(tmp_path)

    def write(content: str | bytes) -> list[str]:
        data = content.encode() if isinstance(content, str) else content
        Path("case.toml").write_bytes(data)
        with pytest.raises(InputError) as caught:
            read_case("case.toml")
        return str(caught.value).splitlines()

    return write


def test_every_fault_is_shown_at_once_in_order_with_its_line(said):
    faulty = """\
title = "many faults"
place = "norfolk"
programme = "family_group_conference"
drws = 100
horizon_years = "five"

[cohort]
children = 100
ages = [15, 8]

[cohort.risk]
share = 1.4
months = 12
source = "local"

[delivery]
cost_per_child = { amount = -5, price_base = "2024-25", source = "tender" }

[unit_costs]
looked_after_foster = { amount = 100, per = "day", source = "ours" }
"""
    assert said(faulty) == [
        "case.toml, line 4, drws: is not known here. Did you mean 'draws'?",
        ("case.toml, line 5, horizon_years: needs a whole number, got 'five'."),
        "case.toml, line 9, cohort.ages: ages 15 to 8 do not rise within 0 to 17.",
        "case.toml, line 12, cohort.risk.share: must be below 1, got 1.4.",
        "case.toml, line 17, delivery.cost_per_child.amount: must be at least 0, got -5.",
        "case.toml, line 20, unit_costs.looked_after_foster.price_base: is missing. Add it.",
    ]


ONE = {
    "a key that is unlike any": (
        HEAD + COHORT + "zzz = 1\n",
        "case.toml, line 5, cohort.zzz: is not known here.",
    ),
    "a misspelt key in a table": (
        HEAD + COHORT + "[options]\nafter_folow_up = 'none'\n",
        (
            "case.toml, line 6, options.after_folow_up: is not known here."
            " Did you mean 'after_follow_up'?"
        ),
    ),
    "a number for a name": (
        "place = 926\n" + HEAD.splitlines()[1] + "\n" + COHORT,
        "case.toml, line 1, place: needs text in quotes, got 926.",
    ),
    "a value for a table": (
        HEAD + "cohort = 5\n",
        ("case.toml, line 3, cohort: needs a table { }, got 5."),
    ),
    "a word that is none of a few": (
        HEAD + COHORT + "level = 'edge'\n",
        (
            "case.toml, line 5, cohort.level: input should be 'universal', 'targeted',"
            " 'child_in_need', 'protection_plan', 'pre_proceedings', 'looked_after' or"
            " 'returning_home', got 'edge'."
        ),
    ),
    "a price base that is no year": (
        HEAD + COHORT + '[delivery]\ncost_per_child = { amount = 1, price_base = "today",'
        ' source = "x" }\n',
        (
            "case.toml, line 6, delivery.cost_per_child.price_base: needs a year, as 2024-25, got"
            " 'today'."
        ),
    ),
    "money without a source": (
        HEAD + COHORT + '[delivery]\ncost_per_child = { amount = 1, price_base = "2024-25" }\n',
        "case.toml, line 6, delivery.cost_per_child.source: is missing. Add it.",
    ),
    "both a risk and a range of it": (
        HEAD + COHORT + "[cohort.risk]\nshare = 0.5\nbetween = [0.1, 0.2]\nmonths = 12\n"
        'source = "x"\n',
        "case.toml, line 5, cohort.risk: give either 'share' or 'between'.",
    ),
    "a range of risk that falls": (
        HEAD + COHORT + '[cohort.risk]\nbetween = [0.6, 0.2]\nmonths = 12\nsource = "x"\n',
        "case.toml, line 5, cohort.risk: 'between' must rise.",
    ),
    "an interval that leaves its value out": (
        HEAD + COHORT + '[effect]\nscale = "risk_ratio"\nvalue = 0.5\nlow = 0.6\nhigh = 0.9\n'
        'months = 12\nsource = "x"\n',
        "case.toml, line 5, effect: the interval must contain the value: low ≤ value ≤ high.",
    ),
    "a ratio of nought": (
        HEAD + COHORT + '[effect]\nscale = "risk_ratio"\nvalue = 0.5\nlow = 0.0\nhigh = 0.9\n'
        'months = 12\nsource = "x"\n',
        "case.toml, line 5, effect: a ratio must lie between 0.001 and 1000.",
    ),
    "a difference in percentage points": (
        HEAD + COHORT + '[effect]\nscale = "risk_difference"\nvalue = -8.6\nlow = -13\n'
        'high = -4\nmonths = 12\nsource = "x"\n',
        (
            "case.toml, line 5, effect: a risk difference is a share between -1 and 1, negative for"
            " fewer children."
        ),
    ),
    "starts that do not add up": (
        HEAD + COHORT + '[[cohort.starts]]\nyear = "2024-25"\nchildren = 40\n'
        '[[cohort.starts]]\nyear = "2025-26"\nchildren = 50\n',
        "case.toml, line 3, cohort: the starts add up to 90, not to the cohort's 100 children.",
    ),
    "a start year given twice": (
        HEAD + COHORT + '[[cohort.starts]]\nyear = "2024-25"\nchildren = 50\n'
        '[[cohort.starts]]\nyear = "2024-25"\nchildren = 50\n',
        "case.toml, line 3, cohort: the start years must rise, each once.",
    ),
}


@pytest.mark.parametrize(("content", "message"), ONE.values(), ids=ONE)
def test_one_fault(said, content: str, message: str):
    assert said(content) == [message]


def test_an_empty_file_lacks_what_every_case_needs(said):
    assert said("") == [
        "case.toml, place: is missing. Add it.",
        "case.toml, programme: is missing. Add it.",
        "case.toml, cohort: is missing. Add it.",
    ]


def test_a_file_that_is_not_toml(said):
    assert said("place = norfolk\n") == [
        (
            "case.toml: is not TOML: Invalid value (at line 1, column 9). Text needs quotes; tables"
            " need [brackets]."
        )
    ]


def test_a_file_that_is_not_utf_8_names_the_line(said):
    assert said(HEAD.encode() + b'title = "caf\xe9"\n') == [
        "case.toml, line 3: byte 0xe9 is not UTF-8. Save the file as UTF-8."
    ]


def test_a_file_too_large_to_be_a_case(said):
    assert said(b"#" * 2_000_000) == [
        "case.toml: is larger than 1,000,000 bytes. Is it a case file?"
    ]


def test_a_file_nested_too_deep_to_read(said):
    assert said("a = " + "[" * 5000 + "]" * 5000) == [
        "case.toml: nests lists or tables too deep to read."
    ]


def test_a_byte_order_mark_and_windows_line_ends_are_accepted(tmp_path):
    file = tmp_path / "case.toml"
    file.write_bytes(b"\xef\xbb\xbf" + (HEAD + COHORT).replace("\n", "\r\n").encode())
    assert read_case(str(file)).cohort.children == 100


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("folder", "folder: is a folder, not a case file."),
        ("folder/", "folder/: is a folder, not a case file."),
        (".", ".: is a folder, not a case file."),
        ("", "case: is neither a file nor a shipped case."),
        ("none", "none: is neither a file nor a shipped case."),
        ("a" * 5000, "a" * 60 + "…: is neither a file nor a shipped case."),
    ],
)
def test_a_name_that_is_no_file(tmp_path, monkeypatch, name: str, said: str):
    monkeypatch.chdir(tmp_path)
    Path("folder").mkdir()
    with pytest.raises(InputError) as caught:
        read_case(name)
    assert str(caught.value) == f"{said} Shipped: stronger-families-norfolk."


def test_a_file_that_is_not_there_is_not_answered_with_a_list():
    with pytest.raises(InputError) as caught:
        read_case("none.toml")
    assert str(caught.value) == (
        "none.toml: is neither a file nor a shipped case. Check its folder and its name."
    )


def test_names_that_are_unknown_are_told_with_the_other_faults(said):
    text = 'place = "narfolk"\nprogramme = "fgcc"\ndrws = 5\n' + COHORT
    assert said(text) == [
        (
            "case.toml, line 1, place: there is no place called 'narfolk'. Did you mean 'norfolk'?"
            " `headwater places` lists them all."
        ),
        (
            "case.toml, line 2, programme: there is no programme called 'fgcc'. Did you mean 'fgc'?"
            " `headwater programmes` lists them all."
        ),
        "case.toml, line 3, drws: is not known here. Did you mean 'draws'?",
    ]


def test_thousands_of_faults_are_counted_and_not_all_shown(said):
    lines = said(HEAD + "".join(f"key_{i} = 1\n" for i in range(20_000)) + COHORT)
    assert len(lines) == 41
    assert lines[0].startswith("case.toml, line 3, key_0: is not known here.")
    assert lines[-1] == "case.toml: and 19,960 more faults."


def test_a_level_as_it_is_spelt_on_screen_gets_a_suggestion(said):
    (line,) = said(HEAD + '[cohort]\nchildren = 100\nlevel = "pre-proceedings"\n')
    assert line.endswith("got 'pre-proceedings'. Did you mean 'pre_proceedings'?")


def test_a_misspelt_shipped_case_gets_a_suggestion():
    with pytest.raises(InputError) as caught:
        read_case("stronger-families-norfok")
    assert str(caught.value) == (
        "stronger-families-norfok: is neither a file nor a shipped case. Did you mean"
        " 'stronger-families-norfolk'? Shipped: stronger-families-norfolk."
    )


def test_a_fault_in_the_second_of_several_tables_names_its_own_line(said):
    step = """
[[cashability]]
line = "looked_after_foster"
marginal_per_child_month = { amount = 1, price_base = "2024-25", source = "ours" }
fixed_per_step_month = { amount = 1, price_base = "2024-25", source = "ours" }
step_children = 5
notice_months = 1
ramp_months = 3
backfill = 0.1
"""
    faulty = step.replace("backfill = 0.1", "backfill = 2")
    (line,) = said(HEAD + COHORT + step + faulty)
    assert line.startswith("case.toml, line 22, cashability.1.backfill: must be at most")


def test_a_start_year_that_does_not_follow_on(said):
    starts = 'starts = [{ year = "2024-99", children = 100 }]\n'
    (line,) = said(HEAD + COHORT + starts)
    assert line.startswith(
        "case.toml, line 5, cohort.starts.0.year: '2024-99' is no financial year"
    )
