"""The sample data generator: made-up extracts with the size and structure of a real district."""

import csv
from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import pytest

from senr_duck.errors import InputError
from senr_duck.run.job import run_job
from senr_duck.run.reconcile import Job
from senr_duck.sample import AS_OF, SamplePaths, write_sample
from senr_duck.settings.keep_list import read_keep_list
from senr_duck.settings.school_list import read_school_list
from senr_duck.settings.settings import load_settings
from senr_duck.simulate import Ods, Record, post_file

WINDOW_START, YEAR_START = "20240701", "20260701"
NOT_REPORTED = "5430319"  # Exeter Community Day

SIS_HEADER = (
    "transaction_type_code,reporting_lea,school_of_attendance,school_of_attendance_nps,ssid,"
    "local_student_id,student_legal_first_name,student_legal_middle_name,student_legal_last_name,"
    "student_legal_name_suffix,student_alias_first_name,student_alias_middle_name,"
    "student_alias_last_name,student_birth_date,student_gender_code,student_birth_city,"
    "student_birth_state_province_code,student_birth_country_code,enrollment_start_date,"
    "enrollment_status_code,grade_level_code,enrollment_exit_date,student_exit_reason_code,"
    "student_school_completion_status_code,expected_receiver_school_of_attendance,"
    "student_met_all_uc_csu_requirements_indicator,student_school_transfer_code,"
    "district_of_geographic_residence_code,student_golden_state_seal_merit_diploma_indicator,"
    "student_seal_of_biliteracy_indicator,"
    "adult_age_students_with_disabilities_in_transition_status,graduation_exemption_indicator,"
    "next_grade_level_code,next_school_of_attendance,student_with_disability"
)


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> SamplePaths:
    return write_sample("Exeter Unified", 2000, 7, tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module")
def ods(paths: SamplePaths) -> list[Record]:
    lines = paths.ods.read_bytes().decode("utf-8").removesuffix("\r\n").split("\r\n")
    return [Record(*line.split("^")) for line in lines]


@pytest.fixture(scope="module")
def sis(paths: SamplePaths) -> list[Record]:
    """The SIS side in the layout and codes of CALPADS, without its three extra columns."""
    grades = {"K": "KN", "PK": "PS"}
    records = []
    with paths.sis.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            fields = {name: row[name] for name in Record._fields if name in row}
            for name in ("student_birth_date", "enrollment_start_date", "enrollment_exit_date"):
                fields[name] = fields[name].replace("-", "")
            grade = fields["grade_level_code"]
            fields["grade_level_code"] = grades.get(grade, grade)
            records.append(Record(**fields))
    return records


def read_day(text: str) -> date:
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))


def by_student(records: list[Record]) -> dict[str, list[Record]]:
    students = defaultdict(list)
    for record in records:
        students[record.ssid].append(record)
    return students


def test_the_same_arguments_write_the_same_bytes(paths: SamplePaths, tmp_path: Path) -> None:
    again = write_sample("Exeter Unified", 2000, 7, tmp_path / "made" / "on the way")
    for name in ("ods", "sis", "config", "keep", "schools"):
        assert getattr(again, name).read_bytes() == getattr(paths, name).read_bytes(), name


def test_another_seed_makes_up_other_students(paths: SamplePaths, tmp_path: Path) -> None:
    other = write_sample("Exeter Unified", 2000, 8, tmp_path)
    assert other.ods.read_bytes() != paths.ods.read_bytes()
    assert other.sis.read_bytes() != paths.sis.read_bytes()
    assert other.config.read_bytes() == paths.config.read_bytes()


def test_every_ods_line_is_a_senr_r_record_of_37_fields(paths: SamplePaths) -> None:
    text = paths.ods.read_bytes().decode("utf-8")
    lines = text.split("\r\n")
    assert lines.pop() == ""
    assert {line.count("^") for line in lines} == {36}
    assert {line[:14] for line in lines} == {"SENR-R^^^54768"}
    assert "\n" not in text.replace("\r\n", "")


