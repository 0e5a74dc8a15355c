"""The command line given odd things: a message and exit status 2, never a traceback.

`run()` is what the installed command calls; it is called here in this process, and once for real.
"""

import os
import re
import signal
import subprocess
import sys

import pytest

from headwater.cli import start

OPTIONS = ("--programme", "family_group_conference", "--cohort", "10", "--draws", "20")
NORFOLK = ("--place", "norfolk", *OPTIONS)
COMMAND = [sys.executable, "-c", "from headwater.cli.start import run; run()"]


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    """Run the command line in an empty folder; return its exit status, what it prints and says."""

    def call(*words: str) -> tuple[int, str, str]:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr(sys, "argv", ["headwater", *words])
        monkeypatch.setattr(signal, "signal", lambda *_: None)
        status = 0
        try:
            start.run()
        except SystemExit as stopped:
            status = int(stopped.code or 0)
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return status, out, err

    return call


@pytest.fixture
def said(run):
    """Run the command line; return its exit status and what it says went wrong."""

    def call(*words: str) -> tuple[int, str]:
        status, out, err = run(*words)
        assert "GROSS" not in out
        return status, err.strip()

    return call


WRONG = {
    ("business-case",): (
        "business-case: needs --place, --programme, --cohort, or a case. Try: headwater"
        " business-case stronger-families-norfolk"
    ),
    ("business-case", "--place", "norfolk"): (
        "business-case: needs --programme, --cohort, or a case. Try: headwater business-case"
        " stronger-families-norfolk"
    ),
    ("business-case", *NORFOLK, "--cost-per-child=-5"): (
        "--cost-per-child: must be at least 0, got '-5'."
    ),
    ("business-case", *NORFOLK, "--value-of-information", "--pilot", "9", "--pilot-cost", "1e6"): (
        "--pilot-cost: '1e6' is not an amount. Write 2000, 2,000 or 2000.50."
    ),
    ("business-case", *NORFOLK, "--value-of-information", "--pilot", "9", "--pilot-cost=-£5"): (
        "--pilot-cost: '-£5' is not an amount. Write 2000, 2,000 or 2000.50."
    ),
    ("business-case", *NORFOLK, "--cost-per-child", "two"): (
        "--cost-per-child: 'two' is not an amount. Write 2000, 2,000 or 2000.50."
    ),
    ("business-case", *NORFOLK, "--ages", "15-8"): (
        "--ages: ages 15 to 8 do not rise within 0 to 17."
    ),
    ("business-case", *NORFOLK, "--ages", "²-3"): "--ages: '²-3' is not two ages. Write 8-15.",
    ("business-case", *NORFOLK, "--draws", "5"): ("--draws: must be at least 20, got 5."),
    ("business-case", *NORFOLK, "--after", "sometimes"): (
        "--after: input should be 'none', 'fade', 'persist' or 'rebound', got 'sometimes'."
    ),
    ("business-case", *NORFOLK, "--json", "none/x.json"): (
        "none/x.json: there is no folder '{here}/none'. Create it first."
    ),
    ("business-case", *NORFOLK, "--json", "."): ".: is a folder. Name a file.",
    ("business-case", *NORFOLK, "--json", os.devnull): (
        f"{os.devnull}: is a device, not a file. Name a file."
    ),
}


@pytest.mark.parametrize(("words", "message"), WRONG.items(), ids=lambda part: str(part)[-40:])
def test_one_wrong_option(said, tmp_path, words, message):
    assert said(*words) == (2, message.format(here=tmp_path))


def test_both_unwritable_files_are_named_before_any_work(said):
    status, text = said("business-case", *NORFOLK, "--json", ".", "--report", "none/x.html")
    assert status == 2
    assert [line.partition(":")[0] for line in text.splitlines()] == [".", "none/x.html"]


def test_a_file_that_may_not_be_written_is_refused(said, tmp_path):
    file = tmp_path / "kept.json"
    file.write_text("kept")
    file.chmod(0o444)
    if os.access(file, os.W_OK):
        pytest.skip("this user may write every file")
    status, text = said("business-case", *NORFOLK, "--json", str(file))
    assert (status, text) == (2, f"{file}: cannot be written. Choose another place.")
    assert file.read_text() == "kept"


