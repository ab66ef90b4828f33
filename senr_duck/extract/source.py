"""Which database to read, as whom, and with which query: from the command line and senr.toml."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from senr_duck.errors import InputError
from senr_duck.files.decoding import decode_text
from senr_duck.privacy.shown_value import escape_controls
from senr_duck.settings.connection_string import (
    CONNECTION_FORM,
    NAME_FORM,
    is_name,
    is_without_password,
    read_keywords,
)
from senr_duck.settings.named_file import read_named_file
from senr_duck.settings.settings import find_configuration

PASSWORD_VARIABLE = "SENR_DUCK_SIS_PASSWORD"  # noqa: S105 - the name of a variable

_WHERE_PASSWORDS_GO = (
    "a command line can be seen by others: put the password into the variable "
    f"{PASSWORD_VARIABLE}, or into a file that you name with --password-file, or with "
    "password_file under [sis]"
)


@dataclass(frozen=True)
class Wanted:
    """What the command line says; None for what it leaves to senr.toml."""

    query: Path | None = None
    connection: str | None = None
    dsn: str | None = None
    user: str | None = None
    password_file: Path | None = None


@dataclass(frozen=True)
class Source:
    """A database: how to connect, as whom, and the file of the query.

    ``connection`` is a connection string without a password that ends with a semicolon. Without
    ``user`` or ``password``, the driver has its own means: the user who runs the job, or what its
    data source says. Nothing shows the password, not even the representation of this object.
    """

    query: Path
    connection: str
    user: str | None
    password: str | None = field(repr=False)


def choose_source(wanted: Wanted, config: Path | None, environment: Mapping[str, str]) -> Source:
    """Return the database and the query; the command line overrides senr.toml.

    Paths in senr.toml start at its folder. The password comes from ``--password-file``, the
    variable SENR_DUCK_SIS_PASSWORD, or the file that senr.toml names: the first that there is.
    Raises InputError for a setting that is missing or wrong, and for a password in a connection.
    """
    from senr_duck.settings.configuration import Sis, read_configuration

    config = find_configuration(config)
    sis = Sis() if config is None else read_configuration(config).sis
    folder = Path() if config is None else config.parent
    query = wanted.query or (folder / sis.query if sis.query else None)
    if query is None:
        raise InputError(
            "--query: found none, expected the file of a query",
            "name one with --query, or query under [sis] in senr.toml; sql/sources/aeries.sql is "
            "the one for Aeries",
        )
    if wanted.connection is not None or wanted.dsn is not None:
        connection = _write_connection(
            wanted.connection, wanted.dsn, "--connection and --dsn", "--connection", "--dsn"
        )
    else:
        connection = _write_connection(
            sis.connection, sis.dsn, "[sis] in senr.toml", "sis.connection", "sis.dsn"
        )
    user = wanted.user if wanted.user is not None else sis.user
    if user is not None and not is_name(user):
        raise InputError(f"--user: found another text, expected {NAME_FORM}", _WHERE_PASSWORDS_GO)
    if user is not None and "uid" in (read_keywords(connection) or {}):
        raise InputError(
            "the connection string has a UID, and --user or user under [sis] names a user too",
            "leave one of them out",
        )
    in_file = folder / sis.password_file if sis.password_file else None
    password = _choose_password(wanted.password_file, environment, in_file)
    return Source(query, connection, user, password)


def _write_connection(
    connection: str | None, dsn: str | None, both: str, connection_key: str, dsn_key: str
) -> str:
    """Return the connection string; it ends with a semicolon, so that a password is on its own."""
    if connection is not None and dsn is not None:
        raise InputError(
            f"{both}: found a connection string and a DSN, expected one of them",
            "leave one of them out",
        )
    if dsn is not None:
        if not is_name(dsn):
            raise InputError(
                f"{dsn_key}: found another text, expected {NAME_FORM}", _WHERE_PASSWORDS_GO
            )
        return f"DSN={dsn};"
    if connection is None:
        raise InputError(
            "no database is named: expected --connection, --dsn, or one of the keys connection and "
            "dsn under [sis] in senr.toml",
            "docs/sources.md has a connection string for each database",
        )
    if not is_without_password(connection):
        found = "a password in it" if read_keywords(connection) else "another text"
        raise InputError(
            f"{connection_key}: found {found}, expected {CONNECTION_FORM}", _WHERE_PASSWORDS_GO
        )
    return connection.strip().rstrip(";") + ";"


def _choose_password(
    file: Path | None, environment: Mapping[str, str], configured: Path | None
) -> str | None:
    if file is not None:
        return _read_password(file)
    if PASSWORD_VARIABLE in environment:
        return _check_password(environment[PASSWORD_VARIABLE], f"the variable {PASSWORD_VARIABLE}")
    return None if configured is None else _read_password(configured)


def _read_password(path: Path) -> str:
    """Return the one line of a file; its end does not belong to the password."""
    content = read_named_file(path)
    try:
        text = decode_text(content)
    except UnicodeDecodeError:
        text = ""
    return _check_password(text.removesuffix("\n").removesuffix("\r"), escape_controls(path))


def _check_password(password: str, place: str) -> str:
    if not password or not password.isprintable():
        raise InputError(
            f"{place}: found {'no text' if not password else 'more than one line of text'}, "
            "expected a password alone",
            "write the password into it and nothing else, in UTF-8",
        )
    return password
