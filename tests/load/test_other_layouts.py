"""SELA, SPRG and SINF are loaded by the code that loads SENR, each with its own layout."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from senr_duck.errors import InputError
from senr_duck.load.extract import Extract, load_extract
from senr_duck.load.headers import ColumnNames
from senr_duck.load.plain_file import Side
from senr_duck.reference.layout import all_fields, layout_on
from tests.support.other_files import columns_of, number, write_side

AS_OF = date(2026, 3, 2)
NEEDED = {
    "SELA": ["reporting_lea", "ssid"],
    "SPRG": ["reporting_lea", "school_of_attendance", "ssid", "education_program_code"],
    "SINF": ["reporting_lea", "ssid"],
}
FIELDS = {"SELA": (16, 18), "SPRG": (26, 28), "SINF": (43, 45)}


def load(
    tmp_path: Path, file_type: str, side: Side, name: str, as_of: date = AS_OF
) -> tuple[Extract, list[dict[str, str]]]:
    with duckdb.connect() as con:
        con.execute("create schema staging")
        known = ColumnNames(layout_on(as_of, file_type))
        extract = load_extract(con, side, [tmp_path / name], known, tmp_path)
        found = con.execute(f"select * from staging.{side}_raw order by source_line")
        names = [column[0] for column in found.description or ()]
        return extract, [dict(zip(names, row, strict=True)) for row in found.fetchall()]


@pytest.mark.parametrize("file_type", FIELDS)
def test_an_upload_and_an_ods_extract_have_the_layouts_fields(file_type: str) -> None:
    layout = layout_on(AS_OF, file_type)
    assert (len(layout.upload), len(layout.extract)) == FIELDS[file_type]
    assert [field.number for field in layout.extract[-2:]] == [
        f"R.{len(layout.upload) + 1}",
        f"R.{len(layout.upload) + 2}",
    ]


def test_student_information_had_a_field_less_until_2023() -> None:
    assert len(layout_on(date(2023, 9, 18), "SINF").upload) == 42


@pytest.mark.parametrize("file_type", FIELDS)
@pytest.mark.parametrize("side", ["ods", "sis"])
def test_a_caret_file_is_loaded_field_by_field(tmp_path: Path, file_type: str, side: Side) -> None:
    columns = columns_of(file_type, side)
    values = {column: f"v{place}" for place, column in enumerate(columns)}
    values.pop("record_type_code")
    write_side(tmp_path / "file.txt", file_type, side, [values, {"ssid": number(2)}])
    extract, rows = load(tmp_path, file_type, side, "file.txt")
    assert extract.lines == 2
    assert {column: rows[0][column] for column in values} == values
    assert rows[1]["ssid"] == number(2)


@pytest.mark.parametrize("file_type", FIELDS)
def test_a_table_has_official_names_in_any_order(tmp_path: Path, file_type: str) -> None:
    names = [field.name for field in all_fields(file_type) if field.is_needed]
    header = [*reversed(names), "Student Legal Last Name", "Shoe Size"]
    lines = [",".join(header), ",".join(f"v{place}" for place in range(len(header)))]
    (tmp_path / "sis.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    extract, [row] = load(tmp_path, file_type, "sis", "sis.csv")
    assert row["student_legal_last_name"] == f"v{len(names)}"
    assert row[NEEDED[file_type][0]] == f"v{len(names) - 1}"
    assert any("unknown columns are ignored: Shoe Size" in one for one in extract.notices)
    assert any("columns missing, so not compared: " in one for one in extract.notices) == (
        any(field.compared_as and not field.is_needed for field in all_fields(file_type))
    )


@pytest.mark.parametrize("file_type", FIELDS)
def test_a_table_without_a_needed_column_is_refused_by_its_name(
    tmp_path: Path, file_type: str
) -> None:
    needed = [field for field in all_fields(file_type) if field.is_needed]
    assert [one.column for one in needed][: len(NEEDED[file_type])] == NEEDED[file_type]
    for missing in needed:
        header = [one.name for one in needed if one is not missing]
        text = f"{','.join(header)},Other\n{','.join('1' for _ in header)},2\n"
        (tmp_path / "sis.csv").write_text(text, encoding="utf-8")
        with pytest.raises(InputError, match=f"lacks required columns: {missing.name}") as refused:
            load(tmp_path, file_type, "sis", "sis.csv")
        assert "senr-duck init" not in refused.value.hint


@pytest.mark.parametrize(
    ("file_type", "side", "fields", "message"),
    [
        ("SELA", "ods", 17, "the 15-field SELA-R layout, of an earlier year; the 16-field SELA-R"),
        ("SELA", "sis", 15, "the 15-field SELA layout, of an earlier year; the 16-field SELA"),
        ("SPRG", "ods", 29, "the 26-field SPRG-R layout of the as-of date has 28"),
        ("SPRG", "sis", 28, "the 26-field SPRG layout of the as-of date has 26"),
        ("SINF", "ods", 44, "the 42-field SINF-R layout, in force until 2023-09-18; the 43-field"),
        ("SINF", "sis", 44, "the 43-field SINF layout of the as-of date has 43"),
    ],
)
def test_another_number_of_fields_is_refused_by_name(
    tmp_path: Path, file_type: str, side: Side, fields: int, message: str
) -> None:
    record_type = file_type + ("-R" if side == "ods" else "")
    line = "^".join([record_type, *(str(place) for place in range(1, fields))])
    (tmp_path / "file.txt").write_text(f"{line}\r\n{line}\r\n", encoding="utf-8", newline="")
    with pytest.raises(InputError) as refused:
        load(tmp_path, file_type, side, "file.txt")
    assert f"has {fields} fields per record" in str(refused.value)
    assert message in str(refused.value)


def test_one_wrong_line_is_named(tmp_path: Path) -> None:
    write_side(tmp_path / "ods.txt", "SPRG", "ods", [{"ssid": number(1)}, {"ssid": number(2)}])
    with (tmp_path / "ods.txt").open("a", encoding="utf-8", newline="") as file:
        file.write("SPRG-R^1^2\r\n")
    with pytest.raises(InputError, match="line 3 has 3 fields; the 26-field SPRG-R layout has 28"):
        load(tmp_path, "SPRG", "ods", "ods.txt")


def test_records_of_two_types_are_refused(tmp_path: Path) -> None:
    write_side(tmp_path / "one.txt", "SINF", "sis", [{"ssid": number(1)}])
    text = (tmp_path / "one.txt").read_text(encoding="utf-8")
    both = text + text.replace("SINF^", "SIAD^", 1)
    (tmp_path / "sis.txt").write_text(both, encoding="utf-8", newline="")
    with pytest.raises(InputError, match="has records that are not SINF: line 2"):
        load(tmp_path, "SINF", "sis", "sis.txt")
