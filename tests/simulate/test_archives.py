"""Post the files of a zip."""

import zipfile
from datetime import date
from pathlib import Path

import pytest

from senr_duck.errors import InputError
from senr_duck.simulate import (
    FileResult,
    Finding,
    Ods,
    is_any_rejected,
    post_archive,
    read_extract,
    write_extract,
)
from tests.simulate.records import AS_OF, DELETE, LAST_YEAR, LEFT, OTHER_SCHOOL, lines_of, make
from tests.simulate.upload_files import EXTRACT, OTHER_LINE, upload, write, write_zip


def test_archive_is_posted_in_order_of_names(tmp_path: Path) -> None:
    ods = Ods([make()])
    archive = write_zip(
        tmp_path / "SENR.zip",
        {
            "003_Updates.txt": upload(make(OTHER_SCHOOL, enrollment_start_date="20251011")),
            "002_Exits.txt": upload(make(LEFT)),
        },
    )
    results = post_archive(ods, archive, AS_OF)
    assert results == [
        FileResult("002_Exits.txt", 1, True, (), ()),
        FileResult("003_Updates.txt", 1, True, (), ()),
    ]


def test_files_after_a_rejected_one_are_posted_unless_it_should_stop(tmp_path: Path) -> None:
    archive = write_zip(
        tmp_path / "SENR.zip",
        {
            "001_Removals.txt": "",
            "002_Exits.txt": upload(make(DELETE)),
            "003_Updates.txt": upload(make(LEFT)),
        },
    )
    results = post_archive(Ods([make()]), archive, AS_OF)
    assert [(r.name, r.records, r.posted) for r in results] == [
        ("001_Removals.txt", 0, True),
        ("002_Exits.txt", 1, False),
        ("003_Updates.txt", 1, True),
    ]
    stopped = post_archive(Ods([make()]), archive, AS_OF, stop_at_rejection=True)
    assert [r.name for r in stopped] == ["001_Removals.txt", "002_Exits.txt"]


def test_upload_of_the_wrong_width_is_rejected_by_line(tmp_path: Path) -> None:
    short = upload(make())[:-3] + "\r\n"
    archive = write_zip(tmp_path / "a.zip", {"1.txt": upload(make()) + short + "\r\n" + short})
    ods = Ods([make(LAST_YEAR)])
    (result,) = post_archive(ods, archive, AS_OF)
    assert (result.records, result.posted) == (4, False)
    assert result.rejections == (
        Finding("FIELD-COUNT", 2, (), "34 fields; the layout has 35"),
        Finding("FIELD-COUNT", 3, (), "1 fields; the layout has 35"),
        Finding("FIELD-COUNT", 4, (), "34 fields; the layout has 35"),
    )
    assert len(ods.records()) == 1


def test_upload_that_is_no_text_is_rejected_by_line(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("1.txt", upload(make()).encode("cp1252") + b"SENR^\x81\r\n")
    (result,) = post_archive(Ods([make()]), tmp_path / "a.zip", AS_OF)
    assert lines_of(result) == [("FRMT0004", 2)]


def test_archive_of_the_34_field_layout_posts_on_its_days(tmp_path: Path) -> None:
    as_of = date(2023, 9, 18)
    last = {
        "academic_year_id": "2022-2023",
        "enrollment_start_date": "20220815",
        "enrollment_exit_date": "20230609",
    }
    year = {"academic_year_id": "2023-2024", "enrollment_start_date": "20230814"}
    line = "^".join(make(year)[:34]) + "\r\n"
    archive = write_zip(tmp_path / "a.zip", {"1.txt": line})
    assert post_archive(Ods([make(LAST_YEAR, last)], columns=36), archive, as_of)[0].posted
    with pytest.raises(InputError, match="has 36 fields; on 2023-09-19 it has 37"):
        post_archive(Ods([make(last)], columns=36), archive, date(2023, 9, 19))


def test_extract_after_posting_is_written_to_the_byte(tmp_path: Path) -> None:
    ods = read_extract(write(tmp_path / "ods.txt", EXTRACT.encode()))
    archive = write_zip(
        tmp_path / "a.zip",
        {
            "001_Removals.txt": upload(make(DELETE, LAST_YEAR)),
            "002_Exits.txt": upload(make(LEFT, local_record_id="x9")),
        },
    )
    assert not is_any_rejected(post_archive(ods, archive, AS_OF))
    write_extract(ods, tmp_path / "after.txt")
    exited = (
        'SENR-R^^x9^1964733^1930650^^2025-2026^1000000001^77^Ana^^Nuñez^^"Ani"^^^20150301^F^^^US'
        "^20250813^10^05^20251010^T160^^^^^^^^^^20260115^20260115"
    )
    assert (tmp_path / "after.txt").read_bytes() == f"{exited}\r\n{OTHER_LINE}\r\n".encode()
