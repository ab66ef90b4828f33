"""Format the explanation of a student as JSON, for programs."""

import json
from typing import Any

from senr_duck.student.explain import Explanation, Found, Left, Pair
from senr_duck.student.find import Names
from senr_duck.student.read_student import Enrollment

SCHEMA_VERSION = 1


def format_explanations(explanations: tuple[Explanation, ...], names: Names) -> str:
    """Return one JSON object of the students, without names or birth dates."""
    return json.dumps(
        {
            "schema_version": SCHEMA_VERSION,
            "lea": names.leas[0] if len(names.leas) == 1 else None,
            "as_of": names.as_of.isoformat(),
            "students": [_describe(one, names) for one in explanations],
        },
        indent=2,
    )


def _describe(explanation: Explanation, names: Names) -> dict[str, Any]:
    student = explanation.student
    of_several = {"lea": student.lea} if len(names.leas) > 1 else {}
    return {
        **of_several,
        "ssid": student.ssid,
        "local_student_id": student.local_student_id,
        "held": student.is_held,
        "enrollments": [_describe_pair(pair, names) for pair in explanation.pairs],
        "differences": [
            {
                "enrollment": number,
                "field": one.field,
                "calpads": one.ods_value,
                "sis": one.target_value,
            }
            for number, one in explanation.differences
        ],
        "sent": [
            {
                "file": one.file.name,
                "is_unconfirmed": one.file.is_unconfirmed,
                "enrollment": one.number,
                "class": one.record.record_class,
                "local_record_id": one.record.action_id,
                "reason": one.reason.reason,
                "explanation": one.reason.explanation,
            }
            for one in explanation.sent
        ],
        "held_by": [_describe_finding(one) for one in explanation.holds],
        "waiting": [_describe_left(one) for one in explanation.waiting],
        "left_alone": [_describe_left(one) for one in explanation.left],
        "listed": [_describe_finding(one) for one in explanation.listed],
    }


def _describe_pair(pair: Pair, names: Names) -> dict[str, Any]:
    return {
        "number": pair.number,
        "school": pair.either.school,
        "school_name": names.schools.get(pair.either.school or ""),
        "start": pair.either.start,
        "class": pair.either.record_class,
        "reason": pair.either.reason,
        "calpads": _describe_side(pair.ods),
        "sis": _describe_side(pair.sis),
        "sis_as_calpads_should_show_it": _describe_side(pair.target),
        "calpads_afterwards": _describe_side(
            pair.after, pair.sis if pair.after is pair.planned else None
        ),
    }


def _describe_side(
    one: Enrollment | None, source: Enrollment | None = None
) -> dict[str, Any] | None:
    """Return a side of a pair; ``source`` is the record whose line it has, if not its own."""
    if one is None:
        return None
    return {
        "line": (source or one).line_number,
        "file": (source or one).file_name,
        "exit": one.exit,
        "exit_reason": one.exit_reason,
        "completion_status": one.completion_status,
        "status": one.status,
        "grade": one.grade,
    }


def _describe_finding(one: Found) -> dict[str, Any]:
    finding = one.finding
    return {
        "enrollment": one.number,
        "rule": finding.rule,
        "severity": finding.severity,
        "ods_line": one.ods.line_number if one.ods else None,
        "ods_file": one.ods.file_name if one.ods else None,
        "sis_line": one.sis.line_number if one.sis else None,
        "sis_file": one.sis.file_name if one.sis else None,
        "field": finding.field,
        "message": finding.message,
        "fix": finding.fix,
    }


def _describe_left(one: Left) -> dict[str, Any]:
    return {
        "enrollment": one.number,
        "class": one.reason.record_class,
        "reason": one.reason.reason,
        "explanation": one.reason.explanation,
        "fix": one.fix,
    }
