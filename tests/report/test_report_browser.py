"""The report in a real browser: it opens, is searched, is used by keyboard, fits a phone.

Pictures for a person to look at are left in the folder ``screenshots0`` of pytest's own: with
``--basetemp=FOLDER`` it is in that one.
"""

import base64
import re
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from selenium.webdriver.common.keys import Keys

from senr_duck.ledger import read_spot_checks_file
from tests.support.browser import Browser, start_browser
from tests.support.command_line import senr_duck
from tests.support.extracts import ADAMS, BAKER, every_class
from tests.support.report_page import HOSTILE, publish

pytestmark = pytest.mark.slow

IMAGE = "<img src=x onerror=alert(1)>"

# What the list shows: the names of the students, and how many match.
NAMES = "return [...document.querySelectorAll('.student h3')].map(h => h.firstChild.textContent)"
FOUND = "return document.getElementById('found').textContent"
# Everything that sticks out to the right, except what scrolls inside its own box.
STICKING_OUT = """
    const apart = ".scroll, nav, .skip, .defs, .hidden";
    return [...document.querySelectorAll("body *")]
      .filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
      .filter(one => !one.closest(apart) && !one.closest("thead"))
      .map(one => one.outerHTML.slice(0, 80))
      .concat(document.documentElement.scrollWidth > innerWidth ? ["the page"] : [])"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with start_browser() as started:
        yield started


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("screenshots")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the report of every class, with scripts as names and as a school."""
    folder = tmp_path_factory.mktemp("hostile")
    header = "CDSCode,StatusType,School,GSoffered"
    rows = [f"1964733{ADAMS},Active,{IMAGE},K-12", f"1964733{BAKER},Active,Baker Middle,K-12"]
    (folder / "schools.csv").write_text("\n".join([header, *rows]), encoding="utf-8")
    (folder / "senr.toml").write_text(
        # hostile names are sent, so that the page shows them everywhere
        '[schools]\nlist = "schools.csv"\n[rules]\n"IVR0009" = "off"\n',
        encoding="utf-8",
    )
    ods, sis = every_class()
    # the first four students that are shown have different names
    names = {"1000000002": HOSTILE, "1000000003": IMAGE, "1000000004": "Ångström"}
    ods, sis = (
        [
            {**one, "student_legal_last_name": names.get(one["ssid"], one["ssid"][-1] * 3)}
            for one in side
        ]
        for side in (ods, sis)
    )
    return publish(folder, ods, sis)


@pytest.fixture(scope="module")
def sample(sample_run: Path) -> Path:
    """Return the report of the committed sample."""
    (path,) = sample_run.glob("out/*/report.html")
    return path


def choose(browser: Browser, list_name: str, value: str) -> None:
    """Choose a value in one of the lists, as a person does."""
    browser.run(
        """const list = document.getElementById(arguments[0]);
        list.value = arguments[1];
        list.dispatchEvent(new Event("change", {bubbles: true}));
        if (list.value !== arguments[1]) throw new Error("no such choice");""",
        list_name,
        value,
    )


def search(browser: Browser, text: str) -> list[str]:
    """Type into the search field; return the names that are shown."""
    field = browser.driver.find_element("id", "search")
    field.send_keys(Keys.CONTROL + "a" + Keys.NULL, Keys.BACKSPACE, text)
    names: list[str] = browser.run(NAMES)
    return names


def print_page(browser: Browser, path: Path) -> bytes:
    """Print as the page's own paper wants it; return the PDF, which is left for a person too."""
    printed = browser.driver.execute_cdp_cmd(
        "Page.printToPDF", {"preferCSSPageSize": True, "printBackground": True}
    )
    path.write_bytes(base64.b64decode(printed["data"]))
    return path.read_bytes()


def wait_until(browser: Browser, script: str) -> None:
    """Wait for a script to return something true; fail after so many turns."""
    for _ in range(200):
        if browser.run(script):
            return
        time.sleep(0.05)
    pytest.fail(f"never became true: {script}")


