"""The views that most questions need, in the schema that every program shows first."""

from typing import TYPE_CHECKING

from senr_duck.reference.layout import all_fields
from senr_duck.reference.sql_tables import quote

if TYPE_CHECKING:
    import duckdb

# Views of the schema recon that the schema main has too, so that `show tables` of any program with
# DuckDB lists them, and a query needs no schema.
EVERYDAY_VIEWS = (
    "accounting",
    "change_since_last_run",
    "conflicts",
    "difference",
    "exception",
    "held_student",
    "planned_record",
    "student_enrollment",
)


def create_everyday_views(con: "duckdb.DuckDBPyConnection") -> None:
    """Create the everyday views in the schema ``main``, with the comments of those in ``recon``.

    Each of their columns that is a field of the SENR record has the number and the name of the
    field as its comment.
    """
    fields = {field.column: f"{field.number} {field.name}" for field in all_fields()}
    comments = dict(
        con.execute(
            "select view_name, comment from duckdb_views() where schema_name = 'recon'"
            " union all "
            "select table_name, comment from duckdb_tables() where schema_name = 'recon'"
        ).fetchall()
    )
    con.begin()  # one commit for all of them; the query for their columns binds them
    for name in EVERYDAY_VIEWS:
        con.execute(f"create view main.{name} with (defer_binding) as select * from recon.{name}")  # noqa: S608 - names of this module
        con.execute(f"comment on view main.{name} is {quote(comments[name])}")
    for name, column in con.execute(
        """
        select table_name, column_name
        from duckdb_columns()
        where
            database_name = current_database()
            and schema_name = 'main'
            and list_contains($fields, column_name)
        order by all
        """,
        {"fields": list(fields)},
    ).fetchall():
        con.execute(f"comment on column main.{name}.{column} is {quote(fields[column])}")
    con.commit()