def test_the_sis_extract_has_the_layouts_columns_and_needs_no_quotes(paths: SamplePaths) -> None:
    text = paths.sis.read_bytes().decode("utf-8")
    lines = text.split("\r\n")
    assert lines.pop() == ""
    assert lines[0] == SIS_HEADER
    assert {line.count(",") for line in lines} == {34}
    assert '"' not in text
    assert "\n" not in text.replace("\r\n", "")


def test_the_counts_are_those_of_the_files(
    paths: SamplePaths, ods: list[Record], sis: list[Record]
) -> None:
    assert paths.students == 2000
    assert (paths.ods_records, paths.ods_students) == (len(ods), len({r.ssid for r in ods}))
    assert paths.sis_records == len(sis)
    assert paths.sis_students == len({r.local_student_id for r in sis})


def test_both_extracts_are_in_order(ods: list[Record], sis: list[Record]) -> None:
    ods_order = [(r.school_of_attendance, r.ssid, r.enrollment_start_date) for r in ods]
    sis_order = [(r.local_student_id, r.enrollment_start_date) for r in sis]
    assert ods_order == sorted(ods_order)
    assert sis_order == sorted(sis_order)


def test_ssids_and_local_ids_are_unique(sis: list[Record]) -> None:
    pairs = {(r.ssid, r.local_student_id) for r in sis if r.ssid}
    assert len(pairs) == len({ssid for ssid, _ in pairs}) == len({local for _, local in pairs})
    assert {len(ssid) for ssid, _ in pairs} == {10}


def test_calpads_has_nothing_that_it_would_have_rejected(ods: list[Record]) -> None:
    uploads = [r._replace(record_type_code="SENR") for r in dict.fromkeys(ods)]
    result = post_file(Ods([], lea="5476836"), "everything", uploads, AS_OF)
    # a student may be in a file only once, and this one has everything
    assert {found.rule for found in result.rejections} == {"STUDENT-TWICE"}


def test_no_student_has_two_primary_enrollments_at_a_time(ods: list[Record]) -> None:
    overlaps = 0
    for records in by_student(list(dict.fromkeys(ods))).values():
        spans = [
            (r.enrollment_start_date, r.enrollment_exit_date or "99999999")
            for r in records
            if r.enrollment_status_code == "10" and r.student_exit_reason_code != "N470"
        ]
        overlaps += sum(a[0] < b[1] and b[0] < a[1] for a, b in combinations(spans, 2))
    assert overlaps == 0


def test_every_grade_is_in_its_schools_span(
    paths: SamplePaths, ods: list[Record], sis: list[Record]
) -> None:
    order = ["PS", "TK", "KN", *(f"{grade:02}" for grade in range(1, 13))]
    spans = {
        "5430087": ("TK", "12"),
        "5430319": ("01", "12"),
        "5431598": ("09", "12"),
        "5431614": ("09", "12"),
        "6054043": ("PS", "05"),
        "6054050": ("PS", "05"),
        "6110290": ("06", "08"),
    }
    for record in ods + [r for r in sis if r.grade_level_code]:
        low, high = spans[record.school_of_attendance]
        grade = order.index(record.grade_level_code)
        assert order.index(low) <= grade <= order.index(high)
    assert {r.grade_level_code for r in ods} == set(order)


def test_ages_fit_the_first_grades(ods: list[Record]) -> None:
    for record in ods:
        born, start = read_day(record.student_birth_date), read_day(record.enrollment_start_date)
        if record.grade_level_code == "KN":
            birthday_passed = (start.month, start.day) >= (born.month, born.day)
            assert 4 <= start.year - born.year - (not birthday_passed) <= 7
        if record.grade_level_code == "TK":
            september_1 = date(int(record.academic_year_id[:4]), 9, 1)
            assert born <= september_1.replace(year=september_1.year - 4)


