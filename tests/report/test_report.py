"""The report without a browser: its content, what it must not contain, how it is written."""

import base64
import csv
import hashlib
import json
import re
import stat
from datetime import date
from pathlib import Path

import duckdb
import pytest

from senr_duck import report
from senr_duck.reference.district_names import read_district_names
from senr_duck.report.counts import ClassCount, FieldCount, PairCount
from senr_duck.report.notices import word_notice
from senr_duck.report.picture import Widths, draw_accounting
from senr_duck.report.places import find_places
from senr_duck.report.read_counts import read_counts
from senr_duck.report.student_data import escape_json
from senr_duck.student.chosen_students import choose_students
from senr_duck.student.spot_check import choose_spot_checks
from tests.support.command_line import senr_duck
from tests.support.extracts import (
    ADAMS,
    BAKER,
    YEAR,
    closed,
    every_class,
    ordered_updates,
    record,
)
from tests.support.places import ROOT, SAMPLE
from tests.support.report_page import HOSTILE, publish, read_data, read_text, unpack


def test_the_students_are_those_with_something_sent_on_hold_or_listed(
    every_class_run: Path,
) -> None:
    (path,) = every_class_run.glob("out/*/report.html")
    data = read_data(path.read_text(encoding="utf-8"))
    assert data["as_of"] == "2026-03-02"
    assert data["students"]["ssid"] == [
        *(f"100000000{digit}" for digit in (2, 3, 4, 5, 6, 7, 8, 9)),
        "1000000011",
    ]
    assert data["students"]["local"] == [
        *(f"L000{digit}" for digit in (2, 3, 4, 5, 6, 7, 8, 9)),
        "L0011",
    ]
    assert data["students"]["name"] == ["Nuñez, Ana"] * 9
    assert data["students"]["held"] == [0, 0, 0, 0, 0, 0, 0, 1, 1]


def test_both_sides_of_a_student_are_in_the_data(every_class_run: Path) -> None:
    (path,) = every_class_run.glob("out/*/report.html")
    data = read_data(path.read_text(encoding="utf-8"))
    leaver, regraded, arrival, removal, no_show, history, future, broken, graduate = unpack(
        data, "enrollments"
    )
    plain = {"school": ADAMS, "start_date": "2025-08-14", "status": "10", "grade": "05"}
    exits = {"class": "exit", "reason": "EXIT-ADDED", "file": "002_Exits.txt"}
    assert leaver == [
        {"side": 0, "line": 2, **plain, **exits},
        {"side": 1, "line": 2, **plain, **exits, "exit_date": "2025-12-01", "exit_reason": "T160"},
    ]
    update = {"class": "update", "reason": "FIELDS-CHANGED", "file": "003_Updates.txt"}
    assert regraded == [
        {"side": 0, "line": 3, **plain, **update},
        {"side": 1, "line": 3, **plain, **update, "grade": "04"},
    ]
    added = {"school": BAKER, "start_date": "2026-01-12"}
    add = {"class": "add", "reason": "STUDENT-NOT-IN-ODS", "file": "003_Updates.txt"}
    assert arrival == [{"side": 1, "line": 4, **plain, **added, **add}]
    assert [(one["school"], one["class"], one["side"]) for one in removal] == [
        (ADAMS, "same", 0),
        (BAKER, "remove", 0),
        (ADAMS, "same", 1),
    ]
    n470 = {"other_exit_date": "2025-08-13", "other_exit_reason": "N470"}
    made = {"class": "no_show", "reason": "LAST-RECORD-NOT-IN-SIS", "file": "002_Exits.txt"}
    assert no_show == [{"side": 0, "line": 6, **plain, **made, **n470}]
    assert [one["class"] for one in (*history, *future)] == ["kept", "not_sent"]
    assert [one["class"] for one in (*broken, *graduate)] == ["held", "held", "held"]


