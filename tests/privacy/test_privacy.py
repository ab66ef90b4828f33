"""Runs with students whose values are easy to find: they occur only where they must."""

import json
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from senr_duck.privacy.traceback_text import format_bug, withhold_values
from senr_duck.reference.layout import all_fields
from tests.support.canaries import BIRTH_DATES, CANARY, LOCAL_IDS, NAMES, SSIDS, canaries, canary
from tests.support.command_line import AS_OF, Ended, senr_duck
from tests.support.extracts import (
    ADAMS,
    BAKER,
    YEAR,
    closed,
    record,
    write_ods,
    write_sis,
)

pytestmark = pytest.mark.slow

RUN = ("run", "--ods", "ods.txt", "--sis", "sis.txt", *AS_OF)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a working folder with both extracts, next to an empty home and temporary folder."""
    for name in ("work", "home", "tmp"):
        (tmp_path / name).mkdir()
    ods, sis = canaries()
    write_ods(tmp_path / "work" / "ods.txt", ods)
    write_sis(tmp_path / "work" / "sis.txt", sis)
    return tmp_path / "work"


def call(folder: Path, *arguments: str, **what: object) -> Ended:
    """Run the command line with the most permissive umask; ``what`` are other fields of Call."""
    places = {"HOME": str(folder.parent / "home"), "TMPDIR": str(folder.parent / "tmp")}
    return senr_duck(folder, *arguments, environment=places, umask=0, **what)


def found_in(text: str) -> list[str]:
    return [value for value in CANARY if value.lower() in text.lower()]


def assert_nothing_elsewhere(folder: Path) -> None:
    assert [list((folder.parent / name).iterdir()) for name in ("home", "tmp")] == [[], []]


def test_a_students_data_is_only_where_it_must_be(folder: Path) -> None:
    done = call(folder, *RUN, remembers=False)
    assert done.returncode == 0, done.stderr
    (run_folder,) = folder.glob("out/[!.]*")
    (archive,) = run_folder.glob("*.zip")
    with zipfile.ZipFile(archive) as opened:
        members = opened.namelist()
        sent = "".join(opened.read(name).decode() for name in members)
    exceptions = (run_folder / "exceptions.csv").read_text(encoding="utf-8")
    rules = {line.split(",")[1] for line in exceptions.splitlines()[1:]}
    assert {"GERR0002", "SSID-MISMATCH", "SENR0034", "SENR0027", "ODS-TWIN"} <= rules
    # where the data must be: this proves that the search works
    assert found_in(sent) == [*NAMES, BIRTH_DATES[0], SSIDS, LOCAL_IDS]
    assert found_in(exceptions) == [SSIDS, LOCAL_IDS]
    report = (run_folder / "report.html").read_text(encoding="utf-8")
    assert {SSIDS, LOCAL_IDS} <= set(found_in(report))
    explained = call(folder, "explain", SSIDS + "02")
    assert {SSIDS, LOCAL_IDS} <= set(found_in(explained.stdout))
    asked = call(folder, "sql", "--csv", "select student_legal_last_name from staging.ods_raw")
    assert found_in(asked.stdout) == [NAMES[1]]
    listed = call(folder, "work-lists", "--calpads-is-right", "grade_level_code")
    assert listed.returncode == 0, listed.stderr
    (workbook,) = folder.glob("work_lists/*.xlsx")
    with zipfile.ZipFile(workbook) as opened:
        cells = opened.read("xl/sharedStrings.xml").decode()
        parts = {name: opened.read(name).decode() for name in opened.namelist()}
    assert {NAMES[0], NAMES[1], SSIDS, LOCAL_IDS} <= set(found_in(cells))
    (corrections,) = folder.glob("work_lists/*.csv")
    assert found_in(corrections.read_text(encoding="utf-8")) == [LOCAL_IDS]
    causes = call(folder, "causes")
    # and nowhere else
    counts = call(folder, "report", "--no-student-data")
    assert counts.returncode == 0
    outputs = {
        "summary": done.stdout,
        "messages": done.stderr,
        "manifest": (run_folder / "manifest.json").read_text(encoding="utf-8"),
        "report of counts": (folder / "report_counts.html").read_text(encoding="utf-8"),
        "other parts of the workbook": "".join(
            text for name, text in parts.items() if name != "xl/sharedStrings.xml"
        ),
        "messages of the lists": listed.stdout + listed.stderr,
        "causes": causes.stdout + causes.stderr,
        "its messages": counts.stdout + counts.stderr + explained.stderr + asked.stderr,
        "members": " ".join(members),
        "files": " ".join(str(path) for path in folder.rglob("*")),
        "views": call(folder, "views").stdout,
        "status": call(folder, "status").stdout,
        "status as JSON": call(folder, "status", "--json").stdout,
    }
    assert {name: found for name, text in outputs.items() if (found := found_in(text))} == {}
    again = call(folder, *RUN, "--json", "--log-json")
    assert again.returncode == 0
    assert json.loads(again.stdout)["held_students"] > 3
    events = [json.loads(line)["event"] for line in again.stderr.splitlines()]
    assert (events[0], events[-1]) == ("step", "finished")
    assert "notice" in events
    assert found_in(again.stdout + again.stderr) == []
    assert_nothing_elsewhere(folder)


def test_what_says_what_has_changed_names_no_one(folder: Path) -> None:
    assert call(folder, *RUN, "--quiet").returncode == 0
    text = (folder / "sis.txt").read_text(encoding="utf-8")
    others = text.replace("^10^05^", "^10^99^", 2)  # two students more on hold
    (folder / "sis.txt").write_text(others, encoding="utf-8", newline="")
    done = call(folder, *RUN)
    assert done.returncode == 0, done.stderr
    assert "2 new; senr-duck changes lists them" in done.stdout
    # the numbers of students are where one asks for them, as in explain, and in the ledger
    for option in ((), ("--json",)):
        assert found_in(call(folder, "changes", *option).stdout) == [SSIDS, LOCAL_IDS]
    with duckdb.connect(str(folder / "senr.ledger.duckdb"), read_only=True) as con:
        kept = {
            table: found_in(str(con.execute(f"from {table}").fetchall()))
            for table in ("run_total", "run_count", "open_finding")
        }
    assert kept == {"run_total": [], "run_count": [], "open_finding": [SSIDS, LOCAL_IDS]}
    # and nowhere else
    assert call(folder, "report", "--no-student-data").returncode == 0
    page = (folder / "report_counts.html").read_text(encoding="utf-8")
    assert "Since the last run: " in page
    outputs = {
        "summary": done.stdout + done.stderr,
        "report of counts": page,
        "next": call(folder, "next").stdout,
        "next as JSON": call(folder, "next", "--json").stdout,
        "run as JSON": call(folder, *RUN, "--json").stdout,
    }
    assert {name: found for name, text in outputs.items() if (found := found_in(text))} == {}
    assert_nothing_elsewhere(folder)


def test_only_the_owner_can_use_what_is_written(folder: Path) -> None:
    given = set(folder.rglob("*"))
    commands = (
        (*RUN, "--out", "deep/out"),
        ("report", "--out", "again.html"),
        ("report", "--no-student-data"),
        ("work-lists", "--out", "deep/lists", "--calpads-is-right", "grade_level_code"),
        ("sample", "--district", "Exeter Unified", "--students", "20", "--out", "made/up"),
        ("simulate", "deep/out/ZIP", "--ods", "ods.txt", "--as-of", "2026-03-02")
        + ("--write-ods", "after.txt"),
    )
    for command in commands:
        (archive,) = folder.glob("deep/out/*/*.zip") if command[0] == "simulate" else (Path(),)
        done = call(folder, *(str(archive) if "ZIP" in part else part for part in command))
        assert done.returncode in (0, 1), done.stderr
    made = {path: stat.S_IMODE(path.stat().st_mode) for path in set(folder.rglob("*")) - given}
    names = {path.name for path in made}
    assert {"senr.duckdb", "manifest.json", "exceptions.csv", "report.html"} <= names
    assert {"again.html", "report_counts.html", "after.txt", "sis.csv", "keep.csv"} <= names
    lists = {path.suffix for path in made if path.parent.name == "lists"}
    assert lists >= {".xlsx", ".csv"}
    wrong = {p: oct(mode) for p, mode in made.items() if mode != (0o700 if p.is_dir() else 0o600)}
    assert wrong == {}
    assert_nothing_elsewhere(folder)


def test_duckdbs_own_files_are_private_while_they_are_made(folder: Path) -> None:
    look = """