def test_year_end_exits_are_in_calpads_and_in_the_sis_only_if_typed(
    ods: list[Record], sis: list[Record]
) -> None:
    last_days = {"20250605", "20260604", "20250612", "20260611"}
    own_days = {
        r.enrollment_exit_date
        for r in ods
        if r.student_exit_reason_code == "E155" and r.school_of_attendance == "5430087"
    }
    # but for what someone typed for a senior
    assert "E156" not in {r.student_exit_reason_code for r in sis}
    assert {r.grade_level_code for r in sis if r.student_exit_reason_code == "E155"} == {"12"}
    assert own_days == {"20250612", "20260611"}
    for record in ods:
        in_window = record.enrollment_start_date >= WINDOW_START
        if in_window and record.student_exit_reason_code in ("E155", "E156"):
            assert record.enrollment_exit_date in last_days


def test_an_e150_goes_on_at_the_same_school_on_the_next_day(sis: list[Record]) -> None:
    starts = {(r.ssid, r.school_of_attendance, r.enrollment_start_date) for r in sis}
    splits = [r for r in sis if r.student_exit_reason_code == "E150"]
    for record in splits:
        next_day = read_day(record.enrollment_exit_date) + timedelta(days=1)
        assert (record.ssid, record.school_of_attendance, f"{next_day:%Y%m%d}") in starts
    assert len(splits) > 20


def test_a_short_term_enrollment_lasts_at_most_30_days_at_an_alternative_school(
    ods: list[Record],
) -> None:
    short = [r for r in ods if r.enrollment_status_code == "30"]
    assert {r.school_of_attendance for r in short} <= {"5430087", "5431614"}
    for record in short:
        days = read_day(record.enrollment_exit_date) - read_day(record.enrollment_start_date)
        assert 1 <= days.days <= 29
    assert len(short) > 3


def test_no_code_is_retired_or_not_for_the_grade(ods: list[Record], sis: list[Record]) -> None:
    """The typing errors of the SIS are others."""
    for record in ods + sis:
        assert record.student_exit_reason_code not in {"T270", "T310", "T460"}
        completion, grade = record.student_school_completion_status_code, record.grade_level_code
        if completion in {"480", "485"}:
            assert grade not in {"12", "TD", "AD"}
        elif completion:
            assert grade == "12"


def test_a_district_of_residence_is_a_school_district(ods: list[Record], sis: list[Record]) -> None:
    residences = {r.district_of_geographic_residence_code for r in ods + sis} - {""}
    assert len(residences) > 3
    assert {code[:2] for code in residences} == {"54"}
    # the office of Tulare County
    assert "5410546" not in residences
    assert residences.isdisjoint(r.school_of_attendance for r in ods)


def test_life_has_everything_that_happens_in_a_district(sis: list[Record]) -> None:
    reasons = Counter(r.student_exit_reason_code for r in sis)
    completions = Counter(r.student_school_completion_status_code for r in sis)
    assert {"E140", "E150", "E170", "E230", "E450", "N470", "T160", "T167", "T180", "T200"} <= set(
        reasons
    )
    assert {"100", "360", "480", "485"} <= set(completions)
    assert {r.enrollment_status_code for r in sis} == {"10", "20", "30", "50"}
    assert {r.adult_age_students_with_disabilities_in_transition_status for r in sis} == {"", "Y"}
    assert {r.student_gender_code for r in sis} == {"F", "M", "X"}


def test_calpads_knows_nothing_that_happened_after_the_last_upload(ods: list[Record]) -> None:
    assert max(r.last_date_updated for r in ods) == "20261027"
    assert all(r.upload_date <= r.last_date_updated for r in ods)


