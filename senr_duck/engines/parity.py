"""Compare another engine's results with those that DuckDB wrote as CSV."""

from senr_duck.engines.dialects import Dialect
from senr_duck.engines.relations import Relations

COMPARED = ("recon.removals", "recon.exits", "recon.updates", "recon.accounting")


def write_parity(relations: Relations, dialect: Dialect) -> tuple[str, ...]:
    """Return statements that load DuckDB's results as text and list rows found on one side only.

    Null and an empty text are the same, as in the files.
    """
    statements: list[str] = []
    for name in COMPARED:
        table = name.partition(".")[2]
        columns = list(relations[name])
        texts = ", ".join(f"{column} {dialect.types['VARCHAR']}" for column in columns)
        statements.append(f"drop table if exists duckdb_{table}")
        statements.append(f"create table duckdb_{table} ({texts})")
        statements.append(dialect.load_csv.format(table=f"duckdb_{table}", file=f"{table}.csv"))
        statements.append(_compare(f"duckdb_{table}", name, columns, dialect))
    return tuple(statements)


def _compare(expected: str, found: str, columns: list[str], dialect: Dialect) -> str:
    type_, _, collation = dialect.types["VARCHAR"].partition(" collate ")
    values = ",\n    ".join(
        f"coalesce(cast({column} as {type_}) collate {collation}, '') as {column}"
        for column in columns
    )
    return (
        f"with expected as (\n  select\n    {values}\n  from {expected}\n),\n"  # noqa: S608 - own names
        f"found as (\n  select\n    {values}\n  from {found}\n)\n"
        f"select '{found}' as result, 'only in DuckDB' as side, one.*\n"
        "from (select * from expected except select * from found) as one\n"
        "union all\n"
        f"select '{found}' as result, 'only here' as side, one.*\n"
        "from (select * from found except select * from expected) as one"
    )
