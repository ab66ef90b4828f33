"""The lists of comparisons in a real browser: searched, filtered, used by keyboard, printed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver.common.keys import Keys

from tests.report.test_compared import START, write_hanging
from tests.report.test_report_browser import STICKING_OUT
from tests.support.browser import Browser, start_browser
from tests.support.command_line import RUN, senr_duck
from tests.support.other_files import LEA, compare, number, write_pair
from tests.support.report_page import HOSTILE

pytestmark = pytest.mark.slow

SECTION = f"document.getElementById('sela-{LEA}')"
NAMES = f"return [...{SECTION}.querySelectorAll('.student h3')].map(h => h.firstChild.textContent)"
FOUND = f"return {SECTION}.querySelector('.found').textContent"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with start_browser() as started:
        yield started


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return one page of a run that leaves a program outside, and of a comparison of SELA."""
    folder = tmp_path_factory.mktemp("files")
    write_hanging(folder)
    assert senr_duck(folder, *RUN, "--sprg-ods", "sprg.txt", "--quiet").returncode == 0
    hostile = {"student_legal_last_name": HOSTILE, START: "20240816"}
    names = [{"ssid": number(place)} for place in range(1, 31)]
    write_pair(
        folder,
        "SELA",
        names[:10],
        [names[0], {**names[1], **hostile}, *names[2:9], *names[10:]],
    )
    assert compare(folder, "SELA", "--senr", "latest", "--quiet").returncode == 0
    assert senr_duck(folder, "report").returncode == 0
    return folder / "report.html"


def choose(browser: Browser, part: str, value: str) -> None:
    browser.run(
        f"const list = {SECTION}.querySelector('[data-by={part}]');"
        f"list.value = {value!r}; list.dispatchEvent(new Event('change'))"
    )


def test_the_page_opens_without_errors_and_asks_for_nothing(browser: Browser, page: Path) -> None:
    browser.open(page)
    assert browser.read_messages() == []
    assert browser.read_requests() == [page.absolute().as_uri()]
    assert browser.run(FOUND) == "22 records"
    assert browser.run(NAMES)[0] == f"{HOSTILE}, Ana"


def test_the_list_is_filtered_by_what_is_typed_and_chosen(browser: Browser, page: Path) -> None:
    browser.open(page)
    search = browser.driver.find_element("css selector", f"#sela-{LEA} input")
    search.send_keys(number(2))
    assert browser.run(FOUND) == "1 of 22 records"
    search.send_keys(Keys.END, "9")
    assert browser.run(FOUND) == "0 of 22 records"
    assert browser.run(f"return {SECTION}.querySelector('.none').hidden") is False
    search.clear()
    choose(browser, "kind", "not_in_sis")
    assert browser.run(FOUND) == "1 of 22 records"
    choose(browser, "kind", "")
    choose(browser, "acts", "SIS")
    assert browser.run(FOUND) == "2 of 22 records"


def test_a_button_in_the_table_shows_the_lines_of_its_reason(browser: Browser, page: Path) -> None:
    browser.open(page)
    button = browser.driver.find_element("css selector", "button[data-reason=DATE]")
    browser.run("arguments[0].scrollIntoView({block: 'center'})", button)
    button.click()
    browser.driver.execute_async_script("setTimeout(arguments[0], 50)")
    assert browser.run(FOUND) == "1 of 22 records"
    shown = browser.run(f"return {SECTION}.querySelector('.student').innerText")
    for text in ("20240815", "20240816", "Enter in the SIS", "Take the date of CALPADS over"):
        assert text in shown


def test_more_are_shown_and_the_first_of_them_has_the_focus(browser: Browser, page: Path) -> None:
    browser.open(page, height=400)
    assert len(browser.run(NAMES)) == 20
    browser.run(f"{SECTION}.querySelector('.more button').click()")
    assert len(browser.run(NAMES)) == 22
    focused = (
        "return [...document.querySelectorAll('.to-do .student')].indexOf(document.activeElement)"
    )
    assert browser.run(focused) == 20


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_sticks_out_on_any_screen(
    browser: Browser, page: Path, width: int, scheme: str
) -> None:
    browser.open(page, width=width, scheme=scheme)
    assert browser.run(STICKING_OUT) == []


def test_a_filtered_list_is_printed_alone(browser: Browser, page: Path) -> None:
    browser.open(page)
    browser.run("window.dispatchEvent(new Event('beforeprint'))")
    assert len(browser.run(NAMES)) == 22
    assert browser.run("return document.body.className") == ""
    browser.run("window.dispatchEvent(new Event('afterprint'))")
    choose(browser, "acts", "SIS")
    browser.run("window.dispatchEvent(new Event('beforeprint'))")
    assert browser.run("return document.body.className") == "one-list"
    said = browser.run(f"return {SECTION}.querySelector('.print-filter').textContent")
    assert said == "Printed: only records with Who acts: SIS."
    browser.run("window.dispatchEvent(new Event('afterprint'))")
    assert browser.run("return document.body.className") == ""


def test_every_field_of_the_form_has_a_label(browser: Browser, page: Path) -> None:
    browser.open(page)
    labels = browser.run(
        f"return [...{SECTION}.querySelectorAll('input, select')]"
        ".map(one => one.labels[0]?.firstChild.textContent.trim())"
    )
    assert labels == ["Search", "School", "Class", "Reason", "Who acts"]
    form = f"{SECTION}.querySelector('form')"
    assert (
        browser.run(
            f"return document.getElementById({form}.getAttribute('aria-labelledby')).textContent"
        )
        == "What to do"
    )


def test_a_page_of_one_comparison_opens_at_a_student(browser: Browser, page: Path) -> None:
    (alone,) = page.parent.glob("out/sela-*/report.html")
    browser.open(alone)
    browser.driver.get(f"{alone.absolute().as_uri()}#{number(2)}")
    assert browser.run(FOUND) == "1 of 22 records"
    assert browser.read_messages() == []


def test_what_is_left_outside_is_with_its_student_and_can_be_chosen(
    browser: Browser, page: Path
) -> None:
    browser.open(page)
    browser.run(
        "const why = document.getElementById('by-why'); why.value = 'LEFT-OUTSIDE SPRG';"
        "why.dispatchEvent(new Event('change'))"
    )
    assert browser.run("return document.getElementById('found').textContent") == "1 of 9 students"
    shown = browser.run("return document.querySelector('#list .student').innerText")
    assert "Left outside: SPRG 127, 1930651, 2025-09-01 to open" in shown
    assert "correct the dates or the school of the program" in shown