def test_differences_and_findings_lead_to_their_enrollments(every_class_run: Path) -> None:
    (path,) = every_class_run.glob("out/*/report.html")
    data = read_data(path.read_text(encoding="utf-8"))
    differences, findings = unpack(data, "differences"), unpack(data, "findings")
    # rows count all enrollments: the leaver's are the first two, the regraded student's the next
    assert differences[0] == [
        {"row": 2, "field": "enrollment_exit_date", "target_value": "2025-12-01"},
        {"row": 2, "field": "student_exit_reason_code", "target_value": "T160"},
    ]
    assert differences[1] == [
        {"row": 4, "field": "grade_level_code", "ods_value": "05", "target_value": "04"}
    ]
    (broken,) = findings[7]
    message = broken.pop("message")
    assert broken == {"row": 13, "rule": "GERR0002", "field": "grade_level_code", "value": "99"}
    assert message.startswith(
        "the value is not one of CALPADS's codes for this field: Grade Level Code"
    )
    assert data["rules"]["GERR0002"] == [
        "fatal",
        "Code not in its code set",
        "choose a valid code in the SIS, or translate the local code under [translate] in "
        "senr.toml, then run again",
    ]
    assert data["codes"]["student_exit_reason_code T160"].startswith("Transferred to another")
    assert data["fields"]["grade_level_code"] == "Grade Level Code"


def test_every_record_sent_or_left_says_why(every_class_run: Path) -> None:
    (path,) = every_class_run.glob("out/*/report.html")
    reasons = unpack(read_data(path.read_text(encoding="utf-8")), "reasons")
    assert [[(one["row"], one["class"], one["reason"]) for one in found] for found in reasons] == [
        [(2, "exit", "EXIT-ADDED")],
        [(4, "update", "FIELDS-CHANGED")],
        [(5, "add", "STUDENT-NOT-IN-ODS")],
        [(7, "remove", "SCHOOL-NOT-IN-SIS")],
        [(9, "no_show", "LAST-RECORD-NOT-IN-SIS")],
        [(10, "kept", "PRIOR-YEAR-ODS-ONLY")],
        [(11, "not_sent", "FUTURE-START")],
        # what would be sent for a student on hold if the record were fixed
        [(13, "update", "FIELDS-CHANGED")],
        [(14, "held", "ODS-COMPLETER")],
    ]
    (leaver,) = reasons[0]
    assert leaver["explanation"] == (
        "The SIS closes it on 2025-12-01 with T160. CALPADS shows it open."
    )


def test_an_exit_that_the_sis_does_not_have_is_shown_with_its_own(tmp_path: Path) -> None:
    leaver = closed(record("1000000001", ADAMS, "20240815"), "20250606", "E155")
    still_open = record("1000000001", ADAMS, "20240815")
    regraded = {**record("1000000001", ADAMS, YEAR), "grade_level_code": "06"}
    path = publish(tmp_path, [leaver, record("1000000001", ADAMS, YEAR)], [still_open, regraded])
    (one,) = unpack(read_data(path.read_text(encoding="utf-8")), "enrollments")
    shown = [
        (row["side"], row.get("exit_date"), row.get("other_exit_date"), row.get("exit_outcome"))
        for row in one
        if row["start_date"] == "2024-08-15"
    ]
    assert shown == [(0, "2025-06-06", None, None), (1, "2025-06-06", None, "ODS-EXIT")]


def test_the_page_says_what_to_upload_in_which_order(every_class_run: Path) -> None:
    (path,) = every_class_run.glob("out/*/report.html")
    text = read_text(path.read_text(encoding="utf-8"))
    assert "5 records to send, 2 students on hold" in text
    first = text.index("001_Removals.txt 1 record 1 remove")
    second = text.index("002_Exits.txt 2 records 1 make a no-show 1 exit")
    assert first < second < text.index("003_Updates.txt 2 records 1 change 1 add")
    assert "LEA 1964733 Los Angeles Unified School year 2025-2026 As of 2026-03-02" in text


def test_an_unconfirmed_file_is_marked(tmp_path: Path) -> None:
    text = read_text(publish(tmp_path, *ordered_updates()).read_text(encoding="utf-8"))
    last = text.index("003_Updates_03.txt")
    assert text.index("Not confirmed by CALPADS.") > last
    assert text.count("Not confirmed by CALPADS.") == 1


def test_the_page_says_when_there_is_nothing_to_send(tmp_path: Path) -> None:
    same = closed(record("1000000001", ADAMS, YEAR), "20251201", "T160")
    page = publish(tmp_path, [same], [same]).read_text(encoding="utf-8")
    text = read_text(page)
    assert "0 records to send" in text
    assert "002_Exits.txt 0 records Nothing to upload. 003_Updates.txt 0 records" in text
    assert read_data(page)["students"]["ssid"] == []


