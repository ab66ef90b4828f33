"""Read and write the ODS extract of a simulation."""

import gzip
from pathlib import Path

import pytest

from senr_duck.errors import InputError
from senr_duck.simulate import Ods, post_archive, read_extract, write_extract
from tests.simulate.records import AS_OF, make
from tests.simulate.upload_files import (
    EXTRACT,
    LAST_LINE,
    OTHER_LINE,
    THIS_LINE,
    narrow,
    upload,
    write,
    write_bomb,
    write_zip,
)


def test_write_extract_gives_back_what_was_read_byte_for_byte(tmp_path: Path) -> None:
    ods = read_extract(write(tmp_path / "ods.txt", EXTRACT.encode()))
    write_extract(ods, tmp_path / "again.txt")
    assert (tmp_path / "again.txt").read_bytes() == EXTRACT.encode()


def test_extract_of_36_fields_is_written_with_36(tmp_path: Path) -> None:
    old = "".join(f"{narrow(line)}\r\n" for line in (LAST_LINE, THIS_LINE)).encode()
    ods = read_extract(write(tmp_path / "ods.txt", old))
    assert [r.upload_date for r in ods.records()] == ["20240901", "20250901"]
    write_extract(ods, tmp_path / "again.txt")
    assert (tmp_path / "again.txt").read_bytes() == old


def test_lines_in_any_order_are_written_in_one(tmp_path: Path) -> None:
    data = f"{OTHER_LINE}\n{THIS_LINE}\n{LAST_LINE}".encode()
    write_extract(read_extract(write(tmp_path / "ods.txt", data)), tmp_path / "again.txt")
    assert (tmp_path / "again.txt").read_bytes() == EXTRACT.encode()


def test_an_extract_may_be_several_files_of_one_layout(tmp_path: Path) -> None:
    one = write(tmp_path / "one.txt", f"{OTHER_LINE}\n{LAST_LINE}".encode())
    other = write(tmp_path / "other.txt", f"{THIS_LINE}\n".encode())
    for name, first, second in (("1.txt", one, other), ("2.txt", other, one)):
        write_extract(read_extract(first, None, second), tmp_path / name)
        assert (tmp_path / name).read_bytes() == EXTRACT.encode()
    old = write(tmp_path / "old.txt", narrow(LAST_LINE).encode())
    with pytest.raises(InputError) as refusal:
        read_extract(other, None, old)
    assert str(refusal.value) == "old.txt has 36 fields per record; other.txt has 37"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_extract_is_read_in_any_of_its_encodings(tmp_path: Path, encoding: str) -> None:
    ods = read_extract(write(tmp_path / "ods.txt", EXTRACT.encode(encoding)))
    assert {r.student_legal_last_name for r in ods.records()} == {"Nuñez", "Ek"}


def test_name_with_a_line_separator_does_not_end_the_line(tmp_path: Path) -> None:
    data = EXTRACT.replace("Nuñez", "Nu\u0085\u2028ez").encode()
    ods = read_extract(write(tmp_path / "ods.txt", data))
    assert {r.student_legal_last_name for r in ods.records()} == {"Nu\u0085\u2028ez", "Ek"}


def test_extract_is_read_from_gzip_and_from_a_zip_of_one_file(tmp_path: Path) -> None:
    packed = write(tmp_path / "ods.txt", gzip.compress(EXTRACT.encode()))
    assert len(read_extract(packed).records()) == 3
    assert len(read_extract(write_zip(tmp_path / "o.zip", {"x": EXTRACT})).records()) == 3


