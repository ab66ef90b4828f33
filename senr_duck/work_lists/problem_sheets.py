"""The sheets with what a run has found: one for all schools, and one for each school."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from senr_duck.work_lists.items import ListedRun, WorkItem
from senr_duck.work_lists.sheets import BY, DONE, Column, Row, Sheet, say

_ALL = "All schools"
_NONE = "No school"
# What each column shows.
_COLUMNS = {
    "new": Column("New", 6),
    "harm": Column("At stake", 12),
    "school_label": Column("School", 17),
    "student_name": Column("Student", 17),
    "local_student_id": Column("Local ID", 10),
    "ssid": Column("SSID", 11.5),
    "start": Column("Start", 10.5),
    "statement": Column("What is wrong", 30, is_plain=False),
    "calpads_has": Column("CALPADS has", 23, is_plain=False),
    "sis_has": Column("The SIS has", 23, is_plain=False),
    "fix": Column("What to do", 33, is_plain=False),
    "rule": Column("Rule", 16),
    "done": DONE,
    "by": BY,
}


@dataclass(frozen=True)
class ProblemSheets:
    """The sheet of all schools, which is the first of a workbook, and those of each school."""

    of_all: Sheet
    of_schools: tuple[Sheet, ...]


def list_problem_sheets(
    run: ListedRun,
    items: Sequence[WorkItem],
    since: str | None = None,
    new: Collection[WorkItem] = frozenset(),
) -> ProblemSheets:
    """Return the sheets of an LEA's items, in the order of ``items``.

    With ``since``, the ID of an earlier run, a column marks the items in ``new``.
    """
    without_new = () if since else ("new",)
    schools = tuple(
        _make_sheet(title, code, run, of_school, since, new, {*without_new, "school_label"})
        for title, code, of_school in _group_by_school(items)
    )
    return ProblemSheets(_make_sheet(_ALL, "", run, items, since, new, {*without_new}), schools)


def _make_sheet(
    title: str,
    code: str,
    run: ListedRun,
    items: Sequence[WorkItem],
    since: str | None,
    new: Collection[WorkItem],
    left_out: Collection[str],
) -> Sheet:
    columns = {name: column for name, column in _COLUMNS.items() if name not in left_out}
    rows = [
        Row(item.student_key, tuple(_show(item, name, item in new) for name in columns))
        for item in items
    ]
    return Sheet(title, code, tuple(columns.values()), rows, run.run_id, run.as_of, since)


def _group_by_school(
    items: Sequence[WorkItem],
) -> list[tuple[str, str, Sequence[WorkItem]]]:
    """Return name, code, and items of each school, sorted by name; no school comes last."""
    groups: dict[tuple[str, str], list[WorkItem]] = {}
    for item in items:
        # a school that is not on the list has only its code, which may be any text
        title = (item.school_name or "School") if item.school else _NONE
        groups.setdefault((title, item.school), []).append(item)
    ordered = sorted(groups.items(), key=lambda group: (not group[0][1], group[0]))
    return [(title, code, of_school) for (title, code), of_school in ordered]


def _show(item: WorkItem, value: str, is_new: bool) -> str:
    match value:
        case "new":
            return "new" if is_new else ""
        case "done" | "by":
            return ""
        case "school_label":
            return " ".join(filter(None, (item.school_name, item.school)))
        case "statement" | "calpads_has" | "sis_has" | "fix":
            return say(getattr(item, value))
        case _:
            return str(getattr(item, value) or "")