def test_the_drift_holds_every_kind(
    paths: SamplePaths, ods: list[Record], sis: list[Record]
) -> None:
    """Keys and fields are compared here to find the drifts behind each class."""
    kept = {(e.school_of_attendance, e.ssid) for e in read_keep_list(paths.keep)}
    ods_keys, sis_keys = {r.key: r for r in ods}, {r.key: r for r in sis}
    ods_students, sis_students = by_student(ods), by_student(sis)
    ods_ids = {r.local_student_id: r.ssid for r in ods}
    sis_ids = {r.local_student_id: r.ssid for r in sis}
    found = Counter({"twin": len(ods) - len(ods_keys)})
    for key, record in ods_keys.items():
        if sis_ids.get(record.local_student_id, record.ssid) not in (record.ssid, ""):
            found["ODS only: retired SSID"] += 1
        elif key in sis_keys and sis_keys[key].transaction_type_code == "D":
            found["ODS only: deleted in the SIS"] += 1
        elif key not in sis_keys:
            came = len(sis_students.get(record.ssid, []))
            found[name_ods_only(record, came, len(ods_students[record.ssid]), kept)] += 1
    for record in sis:
        other = ods_keys.get(record.key)
        if record.transaction_type_code == "D":
            found["SIS: deletion"] += 1
        elif ods_ids.get(record.local_student_id, record.ssid) not in (record.ssid, ""):
            found["SIS only: new SSID"] += 1
        elif other is None:
            persons = {r.student_legal_last_name for r in ods_students.get(record.ssid, [])}
            found[name_sis_only(record, persons)] += 1
        else:
            found[name_difference(record, other)] += 1
    assert found == {
        "both: E155 for a senior": 1,
        "both: a returning student stays away": 2,
        "both: blank grade": 1,
        "both: completion with a transfer": 1,
        "both: exit after the year": 2,
        "both: exit corrected": 8,
        "both: exit missing": 30,
        "both: exit taken away": 6,
        "both: future exit": 3,
        "both: grade": 8,
        "both: impossible date": 1,
        "both: last year open": 6,
        "both: local ID": 13,
        "both: name": 23,
        "both: out of scope": 33,
        "both: reason": 16,
        "both: residence": 3,
        "both: same": 4872,
        "both: short-term, 30 days": 2,
        "both: short-term, 31 days": 2,
        "both: transfer": 6,
        "both: unknown code": 1,
        "ODS only: deleted in the SIS": 1,
        "ODS only: earlier year": 8,
        "ODS only: earlier year, open": 2,
        "ODS only: future": 2,
        "ODS only: next to another": 15,
        "ODS only: no-show": 2,
        "ODS only: out of scope": 4,
        "ODS only: retired SSID": 5,
        "ODS only: summer graduate, kept": 3,
        "ODS only: summer graduate, unlisted": 1,
        "ODS only: the only one, came elsewhere": 4,
        "ODS only: the only one, never came": 5,
        "SIS only: another person's SSID": 2,
        "SIS only: earlier year": 4,
        "SIS only: future": 3,
        "SIS only: new SSID": 5,
        "SIS only: no SSID": 1,
        "SIS only: out of scope": 4,
        "SIS only: this year": 46,
        "SIS only: typographic apostrophe": 2,
        "SIS: deletion": 1,
        "twin": 1,
    }


def test_a_run_finds_what_was_typed_and_who_is_doubtful(paths: SamplePaths, tmp_path: Path) -> None:
    settings = load_settings(paths.config, {"as_of": AS_OF, "allow_other_year": True}, AS_OF)
    database = tmp_path / "senr.duckdb"
    result = run_job(Job([paths.ods], [paths.sis], settings, tmp_path / "out", database))
    looked_for = (
        *("COMPLETION-GRADE", "EXIT-AFTER-YEAR", "EXIT-GRADE", "GERR0007", "GERR0008", "IVR0009"),
        *("N470-RETURNING", "SENR0035", "SENR0187", "SENR0192", "SIS-DELETION", "SSID-MISMATCH"),
        *("SSID-SHARED", "YEAR-END-CODE"),
    )
    found = {rule: result.exceptions[rule] for rule in looked_for if rule in result.exceptions}
    assert found == {
        "EXIT-AFTER-YEAR": 2,
        "IVR0009": 2,
        "N470-RETURNING": 2,
        "SENR0187": 2,
        "SIS-DELETION": 1,
        # two students, each under both SSIDs
        "SSID-MISMATCH": 4,
        "SSID-SHARED": 2,
        "YEAR-END-CODE": 1,
    }


