"""Every case of a view that is carried over holds on PostgreSQL too."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from senr_duck.engines.dialects import DIALECTS
from senr_duck.engines.relations import TAKEN_LAYERS
from senr_duck.engines.translate import translate_view, write_query
from senr_duck.views.view import View
from tests.conftest import Chain, Table, ViewBench, compare_rows
from tests.views.test_view_cases import FILES, list_rules, read_cases

DIALECT = DIALECTS["postgres"]


class _Connection:
    """A connection to PostgreSQL that is spoken to as one to DuckDB."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection

    def begin(self) -> None:
        self._connection.execute("begin")

    def rollback(self) -> None:
        self._connection.execute("rollback")

    def close(self) -> None:
        self._connection.close()

    def execute(self, statement: str, values: list[Any] | None = None) -> psycopg.Cursor:
        if values is None:
            return self._connection.execute(statement)
        return self._connection.execute(statement.replace("?", "%s"), values)


class PostgresBench(ViewBench):
    """The bench on a server: the same tables, and the translated queries."""

    def __init__(self, server: str, chain: Chain) -> None:
        self._server = server
        super().__init__(chain)

    def connect(self) -> _Connection:
        with psycopg.connect(self._server, autocommit=True) as con:
            con.execute("create database cases")
        of_cases = f"{self._server} dbname=cases"
        return _Connection(psycopg.connect(of_cases, autocommit=True))

    def write_table(self, table: Table) -> str:
        # a sum of DuckDB's is as long as a numeric
        types = {
            name: "numeric" if of == "HUGEINT" else DIALECT.types[of]
            for name, of in table.columns.items()
        }
        columns = ", ".join(f'"{name}" {type_}' for name, type_ in types.items())
        return f"create table {table.qualified_name} ({columns})"

    def write_query(self, view: View) -> str:
        relations = {table.qualified_name: table.columns for table in self.tables.values()}
        return write_query(translate_view(view, relations, DIALECT), DIALECT)


@pytest.fixture(scope="module")
def postgres_bench(postgres: str, chain: Chain) -> Iterator[PostgresBench]:
    bench = PostgresBench(postgres, chain)
    yield bench
    bench.close()


@pytest.mark.parametrize(
    "path",
    [path for path in FILES if path.parent.name not in TAKEN_LAYERS],
    ids=lambda path: path.stem,
)
def test_a_views_cases_hold(postgres_bench: PostgresBench, path: Path) -> None:
    for case in read_cases(path):
        columns = case.get("columns") or sorted(
            {column for row in case["expect"] for column in row}
        )
        for version in list_rules(path, case):
            found = postgres_bench.run_view(path.stem, case["given"], version)
            difference = compare_rows(case["expect"], found, columns)
            assert difference is None, f"{path.stem} {version}: {case['claim']}\n{difference}"