import pathlib, stat, senr_duck.run.reconcile as reconcile
old = reconcile.find_notices
def look(con):
    con.execute("checkpoint senr")
    (made,) = pathlib.Path().glob(".senr.duckdb.new-*")
    for path in [made, *made.iterdir()]:
        print(path.is_dir(), oct(stat.S_IMODE(path.stat().st_mode)))
    return old(con)
reconcile.find_notices = look
"""
    done = call(folder, *RUN, "--quiet", before=look, remembers=False)
    assert done.returncode == 0, done.stderr
    assert set(done.stdout.splitlines()) == {"True 0o700", "False 0o600"}


def test_duckdbs_temporary_files_are_private(folder: Path) -> None:
    look = """
import pathlib, stat, senr_duck.run.reconcile as reconcile
old = reconcile.find_notices
def look(con):
    con.execute("set memory_limit = '64MB'")
    con.execute(
        "create temporary table big as select repeat('x', 100) || range as text from range(1000000)"
    )
    (spill,) = pathlib.Path().glob("out/.run-*/spill")
    for path in [spill, *spill.iterdir()]:
        print(path.is_dir(), oct(stat.S_IMODE(path.stat().st_mode)))
    con.execute("drop table big; reset memory_limit")
    return old(con)
reconcile.find_notices = look
"""
    done = call(folder, *RUN, "--quiet", before=look, remembers=False)
    assert done.returncode == 0, done.stderr
    assert set(done.stdout.splitlines()) == {"True 0o700", "False 0o600"}


def change(path: str, old: str, new: str, count: int = 1) -> Callable[[Path], None]:
    def work(folder: Path) -> None:
        text = (folder / path).read_text(encoding="utf-8")
        assert old in text
        (folder / path).write_text(text.replace(old, new, count), encoding="utf-8", newline="")

    return work


def write(path: str, text: str, configuration: str = "") -> Callable[[Path], None]:
    def work(folder: Path) -> None:
        (folder / "senr.toml").write_text(configuration, encoding="utf-8")
        (folder / path).write_text(text, encoding="utf-8")

    return work


def crowd(side: str, **fields: str) -> Callable[[Path], None]:
    """Return a change that adds 30 students to both sides, on one side with changed fields."""

    def work(folder: Path) -> None:
        ods, sis = canaries()
        more = [canary(record(f"10000000{n}", BAKER, "20250820")) for n in range(40, 70)]
        changed = [{**one, **fields} for one in more] if fields else []
        write_ods(folder / "ods.txt", ods + (changed if side == "ods" else more))
        write_sis(folder / "sis.txt", sis + (changed if side == "sis" else more))

    return work


SIDE = "SENR-R^"
HEADER = ",".join(field.name for field in all_fields())
KEEP = "ssid,school_of_attendance,enrollment_start_date,why\n"
KEEP_KEY, LIST_KEY = '[keep]\nfile = "keep.csv"\n', '[schools]\nlist = "schools.csv"\n'
LINE = f"{SSIDS}01,{NAMES[1]},{BIRTH_DATES[1]},{LOCAL_IDS}01 {NAMES[0]}\n"
STOPS: dict[str, tuple[int, str, Callable[[Path], None]]] = {
    "a field too many": (2, "fields", change("ods.txt", NAMES[0], f"{NAMES[0]}^{NAMES[1]}")),
    "a NUL": (2, "NUL", change("sis.txt", NAMES[1], f"{NAMES[1]}\0")),
    "a line end in a name": (2, "fields", change("sis.txt", NAMES[1], f"{NAMES[1]}\n{NAMES[0]}")),
    "another record type": (2, "record type", change("ods.txt", SIDE, "SENR-E^")),
    "a name as record type": (2, "SENR-R", change("ods.txt", SIDE, f"{NAMES[0]}^", 3)),
    "a quotation mark": (
        2,
        "quoted field",
        write("sis.txt", f'{HEADER}\n{SSIDS}01,"{NAMES[1]}\n'),
    ),
    "a header that lacks columns": (
        2,
        "lacks required columns",
        write("sis.txt", f"SSID,Pupil\n{SSIDS}01,{NAMES[1]}\n"),
    ),
    "no header": (
        2,
        "header of SENR field names",
        write("sis.txt", f"{SSIDS}01,{NAMES[1]},{BIRTH_DATES[1]}\n"),
    ),
    "two LEAs": (2, "2 reporting LEAs", change("ods.txt", "^1964733^", f"^{NAMES[1]}^")),
    "an LEA that would lead out of the folder": (
        1,
        "(reporting_lea): ",
        change("ods.txt", "^1964733^", f"^../{NAMES[1]}^", 99),
    ),
    "removals": (1, "would be removed", crowd("sis")),
    "updates": (1, "(grade_level_code): 30 of 42", crowd("sis", grade_level_code=NAMES[1])),
    "a school": (
        1,
        "(school_of_attendance): 30 of 42",
        crowd("sis", school_of_attendance=NAMES[1]),
    ),
    "a birth date as start": (
        1,
        "are on hold",
        crowd("sis", enrollment_start_date="20131117"),
    ),
    "a keep list": (2, "keep.csv line 2", write("keep.csv", KEEP + LINE, KEEP_KEY)),
    "a school in a keep list": (
        2,
        "school_of_attendance",
        write("keep.csv", KEEP + f"1000000001,{NAMES[1]},{BIRTH_DATES[2]},x\n", KEEP_KEY),
    ),
    "a date in a keep list": (
        2,
        "enrollment_start_date",
        write("keep.csv", KEEP + f"1000000001,1930650,{BIRTH_DATES[2]},x\n", KEEP_KEY),
    ),
    "a keep list without header": (2, "line 1", write("keep.csv", LINE, KEEP_KEY)),
    "a school list": (2, "CDSCode", write("schools.csv", f"CDSCode\n{SSIDS}01\n", LIST_KEY)),
    "a date in a school list": (
        2,
        "OpenDate",
        write("schools.csv", f"CDSCode,OpenDate\n19647331930650,{BIRTH_DATES[2]}.\n", LIST_KEY),
    ),
    "a span in a school list": (
        2,
        "GSoffered",
        write("schools.csv", f"CDSCode,GSoffered\n19647331930650,{NAMES[2]}\n", LIST_KEY),
    ),
    "a configured LEA": (2, "lea: found", write("senr.toml", f'lea = "{SSIDS}01"\n')),
    "a configured number": (2, "lea: found", write("senr.toml", f"lea = {SSIDS}01\n")),
    "a configured name": (2, "grade_12", write("senr.toml", f'year_end.grade_12 = "{NAMES[0]}"')),
    "a configured date": (2, "lea", write("senr.toml", f'lea = "{BIRTH_DATES[1]}"\n')),
    "no TOML": (2, "not TOML", write("senr.toml", f"lea = {NAMES[0]}\n")),
    "a path that is none": (2, "no such file", write("x", "", '[keep]\nfile = "none.csv"\n')),
}


@pytest.mark.parametrize(("status", "said", "work"), STOPS.values(), ids=STOPS)
def test_what_stops_a_run_is_reported_without_the_student(
    folder: Path, status: int, said: str, work: Callable[[Path], None]
) -> None:
    work(folder)
    for option in ((), ("--log-json",)):
        done = call(folder, *RUN, *option)
        assert (done.returncode, done.stdout) == (status, ""), done.stderr
        assert said in done.stderr
        assert "Traceback" not in done.stderr
        assert found_in(done.stderr) == []
    last = json.loads(done.stderr.splitlines()[-1])
    assert (last["event"], last["level"], last["exit_status"]) == ("error", "error", status)
    assert said in last["message"]
    assert last["hint"]
    assert found_in(" ".join(str(path) for path in folder.rglob("*"))) == []
    stopped = [folder / "out" / "stopped" / "senr.duckdb"] if status == 1 else []
    assert list(folder.rglob("*.duckdb")) == stopped
    assert_nothing_elsewhere(folder)


BROKEN = {
    "in a query of the run": """
