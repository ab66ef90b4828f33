"""Where the differences come from, in words, on the terminal and in the report."""

import json
from pathlib import Path

import pytest

from senr_duck.causes.read_causes import Cause, Subject, read_causes
from senr_duck.causes.sentences import describe_cause, name_subject
from senr_duck.database.published import open_published
from tests.support.command_line import run, senr_duck
from tests.support.extracts import ADAMS, BAKER, YEAR, closed, record, write_ods, write_sis
from tests.support.once import make_once

FIELD = Subject("difference", "grade_level_code", "Grade Level Code", 40, ())
NAME = "Zzyzx"


def make_cause(dimension: str, segment: str, **values: object) -> Cause:
    plain = {"name": None, "from_value": None, "from_name": None, "is_since": False}
    plain |= {"problems": 36, "records": None, "all_records": None}
    return Cause(dimension, segment, **{**plain, **values})  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def one_school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a run in which one school has nearly all differences, since one week in February."""

    def make(folder: Path) -> None:
        left = closed(record("1000000099", ADAMS, "20240815"), "20250606", "T160")
        old = {"upload_date": "20250901", "last_date_updated": "20250901"}
        agreeing = [record(f"20000001{n}", BAKER, YEAR, **old) for n in range(10, 80)]
        agreeing += [record(f"20000001{n}", ADAMS, YEAR, **old) for n in range(80, 90)]
        changed = [record(f"10000000{n}", ADAMS, YEAR) for n in range(10, 20)]
        changed.append(record("1000000020", BAKER, YEAR, **old))
        # a name in a field for codes: the report without student data must not have it
        held = [record(f"10000000{n}", ADAMS, YEAR) for n in range(30, 36)]
        write_ods(folder / "ods.txt", [left, *agreeing, *changed, *held])
        write_sis(
            folder / "sis.txt",
            [left, *agreeing]
            + [{**one, "student_school_transfer_code": "1"} for one in changed]
            + [{**one, "grade_level_code": NAME} for one in held],
        )
        done = run(folder, "--quiet", "--max-update-share", "1", "--max-held-share", "1")
        assert done.returncode == 0, done.stderr

    return make_once(tmp_path_factory, "one_school", make)


def test_the_school_and_the_week_that_explain_most_are_named(one_school: Path) -> None:
    done = senr_duck(one_school, "causes")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "Student School Transfer Code: 11 differences\n"
        "  90 % are in records that CALPADS changed in the week of 2026-01-26, but only 16 % of "
        "CALPADS's records of that year\n"
        "  90 % are at 1930650, but only 26 % of CALPADS's records of that year\n"
        "  all are from blank to 1 (Formal interdistrict transfer agreement)\n"
        "Grade Level Code: 6 differences\n"
        "  all are in records that CALPADS changed in the week of 2026-01-26, but only 16 % of "
        "CALPADS's records of that year\n"
        "  all are at 1930650, but only 26 % of CALPADS's records of that year\n"
        "  all are from 05 (Grade 5) to ZZYZX\n"
        "Code not in its code set (GERR0002): 6 findings\n"
        "  all are in records that CALPADS changed in the week of 2026-01-26, but only 16 % of "
        "CALPADS's records of that year\n"
        "  all are at 1930650, but only 26 % of CALPADS's records of that year\n"
        "  all are in Grade Level Code\n"
        "  all are with the value ZZYZX\n"
    )


def test_the_report_has_the_same_sentences(one_school: Path) -> None:
    (path,) = one_school.glob("out/*/report.html")
    page = path.read_text(encoding="utf-8")
    section = page.partition('<section id="causes"')[2].partition("</section>")[0]
    with open_published(one_school / "senr.duckdb") as con:
        subjects = read_causes(con)
    assert subjects
    for subject in subjects:
        assert name_subject(subject) in section
    assert '<a href="#causes">' in page
    assert NAME.upper() in section


def test_the_report_without_student_data_has_only_values_of_catalogs(
    one_school: Path, tmp_path: Path
) -> None:
    out = tmp_path / "counts.html"
    done = senr_duck(one_school, "report", "--no-student-data", "--out", str(out))
    assert done.returncode == 0
    page = out.read_text(encoding="utf-8")
    assert 'id="causes"' in page
    assert NAME.lower() not in page.lower()


def test_the_causes_are_one_object_of_json(one_school: Path) -> None:
    done = senr_duck(one_school, "causes", "--json")
    printed = json.loads(done.stdout)
    assert printed["schema_version"] == 1
    first = printed["subjects"][0]
    assert (first["kind"], first["code"], first["problems"]) == (
        "difference",
        "student_school_transfer_code",
        11,
    )
    assert {"dimension": "school", "segment": ADAMS}.items() <= first["causes"][1].items()


def test_without_anything_in_common_it_says_so(every_class_run: Path) -> None:
    done = senr_duck(every_class_run, "causes")
    assert done.stdout == (
        "no cause found: no school, grade, week, reason or value has at least half of what "
        "differs, and more than its size explains\n"
    )
    (path,) = every_class_run.glob("out/*/report.html")
    assert "#causes" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("cause", "sentence"),
    [
        (
            make_cause("school", "6054043", name="Lincoln", records=12, all_records=100),
            "90 % are at Lincoln (6054043), but only 12 % of CALPADS's records of that year",
        ),
        (
            make_cause("grade", "06", name="Grade 6", records=0, all_records=100),
            "90 % are in grade 06 (Grade 6), but none of CALPADS's records of that year",
        ),
        (
            make_cause("change", "2026-09-14", is_since=True, records=1, all_records=1000),
            "90 % are in records that CALPADS changed since 2026-09-14, but less than 1 % of "
            "CALPADS's records of that year",
        ),
        (
            make_cause("start", "2026-09-14", problems=40),
            "all are enrollments that start in the week of 2026-09-14",
        ),
        (
            make_cause("value", "", from_value="06", from_name="Grade 6"),
            "90 % are from 06 (Grade 6) to blank",
        ),
        (make_cause("value", "\x1b[2J", from_value=""), "90 % are from blank to \\x1b[2J"),
        (
            make_cause("reason", "START-CHANGED", name="Start"),
            "90 % are for the reason Start (START-CHANGED)",
        ),
        (make_cause("field", "grade_level_code", name="Grade"), "90 % are in Grade"),
        (make_cause("school", "x", problems=39), "97 % are at x"),
    ],
)
def test_a_cause_is_a_sentence(cause: Cause, sentence: str) -> None:
    assert describe_cause(FIELD, cause) == sentence


def test_a_subject_counts_what_it_is_of() -> None:
    assert name_subject(FIELD) == "Grade Level Code: 40 differences"
    assert name_subject(Subject("difference", "add", "Add", 1, ())) == "Add: 1 record"
    assert (
        name_subject(Subject("hold", "GERR0001", "Blank", 7, ())) == "Blank (GERR0001): 7 findings"
    )
    held = Subject("hold", "GERR0002", "Code", 40, ())
    assert describe_cause(held, make_cause("value", "9")) == "90 % are with the value 9"