def test_both_sides_cover_the_same_schools_and_years(ods: list[Record], sis: list[Record]) -> None:
    places = [
        {
            (r.school_of_attendance, school_year(r.enrollment_start_date))
            for r in side
            if r.enrollment_start_date >= WINDOW_START
        }
        for side in (ods, sis)
    ]
    assert places[0] == places[1]
    assert len(places[0]) == 7 * 3


def school_year(start: str) -> int:
    return int(start[:4]) - (start[4:6] < "07")


def test_the_tool_reads_the_files_next_to_the_extracts(paths: SamplePaths) -> None:
    settings = load_settings(paths.config, {}, AS_OF)
    assert settings.lea == "5476836"
    assert settings.do_not_report == (NOT_REPORTED,)
    assert settings.school_list == paths.schools
    assert settings.keep_file == paths.keep
    assert settings.translate == {"grade_level_code": {"PK": "PS", "K": "KN"}}
    assert {year: (days.last_day, days.schools) for year, days in settings.calendar.items()} == {
        "2024-2025": (date(2025, 6, 5), {"5430087": date(2025, 6, 12)}),
        "2025-2026": (date(2026, 6, 4), {"5430087": date(2026, 6, 11)}),
        "2026-2027": (date(2027, 6, 3), {"5430087": date(2027, 6, 10)}),
    }
    kept = [(e.school_of_attendance, e.enrollment_start_date) for e in read_keep_list(paths.keep)]
    assert kept == [("5431598", date(2026, 7, 17))] * 3


def test_the_school_list_is_in_the_form_of_the_public_schools_file(paths: SamplePaths) -> None:
    assert paths.schools.read_bytes().decode("utf-8").split("\r\n")[:2] == [
        "CDSCode,StatusType,County,District,School,OpenDate,ClosedDate,Charter,DOCType,SOCType,"
        "GSoffered",
        "54768365430087,Active,Tulare,Exeter Unified,Exeter Independent Study (Alternative),"
        "07/01/1980,No Data,N,Unified School District,Alternative Schools of Choice,K-12",
    ]
    assert [school.school for school in read_school_list(paths.schools)] == [
        "5430087",
        "5430319",
        "5431598",
        "5431614",
        "6054043",
        "6054050",
        "6110290",
    ]


def test_a_sample_is_by_default_as_large_as_the_district(tmp_path: Path) -> None:
    sample = write_sample("hope elementary (tulare)", None, 1, tmp_path)
    assert sample.students == 219
    assert sample.ods.read_text(encoding="utf-8").startswith("SENR-R^^^5471944^")


def test_a_nonpublic_school_has_its_code_next_to_0000001(tmp_path: Path) -> None:
    sample = write_sample("River Delta Joint Unified", 2000, 1, tmp_path)
    with sample.sis.open(encoding="utf-8", newline="") as file:
        pairs = {
            (row["school_of_attendance"] == "0000001", row["school_of_attendance_nps"])
            for row in csv.DictReader(file)
        }
    assert pairs == {(False, ""), (True, "7102536")}


@pytest.mark.parametrize(
    ("district", "message", "hint"),
    [
        (
            "Gridly Unified",
            "no district is named 'Gridly Unified'",
            "similar names: Gridley Unified, ",
        ),
        (
            "xyzzy",
            "no district is named 'xyzzy'",
            "use a district's name as in California's public school list",
        ),
        (
            "washington unified",
            "2 districts are named 'washington unified'",
            "name the county: Washington Unified (Fresno) or Washington Unified (Yolo)",
        ),
        (
            "Sierra County Office of Education",
            "Sierra County Office of Education has no school with students and a span of grades",
            "choose a district with its own schools",
        ),
    ],
)
def test_an_unusable_district_is_refused_with_a_hint(
    district: str, message: str, hint: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError) as refused:
        write_sample(district, 10, 1, tmp_path)
    assert str(refused.value) == message
    assert refused.value.hint.startswith(hint)
    assert list(tmp_path.iterdir()) == []