def test_schools_fields_and_exceptions_are_counted(every_class_run: Path) -> None:
    with duckdb.connect(every_class_run / "senr.duckdb", read_only=True) as con:
        choose_students(con)
        counts = read_counts(con, with_student_data=True)
    assert [(one.code, one.classes, one.held) for one in counts.schools] == [
        (ADAMS, {"no_show": 1, "exit": 1, "update": 1}, 2),
        (BAKER, {"remove": 1, "add": 1}, 0),
    ]
    assert [(one.record_class, one.name, one.records, one.students) for one in counts.reasons] == [
        ("remove", "School that the SIS does not have", 1, 1),
        ("no_show", "Last record, not replaced", 1, 1),
        ("exit", "Exit that CALPADS does not have", 1, 1),
        ("update", "Other fields", 1, 1),
        ("add", "New to CALPADS", 1, 1),
    ]
    assert counts.fields == (
        FieldCount(
            "1.24",
            "Grade Level Code",
            "grade_level_code",
            1,
            (PairCount("05", "Grade 5", "04", "Grade 4", 1),),
            0,
            0,
        ),
        FieldCount(
            "1.25",
            "Enrollment Exit Date",
            "enrollment_exit_date",
            1,
            (PairCount(None, None, "a date", None, 1),),
            0,
            0,
        ),
        FieldCount(
            "1.26",
            "Student Exit Reason Code",
            "student_exit_reason_code",
            1,
            (PairCount(None, None, "T160", "Transferred to another California public school", 1),),
            0,
            0,
        ),
    )
    assert [(one.severity, one.rule, one.findings) for one in counts.exceptions] == [
        ("fatal", "GERR0002", 1),
        ("fatal", "ODS-COMPLETER", 1),
        ("warning", "E155-NOT-RETURNED", 1),
        ("warning", "OPEN-TO-NO-SHOW", 1),
        ("notice", "FUTURE-START", 1),
    ]
    assert [(one.name, one.ods, one.sis) for one in counts.classes] == [
        ("same", 2, 2),
        ("exit", 1, 1),
        ("update", 1, 1),
        ("add", None, 1),
        ("remove", 1, None),
        ("no_show", 1, None),
        ("kept", 1, None),
        ("not_sent", None, 1),
        ("held", 2, 1),
        ("out_of_scope", 1, 0),
    ]


def test_school_names_are_shown_with_their_codes_if_the_list_has_them(tmp_path: Path) -> None:
    header = "CDSCode,StatusType,School,GSoffered"
    rows = [f"1964733{ADAMS},Active,<b>Adams & Co</b>,K-12", f"1964733{BAKER},Active,Baker,K-12"]
    (tmp_path / "schools.csv").write_text("\n".join([header, *rows]), encoding="utf-8")
    (tmp_path / "senr.toml").write_text('[schools]\nlist = "schools.csv"\n', encoding="utf-8")
    ods, sis = every_class()
    page = publish(tmp_path, ods, sis).read_text(encoding="utf-8")
    assert read_data(page)["schools"] == {ADAMS: "<b>Adams & Co</b>", BAKER: "Baker"}
    assert f"<b>Adams & Co</b> {ADAMS}" in read_text(page)
    assert "<b>Adams" not in page


def test_a_name_that_is_a_script_stays_text(tmp_path: Path) -> None:
    leaver = record("1000000001", ADAMS, YEAR, student_legal_last_name=HOSTILE)
    left = closed(leaver, "20251201", "T160")
    page = publish(tmp_path, [leaver], [left], "--allow-no-exits").read_text(encoding="utf-8")
    assert read_data(page)["students"]["name"] == [f"{HOSTILE}, Ana"]
    assert HOSTILE not in page
    assert "alert(1)</" not in page


def test_the_data_cannot_end_its_element() -> None:
    text = json.dumps({"a": "</script>&<!--\u2028\u2029ñ"}, ensure_ascii=False)
    escaped = escape_json(text)
    assert json.loads(escaped) == json.loads(text)
    assert not set("<>&\u2028\u2029") & set(escaped)
    assert "ñ" in escaped


