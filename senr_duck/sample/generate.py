"""Write a whole sample: two extracts with differences."""

import shutil
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from senr_duck.files.disk import explain_disk_faults
from senr_duck.files.own_file import refuse_foreign
from senr_duck.files.workspace import (
    create_private_file,
    create_private_folder,
    open_scratch,
    publish_new_file,
)
from senr_duck.sample.aeries_tables import write_aeries_tables
from senr_duck.sample.blocks import cut_into_blocks
from senr_duck.sample.companions import write_config, write_keep_list, write_schools
from senr_duck.sample.lines import sis_header
from senr_duck.sample.other_files import list_names, write_other_files
from senr_duck.sample.public_list import find_place
from senr_duck.sample.spool import KeepRow, Spool
from senr_duck.sample.workers import write_spools

_NAMES = ("ods.txt", "sis.csv", "senr.toml", "keep.csv", "schools.csv")
_TABLES_NAME = "aeries_tables.sql"
_WRITTEN = ("--out", "a file of a sample")  # the option that names the folder, and what they are

WORKERS = 2
BLOCK_SIZE = 25_000


@dataclass(frozen=True)
class SamplePaths:
    """The files of a sample, and how many students and enrollment records each side has.

    ``tables`` is None if there are none.

    ``students`` counts all made-up students, also those who are on one side only. On each side, a
    student of two districts counts twice.
    """

    ods: Path
    sis: Path
    config: Path
    keep: Path
    schools: Path
    tables: Path | None
    students: int
    ods_students: int
    ods_records: int
    sis_students: int
    sis_records: int


def write_sample(
    district: str | None,
    students: int | None,
    seed: int,
    out: Path,
    *,
    county: str | None = None,
    statewide: bool = False,
    with_aeries_tables: bool = False,
    all_files: bool = False,
    workers: int = WORKERS,
    block_size: int = BLOCK_SIZE,
) -> SamplePaths:
    """Write a sample for a place of California's public school list into a folder.

    The place is a district, a county, or with ``statewide`` all of California: exactly one of them.
    ``out`` is created if missing. It gets ``ods.txt`` (SENR-R), ``sis.csv``, ``senr.toml``,
    ``keep.csv``, and ``schools.csv``, and must have no such file yet. With ``with_aeries_tables``,
    it also gets ``aeries_tables.sql``, the SIS side as tables of Aeries. The sample has
    ``students`` made-up students, by default as many as the place enrolled in 2023-24, over the
    three school years up to ``AS_OF``. Each district is its own reporting LEA; the extracts are
    sorted by LEA. The same arguments write the same bytes, whatever the number of ``workers``
    (processes; a sample that fits into one block needs only this process). ``block_size`` is the
    number of students that a worker has in memory at a time.

    The true enrollments break no rule of ``rules.csv``; the table ``DRIFTS`` has the differences
    that are then made. With ``all_files``, there is also a pair of extracts each of SELA, SPRG and
    SINF with the students who are enrolled in CALPADS. Raises InputError for an unknown or
    ambiguous place, for one without schools, for fewer students than districts or more than
    7,000,000, and for a folder that has such a file already.
    """
    place = find_place(district, county, statewide)
    counts = place.share(students)
    names = (
        *_NAMES,
        *([_TABLES_NAME] if with_aeries_tables else []),
        *(list_names() if all_files else ()),
    )
    for name in names:
        refuse_foreign(out / name, *_WRITTEN)
    create_private_folder(out)
    by_district = list(cut_into_blocks(place, counts, seed, block_size))
    blocks = [block for blocks in by_district for block in blocks]
    keep_list: list[KeepRow] = []
    ods_students = ods_records = sis_students = sis_records = 0
    with explain_disk_faults(), open_scratch(out / "sample") as folder:
        for name in names:
            create_private_file(folder / name)
        with (folder / "ods.txt").open("wb") as ods, (folder / "sis.csv").open("wb") as sis:
            sis.write(sis_header().encode())
            needed = workers if sum(counts) > block_size else 1
            written = write_spools(blocks, folder, needed)
            for pieces in by_district:
                spools = []
                for spool in islice(written, len(pieces)):
                    _append(spool.sis, sis)
                    spools.append(spool)
                    keep_list += spool.keep_list
                    ods_students += spool.ods_students
                    ods_records += spool.ods_records
                    sis_students += spool.sis_students
                    sis_records += spool.sis_records
                _append_by_school(spools, ods)
        write_config(folder / "senr.toml", place, with_aeries_tables)
        if with_aeries_tables:
            write_aeries_tables(folder / "sis.csv", folder / _TABLES_NAME)
        write_keep_list(folder / "keep.csv", keep_list)
        write_schools(folder / "schools.csv", place)
        if all_files:
            write_other_files(folder / "ods.txt", folder, seed)
        for name in names:
            publish_new_file(folder / name, out / name, *_WRITTEN)
    return SamplePaths(
        ods=out / "ods.txt",
        sis=out / "sis.csv",
        config=out / "senr.toml",
        keep=out / "keep.csv",
        schools=out / "schools.csv",
        tables=out / _TABLES_NAME if with_aeries_tables else None,
        students=sum(counts),
        ods_students=ods_students,
        ods_records=ods_records,
        sis_students=sis_students,
        sis_records=sis_records,
    )


def _append(spool: Path, to: BinaryIO) -> None:
    with spool.open("rb") as file:
        shutil.copyfileobj(file, to, 1 << 20)
    spool.unlink()


def _append_by_school(spools: Sequence[Spool], to: BinaryIO) -> None:
    """Append the ODS lines of a district's blocks, sorted by school."""
    if len(spools) == 1:
        _append(spools[0].ods, to)
        return
    with ExitStack() as stack:
        files = [stack.enter_context(spool.ods.open("rb")) for spool in spools]
        for sizes in zip(*(spool.school_sizes for spool in spools), strict=True):
            to.writelines(file.read(size) for file, size in zip(files, sizes, strict=True))
    for spool in spools:
        spool.ods.unlink()
