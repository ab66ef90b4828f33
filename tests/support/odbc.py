"""ODBC for tests, with a configuration of its own."""

from pathlib import Path

# The driver as Debian's package odbc-postgresql installs it.
_DRIVERS = "/usr/lib/*/odbc/psqlodbcw.so"


def configure_odbc(folder: Path, data_source: str = "") -> dict[str, str]:
    """Return the environment in which ODBC knows PostgreSQL's driver; the system's is not changed.

    ``data_source`` are the lines of a data source with the name ``sis``.
    """
    drivers = sorted(Path("/").glob(_DRIVERS.removeprefix("/")))
    if not drivers:
        raise AssertionError("no ODBC driver: apt-get install unixodbc odbc-postgresql")
    (folder / "odbcinst.ini").write_text(
        f"[PostgreSQL Unicode]\nDriver={drivers[0]}\n", encoding="utf-8"
    )
    (folder / "odbc.ini").write_text(
        f"[sis]\nDriver=PostgreSQL Unicode\n{data_source}" if data_source else "", encoding="utf-8"
    )
    return {
        "ODBCSYSINI": str(folder),
        "ODBCINI": str(folder / "odbc.ini"),
        "ODBCINSTINI": "odbcinst.ini",
    }