def test_the_page_allows_its_own_style_and_script_only(every_class_run: Path) -> None:
    (path,) = every_class_run.glob("out/*/report.html")
    page = path.read_text(encoding="utf-8")
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    allowed = dict(part.split(" ", 1) for part in policy.split("; "))
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.S)
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.S)

    def name_hash(text: str) -> str:
        digest = hashlib.sha256(text.encode()).digest()
        return f"'sha256-{base64.b64encode(digest).decode()}'"

    assert allowed == {
        "default-src": "'none'",
        "script-src": name_hash(script),
        "style-src": name_hash(style),
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def test_the_page_refers_to_no_other_address(every_class_run: Path) -> None:
    (path,) = every_class_run.glob("out/*/report.html")
    page = path.read_text(encoding="utf-8")
    assert set(re.findall(r"\b\w+://[^\"' ]*", page)) == {"http://www.w3.org/2000/svg"}
    assert set(re.findall(r"url\(([^)]*)\)", page)) <= {
        f"#p-{name}"
        for name in ("remove", "no_show", "exit", "update", "add", "held", "kept", "not_sent")
    }
    assert not re.search(r"\b(src|srcset|data|action)=", page)
    run_id = path.parent.name
    # sections, symbols, and students of this page
    assert set(re.findall(r'href="([^"#]*)', page)) == {
        "",
        "SENR_1964733_2026-03-02.zip",
        "exceptions.csv",
        f"../../work_lists/work_list_1964733_{run_id}.xlsx",
    }
    assert str(every_class_run) not in page
    for way_out in ("fetch(", "XMLHttpRequest", "import(", "innerHTML", "eval(", "insertAdjacent"):
        assert way_out not in page


def test_the_run_and_the_command_write_the_same_bytes(workspace_with_run: Path) -> None:
    (path,) = workspace_with_run.glob("out/*/report.html")
    made = path.with_name("again.html")
    out = made.relative_to(workspace_with_run)
    done = senr_duck(workspace_with_run, "report", "--out", str(out))
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"report: {out}\n"
    assert made.read_bytes() == path.read_bytes()
    for one in (path, made):
        assert stat.S_IMODE(one.stat().st_mode) == 0o600


def test_the_page_names_and_links_the_files_and_the_commands(every_class_run: Path) -> None:
    (path,) = every_class_run.glob("out/*/report.html")
    run_id = path.parent.name
    page = path.read_text(encoding="utf-8")
    text = read_text(page)
    assert "First spot-check a few students." in text
    assert f"When it has posted: senr-duck posted {run_id} --through 001_Removals" in text
    assert f"When it has posted: senr-duck posted {run_id} --through 003_Updates" in text
    assert "senr-duck work-lists writes an Excel workbook" in text
    for name in ("SENR_1964733_2026-03-02.zip", "exceptions.csv"):
        assert (path.parent / name).is_file()
        assert f'href="{name}"' in page


def test_a_report_elsewhere_links_to_the_folder_of_the_run(workspace_with_run: Path) -> None:
    run = next(workspace_with_run.glob("out/*/report.html")).parent
    elsewhere = workspace_with_run / "for the office"
    elsewhere.mkdir()
    done = senr_duck(workspace_with_run, "report", "--out", "for the office/report.html")
    assert done.returncode == 0, done.stderr
    page = (elsewhere / "report.html").read_text(encoding="utf-8")
    assert f'href="../out/{run.name}/SENR_1964733_2026-03-02.zip"' in page
    assert f'href="../out/{run.name}/exceptions.csv"' in page
    assert f'href="../work_lists/work_list_1964733_{run.name}.xlsx"' in page
    # after clean-runs there is nothing to link to, but the names stay
    run.rename(workspace_with_run / "moved away")
    done = senr_duck(workspace_with_run, "report", "--out", "for the office/report.html")
    assert done.returncode == 0, done.stderr
    page = (elsewhere / "report.html").read_text(encoding="utf-8")
    assert "SENR_1964733_2026-03-02.zip" in page
    assert 'href="../out' not in page


def test_a_link_leads_to_a_folder_of_any_name(tmp_path: Path) -> None:
    run = tmp_path / "a:b#c d%20" / "\udcff"
    here = find_places(run / "report.html", run, Path("\udcff.duckdb"))
    assert here.run == ""
    assert here.name_posted("2026-03-02-a", "002_Exits.txt", is_of_several=False) == (
        'senr-duck posted 2026-03-02-a --through 002_Exits --db "?.duckdb"'
    )
    elsewhere = find_places(tmp_path / "report.html", run, Path("senr.duckdb"))
    assert elsewhere.run == "a%3Ab%23c%20d%2520/%FF/"
    assert elsewhere.name_posted("2026-03-02-a", "1964733/002_Exits.txt", is_of_several=True) == (
        "senr-duck posted 2026-03-02-a --lea 1964733 --through 002_Exits"
    )
    assert find_places(tmp_path / "report.html", None, Path("senr.duckdb")).run is None


def test_the_same_run_may_have_another_folder_and_another_name_for_its_database(
    workspace_with_run: Path,
) -> None:
    (path,) = workspace_with_run.glob("out/*/report.html")
    (workspace_with_run / "senr.duckdb").rename(workspace_with_run / "my enrollment.duckdb")
    again = path.with_name("again")
    again.mkdir()
    ledger = workspace_with_run / "senr.ledger.duckdb"
    ledger.rename(ledger.with_name("my enrollment.ledger.duckdb"))
    named = ("report", "--db", "my enrollment.duckdb")
    done = senr_duck(workspace_with_run, *named, "--out", str(path.with_name("again.html")))
    assert done.returncode == 0, done.stderr
    page = path.with_name("again.html").read_bytes()
    assert b"--through 001_Removals --db &#34;my enrollment.duckdb&#34;" in page
    assert page != path.read_bytes()
    (again / "report.html").write_bytes(page)
    assert report.read_comparable(again / "report.html") == report.read_comparable(path)


def test_the_students_on_hold_are_named_where_there_are_few(
    every_class_run: Path, tmp_path: Path
) -> None:
    (path,) = every_class_run.glob("out/*/report.html")
    text = read_text(path.read_text(encoding="utf-8"))
    rule = text.partition("GERR0002 Code not in its code set 1 student")[2].partition("Show")[0]
    assert "Who Nuñez, Ana SSID 1000000009" in rule
    # six are many: the page has a button that shows them
    same = [record(f"100000000{digit}", ADAMS, YEAR) for digit in range(6)]
    for few, shown in ((5, True), (6, False)):
        broken = [{**one, "grade_level_code": "99"} for one in same[:few]]
        folder = tmp_path / str(few)
        folder.mkdir()
        options = ("--max-held-share", "1", "--allow-no-exits")
        made = publish(folder, same, [*broken, *same[few:]], *options)
        page = made.read_text(encoding="utf-8")
        assert (">Who</dt>" in page) == shown
        assert f"GERR0002 Code not in its code set {few} students" in read_text(page)
        links = page.partition(">Who</dt>")[2].partition("</dd>")[0].count('href="#')
        assert links == (few if shown else 0)


def test_the_files_of_several_leas_are_numbered_within_each(tmp_path: Path) -> None:
    ods, sis = [], []
    for number, lea in enumerate(("1964733", "1964725", "1910199")):
        of_lea = {"reporting_lea": lea, "district_of_geographic_residence_code": lea}
        one = record(f"100000000{number}", str(int(ADAMS) + number), YEAR, **of_lea)
        ods.append(one)
        left = closed(one, "20251201", "T160")
        moved = {"district_of_geographic_residence_code": "1964733"}
        sis.append({**left, **moved} if lea == "1964725" else left if lea == "1964733" else one)
    # the third LEA has only a student on hold
    sis[2] = {**sis[2], "grade_level_code": "99"}
    page = publish(
        tmp_path, ods, sis, "--all-leas", "--allow-no-exits", "--max-held-share", "1"
    ).read_text(encoding="utf-8")
    upload = page.partition('<section id="upload"')[2].partition("</section>")[0]
    assert [read_text(one) for one in re.findall(r"<h3>(LEA .*?)</h3>", upload)] == [
        "LEA 1964725 Long Beach Unified",
        "LEA 1964733 Los Angeles Unified",
    ]
    # the style sheet counts the cards of each list from 1
    lists = re.findall(r'<ol class="steps">(.*?)</ol>', upload, re.S)
    assert [re.findall(r'class="file code">([^<]*)', one) for one in lists] == [
        ["1964725/002_Exits.txt"],
        ["1964733/002_Exits.txt"],
    ]
    assert "posted 2026-03-02-" in upload
    assert "--lea 1964725 --through 002_Exits" in upload
    run_id = page.partition("posted ")[2].partition(" ")[0]
    assert re.findall(r'href="([^"#]+)"', upload) == [
        "SENR_1964725_2026-03-02.zip",
        f"../../work_lists/work_list_1964725_{run_id}.xlsx",
        "SENR_1964733_2026-03-02.zip",
        f"../../work_lists/work_list_1964733_{run_id}.xlsx",
        "../../work_lists/",
        "exceptions.csv",
    ]
    text = read_text(page)
    assert "1964725 Long Beach Unified → 1964733 Los Angeles Unified" in text
    data = read_data(page)
    assert data["codes"]["district_of_geographic_residence_code 1964725"] == "Long Beach Unified"


def test_a_notice_has_words_and_links() -> None:
    names = {"E155": "Year-end exit", "ODS-TWIN": "Two <records>", "ODS-TWINS": "Other"}
    words = word_notice("ODS-TWIN: 2; see exceptions.csv", names, {"ODS-TWIN"}, "../out/")
    assert words == (
        '<a href="#rule-ODS-TWIN">Two &lt;records&gt; (<span class="code">ODS-TWIN</span>)</a>: 2; '
        'see <a class="code" href="../out/exceptions.csv">exceptions.csv</a>'
    )
    # no such rule on the page, no folder; a code that is a part of another word is none
    words = word_notice("E155 & E155: my-exceptions.csv, exceptions.csv, XE155", names, (), None)
    assert words == (
        'Year-end exit (<span class="code">E155</span>) &amp; <span class="code">E155</span>: '
        'my-exceptions.csv, <span class="code">exceptions.csv</span>, XE155'
    )


def test_the_notices_of_a_run_lead_to_their_rules(sample_run: Path) -> None:
    (path,) = sample_run.glob("out/*/report.html")
    page = path.read_text(encoding="utf-8")
    notices = page.partition('<ul class="notices">')[2].partition("</ul>")[0]
    links = re.findall(r'href="#(rule-[^"]*)"', notices)
    assert "rule-ODS-TWIN" in links
    for link in links:
        assert f'id="{link}"' in page
    assert "closed with Year-end enrollment exit: same school (<span" in notices
    assert not re.search(r"<li>[A-Z0-9-]{6,}:", notices)


def test_a_report_of_counts_has_no_word_about_a_student(tmp_path: Path) -> None:
    ods, sis = every_class()
    names = {
        "student_legal_first_name": "Zerlina",
        "student_legal_middle_name": "Quimby",
        "student_legal_last_name": "Oxblood",
        "student_birth_date": "20150311",
    }
    ods, sis = ([{**one, **names} for one in side] for side in (ods, sis))
    # shifted columns: a name instead of a code, on both sides and in a warning's field
    for slipped in (
        {"grade_level_code": "Zerlina"},
        {"school_of_attendance": "Oxblood"},
        {"district_of_geographic_residence_code": "Quimby"},
    ):
        sis.append({**record(f"10000001{len(sis):02}", ADAMS, YEAR, **names), **slipped})
    told = record("1000000199", ADAMS, YEAR, **names)
    ods.append({**told, "district_of_geographic_residence_code": "1000000"})
    sis.append({**told, "district_of_geographic_residence_code": "2000000"})
    publish(tmp_path, ods, sis)
    done = senr_duck(tmp_path, "report", "--no-student-data")
    assert done.returncode == 0, done.stderr
    assert done.stdout == "report: report_counts.html\n"
    page = (tmp_path / "report_counts.html").read_text(encoding="utf-8").lower()
    for one in (*ods, *sis):
        for column in ("ssid", "local_student_id", *names):
            assert one[column].lower() not in page, column
    for birth_date in ("2015-03-11", "03/11/2015"):
        assert birth_date not in page
    assert "1000000" not in page
    assert 'id="data"' not in page
    assert ADAMS in page
    assert "gerr0002" in page


def test_a_report_of_counts_of_the_sample_has_none_of_its_students(
    sample_run: Path, tmp_path: Path
) -> None:
    done = senr_duck(tmp_path, "report", "--no-student-data", "--db", f"{sample_run}/senr.duckdb")
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "report_counts.html").read_text(encoding="utf-8")
    words = set(re.findall(r"\w+", page))
    students: set[str] = set()
    for row in (SAMPLE / "ods.txt").read_text(encoding="utf-8").splitlines():
        fields = row.split("^")
        students |= {fields[7], fields[8], fields[16]}
    with (SAMPLE / "sis.csv").open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            students |= {line["ssid"], line["local_student_id"], line["student_birth_date"]}
    assert len(students) > 4_000
    assert words & (students - {""}) == set()
    assert set(re.findall(r"\d{4}-\d\d-\d\d", read_text(page))) == {"2026-10-30"}