import senr_duck.run.reconcile as reconcile
old = reconcile.create_views
def broken(con, *given):
    old(con, *given)
    con.execute(
        "create view recon.broken as select cast(student_legal_last_name as integer) as n "
        "from staging.ods_raw"
    )
    con.execute("select * from recon.broken").fetchall()
reconcile.create_views = broken
""",
    "in a thread of the run": """
import senr_duck.run.job as run
def broken(con, path, places):
    con.execute("select cast(student_birth_date as tinyint) from staging.ods_raw").fetchall()
run.write_report = broken
""",
    "behind another": """
import senr_duck.run.reconcile as reconcile
def broken(con):
    ssid, name = con.execute(
        "select ssid, student_legal_first_name from staging.ods_raw"
    ).fetchone()
    try:
        con.execute("select error(?)", [name]).fetchall()
    except Exception as error:
        try:
            {}[name]
        except KeyError:
            raise ValueError(f"{ssid} is wrong, 'O'{name}' too\\nand {name}") from error
reconcile.find_notices = broken
""",
}


@pytest.mark.parametrize("before", BROKEN.values(), ids=BROKEN)
def test_a_bug_keeps_its_traceback_but_no_value(folder: Path, before: str) -> None:
    for option in ((), ("--log-json",)):
        done = call(folder, *RUN, *option, before=before)
        assert (done.returncode, done.stdout) == (2, "")
        shown = done.stderr
        if option:
            bug = json.loads(done.stderr.splitlines()[-1])
            assert (bug["event"], bug["level"], bug["exit_status"]) == ("bug", "critical", 2)
            shown = bug["traceback"]
        assert "Traceback (most recent call last):\n" in shown
        assert "in run_job" in shown
        assert "in broken" in shown
        assert "duckdb" in shown
        assert "(withheld)" in shown
        assert found_in(done.stderr) == []
    assert list(folder.glob("*.duckdb")) == []


def test_a_bug_in_a_background_thread_shows_no_value(folder: Path) -> None:
    before = f"""
