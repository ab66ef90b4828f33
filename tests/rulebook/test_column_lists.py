"""The lists of columns in the SQL files are those of the record layout."""

import pytest
import sqlglot

from senr_duck.reference.layout import compared_columns
from senr_duck.rulebook.column_lists import fill_markers, list_parts

PARTS = {"code": ("grade_level_code", "exit_code")}
END = "-- end (make lock writes these lines)\n"


def test_the_compared_codes_are_the_compared_columns_without_the_exit_date() -> None:
    codes = list_parts()["compared code"]
    assert len(codes) == 13
    assert sorted([*codes, "enrollment_exit_date"]) == sorted(compared_columns())


def test_what_is_sent_lacks_only_what_this_tool_writes_itself() -> None:
    parts = list_parts()
    assert set(parts["value of a record"]) - set(parts["value to send"]) == {
        "record_type_code",
        "local_record_id",
    }
    assert "enrollment_exit_date_text" in parts["value to send"]


def test_each_column_is_a_line_and_old_lines_go() -> None:
    text = f"select\n    -- each code: ods.<code>,\n    ods.old,\n    {END}    ods.line\n"
    assert fill_markers(text, PARTS) == (
        "select\n    -- each code: ods.<code>,\n"
        f"    ods.grade_level_code,\n    ods.exit_code,\n    {END}    ods.line\n"
    )


@pytest.mark.parametrize("after", ["\n", "    ) as joined,\n"])
def test_the_last_line_has_no_comma_where_nothing_follows(after: str) -> None:
    text = f"    -- each code: ods.<code>,\n    {END}{after}"
    assert fill_markers(text, PARTS) == (
        "    -- each code: ods.<code>,\n    ods.grade_level_code,\n    ods.exit_code\n"
        f"    {END}{after}"
    )


@pytest.mark.parametrize(
    ("template", "lines"),
    [
        ("upper(trim(<code>)) as <code>,", ["upper(trim({0}))", "    as {0},"]),
        (
            "case when not given.<code> then ods.<code> end as <code>,",
            ["case", "    when not given.{0}", "        then ods.{0}", "end as {0},"],
        ),
        ("coalesce(sis.<code>, ods.<code>),", ["coalesce(", "    sis.{0},", "    ods.{0}", "),"]),
    ],
)
def test_a_line_that_is_too_long_is_folded(template: str, lines: list[str]) -> None:
    column = "a" * 57
    folded = "".join(f"    {line.format(column)}\n" for line in lines)
    text = f"    -- each code: {template}\n    {END}    more\n"
    filled = fill_markers(text, {"code": [column]})
    assert filled == f"    -- each code: {template}\n{folded}    {END}    more\n"
    assert max(map(len, filled.splitlines())) <= 100


def test_a_filled_view_is_sql_and_filling_it_again_changes_nothing() -> None:
    text = f"select\n    -- each code: trim(ods.<code>) as <code>,\n    {END}\nfrom ods\n"
    filled = fill_markers(text, PARTS)
    assert fill_markers(filled, PARTS) == filled
    names = sqlglot.parse_one(filled, read="duckdb").named_selects
    assert names == ["grade_level_code", "exit_code"]


@pytest.mark.parametrize(
    "text",
    [
        f"    -- each field: <field>,\n    {END}",
        f"    grade_level_code,\n    {END}",
    ],
    ids=["a list of another name", "an end without a beginning"],
)
def test_a_list_that_cannot_be_written_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="list"):
        fill_markers(text, PARTS)
