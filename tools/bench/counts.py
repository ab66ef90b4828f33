"""How many keys are removed, added and changed, in the extracts and in a contestant's results."""

import json
from dataclasses import dataclass
from pathlib import Path

import duckdb

from tools.bench.job import Job


@dataclass(frozen=True)
class Counts:
    """Keys that only the ODS has, that only the SIS has, and that both have with a difference."""

    removed: int
    added: int
    changed: int


@dataclass(frozen=True)
class Found:
    """What a contestant found; ``flagged`` counts what it names but leaves out of the counts."""

    counts: Counts
    flagged: int


# Every tool pairs a key that occurs twice on one side differently. So such keys are left out here,
# and the correctness round covers them. A record without an SSID pairs with no other.
_REPEATED = """
create temp table repeated as
    select {key} from ods where ssid is not null group by all having count(*) > 1
    union
    select {key} from sis where ssid is not null group by all having count(*) > 1
"""
_PAIRS = """
select
    count(*) filter (where sis.side is null),
    count(*) filter (where ods.side is null),
    count(*) filter (where ods.side is not null and sis.side is not null and ({differs}))
from (select *, 'ods' as side from ods anti join repeated using ({key})) as ods
full outer join (select *, 'sis' as side from sis anti join repeated using ({key})) as sis
    on {pairs}
"""


def count_extracts(job: Job) -> Counts:
    """Return the counts of a job's extracts, which every contestant must find.

    Values are trimmed text, the SIS's dates lose their hyphens, and blank equals blank.
    """
    with duckdb.connect() as con:
        _create_sides(con, job)
        return _count_pairs(con, job)


def count_repeated(job: Job) -> int:
    """Return how many operational keys occur more than once on a side."""
    with duckdb.connect() as con:
        _create_sides(con, job)
        return _count(con, "select count(*) from repeated")[0]


def count_staged(database: Path, job: Job) -> Counts:
    """Return the counts of what a run loaded, from the staging views of its database."""
    with duckdb.connect(database, read_only=True) as con:
        for side in ("ods", "sis"):
            columns = ", ".join((*job.key, *job.compared))
            con.execute(
                f"create temp table {side} as select {columns} from staging.{side}_enrollment"
            )
        con.execute(_REPEATED.format(key=", ".join(job.key)))
        return _count_pairs(con, job)


def count_found(job: Job, *, without_repeated: bool) -> Found:
    """Return what a contestant has written into the job's folder ``out``.

    A key counts once per status, however often it occurs; each record without an SSID counts.
    """
    written = Path(job.out, "counts.json")
    if written.exists():
        figures = json.loads(written.read_text(encoding="utf-8"))
        return Found(flagged=figures.pop("flagged"), counts=Counts(**figures))
    with duckdb.connect() as con:
        if without_repeated:
            _create_sides(con, job)
        else:
            con.execute(f"create table repeated ({', '.join(f'{c} varchar' for c in job.key)})")
        con.execute(
            "create table found (status varchar, school varchar, ssid varchar, start varchar)"
        )
        for path in sorted(Path(job.out).glob("*.csv")):
            con.execute(
                "insert into found select status, school, ssid, start "
                f"from read_csv('{path}', header=true, all_varchar=true, quote='\"', escape='\"')"
            )
        school, ssid, start = job.key
        keys = con.execute(
            "select status, count(distinct (school, ssid, start)) filter (where ssid <> '') "
            "+ count(*) filter (where coalesce(ssid, '') = '') from found anti join repeated "
            f"on found.school = repeated.{school} and found.ssid = repeated.{ssid} "
            f"and found.start = repeated.{start} group by status"
        ).fetchall()
    by_status = {"removed": 0, "added": 0, "changed": 0, **dict(keys)}
    return Found(Counts(**by_status), flagged=0)


def _create_sides(con: duckdb.DuckDBPyConnection, job: Job) -> None:
    """Create the tables ``ods``, ``sis`` and ``repeated`` from the extracts."""
    columns = json.dumps(dict.fromkeys(job.ods_columns, "VARCHAR"))
    con.execute(
        f"create view ods_line as from read_csv('{job.ods}', delim='^', header=false, "
        f"auto_detect=false, quote='', escape='', nullstr='', columns={columns})"
    )
    con.execute(
        f"create view sis_line as from read_csv('{job.sis}', header=true, all_varchar=true, "
        "delim=',', quote='\"', escape='\"')"
    )
    for side in ("ods", "sis"):
        columns = ", ".join(
            f"nullif(replace(trim({c}), '{'-' if c in job.dates else ''}', ''), '') as {c}"
            for c in (*job.key, *job.compared)
        )
        con.execute(f"create table {side} as select {columns} from {side}_line")
    con.execute(_REPEATED.format(key=", ".join(job.key)))


def _count_pairs(con: duckdb.DuckDBPyConnection, job: Job) -> Counts:
    differs = " or ".join(f"ods.{c} is distinct from sis.{c}" for c in job.compared)
    pairs = " and ".join(f"ods.{c} = sis.{c}" for c in job.key)
    query = _PAIRS.format(key=", ".join(job.key), differs=differs, pairs=pairs)
    return Counts(*_count(con, query))


def _count(con: duckdb.DuckDBPyConnection, query: str) -> tuple[int, ...]:
    found: list[tuple[int, ...]] = con.execute(query).fetchall()
    return found[0]
