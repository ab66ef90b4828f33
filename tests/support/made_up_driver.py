"""A driver of ODBC that is made up: it gives two records, or fails where a test wants it."""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pyarrow as pa

# The places at which it can fail; the last one is the driver's own bug.
PLACES = ("connecting", "sending", "reading", "bug")

_RECORD = {
    "reporting_lea": "1964733",
    "school_of_attendance": "1930650",
    "ssid": "1000000001",
    "local_student_id": "L0001",
    "enrollment_start_date": "2025-08-14",
    "enrollment_exit_date": None,
    "student_exit_reason_code": None,
}


class Error(Exception):
    """The error of arrow-odbc."""


def install(place: str, record: str, value: str = "") -> None:
    """Put the driver in the place of arrow-odbc; it writes what it is given to the file ``record``.

    Its errors have all of it, and ``value``, as those of careless drivers do.
    """
    given: list[str] = []

    def fail(call: str) -> None:
        Path(record).write_text("\n".join(given), encoding="utf-8")
        told = f"cannot convert the value '{value}' with {' '.join(given)}"
        if place == "bug" and call == "reading":
            raise ValueError(told)
        if place == call:
            raise Error(
                f"ODBC emitted an error calling 'SQL':\nState: HY000, Native error: 1, "
                f"Message: [made up] {told}"
            )

    class Reader:
        schema = pa.schema([pa.field(name, pa.string()) for name in _RECORD])

        def __iter__(self) -> Iterator[pa.RecordBatch]:
            return self

        def __next__(self) -> pa.RecordBatch:
            self.left = getattr(self, "left", 3) - 1
            if not self.left:
                raise StopIteration
            if self.left == 1:
                fail("reading")
            return pa.RecordBatch.from_pylist([_RECORD], schema=self.schema)

    class Connection:
        def execute(self, query: str) -> None:
            if query.startswith("show"):
                raise Error("not PostgreSQL")

        def rollback(self) -> None:
            given.append("rolled back")
            Path(record).write_text("\n".join(given), encoding="utf-8")

        def read_arrow_batches(self, query: str, parameters: Any, **_: Any) -> Reader:
            given.extend([query, str(parameters)])
            fail("sending")
            return Reader()

    def connect(connection: str, user: str | None, password: str | None, **how: Any) -> Connection:
        given.extend([connection, str(user), str(password), str(how)])
        fail("connecting")
        return Connection()

    module: Any = ModuleType("arrow_odbc")
    module.Error, module.connect = Error, connect
    module.TextEncoding = type("TextEncoding", (), {"UTF16": 2})
    sys.modules["arrow_odbc"] = module