def test_a_cost_on_the_command_line_is_in_the_price_year_of_the_case(run, tmp_path):
    (tmp_path / "case.toml").write_text(
        'place = "norfolk"\nprogramme = "fgc"\nprice_year = "2015-16"\ndraws = 20\n'
        "[cohort]\nchildren = 10\n"
    )
    status, out, _ = run("business-case", "case.toml", "--cost-per-child", "9")
    assert status == 0
    assert re.search(r"COST +of delivery +£90\b", out)


HOSTILE = "[bold red]x[/] \\u001b[31mred\\u001b[0m \\u009b5m [/none] \\u0007"


@pytest.mark.parametrize("where", ["place", "programme", "title"])
def test_text_that_commands_a_screen_is_refused(run, tmp_path, where):
    entry = {"place": "norfolk", "programme": "fgc", "title": "a case", where: HOSTILE}
    text = "".join(f'{key} = "{value}"\n' for key, value in entry.items())
    text += f'draws = 20\nnotes = ["{HOSTILE}"]\n[cohort]\nchildren = 10\n'
    (tmp_path / "case.toml").write_text(text, encoding="utf-8")
    status, _, shown = run("business-case", "case.toml")
    assert status == 2
    for name in (where, "notes.0"):
        assert f"{name}: holds a character that commands a screen" in shown
    assert re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", shown) is None


ODD = [
    (),
    ("nonsense",),
    ("--nonsense",),
    ("business-case", "--place"),
    ("business-case", "--cohort", "many"),
    ("business-case", "--cohort", "1e9", "--place", "norfolk", "--programme", "fgc"),
    ("business-case", "[bold]x"),
    ("business-case", "[/]"),
    ("business-case", "\x1b[31mx"),
    ("business-case", "no\nsuch"),
    ("business-case", "a" * 5000),
    ("business-case", *NORFOLK, "--json", "a" * 300),
    ("business-case", *NORFOLK, "--json", ""),
    ("business-case", *NORFOLK, "--risk", "nan"),
    ("business-case", *NORFOLK, "--risk", "-0.1"),
    ("business-case", *NORFOLK, "--cost-per-child", "1e500"),
    ("business-case", *NORFOLK, "--cost-per-child", "nan"),
    ("business-case", *NORFOLK, "--ages", "9" * 5000),
    ("business-case", *NORFOLK, "--ages", "--"),
    ("business-case", *NORFOLK, "--seed", "-1"),
    ("business-case", *NORFOLK, "--years", "0"),
    ("business-case", *NORFOLK, "--level", "\N{CLOWN FACE}"),
    ("business-case", *NORFOLK, "--price-year", "2024-2"),
    ("business-case", "--place", "", *OPTIONS),
    ("business-case", "--place", "isles of silly", *OPTIONS),
    ("business-case", os.devnull),
    ("places", "a" * 5000),
    ("places", "[/]"),
]


@pytest.mark.parametrize("words", ODD, ids=lambda words: repr(" ".join(words))[-30:])
def test_nothing_odd_ends_in_a_traceback(said, words):
    assert said(*words)[0] == 2


def test_the_installed_command_says_it_too(tmp_path):
    done = subprocess.run(
        [*COMMAND, "business-case", "--place", "norfork", *OPTIONS],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == (
        "place: there is no place called 'norfork'. Did you mean 'norfolk'? `headwater places`"
        " lists them all.\n"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="signals and terminals are others there")
def test_ctrl_c_ends_a_long_run_and_leaves_no_file(tmp_path):
    words = ["--place", "norfolk", "--programme", "fgc", "--cohort", "100000", "--draws", "10000"]
    watched, terminal = os.openpty()
    with subprocess.Popen(
        [*COMMAND, "business-case", *words, "--json", "out.json"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=terminal,
        env={**os.environ, "TERM": "xterm"},
    ) as running:
        os.close(terminal)
        seen = b""
        while b"both arms" not in seen:
            seen += os.read(watched, 1024)
        running.send_signal(signal.SIGINT)
        try:
            out, _ = running.communicate(timeout=60)
        finally:
            running.kill()
    os.close(watched)
    assert running.returncode == 130
    assert b"Traceback" not in out + seen
    assert list(tmp_path.iterdir()) == []
