"""Reports in a real browser: phone, first printed page, nothing fetched."""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from headwater.workflows import forecast_report
from headwater.workflows.business_case import read_case, run_business_case
from headwater.workflows.business_case.case_file import check_case
from headwater.workflows.business_case_report import html_report
from headwater.workflows.citations import cited
from headwater.workflows.forecast.answer import forecast
from headwater.workflows.forecast.past import past_record

ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MILLIMETRE = 96 / 25.4
PAPER = {"width": round(180 * MILLIMETRE), "height": round(269 * MILLIMETRE)}
"""What the margins leave of A4."""
CASES = ("usable", "no effect", "many words", "forecast", "record")


def _chromium() -> str:
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        reason = "no Chromium on this machine: install it to check reports in a browser"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@pytest.fixture(scope="module")
def browser():
    path = _chromium()
    with sync_playwright() as play:
        held = play.chromium.launch(executable_path=path, args=ARGS)
        yield held
        held.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("reports")
    entry = {
        "place": "norfolk",
        "programme": "family_group_conference",
        "draws": 40,
        "cohort": {"children": 200},
        "delivery": {
            "cost_per_child": {"amount": "2000", "price_base": "2024-25", "source": "given"}
        },
    }
    long = {**entry, "title": "A long title of a business case " * 4, "notes": ["W" * 300]}
    cases = {
        "usable": check_case(entry, "test"),
        "no effect": read_case("stronger-families-norfolk").model_copy(update={"draws": 40}),
        "many words": check_case(long, "test"),
    }
    paths = {}
    for name, case in cases.items():
        result = run_business_case(case)
        paths[name] = folder / f"{name}.html"
        paths[name].write_text(html_report(result, cited(result)), encoding="utf-8")
    for name, ahead in {
        "forecast": forecast("norfolk", years=2, draws=40),
        "record": past_record(),
    }.items():
        paths[name] = folder / f"{name}.html"
        paths[name].write_text(forecast_report.html_report(ahead, cited(ahead)), encoding="utf-8")
    return paths


@pytest.fixture(params=CASES)
def file(request, files) -> Path:
    return files[request.param]


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_the_page_never_scrolls_sideways(browser, file, width) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_one_drawing_of_each_chart_is_shown(browser, file) -> None:
    for width, shown, hidden in ((360, "narrow", "wide"), (1280, "wide", "narrow")):
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.goto(file.as_uri())
        assert page.locator(f".chart svg.{shown}").first.is_visible()
        assert not page.locator(f".chart svg.{hidden}").first.is_visible()
        page.close()


def test_the_whole_headline_stands_on_the_first_printed_page(browser, file) -> None:
    page = browser.new_page(viewport=PAPER)
    page.emulate_media(media="print")
    page.goto(file.as_uri())
    bottom = page.locator("#answer").evaluate("e => e.getBoundingClientRect().bottom + scrollY")
    assert bottom <= PAPER["height"]
    page.close()


def test_nothing_is_fetched_and_nothing_complains(browser, file) -> None:
    page = browser.new_page()
    fetched, complaints = [], []
    page.on("request", lambda request: fetched.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(file.as_uri(), wait_until="load")
    assert fetched == [file.as_uri()]
    assert complaints == []
    page.close()


def test_text_stands_out_from_its_ground(browser, file) -> None:
    """Contrast of every visible text on its own background is 4.5 or more."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(file.as_uri())
    assert page.evaluate(CONTRAST) == []
    page.close()


CONTRAST = """() => {
  const light = c => { const v = c.match(/[\\d.]+/g).map(Number).slice(0, 3).map(x => {
      x /= 255; return x <= 0.03928 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * v[0] + 0.7152 * v[1] + 0.0722 * v[2]; };
  const ground = e => { for (; e; e = e.parentElement) {
      const c = getComputedStyle(e).backgroundColor;
      if (!c.startsWith('rgba(0, 0, 0, 0') ) return c; } return 'rgb(255,255,255)'; };
  const poor = new Set();
  for (const e of document.querySelectorAll('main *:not(svg *)')) {
    const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (!own || !e.offsetParent) continue;
    const [a, b] = [light(getComputedStyle(e).color), light(ground(e))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) poor.add(e.className + ' ' + ratio.toFixed(2));
  }
  return [...poor];
}"""