def test_the_page_opens_without_a_message_or_a_request(browser: Browser, sample: Path) -> None:
    browser.open(sample)
    wait_until(browser, "return document.querySelectorAll('.student .timeline path').length > 20")
    browser.run("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert browser.read_messages() == []
    assert browser.read_requests() == [sample.absolute().as_uri()]


def test_what_a_script_would_load_is_refused(browser: Browser, sample: Path) -> None:
    browser.open(sample)
    browser.run(
        "document.body.append(Object.assign(new Image(), {src: 'http://localhost:9/x.png'}))"
    )
    wait_until(browser, "return true")
    messages = []
    for _ in range(100):
        messages += browser.read_messages()
        if messages:
            break
        time.sleep(0.05)
    assert any("Content Security Policy" in message for message in messages)


def test_names_that_are_scripts_stay_text(browser: Browser, hostile: Path) -> None:
    browser.open(hostile)
    names = browser.run(NAMES)
    assert f"{HOSTILE}, Ana" in names
    assert f"{IMAGE}, Ana" in names
    assert IMAGE in browser.run("return document.querySelector('#schools tbody th').textContent")
    choose(browser, "by-school", ADAMS)
    browser.run("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    wait_until(browser, "return document.querySelectorAll('.student table').length > 3")
    assert browser.run("return document.querySelectorAll('img').length") == 0
    assert browser.run("return document.querySelectorAll('script').length") == 2
    assert browser.read_messages() == []


def test_students_are_found_by_ssid_local_id_and_name(browser: Browser, hostile: Path) -> None:
    browser.open(hostile)
    assert browser.run(FOUND) == "9 students"
    assert search(browser, "1000000005") == ["555, Ana"]
    assert browser.run(FOUND) == "1 of 9 students"
    assert search(browser, "l0006") == ["666, Ana"]
    assert search(browser, "angstrom ana") == ["Ångström, Ana"]
    assert search(browser, "nobody") == []
    assert browser.driver.find_element("id", "none").is_displayed()
    assert len(search(browser, "")) == 9


def test_students_are_filtered_by_school_class_file_reason_and_rule(
    browser: Browser, hostile: Path
) -> None:
    browser.open(hostile)
    choose(browser, "by-school", BAKER)
    assert browser.run(NAMES) == ["555, Ana", "Ångström, Ana"]
    choose(browser, "by-what", "remove")
    assert browser.run(NAMES) == ["555, Ana"]
    browser.driver.find_element("css selector", "button[type=reset]").click()
    wait_until(browser, f"{FOUND} === '9 students'")
    choose(browser, "by-what", "002_Exits.txt")
    assert browser.run(NAMES) == ["666, Ana", f"{HOSTILE}, Ana"]
    choose(browser, "by-what", "")
    choose(browser, "by-why", "GERR0002")
    assert browser.run(NAMES) == ["999, Ana"]
    reasons = browser.run(
        "return [...document.querySelectorAll('#by-why option')].map(o => o.value)"
    )
    assert {"GERR0002", "ODS-COMPLETER", "E155-NOT-RETURNED"} < set(reasons)


def test_a_card_says_why_and_what_changes(browser: Browser, hostile: Path) -> None:
    browser.open(hostile)
    search(browser, "1000000002")
    text = browser.run("return document.querySelector('.student .why').textContent")
    assert "2025-08-14 to 2025-12-01 002_Exits.txt" in text
    assert "Enrollment Exit Date: blank → 2025-12-01" in text
    assert "T160 (Transferred to another California public school)" in text
    search(browser, "1000000006")
    text = browser.run("return document.querySelector('.student .why').textContent")
    assert "so this one becomes a no-show (N470, exit 2025-08-13)" in text
    search(browser, "1000000009")
    text = browser.run("return document.querySelector('.student .why').textContent")
    assert "Grade Level Code is 99 (CALPADS has 05)." in text
    assert "SIS line 7." in text
    assert f"at {IMAGE} ({ADAMS}) from 2025-08-14" in text
    assert "Choose a valid code in the SIS" in text


def test_each_class_has_its_pattern_and_its_mark_in_the_picture(
    browser: Browser, hostile: Path
) -> None:
    browser.open(hostile)
    picture = "document.querySelector('.student .timeline svg')"
    for name in ("remove", "no_show", "exit", "update", "add", "held", "kept"):
        choose(browser, "by-what", name)
        marks = f"return {picture}.querySelectorAll('use[href=\"#i-{name}\"]').length"
        assert browser.run(marks) > 0, name
        fill = f"getComputedStyle({picture}.querySelector('.f-{name}:not(.before)')).fill"
        assert browser.run(f"return {fill}") == f'url("#p-{name}")'


def test_the_address_opens_a_student(browser: Browser, hostile: Path) -> None:
    browser.open(hostile)
    browser.run("location.hash = '#1000000009'")
    wait_until(browser, f"{FOUND} === '1 of 9 students'")
    assert browser.run(NAMES) == ["999, Ana"]
    wait_until(browser, "return document.querySelectorAll('.student table').length === 1")
    top = "return document.getElementById('students').getBoundingClientRect().top"
    assert abs(browser.run(top)) < 300  # the end of the page is near
    # a link goes there too, and once more, after the reader has gone up
    link = "#exceptions a[href='#1000000009']"
    for _ in range(2):
        browser.run("window.scrollTo(0, 0)")
        browser.run("document.querySelector(arguments[0]).click()", link)
        wait_until(browser, f"{top} < 300")
    # opened with the address, as from a bookmark
    browser.driver.get("about:blank")
    browser.driver.get(f"{hostile.absolute().as_uri()}#1000000005")
    assert browser.run(NAMES) == ["555, Ana"]
    browser.run("location.hash = '#1000009999'")
    wait_until(browser, f"{FOUND} === '0 of 9 students'")
    assert browser.run("return document.getElementById('none').hidden") is False
    assert browser.read_messages() == []


def test_the_address_keeps_what_is_filtered_but_not_what_is_typed(
    browser: Browser, hostile: Path
) -> None:
    browser.open(hostile)
    after = "return location.hash"
    assert browser.run(after) == ""
    choose(browser, "by-school", BAKER)
    choose(browser, "by-what", "remove")
    assert browser.run(after) == f"#school={BAKER}&what=remove"
    browser.driver.get("about:blank")
    browser.driver.get(f"{hostile.absolute().as_uri()}#school={BAKER}&what=remove")
    assert browser.run(NAMES) == ["555, Ana"]
    browser.driver.find_element("css selector", "button[type=reset]").click()
    wait_until(browser, f"{FOUND} === '9 students'")
    assert browser.run(after) == ""
    search(browser, "angstrom")
    assert browser.run(after) == ""
    # a rule that another run had, and a section
    browser.run("location.hash = '#why=NO-SUCH-RULE'")
    wait_until(browser, f"{FOUND} === '9 students'")
    choose(browser, "by-what", "remove")
    browser.run("location.hash = '#lines'")
    assert browser.run(NAMES) == ["555, Ana"]
    assert browser.read_messages() == []


def test_a_notice_opens_its_rule(browser: Browser, sample: Path) -> None:
    browser.open(sample)
    is_open = "return document.getElementById('rule-ODS-TWIN').open"
    assert browser.run(is_open) is False
    browser.run("document.querySelector(\".notices a[href='#rule-ODS-TWIN']\").click()")
    wait_until(browser, is_open)
    assert browser.run(FOUND) == "181 students"


def test_a_date_that_changes_is_shown_as_old_and_new(browser: Browser, hostile: Path) -> None:
    browser.open(hostile)
    labels = (
        "return [...document.querySelectorAll('.event-day, .as-of')].map(t => t.textContent).sort()"
    )
    search(browser, "1000000002")
    assert browser.run(labels) == ["as of 2026-03-02", "open → 2025-12-01"]
    search(browser, "1000000006")
    assert browser.run(labels) == ["as of 2026-03-02", "open → 2025-08-13"]
    search(browser, "1000000004")
    assert browser.run(labels) == ["as of 2026-03-02", "starts 2026-01-12"]
    search(browser, "1000000003")  # another grade: no date changes
    assert browser.run(labels) == ["as of 2026-03-02"]
    note = browser.run("return document.querySelector('#students .key').textContent")
    assert "School years in which\n  something changes are drawn three times as wide" in note


@pytest.mark.parametrize("width", [360, 1280])
def test_dates_never_hide_each_other(width: int, browser: Browser, sample: Path) -> None:
    browser.open(sample, width)
    for _ in range(4):
        browser.run("document.getElementById('more').click()")
    dates, hidden = browser.run(
        """let dates = 0, hidden = [];
        for (const picture of document.querySelectorAll(".timeline svg")) {
          const texts = [...picture.querySelectorAll(".event-day, .as-of")];
          const frame = picture.viewBox.baseVal;
          const boxes = texts.map(text => text.getBBox());
          dates += boxes.length;
          boxes.forEach((a, i) => {
            if (a.x + a.width > frame.width + 1 || a.y + a.height > frame.height + 3)
              hidden.push(texts[i].textContent + " sticks out");
            boxes.slice(0, i).forEach((b, j) => {
              if (a.x < b.x + b.width && b.x < a.x + a.width
                  && a.y + 3 < b.y + b.height && b.y + 3 < a.y + a.height)
                hidden.push(texts[i].textContent + " and " + texts[j].textContent);
            });
          });
        }
        return [dates, hidden];"""
    )
    assert hidden == []
    assert dates > 100


def test_every_mark_has_a_word_and_an_icon(browser: Browser, sample: Path) -> None:
    browser.open(sample)
    bare = """return [...document.querySelectorAll(".mark, .legend li")].filter(one =>
        !one.querySelector("use") || !/[a-z0-9]/i.test(one.textContent)).length"""
    assert browser.run("return document.querySelectorAll('.mark').length") > 20
    assert browser.run(bare) == 0


def test_the_page_is_used_by_keyboard(browser: Browser, hostile: Path) -> None:
    browser.open(hostile)
    body = browser.driver.find_element("tag name", "body")
    body.send_keys(Keys.TAB)
    active = browser.driver.switch_to.active_element
    assert active.text == "Skip to the report"
    assert browser.run("return getComputedStyle(document.activeElement).outlineStyle") == "solid"
    active.send_keys("/")
    active = browser.driver.switch_to.active_element
    assert active.get_attribute("id") == "search"
    assert browser.run("return document.activeElement.value") == ""
    active.send_keys("1000000005", "/")
    assert browser.run("return document.activeElement.value") == "1000000005/"
    active.send_keys(Keys.BACKSPACE)
    # search, three lists, clear; the one student's address, then the student's enrollments
    for _ in range(6):
        browser.driver.switch_to.active_element.send_keys(Keys.TAB)
    active = browser.driver.switch_to.active_element
    assert active.text == "All enrollments, line by line"
    assert browser.run("return getComputedStyle(document.activeElement).outlineStyle") == "solid"
    active.send_keys(Keys.ENTER)
    wait_until(browser, "return document.querySelectorAll('.student tbody tr').length === 3")


def test_a_button_of_a_rule_shows_its_students(browser: Browser, hostile: Path) -> None:
    browser.open(hostile)
    search(browser, "555")
    button = browser.driver.find_element("css selector", "button[data-why=GERR0002]")
    button.send_keys(Keys.ENTER)
    assert browser.run(NAMES) == ["999, Ana"]
    assert browser.run("return document.activeElement.id") == "search"
    assert browser.run("return document.activeElement.value") == ""


def test_a_button_of_a_reason_shows_its_students(browser: Browser, hostile: Path) -> None:
    browser.open(hostile)
    browser.driver.find_element("css selector", "#reasons button[data-what=remove]").click()
    assert browser.run(NAMES) == ["555, Ana"]
    assert browser.run("return document.getElementById('by-why').value") == "SCHOOL-NOT-IN-SIS"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_sticks_out_of_the_window(
    width: int, scheme: str, browser: Browser, sample: Path, pictures: Path
) -> None:
    browser.open(sample, width, 800, scheme)
    browser.run("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    wait_until(browser, "return document.querySelectorAll('.student table').length > 10")
    assert browser.run(STICKING_OUT) == []
    ground = browser.run("return getComputedStyle(document.body).backgroundColor")
    assert ground == {"light": "rgb(251, 250, 248)", "dark": "rgb(20, 23, 27)"}[scheme]
    wide = browser.run("return getComputedStyle(document.querySelector('svg.wide')).display")
    assert wide == {360: "none", 1280: "block"}[width]


def test_pictures_are_drawn_again_for_another_width(browser: Browser, sample: Path) -> None:
    browser.open(sample)
    box = "return document.querySelector('.timeline svg').getAttribute('viewBox').split(' ')[2]"
    before = float(browser.run(box))
    browser.resize(360)
    wait_until(browser, f"{box} < 330")
    assert before > 700


def test_what_is_filtered_is_printed(browser: Browser, sample: Path) -> None:
    browser.open(sample)
    choose(browser, "by-what", "exit")
    matching = int(browser.run(FOUND).split(" of ")[0])
    shown = "return document.querySelectorAll('.student').length"
    folded = "return document.querySelectorAll('details[data-print]:not([open])').length"
    assert browser.run(shown) < matching
    assert browser.run(folded) > 0
    browser.run("window.dispatchEvent(new Event('beforeprint'))")
    assert browser.run(shown) == matching
    assert browser.run(folded) == 0
    assert not browser.driver.find_element("id", "print-note").is_displayed()
    said = browser.run("return document.getElementById('print-filter').textContent")
    assert said == "Printed: only students with What happens: Exit."
    browser.run("window.dispatchEvent(new Event('afterprint'))")
    assert browser.run(folded) > 0
    assert browser.run("return document.getElementById('print-filter').hidden")


def test_a_filter_is_printed_alone_on_letter_paper(
    browser: Browser, hostile: Path, pictures: Path
) -> None:
    browser.open(hostile)
    whole = print_page(browser, pictures / "print.pdf")
    choose(browser, "by-why", "GERR0002")
    alone = print_page(browser, pictures / "print_filter.pdf")
    for content in (whole, alone):
        assert set(re.findall(rb"/MediaBox \[0 0 ([\d.]+ [\d.]+)\]", content)) == {b"612 792"}
    assert (
        len(re.findall(rb"/Type /Page\b", alone)) == 1 < len(re.findall(rb"/Type /Page\b", whole))
    )
    # the other sections are back on the screen
    assert browser.driver.find_element("id", "upload").is_displayed()
    shown = """
        window.dispatchEvent(new Event("beforeprint"));
        const shown = [...document.querySelectorAll("main > section")]
          .filter(one => getComputedStyle(one).display !== "none").map(one => one.id);
        window.dispatchEvent(new Event("afterprint"));
        return shown;"""
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert browser.run(shown) == ["students"]
        browser.run("document.getElementById('search').form.reset()")
        wait_until(browser, f"{FOUND} === '9 students'")
        assert len(browser.run(shown)) > 5
    finally:
        browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_five_thousand_students_are_shown_a_few_at_a_time(
    browser: Browser, five_thousand: Path, pictures: Path
) -> None:
    browser.open(five_thousand)
    assert browser.run(FOUND) == "5,000 students"
    shown = "return document.querySelectorAll('.student').length"
    assert browser.run(shown) < 100
    assert browser.run("return document.querySelectorAll('.timeline svg').length") > 0
    search(browser, "2000004321")
    assert browser.run(FOUND) == "1 of 5,000 students"
    search(browser, "")
    before = browser.run(shown)
    browser.run("document.getElementById('more').click()")
    assert browser.run(shown) > before
    browser.run("window.dispatchEvent(new Event('beforeprint'))")
    assert browser.run(shown) == 300
    note = browser.driver.find_element("id", "print-note")
    assert note.text.startswith("4,700 more students match but are not printed")
    browser.take_picture(pictures / "five_thousand.png")


def test_a_report_of_counts_opens_without_students(
    browser: Browser, hostile: Path, pictures: Path
) -> None:
    folder = hostile.parent.parent.parent
    done = senr_duck(folder, "report", "--no-student-data", "--out", "counts.html")
    assert done.returncode == 0, done.stderr
    browser.open(folder / "counts.html")
    assert browser.read_messages() == []
    assert browser.run("return document.getElementById('students')") is None
    assert browser.run("return document.querySelectorAll('button').length") == 0
    assert "Counts only." in browser.run("return document.body.textContent")
    assert browser.run("return typeof StudentList") == "undefined"  # nothing to show, so no script
    # a rule that holds students is unfolded by its address here, too
    browser.run("document.getElementById('rule-GERR0002').open = false")
    browser.run("location.hash = '#rule-GERR0002'")
    wait_until(browser, "return document.getElementById('rule-GERR0002').open")
    assert browser.read_messages() == []
    browser.take_picture(pictures / "counts.png")


@pytest.mark.parametrize(
    ("name", "width", "scheme"),
    [("desktop", 1280, "light"), ("desktop_dark", 1280, "dark"), ("phone", 360, "light")],
)
def test_pictures_are_taken_for_a_person_to_look_at(
    name: str, width: int, scheme: str, browser: Browser, sample: Path, pictures: Path
) -> None:
    browser.open(sample, width, 1000, scheme)
    for part in ("upload", "lines", "fields", "exceptions", "students"):
        section = browser.driver.find_element("id", part)
        browser.run("arguments[0].scrollIntoView()", section)
        assert 0 <= browser.run("return arguments[0].getBoundingClientRect().top", section) < 1000
        path = pictures / f"{name}_{part}.png"
        path.unlink(missing_ok=True)
        browser.take_picture(path)
        assert path.read_bytes().startswith(b"\x89PNG")


def test_what_is_ticked_is_saved_for_the_ledger(
    browser: Browser, every_class_run: Path, tmp_path: Path
) -> None:
    (report,) = every_class_run.glob("out/*/report.html")
    browser.open(report)
    downloads = {"behavior": "allow", "downloadPath": str(tmp_path)}
    browser.driver.execute_cdp_cmd("Browser.setDownloadBehavior", downloads)
    find = browser.driver.find_element
    save = find("css selector", "#keep-checks button")
    find("id", "checked-by").send_keys("Lee Ito")
    save.send_keys(Keys.ENTER)
    said = "return document.getElementById('checks-saved').textContent"
    assert browser.run(said) == "Nothing is ticked yet."
    first = "#checks li:first-child input"
    for box in browser.driver.find_elements("css selector", first):
        box.send_keys(Keys.SPACE)
    find("css selector", "#checks li:nth-child(2) input").send_keys(Keys.SPACE)
    save.send_keys(Keys.ENTER)
    run_id = report.parent.name
    assert browser.run(said) == f"Saved 2 students as spot_check_{run_id}.json."
    path = tmp_path / f"spot_check_{run_id}.json"
    end = time.monotonic() + 10
    while not path.exists() and time.monotonic() < end:
        time.sleep(0.05)
    checks = read_spot_checks_file(path, date.max)
    assert checks.run_id == run_id
    assert [(one.ssid, one.checked_by, one.lea) for one in checks.look_ups] == [
        ("1000000005", "Lee Ito", "1964733"),
        ("1000000006", "Lee Ito", "1964733"),
    ]
    whole, part = checks.look_ups
    assert whole.ticked == whole.lines == 4
    assert part.ticked == 1 < part.lines
    assert browser.read_messages() == []
    # the page itself, and what it saves, which leaves the browser for the disk alone
    assert [url.partition(":")[0] for url in browser.read_requests()] in (
        ["file"],
        ["file", "blob"],
    )
