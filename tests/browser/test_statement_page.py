"""A statement in a real browser: phone, desk, paper; nothing fetched; text that can be read."""

import pytest
from test_report_page import CONTRAST, PAPER, browser  # noqa: F401 - a fixture

from headwater.workflows.settle_report import html_report
from statement_sample import settled


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    folder = tmp_path_factory.mktemp("statement")
    path = folder / "statement.html"
    path.write_text(html_report(*settled(folder, ledger=True)), encoding="utf-8")
    return path


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_the_page_never_scrolls_sideways(browser, file, width) -> None:  # noqa: F811
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(
        "[...document.querySelectorAll('.scroll')].every(fits)".replace(
            "fits", "e => e.scrollWidth <= e.clientWidth + 1"
        )
    )
    page.close()


def test_what_is_due_stands_on_the_first_printed_page(browser, file) -> None:  # noqa: F811
    page = browser.new_page(viewport=PAPER)
    page.emulate_media(media="print")
    page.goto(file.as_uri())
    bottom = page.locator("#answer").evaluate("e => e.getBoundingClientRect().bottom + scrollY")
    assert bottom <= PAPER["height"]
    page.close()


def test_on_a_phone_each_cell_names_its_column(browser, file) -> None:  # noqa: F811
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto(file.as_uri())
    label = "e => getComputedStyle(e, '::before').content"
    cells = page.locator("#lines tbody tr").first.locator("td")
    said = [cells.nth(i).evaluate(label).strip('"') for i in range(cells.count())]
    assert said[:3] == ["period", "term", "clause"]
    assert said[-2:] == ["amount", "who pays"]
    page.close()


def test_nothing_is_fetched_and_nothing_complains(browser, file) -> None:  # noqa: F811
    page = browser.new_page()
    fetched, complaints = [], []
    page.on("request", lambda request: fetched.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(file.as_uri(), wait_until="load")
    assert fetched == [file.as_uri()]
    assert complaints == []
    page.close()


def test_text_stands_out_from_its_ground(browser, file) -> None:  # noqa: F811
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(file.as_uri())
    assert page.evaluate(CONTRAST) == []
    page.close()