def test_a_sample_without_students_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="a sample cannot have 0 students"):
        write_sample("Gridley Unified", 0, 1, tmp_path)


def name_ods_only(record: Record, came: int, known: int, kept: set[tuple[str, str]]) -> str:
    reason, start = record.student_exit_reason_code, record.enrollment_start_date
    if record.school_of_attendance == NOT_REPORTED or start < WINDOW_START:
        return "ODS only: out of scope"
    if start < YEAR_START:
        return "ODS only: earlier year" + (", open" if not record.enrollment_exit_date else "")
    if start > "20261030":
        return "ODS only: future"
    if record.student_school_completion_status_code == "100":
        listed = (record.school_of_attendance, record.ssid) in kept
        return "ODS only: summer graduate, " + ("kept" if listed else "unlisted")
    if reason == "N470":
        return "ODS only: no-show"
    if known > 1:
        return "ODS only: next to another"
    return "ODS only: the only one, " + ("came elsewhere" if came else "never came")


def name_sis_only(record: Record, persons: set[str]) -> str:
    """``persons`` are the last names that CALPADS has under the SSID."""
    start = record.enrollment_start_date
    if persons and record.student_legal_last_name not in persons:
        return "SIS only: another person's SSID"
    if "\u2019" in record.student_legal_last_name:
        return "SIS only: typographic apostrophe"
    if record.school_of_attendance == NOT_REPORTED or start < WINDOW_START:
        return "SIS only: out of scope"
    if not record.ssid:
        return "SIS only: no SSID"
    if start < YEAR_START:
        return "SIS only: earlier year"
    return "SIS only: future" if start > "20261030" else "SIS only: this year"


def name_difference(record: Record, other: Record) -> str:
    """Name what the SIS record has that the ODS record with its key, ``other``, does not have."""
    ended, reason = record.enrollment_exit_date, record.student_exit_reason_code
    known_end, known_reason = other.enrollment_exit_date, other.student_exit_reason_code
    if record.school_of_attendance == NOT_REPORTED:
        return "both: out of scope"
    if ended == "20260931":
        return "both: impossible date"
    if not record.grade_level_code:
        return "both: blank grade"
    if record.student_school_transfer_code == "9":
        return "both: unknown code"
    if reason[:1] == "T" and record.student_school_completion_status_code:
        return "both: completion with a transfer"
    if ended > "20261030":
        return "both: future exit"
    if reason == "E155":
        return "both: E155 for a senior"
    if reason == "N470" and not known_end:
        return "both: a returning student stays away"
    if record.enrollment_status_code == "30" and known_end < ended:
        days = read_day(ended) - read_day(record.enrollment_start_date)
        return f"both: short-term, {days.days + 1} days"
    if ended and school_year(ended) > school_year(record.enrollment_start_date):
        return "both: exit after the year"
    if ended and not known_end:
        return "both: exit missing"
    if ended and known_end != ended:
        return "both: exit corrected"
    if known_end and not ended and known_reason not in ("E155", "E156"):
        return "both: exit taken away"
    if not known_end and not ended and record.enrollment_start_date < YEAR_START:
        return "both: last year open"
    if ended and reason != known_reason and record.enrollment_status_code == "10":
        return "both: reason"
    if record.grade_level_code != other.grade_level_code:
        return "both: grade"
    if record.student_school_transfer_code != other.student_school_transfer_code:
        return "both: transfer"
    if record.district_of_geographic_residence_code != other.district_of_geographic_residence_code:
        return "both: residence"
    if record.student_legal_last_name != other.student_legal_last_name:
        return "both: name"
    if record.local_student_id != other.local_student_id:
        return "both: local ID"
    return "both: same"