def test_five_thousand_changed_students_fit_into_eight_megabytes(five_thousand: Path) -> None:
    data = read_data(five_thousand.read_text(encoding="utf-8"))
    assert len(data["students"]["ssid"]) == 5_000
    assert five_thousand.stat().st_size < 8_000_000


def test_students_only_listed_are_shown_up_to_a_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    history = [
        closed(record(f"100000000{digit}", ADAMS, "20240815"), "20250606", "E155")
        for digit in range(4)
    ]
    leaver = record("1000000009", ADAMS, YEAR)
    publish(tmp_path, [*history, leaver], [closed(leaver, "20251201", "T160")])
    monkeypatch.setattr(report, "LISTED_AT_MOST", 3)
    with duckdb.connect(tmp_path / "senr.duckdb", read_only=True) as con:
        report.write_report(con, tmp_path / "short.html")
    page = (tmp_path / "short.html").read_text(encoding="utf-8")
    assert read_data(page)["students"]["ssid"] == [
        "1000000000",
        "1000000001",
        "1000000002",
        "1000000009",
    ]
    assert "1 more student with nothing sent or on hold is only in exceptions.csv" in read_text(
        page
    )


def test_of_very_many_students_those_on_hold_and_to_spot_check_are_shown_first(
    sample_run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    most = 80
    monkeypatch.setattr(report, "ACTED_ON_AT_MOST", most)
    with duckdb.connect(sample_run / "senr.duckdb", read_only=True) as con:
        report.write_report(con, tmp_path / "short.html")
        checks = [one.student_key for one in choose_spot_checks(con)]
        students_on_hold = con.execute("select student_key from recon.held_student").fetchall()
        chosen = con.execute("select student_key from chosen_student").fetchall()
        sent = con.execute(
            """
            select student_key, student_key in (select student_key from recon.finding) as is_listed
            from recon.planned_record
            group by student_key
            """
        ).fetchall()
    page = (tmp_path / "short.html").read_text(encoding="utf-8")
    data = read_data(page)
    held = {key for (key,) in students_on_hold}
    acted_on = held | {key for key, _ in sent}
    shown = {key for (key,) in chosen} & acted_on
    assert len(data["students"]["ssid"]) == len(chosen)
    [spot_check] = re.findall(r'<section id="spot-check".*?</section>', page, re.DOTALL)
    in_order = re.findall(r'SSID <a class="code" href="#(\d+)">', spot_check)
    assert in_order == checks
    ticked = set(in_order)
    warned = {key for key, is_listed in sent if is_listed} - held
    assert len(shown) == most < len(acted_on)
    assert held | ticked | warned < shown and len(ticked) == 12
    left_out = len(acted_on) - most
    assert f"{left_out} more students with something sent are not on this page" in read_text(page)
    [path] = sample_run.glob("out/2*/report.html")
    whole = path.read_text(encoding="utf-8")
    [schools] = re.findall(r'<section id="schools".*?</section>', page, re.DOTALL)
    assert schools in whole


def test_students_to_spot_check_have_lines_to_tick(every_class_run: Path, tmp_path: Path) -> None:
    with duckdb.connect(every_class_run / "senr.duckdb", read_only=True) as con:
        report.write_report(con, tmp_path / "report.html")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    section = page.partition('<section id="spot-check"')[2].partition("</section>")[0]
    # all students with something sent or on hold, deletions first
    found = re.findall(r'SSID <a class="code" href="#(\d+)">', section)
    assert found[:2] == ["1000000005", "1000000006"]
    assert found[3:6] == ["1000000002", "1000000003", "1000000004"]
    assert {found[2], found[6]} == {"1000000009", "1000000011"}
    assert len(found) == 7
    text = read_text(page)
    assert "Nuñez, Ana SSID 1000000005 , local ID L0005" in text
    assert f"To be sent {BAKER} 2025-09-01 open 05 Remove 001_Removals.txt" in text
    assert "Exit The SIS closes it on 2025-12-01 with T160. CALPADS shows it open." in text
    assert (
        "Held The value is not one of CALPADS's codes for this field: Grade Level Code is 99"
        in text
    )
    # a line for each side's records and for what is sent
    assert section.count('<input type="checkbox"') == 17


def test_the_command_says_what_is_wrong_with_the_database(tmp_path: Path) -> None:
    missing = senr_duck(tmp_path, "report")
    assert missing.returncode == 2
    assert "senr.duckdb" in missing.stderr
    assert "hint:" in missing.stderr
    (tmp_path / "text.duckdb").write_text("not a database at all", encoding="utf-8")
    broken = senr_duck(tmp_path, "report", "--db", "text.duckdb")
    assert broken.returncode == 2
    assert "Traceback" not in broken.stderr
    with duckdb.connect(tmp_path / "other.duckdb") as con:
        con.execute("create table recipes (name varchar)")
    other = senr_duck(tmp_path, "report", "--db", "other.duckdb")
    assert other.returncode == 2
    assert "other.duckdb" in other.stderr
    assert list(tmp_path.glob("*.html")) == []


def test_a_report_that_cannot_be_written_leaves_nothing_behind(every_class_run: Path) -> None:
    done = senr_duck(every_class_run, "report", "--out", "nowhere/report.html")
    assert done.returncode == 2
    assert "nowhere" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (every_class_run / "nowhere").exists()
    assert list(every_class_run.glob(".report-*")) == []


def test_the_picture_of_the_lines_is_to_scale() -> None:
    classes = [
        ClassCount("same", 80, 80),
        ClassCount("exit", 15, 15),
        ClassCount("remove", 5, None),
    ]
    picture = draw_accounting(classes, Widths(bar=10, magnifier=20, flow=30, middle=100))
    assert (picture.ods_lines, picture.sis_lines, picture.height) == (100, 95, 90)
    left = [(box.name, box.x, box.y, box.height) for box in picture.boxes if box.x < 100]
    # the outer bar, 90 high: 80 and 20 of 100 lines; the inner one, 60 high less a gap: 15 and 5
    assert left == [
        ("same", 0, 0, 72),
        ("rest", 0, 72, 18),
        ("exit", 30, 30, 42.75),
        ("remove", 30, 75.75, 14.25),
    ]
    assert [(row.name, row.ods, row.sis) for row in picture.rows] == [
        ("same", 80, 80),
        ("exit", 15, 15),
        ("remove", 5, None),
    ]
    assert {box.x + box.width for box in picture.boxes if box.x > 100} == {240, 210}


def test_an_extract_without_lines_has_a_picture_too() -> None:
    picture = draw_accounting(
        [ClassCount("add", None, 7)], Widths(bar=10, magnifier=20, flow=30, middle=100)
    )
    assert (picture.ods_lines, picture.sis_lines) == (0, 7)
    assert all(box.x > 100 for box in picture.boxes)
    assert draw_accounting([], Widths(10, 20, 30, 100)).rows == ()


def _read_colors() -> dict[str, dict[str, str]]:
    style = (ROOT / "senr_duck" / "report" / "report.css").read_text(encoding="utf-8")
    light, dark, printed = re.findall(r":root \{(.*?)\}", style, re.S)
    read = {
        name: dict(re.findall(r"--(\w+): (#\w+);", block))
        for name, block in {"light": light, "dark": dark, "print": printed}.items()
    }
    assert set(read["dark"]) == set(read["light"]) == set(read["print"])
    return read


def _luminance(color: str) -> float:
    digits = color[1:] if len(color) == 7 else "".join(2 * digit for digit in color[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
def test_text_has_enough_contrast_with_its_background(scheme: str) -> None:
    colors = _read_colors()[scheme]
    grounds = ("paper", "card")
    for name in set(colors) - {"paper", "card", "line", "wash"}:
        for ground in grounds:
            low, high = sorted((_luminance(colors[name]), _luminance(colors[ground])))
            assert (high + 0.05) / (low + 0.05) >= 4.5, (name, ground)


def test_the_report_does_not_depend_on_the_day(every_class_run: Path) -> None:
    (path,) = every_class_run.glob("out/*/report.html")
    today = date.today().isoformat()
    assert today not in path.read_text(encoding="utf-8")


def test_a_charter_school_that_reports_on_its_own_has_a_name_too() -> None:
    # a district, a charter school, a school that is none, and a code that nobody has
    assert read_district_names(["1964733", "0112607", "1930650", "9999999"]) == {
        "0112607": "Envision Academy for Arts & Technology",
        "1964733": "Los Angeles Unified",
    }
    assert read_district_names([]) == {}
