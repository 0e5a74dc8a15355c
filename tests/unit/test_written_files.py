"""Files as they are written: whole, where a link leads, never two of one name."""

import pytest

from headwater.cli.output import check_writable, write_whole
from headwater.core.errors import InputError


def test_a_link_keeps_leading_to_the_file_it_names(tmp_path):
    (tmp_path / "real").mkdir()
    real, link = tmp_path / "real/out.json", tmp_path / "out.json"
    real.write_text("old")
    link.symlink_to(real)
    write_whole(link, "new")
    assert link.is_symlink()
    assert real.read_text() == "new"


def test_one_file_under_two_names_is_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "other.json").symlink_to(tmp_path / "out.json")
    for second in (tmp_path / "out.json", tmp_path / "other.json"):
        with pytest.raises(InputError, match="is named twice"):
            check_writable((tmp_path / "out.json").relative_to(tmp_path), second)
