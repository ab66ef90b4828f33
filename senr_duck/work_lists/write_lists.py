"""Write the work lists of a run, and the CSV files for the SIS, into a folder."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType

from senr_duck.files.disk import explain_disk_faults
from senr_duck.files.own_file import refuse_foreign
from senr_duck.files.workspace import create_private_folder, open_scratch
from senr_duck.work_lists.corrections import Corrections, write_corrections
from senr_duck.work_lists.items import ListedRun, WorkItem
from senr_duck.work_lists.problem_sheets import list_problem_sheets
from senr_duck.work_lists.sheets import Sheet
from senr_duck.work_lists.workbook import is_untouched, write_workbook

_NO_LEA = "no-lea"  # in a name, for records whose LEA cannot be read in a run of several


@dataclass(frozen=True)
class WorkList:
    """A workbook that was written: an LEA's problems, students, and schools, in numbers.

    ``new`` is the number of problems that the earlier run did not have. ``others`` are the other
    sheets, each with its title and its number of rows. ``has_problems``: of a comparison alone, no
    run has looked for problems.
    """

    path: Path
    problems: int
    students: int
    schools: int
    new: int
    others: tuple[tuple[str, int], ...] = ()
    has_problems: bool = True


@dataclass(frozen=True)
class CorrectionFile:
    """A CSV file that was written, and its number of values to correct."""

    path: Path
    values: int


def name_work_list(lea: str, run_id: str) -> str:
    """Return the name of an LEA's workbook; a blank LEA is one that cannot be read."""
    return f"work_list_{lea or _NO_LEA}_{run_id}.xlsx"


def write_lists(
    folder: Path,
    run: ListedRun,
    items: Sequence[WorkItem] | None,
    corrections: Iterable[Corrections],
    since: str | None = None,
    new: Collection[WorkItem] = frozenset(),
    others: Mapping[str, Sequence[Sheet]] = MappingProxyType({}),
) -> tuple[tuple[WorkList, ...], tuple[CorrectionFile, ...]]:
    """Write a workbook for each LEA, and a CSV file for each choice and LEA that it is about.

    ``since`` is the ID of an earlier run that did not have the items in ``new``. ``others`` are
    more sheets, by LEA; without ``items``, of a comparison alone, they are the only ones. The
    folder and the files are private; a run's ID is in their names, so those of another run stay.
    Either all files are replaced or none, except if the disk fails. Raises InputError for a file
    that someone has changed since it was written, and if nothing can be written; WorkspaceBusy if
    another process is writing lists there.
    """
    lists: list[WorkList] = []
    files: list[CorrectionFile] = []
    create_private_folder(folder)
    with explain_disk_faults(), open_scratch(folder / "work_lists") as scratch:
        for lea in sorted({*run.leas, *others, *(item.lea for item in items or ())}):
            sheets = others.get(lea, ())
            of_lea = None if items is None else [item for item in items if item.lea == lea]
            path = folder / name_work_list(lea, run.run_id)
            write_workbook(
                scratch / path.name, run, lea, _list_sheets(run, of_lea, since, new, sheets)
            )
            lists.append(_describe(path, of_lea, new, sheets))
        for one in corrections:
            for lea, rows in one.by_lea.items():
                name = f"calpads_is_right_{one.choice.name}_{lea or _NO_LEA}_{run.run_id}.csv"
                write_corrections(scratch / name, rows)
                files.append(CorrectionFile(folder / name, len(rows)))
        for work_list in lists:
            refuse_foreign(work_list.path, "--out", "a work list", is_untouched)
        for file in files:
            is_same = partial(_is_same, scratch / file.path.name)
            refuse_foreign(file.path, "--out", "the same list", is_same)
        for path in [*(one.path for one in lists), *(one.path for one in files)]:
            (scratch / path.name).replace(path)
    return tuple(lists), tuple(files)


def _list_sheets(
    run: ListedRun,
    items: Sequence[WorkItem] | None,
    since: str | None,
    new: Collection[WorkItem],
    others: Sequence[Sheet],
) -> list[Sheet]:
    """Return the sheets in their order: the others come before the many of the schools."""
    if items is None:
        return [*others]
    problems = list_problem_sheets(run, items, since, new)
    return [problems.of_all, *others, *problems.of_schools]


def _describe(
    path: Path,
    items: Sequence[WorkItem] | None,
    new: Collection[WorkItem],
    others: Sequence[Sheet],
) -> WorkList:
    has_problems = items is not None
    items = items or ()
    return WorkList(
        path,
        problems=len(items),
        students=len({item.student_key for item in items}),
        schools=len({item.school for item in items if item.school}),
        new=len([item for item in items if item in new]),
        others=tuple((sheet.title, len(sheet.rows)) for sheet in others),
        has_problems=has_problems,
    )


def _is_same(made: Path, path: Path) -> bool:
    return made.read_bytes() == path.read_bytes()
