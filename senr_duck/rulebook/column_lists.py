"""Lists of columns in the SQL files that are written from the record layout.

A list is between two comments. The first names the list, and shows how one line is written:

    -- each compared code: coalesce(ods.<code>, ''),
    coalesce(ods.school_of_attendance_nps, ''),
    ...
    -- end (make lock writes these lines)
"""

import re
from collections.abc import Mapping, Sequence

from senr_duck.reference.layout import Field, all_fields

LINE_LENGTH = 100
_BLOCK = re.compile(
    r"^(?P<indent> *)-- each (?P<part>[a-z ]+): (?P<template>\S.*)\n"
    r"(?P<lines>(?:.*\n)*?)"
    r"(?P<end>(?P=indent)-- end \(make lock writes these lines\)\n)"
    r"(?P<after>.*)",
    re.MULTILINE,
)
_END = re.compile(r"-- end \(make lock writes these lines\)$", re.MULTILINE)
_PLACEHOLDER = re.compile(r"<[a-z ]+>")

# Codes that belong to an exit, so that an open enrollment has none of them.
_OF_AN_EXIT = (
    "student_exit_reason_code",
    "student_school_completion_status_code",
    "expected_receiver_school_of_attendance",
    "student_met_all_uc_csu_requirements_indicator",
    "student_golden_state_seal_merit_diploma_indicator",
    "student_seal_of_biliteracy_indicator",
    "graduation_exemption_indicator",
)


def list_parts() -> dict[str, tuple[str, ...]]:
    """Return the columns of each list by the name that the comments give it, in file order.

    A value that is a date has the name of its text: ``enrollment_exit_date_text``.
    """
    upload = [field for field in all_fields() if not field.number.startswith("R.")]
    written_by_us = ("record_type_code", "local_record_id")
    codes = tuple(
        field.column for field in upload if field.role == "enrollment" and field.type != "DT"
    )
    return {
        "compared code": codes,
        "code of an exit": tuple(code for code in codes if code in _OF_AN_EXIT),
        "code of an enrollment": tuple(code for code in codes if code not in _OF_AN_EXIT),
        # without the gender, whose code in the SIS may be a local one
        "demographic field": tuple(
            field.column
            for field in upload
            if field.role == "demographic" and field.column != "student_gender_code"
        ),
        "value of a record": tuple(_name_value(field) for field in upload),
        "value to send": tuple(
            _name_value(field) for field in upload if field.column not in written_by_us
        ),
    }


def _name_value(field: Field) -> str:
    return f"{field.column}_text" if field.type == "DT" else field.column


def fill_markers(text: str, parts: Mapping[str, Sequence[str]]) -> str:
    """Return an SQL text with each of its lists written again, from ``parts`` by name.

    The last line of a list has no comma where nothing follows that needs one. Raises ValueError
    for a list that ``parts`` lacks, and for an end without a beginning.
    """
    filled = _BLOCK.sub(lambda block: _write_block(block, parts), text)
    if len(_BLOCK.findall(text)) != len(_END.findall(text)):
        raise ValueError("the end of a list of columns has no beginning")
    return filled


def _write_block(block: re.Match[str], parts: Mapping[str, Sequence[str]]) -> str:
    part, template, indent = block["part"], block["template"], block["indent"]
    if part not in parts:
        raise ValueError(f"no list of columns is called `{part}`, but {sorted(parts)}")
    entries = [_PLACEHOLDER.sub(column, template) for column in parts[part]]
    if not block["after"].strip() or block["after"].lstrip().startswith(")"):
        entries[-1] = entries[-1].removesuffix(",")
    lines = [f"{indent}{line}\n" for entry in entries for line in _fold(entry, len(indent))]
    head = f"{indent}-- each {part}: {template}\n"
    return head + "".join(lines) + block["end"] + block["after"]


def _fold(entry: str, indent: int) -> list[str]:
    """Return the lines of one entry of a list: one, or as many as its length asks for."""
    if indent + len(entry) <= LINE_LENGTH:
        return [entry]
    left, is_not, right = entry.partition(" is not distinct from ")
    if is_not:
        return [left, f"is not distinct from {right}"]
    value, as_name, name = entry.partition(" as ")
    if as_name and indent + len(value) <= LINE_LENGTH:
        return [value, f"    as {name}"]
    ending = f"{as_name}{name}"
    if case := re.fullmatch(r"case (when .+) (then .+) end", value):
        return ["case", f"    {case[1]}", f"        {case[2]}", f"end{ending}"]
    if call := re.fullmatch(r"(\w+\()(.+), (.+)\)(,?)", value):
        return [call[1], f"    {call[2]},", f"    {call[3]}", f"){call[4]}{ending}"]
    raise ValueError(f"a line of {indent + len(entry)} columns: {entry}")