import threading, senr_duck.run.reconcile as reconcile
old = reconcile.find_notices
def broken():
    raise KeyError("{NAMES[0]}")
def start(con):
    thread = threading.Thread(target=broken)
    thread.start()
    thread.join()
    return old(con)
reconcile.find_notices = start
"""
    done = call(folder, *RUN, before=before)
    assert done.returncode == 0
    assert "in broken" in done.stderr
    assert "\nKeyError: (withheld)\n" in done.stderr
    # the line of the source, where the test itself wrote the name, is not shown by -c
    assert found_in(done.stderr) == []


def test_duckdb_would_have_quoted_the_value() -> None:
    with pytest.raises(duckdb.ConversionException, match=NAMES[1]) as caught:
        duckdb.execute(f"select cast('{NAMES[1]}' as integer)")
    text = format_bug(caught.value)
    assert found_in(text.splitlines()[-1]) == []
    assert "ConversionException: Conversion Error: Could not convert string (withheld)" in text


@pytest.mark.parametrize(
    ("message", "left"),
    [
        ("no value at all, line 12", "no value at all, line 12"),
        ("found 'O'Brien' here", "found (withheld) here"),
        ("it's O'Brien's", "it(withheld)s"),
        ('an open "quote', "an open (withheld)"),
        ("1234567890 and 2013-11-17 and 11/17/2013", "(withheld) and (withheld) and (withheld)"),
        ("CSV Error on Line: 5\nOriginal Line: Ann", "CSV Error on Line: 5 (withheld)"),
        ("", ""),
    ],
)
def test_what_a_message_may_quote_is_withheld(message: str, left: str) -> None:
    assert withhold_values(message) == left


def test_a_spreadsheet_runs_no_exception_as_a_formula(folder: Path) -> None:
    broken = record("1000000050", ADAMS, YEAR, local_student_id="=1+1", grade_level_code="-9")
    left = closed(record("1000000051", ADAMS, YEAR, local_student_id="=2"), "20251201", "T160")
    write_ods(folder / "ods.txt", [broken | {"grade_level_code": "05"}, left])
    write_sis(folder / "sis.txt", [broken, left | {"student_exit_reason_code": "T180"}])
    done = call(folder, *RUN)
    assert done.returncode == 0, done.stderr
    (path,) = folder.glob("out/*/exceptions.csv")
    rows = path.read_bytes().decode().split("\r\n")
    (row,) = [row for row in rows if "1000000050" in row]
    assert ",'=1+1," in row
    assert ",'-9," in row
    assert ",1000000050," in row
    (archive,) = folder.glob("out/*/*.zip")
    with zipfile.ZipFile(archive) as opened:
        assert b"^=2^" in opened.read("003_Updates.txt") + opened.read("002_Exits.txt")