def test_twin_lines_of_an_extract_count_once(tmp_path: Path) -> None:
    data = f"{EXTRACT}{THIS_LINE}\r\n".encode()
    assert len(read_extract(write(tmp_path / "ods.txt", data)).records()) == 3


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "ods.txt is empty; expected an ODS extract"),
        (
            EXTRACT.replace("SENR-R", "SENR-E"),
            "ods.txt line 1 has the record type SENR-E, a rejected-records extract; "
            "an ODS extract has SENR-R",
        ),
        (
            upload(make()),
            "ods.txt line 1 has the record type SENR, an upload file; an ODS extract has SENR-R",
        ),
        (
            EXTRACT + upload(make()),
            "ods.txt line 4 has the record type SENR, an upload file; an ODS extract has SENR-R",
        ),
        (
            "ssid,first name\n1000000001,Ana\n",
            "ods.txt line 1 does not begin with a record type; an ODS extract has SENR-R",
        ),
        (
            f"{LAST_LINE}\r\n\r\n{THIS_LINE}\r\n",
            "ods.txt line 2 does not begin with a record type; an ODS extract has SENR-R",
        ),
        (EXTRACT + narrow(THIS_LINE), "ods.txt line 4 has 36 fields; line 1 has 37"),
        (f"{narrow(THIS_LINE)}\n{LAST_LINE}", "ods.txt line 2 has 37 fields; line 1 has 36"),
        (
            narrow(narrow(THIS_LINE)),
            "ods.txt line 1 has 35 fields; an ODS extract has 37, or 36 before 2023-09-19 "
            "(the layouts with 33 and 39 input fields, 35 and 41 in extracts, are not supported)",
        ),
    ],
)
def test_a_file_that_is_not_an_extract_is_refused_by_line(
    tmp_path: Path, text: str, message: str
) -> None:
    path = write(tmp_path / "ods.txt", text.encode())
    with pytest.raises(InputError) as refusal:
        read_extract(path)
    assert str(refusal.value) == message


def test_refusal_of_a_file_that_is_no_text_names_the_line(tmp_path: Path) -> None:
    path = write(tmp_path / "ods.txt", f"{OTHER_LINE}\r\n".encode() + b"SENR-R^\x81\r\n")
    with pytest.raises(InputError, match="line 2 is neither UTF-8 nor Windows-1252"):
        read_extract(path)


def test_refusal_of_a_missing_or_damaged_or_crowded_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.txt: found no such file, expected an ODS"):
        read_extract(tmp_path / "none.txt")
    cut = write(tmp_path / "cut.gz", gzip.compress(EXTRACT.encode())[:-9])
    with pytest.raises(InputError, match=r"cut\.gz is damaged: its compressed content"):
        read_extract(cut)
    two = write_zip(tmp_path / "two.zip", {"a": EXTRACT, "b": EXTRACT})
    with pytest.raises(InputError, match=r"two\.zip is a zip that holds 2 files"):
        read_extract(two)
    with pytest.raises(
        InputError, match=r"none\.zip: found no such file, expected a zip of SENR upl"
    ):
        post_archive(Ods([make()]), tmp_path / "none.zip", AS_OF)
    with pytest.raises(InputError, match=r"cut\.gz is damaged"):
        post_archive(Ods([make()]), cut, AS_OF)


MOST = 16 * 1024 * 1024  # bytes that any packed file may unpack to


@pytest.mark.parametrize("pack", ["zip", "gzip"])
def test_an_extract_that_would_fill_the_memory_is_refused(tmp_path: Path, pack: str) -> None:
    path = tmp_path / "ods.zip"
    if pack == "gzip":
        path.write_bytes(gzip.compress(b"x" * (MOST + 1)))
    else:
        write_bomb(path, [MOST + 1])
    with pytest.raises(InputError, match=r"^ods\.zip unpacks to more than 16,777,216 bytes; "):
        read_extract(path)


@pytest.mark.parametrize("sizes", [[MOST + 1], [10, MOST]], ids=["one file", "all together"])
def test_upload_files_that_would_fill_the_memory_are_refused(
    tmp_path: Path, sizes: list[int]
) -> None:
    write_bomb(tmp_path / "up.zip", sizes)
    with pytest.raises(InputError, match=r"^up\.zip unpacks to more than 16,777,216 bytes; "):
        post_archive(Ods([make()]), tmp_path / "up.zip", AS_OF)
